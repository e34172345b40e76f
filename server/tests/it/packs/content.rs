//! What is in a pack, and that nothing in it can be changed unseen.

use super::seed;
use model::{
    acceptance::AcceptanceScope,
    ids::FindingId,
    role::Role,
    scan::Coverage,
    service_level::{ServiceLevels, Target, TargetUnit, Targets},
    severity::Severity,
    source::Source,
    views::PackScope,
};
use pack::{archive::Archive, fault::Faults, verify::verify};
use server::{
    acceptances::{self, By, NewAcceptance},
    config::AcceptanceSettings,
    history,
    reports::build,
    service_levels,
};
use sources::ReadError;
use sqlx::PgPool;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    process::Command,
};

fn files(bytes: &[u8]) -> BTreeMap<String, String> {
    let archive = Archive::read(bytes).expect("an archive");
    let text = |file: &pack::archive::Packed<'_>| {
        (file.name().to_owned(), String::from_utf8_lossy(&file.content().expect("content")).into_owned())
    };
    archive.files().iter().map(text).collect()
}

async fn seeded(owner: &PgPool, scope: PackScope) -> Vec<u8> {
    let pool = seed::application(owner);
    seed::history(owner, &pool).await;
    build(&pool, &scope, seed::signer()).await.expect("a pack")
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_found_decided_and_not_measured_is_in_the_pack(owner: PgPool) {
    let bytes = seeded(&owner, seed::scope(seed::at(10))).await;
    let verified = verify(&bytes, Some(&seed::signer().public_key())).expect("it verifies");
    assert_eq!(
        verified.payloads,
        usize::try_from(verified.manifest.ledger.seq).expect("few"),
        "everything is in scope"
    );
    let files = files(&bytes);
    let comment = "the role is replaced on 1 July";
    for name in ["report.html", "data/findings.csv", "data/findings.json", "ledger.jsonl"] {
        assert!(files[name].contains(comment), "{name} lacks the comment");
        assert!(files[name].contains("Anna Æblegaard"), "{name} lacks the name");
    }
    let html = &files["report.html"];
    assert!(!html.contains("<script") && !html.contains("<img"), "a value became markup");
    assert!(html.contains("What was not measured") && html.contains("is forbidden: User"));
    assert!(!html.contains('⟦'), "a text is missing: {:?}", html.split('⟦').nth(1).map(|rest| &rest[..40]));
    assert!(files["data/findings.csv"].contains("'=cmd"), "a cell is a formula");
    assert!(files["data/findings.json"].contains("\"=cmd"), "JSON holds the value as it is");
    let rows = |name: &str| files[name].trim_end().lines().count();
    assert_eq!(rows("data/controls.csv"), 94);
    let controls: serde_json::Value = serde_json::from_str(&files["data/controls.json"]).expect("JSON");
    assert_eq!(controls.as_array().map(Vec::len), Some(93));
}

#[sqlx::test(migrations = "../migrations")]
async fn how_findings_stand_to_their_service_levels_is_in_the_pack(owner: PgPool) {
    let pool = seed::application(&owner);
    let target = |amount| Some(Target { amount, unit: TargetUnit::Hours });
    let targets = Targets { acknowledge: target(1), fix: target(24) };
    let levels = ServiceLevels {
        targets: Severity::ALL.iter().map(|severity| (*severity, targets)).collect(),
        ..ServiceLevels::default()
    };
    service_levels::adopt(&pool, &levels, seed::at(0)).await.expect("in force");
    seed::history(&owner, &pool).await;
    // One of the two was acknowledged in time; two hours later the other is late, and two days later both are.
    for (minutes, acknowledge, fix) in [
        (10, ["within", "met"], "within"),
        (120, ["breached", "met"], "within"),
        (2_880, ["breached", "met"], "breached"),
    ] {
        let bytes = build(&pool, &seed::scope(seed::at(minutes)), seed::signer()).await.expect("a pack");
        let files = files(&bytes);
        let findings: serde_json::Value = serde_json::from_str(&files["data/findings.json"]).expect("JSON");
        let standings = |clock: &str| -> Vec<String> {
            let rows = findings.as_array().expect("findings").iter();
            let mut all: Vec<String> = rows
                .map(|it| it["row"]["service_level"][clock]["standing"].as_str().expect("a standing").into())
                .collect();
            all.sort();
            all
        };
        let mut expected = acknowledge.to_vec();
        expected.sort_unstable();
        assert_eq!(
            (standings("acknowledge"), standings("fix")),
            (expected.iter().map(ToString::to_string).collect(), vec![fix.to_string(); 2])
        );
        let word = if fix == "breached" { "Overdue" } else { "On time" };
        assert_eq!(
            files["data/findings.csv"].matches(&format!(",{word},24 hours,")).count(),
            2,
            "{}",
            files["data/findings.csv"]
        );
        assert!(files["data/findings.csv"].contains(",In time,1 hour,"));
        assert!(files["report.html"].contains(&format!("Time to fix: {word} (24 hours, due")), "the report lacks it");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn what_went_wrong_is_told_in_the_pack_s_language_and_older_words_are_marked_as_english(owner: PgPool) {
    let pool = seed::application(&owner);
    let ids = seed::clusters(&pool, "Klynge").await;
    let missing = ReadError::Forbidden { permission: "list backups in velero.io".into() };
    let away = ReadError::Connect { server: "https://k8s".into(), cause: "connection refused".into() };
    let told = |cluster: usize, source, minutes, error: &ReadError| {
        let sentence = error.sentence();
        let mut scan = seed::scan(ids[cluster], source, seed::at(minutes), error.coverage(), Some(&sentence));
        scan.problems = vec![error.problem()];
        scan.reads[0].problems = vec![error.problem()];
        scan
    };
    let scans = [
        told(0, Source::Velero, 1, &missing),
        told(1, Source::CertManager, 2, &away),
        // From before words were kept.
        seed::scan(ids[1], Source::Dex, seed::at(3), Coverage::Failed, Some("the words of then")),
    ];
    for scan in &scans {
        history::record(&pool, scan, scan.ended_at).await.expect("a scan");
    }
    let scope = PackScope { language: "da".into(), ..seed::scope(seed::at(10)) };
    let files = files(&build(&pool, &scope, seed::signer()).await.expect("a pack"));
    let html = &files["report.html"];
    for expected in [
        "en tilladelse mangler (403): “list backups in velero.io”",
        "API-serveren på https://k8s kan ikke nås: “connection refused”",
        "<span lang=\"en\">the words of then</span>",
    ] {
        assert!(html.contains(expected), "{expected} is not in the report");
    }
    assert!(!html.contains("permission is missing") && !html.contains("cannot be reached"));
    let sources = &files["data/sources.csv"];
    assert!(
        sources.contains("en tilladelse mangler") && sources.contains("på engelsk: “the words of then”"),
        "{sources}"
    );
    assert!(files["data/sources.json"].contains("permission is missing (403): list backups in velero.io"));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_printed_report_has_pages_and_text(owner: PgPool) {
    let bytes = seeded(&owner, seed::scope(seed::at(10))).await;
    let archive = Archive::read(&bytes).expect("an archive");
    let pdf = archive.file("report.pdf").expect("a PDF").content().expect("content");
    assert!(pdf.starts_with(b"%PDF-1.7"));
    if let Some(folder) = std::env::var_os("BEVIS_KEEP_REPORTS") {
        let folder = folder.display();
        std::fs::write(format!("{folder}/report.pdf"), &pdf).expect("kept");
        std::fs::write(format!("{folder}/pack.zip"), &bytes).expect("kept");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("report.pdf");
    std::fs::write(&path, &pdf).expect("a file");
    let Ok(output) = Command::new("pdftotext").args(["-layout"]).arg(&path).arg("-").output() else {
        // Past the capture of the test program, so that it is seen, and counted as skipped by scripts/counts.
        std::io::stderr().write_all(b"SKIPPED pdf: pdftotext is not installed\n").expect("standard error");
        return;
    };
    let text = String::from_utf8_lossy(&output.stdout).replace('\u{200b}', "");
    for expected in
        ["Evidence report", "What was not measured", "Anna Æblegaard", "A.8.13", "Not met", "30 Jun 2026", "Page 2 of"]
    {
        assert!(text.contains(expected), "{expected} is not in the PDF:\n{text}");
    }
    assert!(!text.contains('⟦'));
    assert!(text.matches('\u{c}').count() > 5, "it has pages");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_pack_with_a_period_tells_what_changed_in_it(owner: PgPool) {
    let bytes = seeded(&owner, PackScope { since: Some(seed::at(0)), ..seed::scope(seed::at(10)) }).await;
    verify(&bytes, Some(&seed::signer().public_key())).expect("it verifies");
    let files = files(&bytes);
    let html = &files["report.html"];
    assert!(html.contains("What changed in this period") && !html.contains('⟦'));
    let changes: serde_json::Value = serde_json::from_str(&files["data/changes.json"]).expect("JSON");
    assert_eq!(changes["findings"]["rows"].as_array().map(Vec::len), Some(2), "{changes}");
    assert_eq!(changes["decisions"]["rows"][0]["by"], "Anna Æblegaard");
    let turned = |source: &str, turn: &str| {
        let sources = changes["sources"].as_array().expect("sources");
        sources.iter().any(|change| change["source"] == source && change["turn"] == turn)
    };
    assert!(turned("rbac", "came") && turned("velero", "fell_silent"), "{changes}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_pack_with_a_period_tells_what_became_of_acceptances_in_it(owner: PgPool) {
    let pool = seed::application(&owner);
    seed::history(&owner, &pool).await;
    let mut db = owner.acquire().await.expect("a connection");
    let person = crate::harness::people::person(&mut db, "Erik Østergaard", seed::at(1)).await;
    drop(db);
    let found = sqlx::query!(
        "SELECT f.id, k.name FROM finding_interval i JOIN finding f ON f.id = i.finding_id JOIN cluster k ON k.id = f.cluster_id
         WHERE i.valid_to IS NULL ORDER BY f.id LIMIT 1"
    );
    let found = found.fetch_one(&owner).await.expect("a finding");
    let by = By { person, name: "Erik Østergaard".into(), roles: vec![Role::Engineer] };
    let asked = NewAcceptance {
        scope: AcceptanceScope::Finding { finding: FindingId(found.id) },
        reason: "the supplier mends it in spring".into(),
        compensating_control: "not reachable from outside".into(),
        residual_risk: String::new(),
        begins_at: None,
        expires_at: seed::at(40),
        ends_on: BTreeSet::new(),
        extends: None,
    };
    let settings = AcceptanceSettings::default();
    acceptances::request(&pool, &settings, &by, &asked, seed::at(20)).await.expect("it is asked for");
    for (since, until, steps) in
        [(0, 30, vec!["requested"]), (0, 50, vec!["expired", "requested"]), (30, 50, vec!["expired"]), (0, 15, vec![])]
    {
        let scope = PackScope { since: Some(seed::at(since)), ..seed::scope(seed::at(until)) };
        let files = files(&build(&pool, &scope, seed::signer()).await.expect("a pack"));
        let changes: serde_json::Value = serde_json::from_str(&files["data/changes.json"]).expect("JSON");
        let rows = changes["acceptances"]["rows"].as_array().expect("a list");
        assert_eq!(rows.iter().map(|row| row["step"].as_str().expect("a word")).collect::<Vec<_>>(), steps);
        let html = &files["report.html"];
        assert!(html.contains("What became of risk acceptances") && !html.contains('⟦'));
        assert_eq!(
            html.contains("the supplier mends it in spring"),
            steps.contains(&"requested"),
            "({since}, {until}]"
        );
    }
    let elsewhere = PackScope {
        clusters: vec![if found.name == "syd" { "nord" } else { "syd" }.into()],
        since: Some(seed::at(0)),
        ..seed::scope(seed::at(50))
    };
    let files = files(&build(&pool, &elsewhere, seed::signer()).await.expect("a pack"));
    assert!(!files["data/changes.json"].contains("the supplier mends it in spring"));
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_narrow_scope_tells_of_its_own_changes_alone(owner: PgPool) {
    let narrow = PackScope {
        clusters: vec!["syd".into()],
        controls: vec!["A.8.24".into()],
        since: Some(seed::at(0)),
        ..seed::scope(seed::at(10))
    };
    let bytes = seeded(&owner, narrow).await;
    let files = files(&bytes);
    assert!(!files["data/changes.json"].contains("Æblegaard") && !files["data/changes.json"].contains("nord"));
    assert!(!files["report.html"].contains("1 July"));
}

#[sqlx::test(migrations = "../migrations")]
async fn one_changed_byte_is_named(owner: PgPool) {
    let mut bytes = seeded(&owner, seed::scope(seed::at(10))).await;
    let at = bytes.windows(10).position(|window| window == b"report.pdf").expect("its local header");
    bytes[at + 1_000] ^= 1;
    let Err(Faults(faults)) = verify(&bytes, None) else { panic!("a changed pack was accepted") };
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].to_string(), "report.pdf differs from the file that was signed");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_narrow_scope_shows_what_is_in_it_alone(owner: PgPool) {
    let narrow = PackScope {
        clusters: vec!["syd".into()],
        controls: vec!["A.8.24".into()],
        language: "da".into(),
        ..seed::scope(seed::at(10))
    };
    let bytes = seeded(&owner, narrow).await;
    let verified = verify(&bytes, None).expect("it verifies");
    assert!(verified.manifest.ledger.seq > 0);
    assert_eq!(verified.payloads, 0, "the decision is about another cluster");
    let files = files(&bytes);
    assert!(!files["ledger.jsonl"].contains("1 July"));
    assert!(files["report.html"].contains("Hvad der ikke blev målt"));
    assert!(files["HOW-TO-VERIFY.txt"].contains("SÅDAN"));
    assert!(!files["report.html"].contains('⟦') && !files["report.html"].contains("nord"));
    let controls: serde_json::Value = serde_json::from_str(&files["data/controls.json"]).expect("JSON");
    assert_eq!(controls.as_array().map(Vec::len), Some(1));
    assert_eq!(files["data/findings.json"], "[\n]\n");
}

#[sqlx::test(migrations = "../migrations")]
async fn who_may_do_what_is_in_the_pack_where_a_control_asks(owner: PgPool) {
    let files = files(&seeded(&owner, seed::scope(seed::at(10))).await);
    let csv = &files["data/access.csv"];
    assert_eq!(csv.matches("admins-").count(), 30, "every grant");
    assert!(csv.contains("'=cmd") && csv.contains("Not every role and binding was read"));
    assert!(csv.lines().any(|line| line.starts_with("syd,") && line.contains("Nothing was reviewed yet")), "{csv}");
    let data: serde_json::Value = serde_json::from_str(&files["data/access.json"]).expect("JSON");
    assert_eq!(data[0]["grants"].as_array().map(Vec::len), Some(31));
    assert_eq!((&data[0]["reading"]["is_complete"], &data[1]["reading"]), (&false.into(), &serde_json::Value::Null));
    let report = files["report.html"].split("id=\"access\"").nth(1).expect("a section");
    assert!(report.contains("25 of 31 grants of these powers are printed"), "the most powerful alone");
    assert!(report.contains("Not every role and binding was read") && report.contains("Nothing was reviewed yet"));
    assert!(files["report.html"].contains("Platform not known") && files.contains_key("data/clusters.json"));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_pack_of_other_controls_holds_no_review(owner: PgPool) {
    let scope = PackScope { controls: vec!["A.8.13".into()], ..seed::scope(seed::at(10)) };
    let files = files(&seeded(&owner, scope).await);
    assert!(!files.contains_key("data/access.csv") && !files.contains_key("data/access.json"));
    assert!(!files["report.html"].contains("admins-"));
}
