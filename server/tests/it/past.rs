//! Pages, API and packs of the past: they show what was known then, keep leading there, and change nothing.

use crate::harness::{
    TestApp,
    caller::{Answer, Caller},
    morning,
};
use chrono::TimeDelta;
use http::{Method, StatusCode, header};
use model::{
    Instant,
    acceptance::AcceptanceScope,
    disposition::Act,
    evaluation::{CheckResult, Detail, Evaluation, Observation, Outcome},
    finding::Subject,
    ids::{AcceptanceId, ClusterId, FindingId, PersonId},
    role::{Permission, Role},
    scan::{Coverage, ObjectList, ObjectRef, Read, Scan},
    severity::Severity,
    source::Source,
    views::FindingFilter,
};
use serde_json::Value;
use server::{
    acceptances::{self, By, NewAcceptance},
    catalogues,
    clusters::{Registered, register},
    config::AcceptanceSettings,
    decisions::{Actor, decide},
    findings, history,
    web::{Kind, routes::routes},
};
use sqlx::PgPool;
use std::collections::BTreeSet;

/// An hour of the day before the tests' morning.
fn at(hour: i64) -> Instant {
    morning() - TimeDelta::hours(24 - hour)
}

fn text(at: Instant) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn scan(cluster: ClusterId, ended: Instant, names: &[&str]) -> Scan {
    let observation = |name: &&str| Observation {
        check: "rbac.no_wildcards".into(),
        subject: Subject { kind: "ClusterRole".into(), namespace: None, name: (*name).into(), key: None },
        severity: Severity::High,
        fault: "wildcard".into(),
        detail: Detail::from([("verbs".into(), "*".into())]),
    };
    let result = CheckResult {
        check: "rbac.no_wildcards".into(),
        outcome: if names.is_empty() { Outcome::Pass } else { Outcome::Fail },
        examined: 40,
        failed: u32::try_from(names.len()).unwrap(),
        unread: 0,
        reason: None,
        detail: Detail::new(),
        unseen: None,
    };
    let object = ObjectRef {
        namespace: None,
        name: "reader".into(),
        version: "1".into(),
        hash: "00".into(),
        owner: None,
        kept: None,
    };
    let list = |name: &str| ObjectList {
        resource: name.into(),
        kind: "ClusterRole".into(),
        fetched_at: ended,
        confirmed_at: None,
        objects: vec![object.clone()],
        bodies: vec![],
    };
    Scan {
        cluster,
        source: Source::Rbac,
        started_at: ended,
        ended_at: ended,
        coverage: Coverage::Complete,
        error: None,
        problems: vec![],
        version: None,
        reads: vec![Read {
            resource: "rbac.authorization.k8s.io/v1/clusterroles".into(),
            coverage: Coverage::Complete,
            objects: 40,
            malformed: 0,
            confirmed: 0,
            error: None,
            problems: vec![],
        }],
        traffic: None,
        teams: None,
        facts: model::scan::Facts::default(),
        objects: vec![list("rbac.authorization.k8s.io/v1/clusterroles")],
        evaluation: Evaluation { results: vec![result], observations: names.iter().map(observation).collect() },
    }
}

/// What happened on the day before: a cluster that stayed and one that left, a finding that was opened at 2, acknowledged
/// at 4 and closed at 6, and a pack of it at 5.
struct Yesterday {
    finding: FindingId,
    acceptance: AcceptanceId,
    digest: uuid::Uuid,
}

async fn yesterday(app: &TestApp, owner: &PgPool) -> Yesterday {
    let pool = &app.app.db;
    let registered = |name: &str| Registered {
        name: name.into(),
        title: format!("Title of {name}"),
        server: "https://k8s".into(),
        management: None,
    };
    catalogues::note(pool, at(0)).await.unwrap();
    let ids = register(pool, &[registered("nord"), registered("syd")], at(1)).await.unwrap();
    for (cluster, _) in &ids {
        history::record(pool, &scan(*cluster, at(2), &["fault-of-yesterday"]), at(2)).await.unwrap();
    }
    let mut db = owner.acquire().await.unwrap();
    let person: PersonId = crate::harness::people::person(&mut db, "Anna", at(1)).await;
    let filter = FindingFilter { cluster: vec!["nord".into()], ..FindingFilter::default() };
    let finding = findings::matching(&mut db, &filter, 1, at(2)).await.unwrap()[0];
    let actor = Actor { person, name: "Anna".into() };
    decide(pool, &actor, &Act::Acknowledge, &[finding], "known-of-yesterday", at(4)).await.unwrap();
    let asks = By { person, name: "Anna".into(), roles: vec![Role::Engineer] };
    let asked = NewAcceptance {
        scope: AcceptanceScope::Finding { finding },
        reason: "why".into(),
        compensating_control: "what".into(),
        residual_risk: String::new(),
        begins_at: None,
        expires_at: at(24 * 20),
        ends_on: BTreeSet::new(),
        extends: None,
    };
    let settings = AcceptanceSettings::default();
    let acceptance = acceptances::request(pool, &settings, &asks, &asked, at(4)).await.unwrap();
    history::record(pool, &scan(ids[0].0, at(6), &[]), at(6)).await.unwrap();
    register(pool, &[registered("nord")], at(8)).await.unwrap();
    let first = scan(ids[0].0, at(2), &[]);
    Yesterday { finding, acceptance, digest: first.objects[0].digest() }
}

/// A path of the table with what exists in its places.
fn filled(path: &str, day: &Yesterday) -> String {
    match path {
        "/api/v1/findings/groups" => format!("{path}?group=check"),
        "/controls/{id}" | "/api/v1/controls/{id}" => path.replace("{id}", "A.8.2"),
        "/checks/{id}" | "/api/v1/checks/{id}" => path.replace("{id}", "rbac.no_wildcards"),
        "/compare" | "/api/v1/compare" => format!("{path}?from={}", text(at(1))),
        "/acceptances/{id}" | "/api/v1/acceptances/{id}" => path.replace("{id}", &day.acceptance.to_string()),
        "/acceptances/new" | "/api/v1/acceptances/preview" => {
            format!("{path}?scope=cluster&check=rbac.no_wildcards&cluster=nord")
        }
        _ => path
            .replace("{digest}", &day.digest.to_string())
            .replace("{namespace}/{name}", "-/reader")
            .replace("{name}", "nord")
            .replace("{id}", &day.finding.to_string()),
    }
}

/// Whether a route gives a file, and no page and no answer that tells its instant.
fn is_file(path: &str) -> bool {
    path.ends_with("/archive")
        || path.ends_with("/receipt")
        || path.contains(".csv")
        || path.contains(".ics")
        || path.contains("/attachments/")
}

fn with(path: &str, pair: &str) -> String {
    format!("{path}{}{pair}", if path.contains('?') { '&' } else { '?' })
}

/// Addresses of links, and of forms that ask, that do not lead to the instant; and deciding forms.
fn strays(body: &str, as_of: &str) -> Vec<String> {
    let mut strays = Vec::new();
    for tag in body.split('<').filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag)) {
        let value = |name: &str| tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split('"').next());
        let own = tag.contains("data-instant=\"own\"");
        if tag.starts_with("a ") && !own {
            let address = value("href").unwrap_or_default();
            let elsewhere = address.starts_with('#') || address.starts_with("http") || address.contains("/archive?");
            if !elsewhere && !address.contains(&format!("as_of={as_of}")) {
                strays.push(tag.to_owned());
            }
        }
        if tag.starts_with("form ") && value("method") != Some("get") {
            let action = value("action").unwrap_or_default();
            if !["/preferences", "/auth/logout", "/packs"].contains(&action) {
                strays.push(tag.to_owned());
            }
        }
        if tag.contains("EventSource") || tag.contains("ScanProgress") {
            strays.push(tag.to_owned());
        }
    }
    let asking = body.matches("method=\"get\"").count();
    let kept = body.matches(&format!("name=\"as_of\" value=\"{as_of}\"")).count();
    // Every form that asks has it hidden, but for the one that chooses it.
    if asking != kept + 1 {
        strays.push(format!("{asking} forms ask, {kept} keep the instant"));
    }
    strays
}

/// Writes a page to the folder that `BEVIS_KEEP_PAGES` names, to look at it.
fn keep(path: &str, body: &str) {
    if let Some(folder) = std::env::var_os("BEVIS_KEEP_PAGES") {
        let name = path.split('?').next().unwrap_or_default().trim_matches('/').replace('/', "-");
        std::fs::write(std::path::Path::new(&folder).join(format!("past-{name}.html")), body).unwrap();
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn every_page_of_the_past_shows_what_was_so_and_leads_to_the_past(owner: PgPool) {
    let app = TestApp::new(&owner);
    let day = yesterday(&app, &owner).await;
    let mut officer = app.as_roles(&[Role::SecurityOfficer, Role::Admin]).await;
    let as_of = text(at(5));
    let mut walked = BTreeSet::new();
    for route in routes().into_iter().filter(|route| route.method == Method::GET && route.kind == Kind::Page) {
        // A view leads on to a list, which is walked.
        if is_file(route.path) || route.permission == Permission::Public || route.path == "/views/{id}" {
            continue;
        }
        let path = filled(route.path, &day);
        let answer = officer.get(&with(&path, &format!("as_of={as_of}"))).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        assert!(answer.body.contains("class=\"past\""), "{path} has no banner");
        assert!(answer.body.contains("You see what was known at"), "{path}");
        assert!(answer.body.contains(&format!("datetime=\"{as_of}\"")), "{path} does not name the instant");
        assert_eq!(strays(&answer.body, &as_of), Vec::<String>::new(), "{path}");
        assert!(!answer.body.contains('⟦'), "{path} lacks a text");
        keep(&path, &answer.body);
        let now = officer.get(&path).await;
        assert!(!now.body.contains("class=\"past\"") && !now.body.contains("as_of=2026-11-01T14:00:00Z"), "{path}");
        walked.insert(route.path);
    }
    assert!(walked.contains("/") && walked.contains("/findings/{id}") && walked.len() >= 11, "{walked:?}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_finding_a_decision_and_a_cluster_are_as_they_were(owner: PgPool) {
    let app = TestApp::new(&owner);
    let day = yesterday(&app, &owner).await;
    let mut viewer = app.as_role(Role::Viewer).await;
    let page = async |viewer: &mut Caller, path: &str, hour: i64| {
        let answer = viewer.get(&with(path, &format!("as_of={}", text(at(hour))))).await;
        (answer.status, answer.body)
    };
    let finding = format!("/findings/{}", day.finding);
    // (hour, the finding's state, whether the decision is told)
    for (hour, state, decided) in
        [(3, "finding-open", false), (5, "finding-acknowledged", true), (7, "finding-closed", true)]
    {
        let (status, body) = page(&mut viewer, &finding, hour).await;
        assert_eq!(status, StatusCode::OK);
        assert!(body.contains(&format!("badge {state}")), "at {hour}: {body}");
        assert_eq!(body.contains("known-of-yesterday"), decided, "at {hour}");
    }
    let (status, body) = page(&mut viewer, &finding, 1).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "nobody had seen it");
    assert!(body.contains("class=\"past\"") && strays(&body, &text(at(1))).is_empty(), "{body}");
    for (hour, listed) in [(1, 0), (3, 2), (5, 2), (7, 1)] {
        let (_, body) = page(&mut viewer, "/findings", hour).await;
        assert_eq!(body.matches("fault-of-yesterday</span>").count(), listed, "at {hour}: {body}");
    }
    for (hour, there) in [(0, false), (3, true), (7, true), (9, false)] {
        let (_, body) = page(&mut viewer, "/clusters", hour).await;
        assert_eq!(body.contains("Title of syd"), there, "at {hour}");
        assert_eq!(page(&mut viewer, "/clusters/syd", hour).await.0 == StatusCode::OK, there, "at {hour}");
    }
    let (_, body) = page(&mut viewer, "/controls/A.8.2", 7).await;
    assert!(body.contains("Title of syd") && !body.contains("Title of vest"));
    let (status, body) = page(&mut viewer, "/", 0).await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("Nothing was known yet"), "{body}");
    assert!(!page(&mut viewer, "/", 3).await.1.contains("Nothing was known yet"));
}

#[sqlx::test(migrations = "../migrations")]
async fn every_answer_of_the_api_speaks_of_the_instant_and_echoes_it(owner: PgPool) {
    let app = TestApp::new(&owner);
    let day = yesterday(&app, &owner).await;
    let mut viewer = app.as_roles(&[Role::SecurityOfficer, Role::Admin]).await;
    let as_of = text(at(5));
    let mut walked = 0;
    for route in routes().into_iter().filter(|route| route.method == Method::GET && route.path.starts_with("/api/v1/"))
    {
        if route.path.contains("/packs/") || route.path.ends_with("openapi.json") || is_file(route.path) {
            continue;
        }
        // People are known as they are now, and that is not what they were.
        if route.path == "/api/v1/assignees" {
            let refused = viewer.get(&with(route.path, &format!("as_of={as_of}"))).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{}", refused.body);
            assert!(refused.body.contains("is told of now alone"), "{}", refused.body);
            assert_eq!(viewer.get(route.path).await.status, StatusCode::OK);
            continue;
        }
        let path = with(&filled(route.path, &day), &format!("as_of={as_of}"));
        let answer = viewer.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        let value: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(value["as_of"], as_of.as_str(), "{path}");
        assert_eq!(value["known"], true, "{path}");
        walked += 1;
    }
    assert!(walked >= 12);
    let get = async |viewer: &mut Caller, path: &str, hour: i64| -> Value {
        serde_json::from_str(&viewer.get(&with(path, &format!("as_of={}", text(at(hour))))).await.body).unwrap()
    };
    let finding = format!("/api/v1/findings/{}", day.finding);
    for (hour, state, events) in [(3, "open", 1), (5, "acknowledged", 2), (7, "closed", 3)] {
        let value = get(&mut viewer, &finding, hour).await;
        assert_eq!(
            (&value["row"]["state"], value["timeline"].as_array().unwrap().len()),
            (&Value::from(state), events)
        );
    }
    for (hour, clusters, failing) in [(0, 0, 0), (3, 2, 2), (7, 2, 1), (9, 1, 0)] {
        let value = get(&mut viewer, "/api/v1/clusters", hour).await;
        assert_eq!(value["clusters"].as_array().unwrap().len(), clusters, "at {hour}");
        let value = get(&mut viewer, "/api/v1/findings", hour).await;
        assert_eq!(value["count"]["rows"], failing, "at {hour}");
    }
    let actions = |value: Value| {
        let entries = value["entries"].as_array().unwrap().clone();
        entries.iter().map(|entry| entry["action"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(actions(get(&mut viewer, "/api/v1/ledger", 3).await), ["cluster.add", "cluster.add"]);
    let known = actions(get(&mut viewer, "/api/v1/ledger", 5).await);
    assert_eq!(known[known.len() - 2..], ["finding.acknowledge", "acceptance.requested"]);
    let catalogue = get(&mut viewer, "/api/v1/catalogue", 5).await;
    assert_eq!(
        (&catalogue["digest"], catalogue["since"].as_str()),
        (&catalogue["current"], Some(text(at(0)).as_str()))
    );
    assert!(get(&mut viewer, "/api/v1/catalogue", -1).await["digest"].is_null());
}

#[sqlx::test(migrations = "../migrations")]
async fn a_list_that_nobody_had_read_yet_is_not_there(owner: PgPool) {
    let app = TestApp::new(&owner);
    let day = yesterday(&app, &owner).await;
    let mut viewer = app.as_role(Role::Viewer).await;
    for path in ["/objects/{digest}", "/objects/{digest}/{namespace}/{name}", "/findings/{id}/objects"] {
        for path in [filled(path, &day), format!("/api/v1{}", filled(path, &day))] {
            for (hour, status) in [(1, StatusCode::NOT_FOUND), (3, StatusCode::OK)] {
                let answer = viewer.get(&with(&path, &format!("as_of={}", text(at(hour))))).await;
                assert_eq!(answer.status, status, "{path} at {hour}: {}", answer.body);
            }
        }
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn nothing_is_decided_in_the_past(owner: PgPool) {
    let app = TestApp::new(&owner);
    let day = yesterday(&app, &owner).await;
    let mut officer = app.as_roles(&[Role::SecurityOfficer, Role::Admin]).await;
    let entries = crate::harness::people::ledger(&owner).await.len();
    let mut refused = 0;
    for route in
        routes().into_iter().filter(|route| route.method == Method::POST && route.permission.changes_the_present())
    {
        let path = filled(route.path, &day);
        let media = if route.kind == Kind::Api { "application/json" } else { "application/x-www-form-urlencoded" };
        let past = format!("http://127.0.0.1:8080/findings?severity=high&as_of={}", text(at(5)));
        let named = with(&path, &format!("as_of={}", text(at(5))));
        for (address, page) in [(&path, Some(&past)), (&named, None)] {
            let mut request = http::Request::builder()
                .method(route.method.clone())
                .uri(address)
                .header(header::ACCEPT, "text/html")
                .header(header::CONTENT_TYPE, media)
                .header("sec-fetch-site", "same-origin");
            if let Some(page) = page {
                request = request.header(header::REFERER, page);
            }
            let body = "kind=acknowledge&comment=x&finding=00000000-0000-7000-8000-000000000000";
            let answer = officer.send_body(request, body).await;
            assert_eq!(answer.status, StatusCode::CONFLICT, "{address}: {}", answer.body);
            assert!(answer.body.contains("What you decide is decided now"), "{address}: {}", answer.body);
            refused += 1;
        }
    }
    assert!(refused >= 6, "{refused}");
    assert_eq!(crate::harness::people::ledger(&owner).await.len(), entries, "nothing was recorded");
    let packs = with("/api/v1/packs", &format!("as_of={}", text(at(5))));
    assert_eq!(officer.json(Method::POST, &packs, "{}").await.status, StatusCode::CONFLICT);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_changes_nothing_works_in_the_past_and_comes_back_to_it(owner: PgPool) {
    let app = TestApp::new(&owner);
    yesterday(&app, &owner).await;
    let mut officer = app.as_role(Role::SecurityOfficer).await;
    let as_of = text(at(5));
    let page = officer.get(&format!("/packs?as_of={as_of}")).await;
    // 14:00 UTC, in Copenhagen.
    assert!(page.body.contains(r#"name="as_of" value="2026-11-01T15:00""#), "the form speaks of the instant shown");
    assert!(page.body.contains(r#"name="back" value="/packs?as_of=2026-11-01T14%3A00%3A00Z""#), "{}", page.body);
    let answer = officer.post("/packs", "as_of=2026-11-01T15%3A00&since=2026-11-01T10%3A00&language=en").await;
    assert_eq!(answer.location(), "/packs?notice=pack-requested");
    let answer = officer.post("/packs", "as_of=2026-11-01T15%3A00&since=2026-11-01T16%3A00&language=en").await;
    assert_eq!(answer.location(), "/packs?notice=period-reversed");
    let back = format!("language=da&back=%2Ffindings%3Fseverity%3Dhigh%26as_of%3D{as_of}");
    let answer = officer.post("/preferences", &back).await;
    assert!(answer.location().starts_with("/findings?severity=high&as_of=2026-11-01T14"), "{}", answer.location());
    let answer = officer.get(answer.location()).await;
    assert!(answer.body.contains("Du ser, hvad man vidste"), "{}", answer.body);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_local_time_leads_to_its_instant_and_keeps_the_rest(owner: PgPool) {
    let app = TestApp::new(&owner);
    yesterday(&app, &owner).await;
    let mut viewer = app.as_role(Role::Viewer).await;
    for (asked, leads_to) in [
        ("/findings?severity=high&as_of=2026-11-01", "/findings?severity=high&as_of=2026-11-01T22%3A59%3A59.999999Z"),
        ("/?as_of=2026-11-01T15:00&cursor=x", "/?as_of=2026-11-01T14%3A00%3A00Z"),
        ("/?as_of=2026-10-25T02:30", "/?as_of=2026-10-25T00%3A30%3A00Z"),
        ("/controls?as_of=2026-11-02", "/controls"),
        ("/controls?as_of=2026-11-02T10:00", "/controls"),
    ] {
        let answer = viewer.get(asked).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, leads_to), "{asked}");
    }
    let elsewhere = viewer.clone().with_cookie("bevis_time_zone", "America/New_York").get("/?as_of=2026-11-01").await;
    assert_eq!(elsewhere.location(), "/?as_of=2026-11-02T04%3A59%3A59.999999Z");
    let written = viewer.get("/?as_of=2026-11-01T15:00:00+01:00").await;
    assert!(written.body.contains("datetime=\"2026-11-01T14:00:00Z\""), "a plus sign that became a space");
}

#[sqlx::test(migrations = "../migrations")]
async fn an_instant_of_which_nothing_can_be_said_gets_a_clear_answer(owner: PgPool) {
    let app = TestApp::new(&owner);
    yesterday(&app, &owner).await;
    let mut viewer = app.as_role(Role::Viewer).await;
    for (path, title, next) in [
        ("/findings?as_of=2026-11-03", "That time has not come yet", "Choose a time that is over"),
        ("/?as_of=2026-11-02T09:00:01Z", "That time has not come yet", "Choose a time that is over"),
        ("/?as_of=yesterday", "This is no time that can be read", "Choose a time in the menu"),
        ("/?as_of=%00%F0", "This is no time that can be read", "Choose a time in the menu"),
        ("/?as_of=2026-03-29T02:30", "The clocks skipped that time", "before or after"),
        ("/compare?from=2026-11-01&to=2026-10-01", "The period ends before it begins", "Exchange the two times"),
        ("/compare?from=2026-10-01&to=2026-11-09", "That time has not come yet", "Choose a time that is over"),
        ("/compare?from=then", "This is no time that can be read", "Choose a time in the menu"),
        (
            "/compare?from=2026-10-01&to=2026-11-01T15:00:00Z&as_of=2026-11-01T14:00:00Z",
            "The period ends later than what is shown",
            "Choose an earlier time",
        ),
    ] {
        let Answer { status, body, .. } = viewer.get(path).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{path}");
        assert!(body.contains(title) && body.contains(next) && body.contains("Asked for: "), "{path}: {body}");
    }
    for (path, code) in [
        ("findings?as_of=2026-11-03T00:00:00Z", "as-of-ahead"),
        ("findings?as_of=2026-11-01", "as-of-unreadable"),
        ("compare", "as-of-unreadable"),
        ("compare?from=2026-11-01T00:00:00Z&to=2026-10-01T00:00:00Z", "period-reversed"),
        ("compare?from=2026-12-01T00:00:00Z", "as-of-ahead"),
        ("compare?from=2026-11-01T20:00:00Z&as_of=2026-11-01T14:00:00Z", "period-ahead"),
    ] {
        let answer = viewer.get(&format!("/api/v1/{path}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        let value: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(value["type"], format!("urn:bevis:problem:{code}"), "{path}");
        assert_eq!((&value["status"], &value["error"]["code"]), (&Value::from(400), &Value::from(code)), "{path}");
        assert!(value["detail"].as_str().unwrap().len() > 10, "{path}");
    }
    // Before the first reading the page is there, and says so.
    for path in ["/", "/findings", "/controls", "/checks", "/clusters"] {
        let answer = viewer.get(&format!("{path}?as_of=1999-12-31T00:00:00Z")).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.body.contains("Nothing was known yet"), "{path}");
    }
    // And so does the API, until the first scan was recorded: that clusters are registered says nothing of them.
    for path in ["overview", "findings", "controls", "checks", "clusters", "coverage", "trends"] {
        for (as_of, known) in
            [("1999-12-31T00:00:00Z", false), (text(at(1)).as_str(), false), (text(at(3)).as_str(), true)]
        {
            let answer = viewer.get(&format!("/api/v1/{path}?as_of={as_of}")).await;
            let value: Value = serde_json::from_str(&answer.body).unwrap();
            assert_eq!((answer.status, &value["known"]), (StatusCode::OK, &known.into()), "{path} as of {as_of}");
        }
    }
    let answer = viewer.get("/api/v1/findings").await;
    assert_eq!(serde_json::from_str::<Value>(&answer.body).unwrap()["known"], true, "now");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_changed_is_a_page_with_the_whole_story(owner: PgPool) {
    let app = TestApp::new(&owner);
    let day = yesterday(&app, &owner).await;
    let mut viewer = app.as_role(Role::Viewer).await;
    let period = |from, to| format!("/compare?from={}&to={}", text(at(from)), text(at(to)));
    let whole = viewer.get(&period(0, 9)).await;
    assert_eq!(whole.status, StatusCode::OK, "{}", whole.body);
    assert!(!whole.body.contains('⟦'), "{}", whole.body);
    for told in
        ["Came and went", "known-of-yesterday", "Title of syd", "came and went again", "opened once, closed once"]
    {
        assert!(whole.body.contains(told), "{told}: {}", whole.body);
    }
    for told in [format!("href=\"/acceptances/{}", day.acceptance), "<td>Asked for</td>".into(), "<td>why</td>".into()]
    {
        assert!(whole.body.contains(&told), "{told}: {}", whole.body);
    }
    let half = viewer.get(&period(3, 7)).await;
    assert!(half.body.contains("badge change-closed") && !half.body.contains("badge change-opened"), "{}", half.body);
    let value: Value =
        serde_json::from_str(&viewer.get(&format!("/api/v1{}&control=A.8.2&kind=closed", period(3, 7))).await.body)
            .unwrap();
    assert_eq!(value["findings"]["rows"][0]["finding"], day.finding.to_string());
    assert_eq!(value["decisions"]["rows"][0]["by"], "Anna");
    let steps = async |from, to, more: &str, viewer: &mut Caller| {
        let answer = viewer.get(&format!("/api/v1{}{more}", period(from, to))).await;
        let value: Value = serde_json::from_str(&answer.body).unwrap();
        value["acceptances"].clone()
    };
    let asked = steps(3, 7, "", &mut viewer).await;
    assert_eq!(asked["rows"].as_array().map(Vec::len), Some(1), "{asked}");
    assert_eq!(asked["rows"][0]["acceptance"], day.acceptance.to_string());
    assert_eq!((&asked["rows"][0]["step"], &asked["rows"][0]["by"]), (&"requested".into(), &"Anna".into()));
    assert_eq!(asked["rows"][0]["scope"]["finding"], day.finding.to_string());
    assert_eq!(
        steps(4, 7, "", &mut viewer).await["rows"],
        Value::from(Vec::<Value>::new()),
        "at the beginning is before"
    );
    assert_eq!(steps(3, 7, "&cluster=syd", &mut viewer).await["rows"].as_array().map(Vec::len), Some(0));
    let answer = viewer.get("/compare?from=2026-11-01&to=2026-11-01&severity=high").await;
    assert_eq!(
        answer.location(),
        "/compare?from=2026-10-31T22:59:59.999999Z&to=2026-11-01T22:59:59.999999Z&severity=high"
    );
    assert_eq!(viewer.get(&format!("{}&cluster=nowhere", period(1, 9))).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(viewer.get(&format!("{}&cursor=tampered", period(1, 9))).await.status, StatusCode::BAD_REQUEST);
}
