//! What a policy of retention dropped is told as not retained, on every page, by the API and to whoever asks for a pack.

use crate::{
    harness::{TestApp, caller::Caller, morning},
    packs::seed,
};
use chrono::TimeDelta;
use http::{Method, StatusCode};
use model::{
    Instant,
    evaluation::{CheckResult, Detail, Evaluation, Observation, Outcome},
    finding::Subject,
    role::{Permission, Role},
    scan::{Coverage, Scan},
    severity::Severity,
    source::Source,
    views::PackScope,
};
use pack::archive::Archive;
use serde_json::Value;
use server::{
    clusters::{Registered, register},
    config::RetentionSettings,
    history,
    reports::build,
    retention,
    web::{Kind, routes::routes},
};
use sqlx::PgPool;
use std::num::NonZeroU16;

const CHECK: &str = "bak.enabled";

fn day(text: &str) -> Instant {
    format!("{text}T08:00:00Z").parse().unwrap()
}

/// From when on findings are retained: a month back from the beginning of the one in which the tests are.
fn horizon() -> Instant {
    "2026-10-01T00:00:00Z".parse().unwrap()
}

async fn scanned(app: &TestApp, at: Instant, failing: &[&str]) {
    scanned_as(app, at, failing, Severity::High).await;
}

async fn scanned_as(app: &TestApp, at: Instant, failing: &[&str], severity: Severity) {
    let registered =
        Registered { name: "nord".into(), title: "Nord".into(), server: "https://k8s".into(), management: None };
    let cluster = register(&app.app.db, &[registered], at).await.unwrap()[0].0;
    let observation = |name: &&str| Observation {
        check: CHECK.into(),
        subject: Subject { kind: "Schedule".into(), namespace: Some("velero".into()), name: (*name).into(), key: None },
        severity,
        fault: "paused".into(),
        detail: Detail::new(),
    };
    let result = CheckResult {
        check: CHECK.into(),
        outcome: if failing.is_empty() { Outcome::Pass } else { Outcome::Fail },
        examined: 3,
        failed: u32::try_from(failing.len()).unwrap(),
        unread: 0,
        unseen: None,
        reason: None,
        detail: Detail::new(),
    };
    let scan = Scan {
        cluster,
        source: Source::Velero,
        started_at: at,
        ended_at: at,
        coverage: Coverage::Complete,
        error: None,
        problems: vec![],
        version: None,
        reads: vec![],
        traffic: None,
        objects: vec![],
        teams: None,
        evaluation: Evaluation { results: vec![result], observations: failing.iter().map(observation).collect() },
        facts: model::scan::Facts::default(),
    };
    history::record(&app.app.db, &scan, at).await.unwrap();
}

/// A quarter: what lasts, what failed twice, and what was fixed for good in August.
async fn quarter(app: &TestApp) {
    for (at, failing) in [
        ("2026-08-10", &["fixed-for-good", "lasting", "twice"][..]),
        ("2026-08-20", &["lasting"]),
        ("2026-10-10", &["lasting", "twice"]),
        ("2026-10-20", &["lasting", "twice", "new"]),
        ("2026-10-25", &["lasting", "twice"]),
    ] {
        scanned(app, day(at), failing).await;
    }
    scanned(app, morning() - TimeDelta::minutes(5), &["lasting", "twice"]).await;
}

async fn drop_findings(app: &TestApp) {
    let policy = RetentionSettings { findings_months: NonZeroU16::new(1), ..RetentionSettings::default() };
    let dropped = retention::run(&app.app.db, policy, morning()).await.unwrap();
    assert_eq!(dropped.iter().map(|(_, dropped)| dropped.until).collect::<Vec<_>>(), [horizon()]);
}

async fn id_of(owner: &PgPool, name: &str) -> uuid::Uuid {
    sqlx::query_scalar!("SELECT id FROM finding WHERE subject_name = $1", name).fetch_one(owner).await.unwrap()
}

async fn json(caller: &mut Caller, path: &str, status: StatusCode) -> Value {
    let answer = caller.get(path).await;
    assert_eq!(answer.status, status, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

/// Writes a page to the folder that `BEVIS_KEEP_PAGES` names, to look at it.
fn keep(name: &str, body: &str) {
    if let Some(folder) = std::env::var_os("BEVIS_KEEP_PAGES") {
        std::fs::write(std::path::Path::new(&folder).join(format!("dropped-{name}.html")), body).unwrap();
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn every_page_and_answer_before_the_horizon_says_that_it_is_not_retained(owner: PgPool) {
    let app = TestApp::new(&owner);
    quarter(&app).await;
    let mut officer = app.as_roles(&[Role::SecurityOfficer, Role::Admin]).await;
    assert_eq!(officer.get("/findings?as_of=2026-09-15T00:00:00Z").await.status, StatusCode::OK);
    drop_findings(&app).await;
    let before = "as_of=2026-09-30T23:59:59.999999Z";
    let mut walked = 0;
    for route in routes().into_iter().filter(|route| route.method == Method::GET) {
        if route.permission == Permission::Public || !matches!(route.kind, Kind::Page | Kind::Api) {
            continue;
        }
        let answer = officer.get(&format!("{}?{before}", route.path)).await;
        assert_eq!(answer.status, StatusCode::GONE, "{}: {}", route.path, answer.body);
        assert!(answer.body.contains("2026-10-01T00:00:00Z"), "{}: {}", route.path, answer.body);
        walked += 1;
    }
    assert!(walked > 40, "{walked}");
    let page = officer.get(&format!("/findings?{before}")).await;
    for words in ["Not retained", "Nothing can be said of it, good or bad", "keeps them for one month"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    keep("page", &page.body);
    let answer = officer.get(&format!("/api/v1/findings?{before}")).await;
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let problem: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((&problem["type"], &problem["status"]), (&"urn:bevis:problem:not-retained".into(), &410.into()));
    assert_eq!(problem["error"]["code"], "not-retained");
    // A local day that ends before the horizon leads to its exact instant, and that is refused.
    let led = officer.get("/findings?as_of=2026-09-20").await;
    assert_eq!(officer.get(led.location()).await.status, StatusCode::GONE);
    // The horizon itself is told, and so is now.
    for path in ["/findings?as_of=2026-10-01T00:00:00Z", "/controls?as_of=2026-10-01T00:00:00Z", "/findings", "/"] {
        assert_eq!(officer.get(path).await.status, StatusCode::OK, "{path}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_finding_a_list_and_a_comparison_say_what_is_missing(owner: PgPool) {
    let app = TestApp::new(&owner);
    quarter(&app).await;
    drop_findings(&app).await;
    let mut viewer = app.as_role(Role::Viewer).await;
    let gone = format!("/findings/{}", id_of(&owner, "fixed-for-good").await);
    for path in [gone.clone(), format!("/api/v1{gone}"), format!("{gone}/objects")] {
        assert_eq!(viewer.get(&path).await.status, StatusCode::GONE, "{path}");
    }
    let unknown = format!("/findings/{}", uuid::Uuid::new_v4());
    assert_eq!(viewer.get(&unknown).await.status, StatusCode::NOT_FOUND, "what never was is not said to be dropped");
    let note = "What ended before";
    let twice = viewer.get(&format!("/findings/{}", id_of(&owner, "twice").await)).await;
    assert!(twice.body.contains(note) && twice.body.contains("not retained"), "{}", twice.body);
    keep("finding", &twice.body);
    let lasting = viewer.get(&format!("/findings/{}", id_of(&owner, "lasting").await)).await;
    assert!(lasting.status == StatusCode::OK && !lasting.body.contains(note), "{}", lasting.body);
    let closed = viewer.get("/findings?state=closed").await;
    assert!(closed.body.contains("Findings that ended before") && !closed.body.contains("fixed-for-good"));
    assert!(viewer.get("/findings?state=closed&group=check").await.body.contains("Findings that ended before"));
    assert!(!viewer.get("/findings").await.body.contains("Findings that ended before"));

    let from = |at: &str| format!("from={at}T00:00:00Z");
    for path in ["/compare", "/api/v1/compare"] {
        let refused = viewer.get(&format!("{path}?{}", from("2026-09-30"))).await;
        assert_eq!(refused.status, StatusCode::GONE, "{}", refused.body);
        assert!(refused.body.contains("2026-10-01T00:00:00Z"), "{}", refused.body);
    }
    // Nobody asked how far back.
    assert_eq!(viewer.get("/compare?as_of=2026-10-05T00:00:00Z").await.status, StatusCode::OK);
    let told = json(&mut viewer, &format!("/api/v1/compare?{}", from("2026-10-01")), StatusCode::OK).await;
    let kind = |name: &str| {
        let rows = told["findings"]["rows"].as_array().unwrap().clone();
        rows.into_iter().find(|row| row["subject"]["name"] == name).map(|row| row["kind"].as_str().unwrap().to_owned())
    };
    // It is no new one because what it did in August is not there.
    assert_eq!((kind("twice").as_deref(), kind("new").as_deref()), (Some("reopened"), Some("passing")));
}

#[sqlx::test(migrations = "../migrations")]
async fn trends_mark_what_is_not_retained_and_draw_no_zero(owner: PgPool) {
    let app = TestApp::new(&owner);
    quarter(&app).await;
    drop_findings(&app).await;
    let mut viewer = app.as_role(Role::Viewer).await;
    for show in model::trends::TrendShow::ALL {
        let query = format!("show={show}&from=2026-09-20&step=day");
        let told = json(&mut viewer, &format!("/api/v1/trends?{query}"), StatusCode::OK).await;
        assert_eq!(told["retained_from"], "2026-10-01T00:00:00Z");
        for period in told["periods"].as_array().unwrap() {
            let first = period["first"].as_str().unwrap();
            let dropped = first < "2026-10-01";
            assert_eq!(period["not_retained"], dropped, "{show} on {first}");
            let values = period["values"].as_array().unwrap();
            assert!(!dropped || values.iter().all(Value::is_null), "{show} on {first}: {values:?}");
        }
        let page = viewer.get(&format!("/trends?{query}")).await;
        assert!(page.body.contains("Periods that begin before have no numbers"), "{show}: {}", page.body);
        let csv = viewer.get(&format!("/trends.csv?{query}")).await;
        assert_eq!(csv.body.matches("Not retained").count(), 11, "{show}: {}", csv.body);
    }
    let page = viewer.get("/trends?from=2026-09-20&step=day").await;
    assert!(page.body.contains("class=\"fill-gap-not_retained\""), "{}", page.body);
    keep("trends", &page.body);
    let overview = viewer.get("/?as_of=2026-10-20T12:00:00Z").await;
    assert_eq!(overview.body.matches(": not retained</title>").count(), 10, "{}", overview.body);
    keep("overview", &overview.body);
    // A check whose results were dropped was not observed then, and is not said to have been unjudged.
    let coverage = format!("/api/v1/coverage?check={CHECK}&from=2026-08-01&to=2026-11-01");
    let told = json(&mut viewer, &coverage, StatusCode::OK).await;
    assert!(!told.to_string().contains("\"not_judged\""), "{told}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_pack_of_what_is_not_retained_is_refused_with_the_sentence(owner: PgPool) {
    let app = TestApp::new(&owner);
    quarter(&app).await;
    drop_findings(&app).await;
    let mut officer = app.as_role(Role::SecurityOfficer).await;
    let scope = |as_of: &str, since: &str| {
        format!(
            r#"{{"clusters":[],"controls":[],"as_of":"{as_of}T00:00:00Z","since":{since},"language":"en","objects":false}}"#
        )
    };
    for (as_of, since, status) in [
        ("2026-09-15", "null", StatusCode::GONE),
        ("2026-10-15", "\"2026-09-15T00:00:00Z\"", StatusCode::GONE),
        ("2026-10-15", "\"2026-10-02T00:00:00Z\"", StatusCode::ACCEPTED),
    ] {
        let answer = officer.json(Method::POST, "/api/v1/packs", &scope(as_of, since)).await;
        assert_eq!(answer.status, status, "{as_of} {since}: {}", answer.body);
        assert_eq!(answer.body.contains("2026-10-01T00:00:00Z"), status == StatusCode::GONE, "{}", answer.body);
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_stretch_goes_whole_however_few_rows_a_step_may_take(owner: PgPool) {
    let app = TestApp::new(&owner);
    scanned_as(&app, day("2026-08-10"), &["changed"], Severity::High).await;
    scanned_as(&app, day("2026-08-12"), &["changed"], Severity::Low).await;
    scanned_as(&app, day("2026-08-20"), &[], Severity::Low).await;
    let intervals = async || {
        sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM finding_interval"#).fetch_one(&owner).await.unwrap()
    };
    assert_eq!(intervals().await, 2, "another severity begins another interval");
    sqlx::query_scalar!("SELECT gone FROM drop_findings($1, 1)", horizon()).fetch_one(&owner).await.unwrap();
    assert_eq!(intervals().await, 0, "neither half tells anything by itself");
}

/// Drops the log of the scans before the horizon. The months of a database begin with that in which it was made, so that the
/// policy itself would drop nothing of this quarter.
async fn drop_log(owner: &PgPool) {
    sqlx::raw_sql(
        "ALTER TABLE scan DISABLE TRIGGER scan_kept;
         DELETE FROM scan WHERE recorded_at < '2026-10-01T00:00:00Z';
         ALTER TABLE scan ENABLE TRIGGER scan_kept;
         INSERT INTO retention (class, dropped_from, dropped_until, dropped_rows, months, dropped_at, ledger_seq)
         VALUES ('scan_log', '2026-08-10T08:00:00Z', '2026-10-01T00:00:00Z', 2, 1, '2026-11-02T02:30:00Z', 1)",
    )
    .execute(owner)
    .await
    .unwrap();
}

/// Of each control that checks speak to, its state and why.
fn assessed(told: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let checked = told["controls"].as_array().unwrap().iter().filter(|control| control["checks"] != 0);
    checked.map(|control| (text(&control["assessment"]["state"]), text(&control["assessment"]["why"]))).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn states_before_the_log_that_is_left_are_not_retained_and_findings_are_told_as_ever(owner: PgPool) {
    let app = TestApp::new(&owner);
    quarter(&app).await;
    let mut viewer = app.as_role(Role::Viewer).await;
    let old = "as_of=2026-08-20T08:10:00Z";
    // Silent since August; read a moment ago; read now.
    let after = ["as_of=2026-10-01T00:00:00Z", "as_of=2026-10-10T08:10:00Z", "as_of=2026-11-02T08:58:00Z"];
    let mut before = Vec::new();
    for instant in after {
        let controls = json(&mut viewer, &format!("/api/v1/controls?{instant}"), StatusCode::OK).await;
        before.push((controls, json(&mut viewer, &format!("/api/v1/checks?{instant}"), StatusCode::OK).await));
    }
    drop_log(&owner).await;
    for (instant, told) in after.into_iter().zip(before) {
        let controls = json(&mut viewer, &format!("/api/v1/controls?{instant}"), StatusCode::OK).await;
        let checks = json(&mut viewer, &format!("/api/v1/checks?{instant}"), StatusCode::OK).await;
        assert_eq!((controls, checks), told, "{instant}");
    }

    let told = json(&mut viewer, &format!("/api/v1/controls?{old}"), StatusCode::OK).await;
    let lost = ("not_assessed".to_owned(), "not_retained".to_owned());
    assert!(!assessed(&told).is_empty() && assessed(&told).iter().all(|control| *control == lost), "{told}");
    let told = json(&mut viewer, &format!("/api/v1/checks/{CHECK}?{old}"), StatusCode::OK).await;
    assert_eq!((&told["results"][0]["not_retained"], &told["objects_not_retained"]), (&true.into(), &true.into()));
    let told = json(&mut viewer, &format!("/api/v1/overview?{old}"), StatusCode::OK).await;
    assert_eq!((&told["states_retained_from"], &told["open"]["high"]), (&"2026-10-01T00:00:00Z".into(), &1.into()));

    let (check, access) = (format!("/checks/{CHECK}"), "/clusters/nord/access");
    let dropped = "States of controls, checks and sources before";
    let which = "Which objects were read is not retained";
    let log = "The scan log that its checks rested on was dropped";
    for (path, says) in [
        ("/", dropped),
        ("/controls", "Not retained"),
        ("/controls/A.8.13", log),
        ("/checks", "Not retained"),
        (check.as_str(), which),
        ("/clusters/nord", "Not retained"),
        (access, "Not retained"),
    ] {
        let page = viewer.get(&format!("{path}?{old}")).await;
        assert!(page.status == StatusCode::OK && page.body.contains(says), "{path}: {}", page.body);
        // Coverage of time is told from the runs: other sources were never read indeed.
        let states = page.body.split("Were you looking?").next().unwrap();
        for lie in ["Never read", "Never tried", "Nothing was read for this check yet", "Nothing was reviewed yet"] {
            assert!(!states.contains(lie), "{path}: {lie}: {states}");
        }
        keep(&format!("log{}", path.replace('/', "-")), &page.body);
    }
    let findings = viewer.get(&format!("/findings?{old}")).await;
    assert!(findings.status == StatusCode::OK && findings.body.contains("lasting"), "{}", findings.body);
}

#[sqlx::test(migrations = "../migrations")]
async fn how_states_changed_before_the_log_that_is_left_is_not_told(owner: PgPool) {
    let app = TestApp::new(&owner);
    quarter(&app).await;
    drop_log(&owner).await;
    let mut viewer = app.as_role(Role::Viewer).await;
    for (show, dropped_from_log) in [("controls", true), ("open", false)] {
        let query = format!("show={show}&from=2026-09-20&step=day");
        let told = json(&mut viewer, &format!("/api/v1/trends?{query}"), StatusCode::OK).await;
        for period in told["periods"].as_array().unwrap() {
            let dropped = dropped_from_log && period["first"].as_str().unwrap() < "2026-10-01";
            assert_eq!(period["not_retained"], dropped, "{show}: {period}");
            let values = period["values"].as_array().unwrap();
            assert_eq!(values.iter().all(Value::is_null), dropped, "{show}: {period}");
        }
        let page = viewer.get(&format!("/trends?{query}")).await;
        assert_eq!(page.body.contains("Periods that begin before have no numbers"), dropped_from_log, "{show}");
    }
    // Somebody looked on the day that was not over.
    let told = json(&mut viewer, "/api/v1/trends?as_of=2026-08-20T08:10:00Z", StatusCode::OK).await;
    assert_eq!(told["periods"].as_array().unwrap().last().unwrap()["observed"], 1, "{told}");

    let note = "States of controls, checks and sources before";
    for (from, dropped) in [("2026-08-20T08:10:00Z", true), ("2026-10-10T08:10:00Z", false)] {
        let period = format!("from={from}&to=2026-10-20T08:10:00Z");
        let told = json(&mut viewer, &format!("/api/v1/compare?{period}"), StatusCode::OK).await;
        assert_eq!(told["states_retained_from"].is_null(), !dropped, "{told}");
        assert_eq!((&told["controls"], &told["sources"]), (&Value::Array(vec![]), &Value::Array(vec![])), "{told}");
        assert!(!told["findings"]["rows"].as_array().unwrap().is_empty(), "{told}");
        let page = viewer.get(&format!("/compare?{period}")).await;
        assert_eq!(page.body.contains(note), dropped, "{}", page.body);
        assert_eq!(page.body.contains("Every control is in the state that it was in"), !dropped, "{}", page.body);
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_pack_of_an_instant_before_the_log_that_is_left_says_that_states_are_not_retained(owner: PgPool) {
    let app = TestApp::new(&owner);
    quarter(&app).await;
    drop_log(&owner).await;
    let (since, as_of) = (day("2026-08-10") + TimeDelta::minutes(10), day("2026-08-20") + TimeDelta::minutes(10));
    let scope = PackScope { since: Some(since), ..seed::scope(as_of) };
    let bytes = build(&app.app.db, &scope, seed::signer()).await.unwrap();
    let archive = Archive::read(&bytes).unwrap();
    let text = |name: &str| {
        let file = archive.files().iter().find(|file| file.name() == name).unwrap();
        String::from_utf8_lossy(&file.content().unwrap()).into_owned()
    };
    for (name, says) in [
        ("report.html", "The scan log that its checks rested on was dropped"),
        ("report.html", "States of controls, checks and sources before"),
        ("report.html", "checks on clusters are not retained"),
        ("data/controls.csv", "Not retained"),
        ("data/controls.json", "\"not_retained\""),
        ("data/results.csv", "Not retained"),
        ("data/sources.csv", "Not retained"),
    ] {
        let text = text(name);
        assert!(text.contains(says), "{name} lacks {says}: {text}");
        for lie in ["Never tried", "Nothing was reviewed yet", "Every control is in the state"] {
            assert!(!text.contains(lie), "{name}: {lie}");
        }
    }
}
