//! What falls under what, what is refused, and extending.

use super::*;
use ::model::ids::CheckId;
use std::collections::BTreeMap;

fn seen(check: &str, kind: &str, namespace: Option<&str>, name: &str, key: Option<&str>) -> Observation {
    let subject = Subject {
        kind: kind.into(),
        namespace: namespace.map(Into::into),
        name: name.into(),
        key: key.map(Into::into),
    };
    Observation { subject, ..observation(check, name, Severity::High) }
}

async fn covers(pool: &PgPool, scope: &AcceptanceScope, at: i64) -> Vec<String> {
    let mut db = pool.acquire().await.expect("a connection");
    let preview =
        acceptances::preview(&mut db, &AcceptanceSettings::default(), scope, second(at)).await.expect("a preview");
    assert_eq!(i64::try_from(preview.cover.findings.len()).ok(), Some(preview.cover.count));
    let name = |row: &::model::views::FindingRow| format!("{} {}", row.cluster.name, row.subject);
    let mut names: Vec<String> = preview.cover.findings.iter().map(|covered| name(&covered.finding)).collect();
    names.sort();
    names
}

#[sqlx::test(migrations = "../migrations")]
async fn a_scope_covers_what_it_names_and_nothing_else(owner: PgPool) {
    let pool = app_pool(&owner);
    let (alpha, beta) = (cluster(&pool, "alpha").await, cluster(&pool, "beta").await);
    let other = "bak.recent";
    for cluster in [alpha, beta] {
        let findings = vec![
            seen(CHECK, "Deployment", Some("shop"), "web", Some("a")),
            seen(CHECK, "Deployment", Some("shop"), "web", Some("b")),
            seen(CHECK, "Deployment", Some("pay"), "web", None),
            seen(CHECK, "Namespace", None, "shop", None),
            seen(other, "Deployment", Some("shop"), "web", None),
        ];
        let results = vec![result(CHECK, Outcome::Fail, 0), result(other, Outcome::Fail, 0)];
        let teams = BTreeMap::from([("shop".to_owned(), "red".to_owned()), ("pay".to_owned(), "blue".to_owned())]);
        recorded(&pool, &Scan { teams: Some(teams), ..scan(cluster, 10, results, findings) }).await;
        let moved = BTreeMap::from([("pay".to_owned(), "red".to_owned())]);
        recorded(&pool, &Scan { teams: Some(moved), source: Source::Rbac, ..scan(cluster, 30, vec![], vec![]) }).await;
        let vulnerable = vec![
            seen("vul.critical_fixable", "Deployment", Some("shop"), "web", Some("web CVE-2026-0001 libc")),
            seen("vul.critical_fixable", "Deployment", Some("shop"), "web", Some("web CVE-2026-00012 libc")),
            seen("ext.findings", "Image", None, "web:1", Some("CVE-2026-0001 libc")),
        ];
        let results = vec![result("vul.critical_fixable", Outcome::Fail, 0), result("ext.findings", Outcome::Fail, 0)];
        recorded(&pool, &Scan { source: Source::Trivy, ..scan(cluster, 10, results, vulnerable) }).await;
    }
    let check: CheckId = CHECK.into();
    let (one, two) = ("alpha Deployment shop/web (a)", "alpha Deployment shop/web (b)");
    let (pay, space) = ("alpha Deployment pay/web", "alpha Namespace shop");
    let namespace = |namespace: &str| AcceptanceScope::Namespace {
        check: check.clone(),
        cluster: "alpha".into(),
        namespace: namespace.into(),
    };
    let workload = AcceptanceScope::Workload {
        check: check.clone(),
        cluster: "alpha".into(),
        namespace: Some("shop".into()),
        workload_kind: "Deployment".into(),
        workload: "web".into(),
    };
    let team = |team: &str, cluster: Option<&str>| AcceptanceScope::Team {
        check: check.clone(),
        cluster: cluster.map(Into::into),
        team: team.into(),
    };
    assert_eq!(covers(&pool, &on("alpha"), 20).await, [pay, one, two, space]);
    assert_eq!(covers(&pool, &namespace("shop"), 20).await, [one, two, space]);
    assert_eq!(covers(&pool, &namespace("sho%"), 20).await, [""; 0]);
    assert_eq!(covers(&pool, &workload, 20).await, [one, two]);
    assert_eq!(covers(&pool, &team("red", Some("alpha")), 20).await, [one, two, space]);
    assert_eq!(covers(&pool, &team("red", None), 20).await.len(), 6);
    assert_eq!(covers(&pool, &team("red", Some("alpha")), 30).await, [pay], "whose a namespace was then");
    let cve = AcceptanceScope::Cve { cve: "CVE-2026-0001".into() };
    let found = covers(&pool, &cve, 20).await;
    assert_eq!(found.len(), 4, "wherever it is, and no other: {found:?}");
    assert!(covers(&pool, &on("alpha"), 9).await.is_empty(), "nothing was known then");

    // Of each of them, what is accepted and when is one answer, whichever way it is asked.
    let engineer = someone(&owner, "Erik", Role::Engineer).await;
    let officer = someone(&owner, "Maja", Role::SecurityOfficer).await;
    let finding = AcceptanceScope::Finding {
        finding: FindingId(
            sqlx::query_scalar!("SELECT id FROM finding WHERE subject_name = 'web:1' LIMIT 1")
                .fetch_one(&owner)
                .await
                .expect("one"),
        ),
    };
    let scopes =
        [on("alpha"), namespace("shop"), workload, team("red", Some("alpha")), team("red", None), cve, finding];
    for (at, scope) in (40..).zip(scopes) {
        let begins = NewAcceptance { begins_at: Some(second(at + 20)), ..new(scope, at + 60) };
        let id = asked(&pool, &engineer, &begins, at).await;
        done(&pool, &officer, id, AcceptanceAct::Approve, at + 10).await.expect("approved");
        if at % 2 == 0 {
            done(&pool, &officer, id, AcceptanceAct::Revoke, at + 40).await.expect("revoked");
        }
    }
    let back = BTreeMap::from([("shop".to_owned(), "red".to_owned())]);
    recorded(&pool, &Scan { teams: Some(back), source: Source::Rbac, ..scan(alpha, 75, vec![], vec![]) }).await;
    service_levels::assert_spans(&owner).await;
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_vulnerability_is_accepted_whatever_letters_it_is_written_with(owner: PgPool) {
    let pool = app_pool(&owner);
    let alpha = cluster(&pool, "alpha").await;
    let (trivy, other) = ("vul.critical_fixable", "ext.findings");
    let vulnerable = vec![
        seen(trivy, "Deployment", Some("shop"), "upper", Some("web CVE-2026-0001 libc")),
        seen(trivy, "Deployment", Some("shop"), "lower", Some("web cve-2026-0001 libc")),
        seen(trivy, "Deployment", Some("shop"), "called", Some("cve-2026-0001 CVE-2026-0002 libc")),
        seen(trivy, "Deployment", Some("shop"), "longer", Some("web cve-2026-00012 libc")),
        seen(other, "Image", None, "mixed", Some("Cve-2026-0001 libc")),
        seen(other, "Image", None, "hub", Some("GHSA-jfh8-c2jp-5v3q libc")),
        seen(other, "Image", None, "rule", Some("cis-1.12")),
    ];
    let results = vec![result(trivy, Outcome::Fail, 0), result(other, Outcome::Fail, 0)];
    recorded(&pool, &Scan { source: Source::Trivy, ..scan(alpha, 10, results, vulnerable) }).await;
    let scope = |cve: &str| AcceptanceScope::from_values(|name| if name == "scope" { Some("cve") } else { Some(cve) });
    for written in ["CVE-2026-0001", "cve-2026-0001"] {
        let found = covers(&pool, &scope(written).expect("a scope"), 20).await;
        assert_eq!(
            found,
            [
                "alpha Deployment shop/lower (web cve-2026-0001 libc)",
                "alpha Deployment shop/upper (web CVE-2026-0001 libc)",
                "alpha Image mixed (Cve-2026-0001 libc)"
            ]
        );
    }
    let hub = scope("ghsa-JFH8-c2jp-5v3q").expect("a scope");
    assert_eq!(covers(&pool, &hub, 20).await, ["alpha Image hub (GHSA-jfh8-c2jp-5v3q libc)"]);

    // What is accepted, and a record with letters of another time, are found both ways; and it can be gone on from.
    let engineer = someone(&owner, "Erik", Role::Engineer).await;
    let officer = someone(&owner, "Maja", Role::SecurityOfficer).await;
    let old = asked(&pool, &engineer, &new(hub.clone(), 100), 20).await;
    for change in [
        "ALTER TABLE acceptance DISABLE TRIGGER USER",
        "UPDATE acceptance SET cve = 'GHSA-jfh8-c2jp-5v3q'",
        "ALTER TABLE acceptance ENABLE TRIGGER USER",
    ] {
        sqlx::raw_sql(change).execute(&owner).await.expect("as it was recorded then");
    }
    done(&pool, &officer, old, AcceptanceAct::Approve, 30).await.expect("approved");
    let again = NewAcceptance { extends: Some(old), ..new(hub, 200) };
    let next = asked(&pool, &engineer, &again, 40).await;
    let mut db = pool.acquire().await.expect("a connection");
    for (id, spelled) in [(old, "GHSA-jfh8-c2jp-5v3q"), (next, "GHSA-JFH8-C2JP-5V3Q")] {
        let detail = acceptances::detail(&mut db, id, second(50)).await.expect("loads").expect("is there");
        assert_eq!((detail.row.scope, detail.row.covered), (AcceptanceScope::Cve { cve: spelled.into() }, 1));
    }
    for key in ["CVE-2026-0001", "ghsa-jfh8-c2jp-5v3q", "CVE-2026-1", "CVE-2026-00000000000000000001", "cis-1.12", ""] {
        let sql = sqlx::query_scalar!("SELECT finding_cve('ext.findings', $1)", format!("{key} libc"));
        assert_eq!(sql.fetch_one(&mut *db).await.expect("an answer"), ::model::acceptance::advisory(key), "{key}");
    }
    drop(db);
    service_levels::assert_spans(&owner).await;
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_worse_than_accepted_is_not_accepted(owner: PgPool) {
    let (pool, cluster, engineer, [maja, _]) = two(&owner).await;
    let id = asked(&pool, &engineer, &new(on("alpha"), 1_000), 20).await;
    done(&pool, &maja, id, AcceptanceAct::Approve, 30).await.expect("approved");
    let worse = vec![observation(CHECK, "daily", Severity::Critical), observation(CHECK, "weekly", Severity::High)];
    recorded(&pool, &scan(cluster, 40, vec![result(CHECK, Outcome::Fail, 0)], worse)).await;
    assert_eq!(state_at(&pool, 39).await, ControlState::AcceptedRisk);
    let check = check_at(&pool, 40).await;
    assert_eq!((check.state, check.accepted), (ControlState::NotMet, 1));
    let mut db = pool.acquire().await.expect("a connection");
    let detail = acceptances::detail(&mut db, id, second(40)).await.expect("loads").expect("is there");
    assert_eq!((detail.row.state, detail.cover.worse, detail.row.covered), (AcceptanceState::Active, 1, 1));
    let daily = finding_named(&owner, "daily").await;
    let of = acceptances::of_finding(&mut db, daily, second(40)).await.expect("loads");
    assert_eq!(of.iter().map(|it| (it.id, it.worse)).collect::<Vec<_>>(), [(id, true)]);
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_severity_that_nobody_named_is_no_low_one(owner: PgPool) {
    let (pool, cluster, engineer, [maja, _]) = two(&owner).await;
    let read = |at, daily, weekly| {
        let observations = vec![observation(CHECK, "daily", daily), observation(CHECK, "weekly", weekly)];
        scan(cluster, at, vec![result(CHECK, Outcome::Fail, 0)], observations)
    };
    recorded(&pool, &read(12, Severity::Low, Severity::Low)).await;
    let low = asked(&pool, &engineer, &new(on("alpha"), 1_000), 20).await;
    done(&pool, &maja, low, AcceptanceAct::Approve, 30).await.expect("approved");
    assert_eq!(state_at(&pool, 35).await, ControlState::AcceptedRisk);
    recorded(&pool, &read(40, Severity::Unknown, Severity::Low)).await;
    let check = check_at(&pool, 40).await;
    assert_eq!((check.state, check.accepted), (ControlState::NotMet, 1), "what is unknown was not accepted");
    let mut db = pool.acquire().await.expect("a connection");
    let detail = acceptances::detail(&mut db, low, second(40)).await.expect("loads").expect("is there");
    assert_eq!((detail.cover.worse, detail.row.covered), (1, 1));
    // Asked for with it in sight, it counts as High: by how long, and by what is covered.
    let both = asked(&pool, &engineer, &new(on("alpha"), 1_000), 50).await;
    done(&pool, &maja, both, AcceptanceAct::Approve, 55).await.expect("approved");
    let detail = acceptances::detail(&mut db, both, second(60)).await.expect("loads").expect("is there");
    assert_eq!((detail.row.severity, detail.row.covered, detail.cover.worse), (Severity::High, 2, 0));
    assert_eq!(state_at(&pool, 60).await, ControlState::AcceptedRisk);
    for found in Severity::ALL {
        for accepted in Severity::ALL {
            let sql =
                sqlx::query_scalar!(r#"SELECT severity_covered($1, $2) AS "covered!""#, found.rank(), accepted.rank());
            let covered = sql.fetch_one(&mut *db).await.expect("an answer");
            assert_eq!(covered, ::model::acceptance::covers_severity(*accepted, *found), "{found} under {accepted}");
        }
    }
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn what_cannot_be_asked_for_is_refused_and_leaves_nothing(owner: PgPool) {
    let (pool, _, engineer, _) = two(&owner).await;
    let settings = AcceptanceSettings::default();
    let good = new(on("alpha"), 1_000);
    let refused = async |change: &dyn Fn(&mut NewAcceptance)| {
        let mut ask = good.clone();
        change(&mut ask);
        acceptances::request(&pool, &settings, &engineer, &ask, second(20)).await.expect_err("refused").to_string()
    };
    for (what, change) in [
        ("reason", (&|it: &mut NewAcceptance| it.reason = " \n".into()) as &dyn Fn(&mut NewAcceptance)),
        ("control", &|it| it.compensating_control.clear()),
        ("characters", &|it| it.residual_risk = "a\u{7}".into()),
        ("expires-past", &|it| it.expires_at = second(20)),
        ("begins-past", &|it| it.begins_at = Some(second(19))),
        ("too-long", &|it| it.expires_at = second(20 + 91 * 86_400)),
        ("cluster=gamma", &|it| it.scope = on("gamma")),
        ("check=no.such", &|it| {
            it.scope = AcceptanceScope::Cluster { check: "no.such".into(), cluster: "alpha".into() };
        }),
        ("covers-nothing", &|it| {
            it.scope = AcceptanceScope::Cluster { check: "bak.recent".into(), cluster: "alpha".into() };
        }),
        ("cve=%", &|it| it.scope = AcceptanceScope::Cve { cve: "%".into() }),
        ("finding=", &|it| it.scope = AcceptanceScope::Finding { finding: FindingId(Uuid::nil()) }),
        ("no-one-object", &|it| it.ends_on = BTreeSet::from([EndsOn::SubjectChanged])),
        ("not found", &|it| it.extends = Some(AcceptanceId(Uuid::nil()))),
    ] {
        let error = refused(change).await;
        assert!(error.contains(what), "{what}: {error}");
    }
    let rows = sqlx::query_scalar!(
        r#"SELECT (SELECT count(*) FROM acceptance) + (SELECT count(*) FROM ledger WHERE action LIKE 'acceptance%') AS "rows!""#
    );
    assert_eq!(rows.fetch_one(&owner).await.expect("a count"), 0);
    let first = asked(&pool, &engineer, &good, 20).await;
    assert_eq!(asked(&pool, &engineer, &good, 21).await, first, "a form sent twice asks once");
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn an_extension_is_a_request_of_its_own(owner: PgPool) {
    let (pool, _, engineer, [maja, _]) = two(&owner).await;
    let id = asked(&pool, &engineer, &new(on("alpha"), 100), 20).await;
    done(&pool, &maja, id, AcceptanceAct::Approve, 30).await.expect("approved");
    let again = NewAcceptance { extends: Some(id), ..new(on("alpha"), 200) };
    let next = asked(&pool, &engineer, &again, 40).await;
    assert_eq!(state_at(&pool, 100).await, ControlState::NotMet, "asking alone goes on with nothing");
    done(&pool, &maja, next, AcceptanceAct::Approve, 50).await.expect("approved");
    assert_eq!(state_at(&pool, 100).await, ControlState::AcceptedRisk);
    assert_eq!(check_at(&pool, 60).await.accepted, 2, "under both, and counted once");
    let mut db = pool.acquire().await.expect("a connection");
    let of =
        async |db: &mut _, id, at| acceptances::detail(db, id, second(at)).await.expect("loads").expect("is there");
    assert_eq!(of(&mut db, id, 60).await.extended_by, [next]);
    assert!(of(&mut db, id, 39).await.extended_by.is_empty(), "it was not known then");
    assert_eq!(of(&mut db, next, 60).await.extends, Some(id));
    let daily = finding_named(&owner, "daily").await;
    let narrower = NewAcceptance { extends: Some(id), ..new(AcceptanceScope::Finding { finding: daily }, 200) };
    let refused = acceptances::request(&pool, &AcceptanceSettings::default(), &engineer, &narrower, second(60)).await;
    assert!(matches!(refused, Err(Error::Conflict { key: "error-acceptance-other-scope" })));
    drop(db);
    pool.close().await;
}
