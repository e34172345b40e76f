//! What is asked of a cluster is counted, paced and bounded.

use super::{Sim, read, round, settings, unchanged::SIZE};
use crate::config::ScanSettings;
use fleet::{
    cluster::{Fault, World},
    trouble::Trouble,
};
use model::{
    evaluation::Outcome,
    scan::{Coverage, Scan, Traffic},
    source::Source,
};
use std::{
    collections::BTreeMap,
    num::NonZeroU32,
    time::{Duration, Instant},
};

async fn sim() -> Sim {
    Sim::hold(World::large(SIZE, super::super::now())).await
}

fn roomy() -> ScanSettings {
    ScanSettings { max_answer_mb: 64, ..settings() }
}

fn sum(scans: &BTreeMap<Source, Scan>) -> Traffic {
    let all = scans.values().filter_map(|scan| scan.traffic);
    all.fold(Traffic::default(), |sum, one| Traffic {
        requests: sum.requests + one.requests,
        bytes: sum.bytes + one.bytes,
    })
}

#[tokio::test]
async fn every_request_and_every_byte_is_counted_once() {
    let sim = sim().await;
    let target = sim.target(roomy());
    let budget = target.budget();
    let session = target.connect_within(budget.clone()).await;
    let greeted = budget.round().traffic();
    assert_eq!(greeted.requests, 2, "the version, and which cluster it is");
    let trivy = target.scan(Source::Trivy, &session).await.traffic.expect("counted");
    let rbac = target.scan(Source::Rbac, &session).await.traffic.expect("counted");
    let counted = sim.cluster.counted();
    assert_eq!(budget.round().traffic(), Traffic { requests: counted.requests, bytes: counted.bytes });
    assert_eq!(greeted.requests + trivy.requests + rbac.requests, counted.requests);
    assert_eq!(greeted.bytes + trivy.bytes + rbac.bytes, counted.bytes);
    // Three pages of 50 of 150 reports, four lists without any, three that are not served, and three pages of 120 pods.
    assert_eq!((trivy.requests, rbac.requests), (3 + 4 + 3 + 3, 5));
    assert!(budget.round().largest() > 100_000 && budget.round().largest() < trivy.bytes);
    // What a source does not ask for, since another did, does not count for it; nor what nobody could ask for.
    sim.cluster.set_away(true);
    let scans = round(&target).await;
    assert!(scans.values().all(|scan| scan.traffic == Some(Traffic::default())));
}

#[tokio::test]
async fn what_fails_counts_too() {
    let sim = sim().await;
    let target = sim.target(ScanSettings { page_size: 20, ..settings() });
    for (fault, requests) in [(Fault::InternalError, 1), (Fault::TooManyRequests(0), 3), (Fault::Forbidden, 1)] {
        let session = target.connect().await;
        let before = target.scan(Source::CertManager, &session).await.traffic.expect("counted");
        assert_eq!(before.requests, 5, "lists that are not served are asked for all the same");
        sim.cluster.set_fault("serviceaccounts", fault.clone());
        let scan = target.scan(Source::Rbac, &session).await;
        assert_eq!(scan.traffic.expect("counted").requests, 4 + requests, "{fault:?}");
        sim.cluster.clear_faults();
    }
    sim.cluster.set_fault("serviceaccounts", Fault::Trouble(Trouble::Endless));
    let endless = target.scan(Source::Rbac, &target.connect().await).await;
    let bytes = endless.traffic.expect("counted").bytes;
    assert!((1_000_000..1_500_000).contains(&bytes), "all that came before it was given up: {bytes}");
}

#[tokio::test]
async fn what_is_over_the_budget_is_not_read_and_says_so_and_is_never_a_pass() {
    let sim = sim().await;
    let within = round(&sim.target(roomy())).await;
    assert!(sum(&within).bytes > 3_000_000, "{}", sum(&within).bytes);
    sim.cluster.forget_requests();
    let scans = round(&sim.target(ScanSettings { max_scan_mb: 1, ..roomy() })).await;
    let counted = sim.cluster.counted();
    assert!(sum(&scans).bytes < 1_400_000, "{}", sum(&scans).bytes);
    assert!(counted.requests < sum(&within).requests);
    let mut over = 0;
    for scan in scans.values() {
        let words = scan.error.clone().unwrap_or_default();
        let was_cut = words.contains("the budget of this scan is used up (1 MB, scan.max_scan_mb)");
        over += u32::from(was_cut);
        match scan.coverage {
            Coverage::Failed => assert!(was_cut && scan.evaluation.results.is_empty(), "{}: {words}", scan.source),
            Coverage::Truncated => {
                let of_all = within[&scan.source].coverage;
                assert!(was_cut || of_all == Coverage::Truncated, "{}: {words}", scan.source);
            }
            _ => assert!(!was_cut, "{}: {words}", scan.source),
        }
    }
    assert!(over > 1, "{over}");
}

#[tokio::test]
async fn a_list_that_the_budget_ends_in_is_truncated_and_closes_nothing() {
    let sim = sim().await;
    let target = sim.target(ScanSettings { max_scan_mb: 1, ..roomy() });
    let session = target.connect().await;
    let scan = target.scan(Source::Trivy, &session).await;
    let scans = BTreeMap::from([(Source::Trivy, scan.clone())]);
    let reports = read(&scans, Source::Trivy, "vulnerabilityreports");
    assert_eq!((reports.coverage, reports.objects), (Coverage::Truncated, 50), "{reports:?}");
    let words = reports.error.as_deref().expect("words");
    assert!(words.contains("(1 MB, scan.max_scan_mb): 100 or more were not read"), "{words}");
    // What follows was not read at all, and so nothing is said of the source.
    assert_eq!(scan.coverage, Coverage::Failed);
    assert!(scan.evaluation.results.iter().all(|result| result.outcome != Outcome::Pass));
}

#[tokio::test]
async fn requests_wait_for_their_turn() {
    let sim = sim().await;
    let target = sim.target(ScanSettings { requests_per_second: NonZeroU32::new(10).expect("10"), ..roomy() });
    let began = Instant::now();
    let scans = round(&target).await;
    let requests = sum(&scans).requests;
    // Twenty at once after a rest, and ten a second from then on; that it takes longer proves nothing.
    let least = Duration::from_millis((requests - 20) * 100);
    assert!(requests > 40 && began.elapsed() >= least.mul_f64(0.95), "{requests} in {:?}", began.elapsed());
}

#[tokio::test]
async fn one_list_at_a_time_is_asked_for_unless_more_are_allowed() {
    let sim = sim().await;
    sim.cluster.set_fault("*", Fault::Trouble(Trouble::Slow(Duration::from_millis(5))));
    round(&sim.target(roomy())).await;
    assert_eq!(sim.cluster.counted().lists_at_once, 1);
    sim.cluster.forget_requests();
    round(&sim.target(ScanSettings { per_cluster: 4, ..roomy() })).await;
    assert!(sim.cluster.counted().lists_at_once > 1, "the counting sees it");
}
