//! How PostgreSQL reads history for pages: by an index, whatever the instant, never from end to end.

use super::*;
use crate::harness::{TestApp, log::Log};
use ::model::{ids::AcceptanceId, role::Role};
use http::Method;
use server::web::{Kind, routes::routes};
use sqlx::postgres::PgPoolOptions;

/// Tables that stay small, so that reading all of one costs nothing.
const SMALL: &[&str] = &[
    "catalogue_in_force",
    "cluster",
    "cluster_facts",
    "custom_check_trial",
    "day_zone",
    "freshness_budget",
    "intake_token",
    "lease",
    "person",
    "pushed_report",
    "rekey",
    "retention",
    "service_level",
    "settled",
];

/// The same database, for sessions whose every plan is logged and in which reading a table from end to end is the last
/// resort: what is still read so has no index that would serve.
fn explained(owner: &PgPool) -> PgPool {
    let options = (*owner.connect_options()).clone().options([
        ("session_preload_libraries", "auto_explain"),
        ("auto_explain.log_min_duration", "0"),
        ("auto_explain.log_level", "notice"),
        ("auto_explain.log_nested_statements", "on"),
        ("client_min_messages", "notice"),
        ("enable_seqscan", "off"),
    ]);
    PgPoolOptions::new().connect_lazy_with(options)
}

/// A cluster with a finding that was fixed, one that was acknowledged, and one that came back.
async fn past(owner: &PgPool) -> FindingId {
    let cluster = cluster(owner, "prod").await;
    let check = "bak.schedule_active";
    let failing = |names: &[&str], at| {
        let seen = names.iter().map(|name| observation(check, name, Severity::High)).collect();
        scan(cluster, at, vec![result(check, Outcome::Fail, 0)], seen)
    };
    for (at, names) in [(0, ["a", "b"].as_slice()), (4_000, &["b"]), (90_000, &["a", "b"]), (500_000, &["b", "c"])] {
        recorded(owner, &failing(names, at)).await;
    }
    let finding = finding_named(owner, "b").await;
    let by = person(owner, "Erik").await;
    deciding::decide(owner, &by, &::model::disposition::Act::Acknowledge, &[finding], "known", second(600_000))
        .await
        .expect("decided");
    finding
}

fn filled(path: &str, finding: FindingId, acceptance: AcceptanceId) -> String {
    if path.contains("acceptances/{id}") {
        return path.replace("{id}", &acceptance.to_string()).replace("{attachment}", &Uuid::nil().to_string());
    }
    let value = match path.split('/').find(|part| *part == "findings" || *part == "clusters" || *part == "checks") {
        Some("findings") => finding.to_string(),
        Some("clusters") => "prod".into(),
        Some("checks") => "bak.schedule_active".into(),
        _ if path.contains("controls") => "A.8.13".into(),
        _ => Uuid::nil().to_string(),
    };
    path.split('/').map(|part| if part.starts_with('{') { value.as_str() } else { part }).collect::<Vec<_>>().join("/")
}

#[sqlx::test(migrations = "../migrations")]
async fn no_page_reads_a_growing_table_from_end_to_end(owner: PgPool) {
    let finding = past(&owner).await;
    let acceptance = acceptances::some(&owner, &owner, finding).await;
    let explained = explained(&owner);
    let app = TestApp::new(&explained);
    let mut viewer = app.as_role(Role::Admin).await;
    let log = Log::listen();
    let mut answers = 0;
    for route in routes().iter().filter(|route| {
        route.method == Method::GET && matches!(route.kind, Kind::Page | Kind::Api) && !route.path.contains("auth")
    }) {
        for query in [
            "",
            "?as_of=2026-09-23T00:00:00Z",
            "?state=closed",
            "?state=acknowledged",
            "?state=accepted",
            "?service=breached",
            "?state=open&state=accepted",
            "?scope=cluster&check=bak.recent&cluster=prod",
            "?text=sched",
            "?q=schedule+b",
            "?q=schedule&state=closed&as_of=2026-09-23T00:00:00Z",
            "?cve=CVE-2026-1234",
            "?group=owner",
            "?changed=2026-09-01T00:00:00Z",
            "?changed=since_visit&state=closed&state=open",
            "?group=workload&as_of=2026-09-23T00:00:00Z",
            "?namespace=velero&workload=Schedule/velero/b",
        ] {
            answers += i32::from(
                viewer.get(&format!("{}{query}", filled(route.path, finding, acceptance))).await.status.is_success(),
            );
        }
    }
    let text = log.text();
    let plans: Vec<&str> = text.lines().filter(|line| line.contains("Query Text")).collect();
    assert!(answers >= 40 && plans.len() >= 200, "{answers} answers, {} plans", plans.len());
    let tables = sqlx::query_scalar!(
        r#"SELECT relname::text AS "name!" FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
           AND relname NOT LIKE '\_sqlx%'"#
    );
    for table in tables.fetch_all(&owner).await.expect("tables").iter().filter(|name| !SMALL.contains(&name.as_str())) {
        let whole = format!("Seq Scan on {table} ");
        if let Some(plan) = plans.iter().find(|plan| plan.contains(&whole)) {
            panic!("{table} is read from end to end:\n{}", plan.replace("\\n", "\n"));
        }
    }
}
