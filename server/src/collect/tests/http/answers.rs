//! Servers that refuse, and servers that are none.

use super::{
    Sim, expect_nothing,
    raw::{Raw, answer, version},
    scan, settings, target,
};
use crate::config::ScanSettings;
use fleet::{
    cluster::{Fault, World},
    trouble::Trouble,
};
use model::{catalogue::Catalogue, evaluation::Outcome, problem::ProblemWord, scan::Coverage, source::Source};
use std::time::{Duration, Instant};

async fn sim() -> Sim {
    let mut world = World::empty("1.33.4");
    world.serve_cert_manager();
    Sim::hold(world).await
}

#[tokio::test]
async fn an_expired_token_is_a_failure_of_reading_not_of_the_cluster() {
    let sim = sim().await;
    sim.cluster.set_token("another");
    for source in Source::ALL.iter().filter(|source| !source.is_pushed()) {
        expect_nothing(&sim.scan(*source).await, Coverage::Failed, "refused the credential (401)");
    }
}

#[tokio::test]
async fn what_stands_in_between_is_no_api_server() {
    let sim = sim().await;
    for (trouble, coverage, words) in [
        (Trouble::Html, Coverage::Unreachable, "a web page"),
        (Trouble::HalfBody, Coverage::Failed, "broke off before its end"),
        (Trouble::Hang, Coverage::Unreachable, "did not answer GET /version within 2 s"),
        (Trouble::Endless, Coverage::Failed, "larger than 1 MB"),
        (Trouble::Redirect("http://elsewhere/".into()), Coverage::Unreachable, "status 302"),
        (Trouble::Status(403), Coverage::Unreachable, "status 403, nothing"),
        (Trouble::Status(404), Coverage::Unreachable, "status 404, nothing"),
        (Trouble::Status(500), Coverage::Failed, "with 500"),
    ] {
        sim.cluster.set_fault("*", Fault::Trouble(trouble.clone()));
        let began = Instant::now();
        let scan = sim.scan(Source::Rbac).await;
        expect_nothing(&scan, coverage, words);
        assert!(began.elapsed() < Duration::from_secs(8), "{trouble:?} took {:?}", began.elapsed());
        sim.cluster.clear_faults();
    }
    sim.cluster.set_away(true);
    assert_ne!(sim.scan(Source::Rbac).await.coverage, Coverage::Complete);
    sim.cluster.set_away(false);
    assert_eq!(sim.scan(Source::Rbac).await.coverage, Coverage::Complete);
}

#[tokio::test]
async fn trouble_with_one_list_fails_its_source_and_no_other() {
    let sim = sim().await;
    for fault in [
        Fault::InternalError,
        Fault::Unavailable,
        Fault::Trouble(Trouble::HalfBody),
        Fault::Trouble(Trouble::Html),
        Fault::Trouble(Trouble::Endless),
    ] {
        sim.cluster.set_fault("certificates", fault.clone());
        let scan = sim.scan(Source::CertManager).await;
        assert!(matches!(scan.coverage, Coverage::Failed | Coverage::Unreachable), "{fault:?}: {:?}", scan.coverage);
        assert!(scan.evaluation.results.is_empty(), "{fault:?}");
        assert!(scan.error.is_some_and(|error| error.starts_with("cert-manager.io/v1/certificates: ")));
        assert_eq!(scan.reads.len(), 6, "the other lists are asked for all the same: {fault:?}");
        assert_eq!(sim.scan(Source::Rbac).await.coverage, Coverage::Complete);
        sim.cluster.clear_faults();
    }
}

#[tokio::test]
async fn forbidden_and_absent_are_told_apart() {
    let sim = sim().await;
    sim.cluster.set_fault("certificates", Fault::Forbidden);
    let scan = sim.scan(Source::CertManager).await;
    assert_eq!(scan.coverage, Coverage::Forbidden);
    assert!(scan.error.is_some_and(|error| error.contains("list certificates in cert-manager.io")));
    let told: Vec<_> = scan.problems.iter().map(|problem| (problem.key, problem.resource.as_deref())).collect();
    assert_eq!(told, [(ProblemWord::Forbidden, Some("cert-manager.io/v1/certificates"))]);
    assert_eq!(scan.problems[0].values["permission"], "list certificates in cert-manager.io");
    let outcomes: Vec<_> = scan.evaluation.results.iter().map(|result| result.outcome).collect();
    let (hidden, none) = (Outcome::NotVisible, Outcome::NotApplicable);
    assert_eq!(outcomes, [hidden, none, hidden, none, hidden]);
    assert_eq!(scan.evaluation.results[0].detail["permission"], "list certificates in cert-manager.io");

    let scan = sim.scan(Source::Velero).await;
    assert_eq!(scan.coverage, Coverage::Absent);
    assert!(scan.evaluation.results.iter().all(|result| result.outcome == Outcome::NotEvaluated));
    assert_eq!(scan.evaluation.results.len(), Catalogue::current().checks_of(Source::Velero).count());
}

#[tokio::test]
async fn a_server_that_is_busy_is_asked_again_and_not_for_ever() {
    let sim = sim().await;
    sim.cluster.set_fault_times("certificates", Fault::TooManyRequests(1), 2);
    assert_eq!(sim.scan(Source::CertManager).await.coverage, Coverage::Complete);
    sim.cluster.set_fault("certificates", Fault::TooManyRequests(0));
    let scan = sim.scan(Source::CertManager).await;
    expect_nothing(&scan, Coverage::Failed, "asked to slow down (429)");
}

#[tokio::test]
async fn a_scan_has_an_end() {
    let sim = sim().await;
    sim.cluster.set_fault("rolebindings", Fault::Trouble(Trouble::Hang));
    let settings = ScanSettings { request_seconds: 60, scan_seconds: 1, ..settings() };
    let scan = scan(&sim.target(settings), Source::Rbac).await;
    expect_nothing(&scan, Coverage::Failed, "longer than 1 s");
}

#[tokio::test]
async fn json_that_is_no_list_is_not_an_empty_list() {
    for body in [
        "{}",
        r#"{"kind":"CertificateList"}"#,
        r#"{"kind":"Status","items":[]}"#,
        r#"{"items":[]}"#,
        r#"{"kind":"CertificateList","items":{}}"#,
        "[]",
        "null",
        "",
        r#"{"kind":"CertificateList","items":[{"metadata":{"name":"cut"#,
    ] {
        let raw = Raw::start(
            move |path| {
                if path == "/version" { version() } else { answer("200 OK", "application/json", body) }
            },
        )
        .await;
        let scan = scan(&target(&raw.kubeconfig(), settings()), Source::CertManager).await;
        assert!(matches!(scan.coverage, Coverage::Unreachable | Coverage::Failed), "{body}: {:?}", scan.coverage);
        assert!(scan.evaluation.results.is_empty(), "{body}");
    }
}

#[tokio::test]
async fn only_an_api_server_s_own_words_mean_absent_or_forbidden() {
    for (status, body, coverage) in [
        ("404 Not Found", "404 page not found\n", Coverage::Absent),
        ("404 Not Found", r#"{"kind":"Status","message":"gone","code":404}"#, Coverage::Absent),
        ("404 Not Found", "<html>nothing here</html>", Coverage::Unreachable),
        ("403 Forbidden", r#"{"kind":"Status","message":"no"}"#, Coverage::Forbidden),
        ("403 Forbidden", "<html>blocked by the firewall</html>", Coverage::Unreachable),
        ("418 I am a teapot", r#"{"kind":"Status","message":"short"}"#, Coverage::Failed),
    ] {
        let raw =
            Raw::start(move |path| if path == "/version" { version() } else { answer(status, "text/plain", body) })
                .await;
        let scan = scan(&target(&raw.kubeconfig(), settings()), Source::CertManager).await;
        assert_eq!(scan.coverage, coverage, "{status} {body}: {:?}", scan.error);
        assert!(scan.evaluation.results.iter().all(|result| result.outcome != Outcome::Pass));
    }
}

#[tokio::test]
async fn the_server_s_own_time_is_the_cluster_s_now() {
    let sim = sim().await;
    let session = sim.target(settings()).connect().await.expect("connected");
    assert_eq!(session.hello.ahead.map(|ahead| ahead.num_seconds()), Some(0));
    sim.cluster.set_skew(3600);
    let session = sim.target(settings()).connect().await.expect("connected");
    assert_eq!(session.hello.ahead.map(|ahead| ahead.num_seconds()), Some(3600));
    assert_eq!(session.hello.version.as_deref(), Some("v1.33.4"));
    assert_eq!(session.hello.minor, Some(33));
}
