//! What has not changed is not fetched again, and what has is seen at once.

use super::{Sim, read, round, settings};
use crate::{collect::Target, config::ScanSettings};
use chrono::TimeDelta;
use fleet::cluster::{Fault, Size, World};
use model::{
    scan::{Coverage, ObjectList, Scan},
    source::Source,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(super) const SIZE: Size = Size { workloads: 60, reports: 150, vulnerabilities: 3_000, results: 600 };
const REPORTS: &str = "vulnerabilityreports";

pub(super) type Scans = BTreeMap<Source, Scan>;

/// Small lists are large enough.
pub(super) fn skipping() -> ScanSettings {
    ScanSettings { skip_from_kb: 20, max_answer_mb: 64, full_read_rounds: 12, ..settings() }
}

pub(super) async fn sim() -> Sim {
    Sim::hold(World::large(SIZE, super::super::now())).await
}

/// What is concluded from scans and what they rest on, without how it was had.
pub(super) fn said(scans: &Scans) -> Vec<Scan> {
    let bare = |scan: &Scan| Scan {
        started_at: super::super::now(),
        ended_at: super::super::now(),
        traffic: None,
        reads: scan.reads.iter().map(|read| model::scan::Read { confirmed: 0, ..read.clone() }).collect(),
        objects: scan
            .objects
            .iter()
            .map(|list| ObjectList { fetched_at: super::super::now(), confirmed_at: None, ..list.clone() })
            .collect(),
        ..scan.clone()
    };
    scans.values().map(bare).collect()
}

/// That a target that remembers says what one says that has never read the cluster before.
#[track_caller]
fn expect_alike(remembering: &Scans, fresh: &Scans) {
    for (one, other) in said(remembering).iter().zip(said(fresh)) {
        assert_eq!(one.evaluation, other.evaluation, "{}", one.source);
        assert_eq!(*one, other, "{}", one.source);
    }
}

async fn fresh(sim: &Sim) -> Scans {
    round(&sim.target(ScanSettings { full_read_rounds: 1, ..skipping() })).await
}

fn bytes(scans: &Scans) -> u64 {
    scans.values().filter_map(|scan| scan.traffic).map(|traffic| traffic.bytes).sum()
}

/// A report of the cluster, with a vulnerability less.
fn changed(number: usize) -> Value {
    let world = World::large(SIZE, super::super::now());
    let mut report = world.list(REPORTS)[number].value();
    report["metadata"]["resourceVersion"] = "99000001".into();
    let found = report["report"]["vulnerabilities"].as_array_mut().expect("vulnerabilities");
    let gone = found.remove(0);
    let summary = match gone["severity"].as_str() {
        Some("CRITICAL") => "criticalCount",
        Some("HIGH") => "highCount",
        Some("MEDIUM") => "mediumCount",
        _ => "lowCount",
    };
    let count = report["report"]["summary"][summary].as_i64().expect("a count");
    report["report"]["summary"][summary] = (count - 1).into();
    report
}

fn confirmed(scans: &Scans) -> u32 {
    read(scans, Source::Trivy, REPORTS).confirmed
}

async fn rounds(target: &Target, count: usize) -> Vec<u32> {
    let mut confirmations = Vec::new();
    for _ in 0..count {
        confirmations.push(confirmed(&round(target).await));
    }
    confirmations
}

#[tokio::test]
async fn what_has_not_changed_is_confirmed_with_few_bytes_and_says_the_same() {
    let sim = sim().await;
    let target = sim.target(skipping());
    let first = round(&target).await;
    expect_alike(&first, &fresh(&sim).await);
    target.clock.advance(TimeDelta::minutes(5));
    sim.now.advance(TimeDelta::minutes(5));
    let second = round(&target).await;
    expect_alike(&second, &first);
    assert!(bytes(&second) * 4 < bytes(&first), "{} of {}", bytes(&second), bytes(&first));
    let read = read(&second, Source::Trivy, REPORTS);
    assert_eq!((read.coverage, read.objects, read.confirmed), (Coverage::Complete, 150, 150));
    // The record tells when the objects were fetched, and when they were confirmed.
    let list = |scans: &Scans| {
        let lists = &scans[&Source::Trivy].objects;
        lists.iter().find(|list| list.resource.ends_with(REPORTS)).cloned().expect("a list")
    };
    let (before, after) = (list(&first), list(&second));
    assert_eq!((before.fetched_at, before.confirmed_at), (super::super::now(), None));
    let later = super::super::now() + TimeDelta::minutes(5);
    assert_eq!((after.fetched_at, after.confirmed_at), (super::super::now(), Some(later)));
    assert_eq!(before.digest(), after.digest());
}

#[tokio::test]
async fn one_object_that_changed_came_or_went_is_seen_in_the_next_round() {
    let sim = sim().await;
    let target = sim.target(skipping());
    let first = round(&target).await;
    let mut added = changed(40);
    added["metadata"]["name"] = "replicaset-app-00016-7d9c5b8f6d-c9".into();
    added["metadata"]["uid"] = "an-uid-of-its-own".into();
    let mut again = changed(80);
    // Made anew under its name, and by chance at the version that the old one had.
    let old = World::large(SIZE, super::super::now()).list(REPORTS)[80].value();
    again["metadata"]["resourceVersion"] = old["metadata"]["resourceVersion"].clone();
    again["metadata"]["uid"] = "another-uid".into();
    let gone = World::large(SIZE, super::super::now()).list(REPORTS)[149].value();
    let edits: [&dyn Fn(); 5] = [
        &|| sim.cluster.put(REPORTS, changed(77)),
        &|| sim.cluster.put(REPORTS, added.clone()),
        &|| sim.cluster.put(REPORTS, again.clone()),
        &|| {
            let name = |key: &str| gone["metadata"][key].as_str().expect("a name").to_owned();
            sim.cluster.remove(REPORTS, Some(&name("namespace")), &name("name"));
        },
        &|| {
            sim.cluster.put(REPORTS, changed(0));
            sim.cluster.put(REPORTS, changed(149));
        },
    ];
    let mut before = said(&first);
    for (number, edit) in edits.iter().enumerate() {
        edit();
        let now = round(&target).await;
        expect_alike(&now, &fresh(&sim).await);
        assert_ne!(said(&now), before, "edit {number} was not seen");
        let read = read(&now, Source::Trivy, REPORTS);
        assert!(read.confirmed > 140 && read.confirmed <= read.objects, "edit {number}: {read:?}");
        assert!(bytes(&now) * 3 < bytes(&first), "edit {number}: {} of {}", bytes(&now), bytes(&first));
        before = said(&now);
    }
}

#[tokio::test]
async fn where_much_changed_all_is_read_and_it_is_not_tried_again_at_once() {
    let sim = sim().await;
    let target = sim.target(skipping());
    round(&target).await;
    for number in 0..30 {
        sim.cluster.put(REPORTS, changed(number));
    }
    let all = round(&target).await;
    assert_eq!(confirmed(&all), 0);
    expect_alike(&all, &fresh(&sim).await);
    assert_eq!(rounds(&target, 3).await, [0, 150, 150], "the next round does not ask for versions first");
}

#[tokio::test]
async fn every_so_many_rounds_all_is_read_whatever_is_known() {
    let sim = sim().await;
    let target = sim.target(ScanSettings { full_read_rounds: 3, ..skipping() });
    assert_eq!(rounds(&target, 7).await, [0, 150, 150, 0, 150, 150, 0]);
    let never = sim.target(ScanSettings { full_read_rounds: 1, ..skipping() });
    assert_eq!(rounds(&never, 3).await, [0, 0, 0]);
    let only_large = sim.target(ScanSettings { skip_from_kb: 100_000, ..skipping() });
    assert_eq!(rounds(&only_large, 3).await, [0, 0, 0]);
}

#[tokio::test]
async fn nothing_is_remembered_of_another_cluster_or_of_none_that_tells_which_it_is() {
    let sim = sim().await;
    let target = sim.target(skipping());
    let system = |uid: &str| {
        json!({ "metadata": { "name": "kube-system", "uid": uid, "resourceVersion": "5",
            "labels": { "pod-security.kubernetes.io/enforce": "restricted" } } })
    };
    assert_eq!(rounds(&target, 2).await, [0, 150]);
    sim.cluster.put("namespaces", system("another cluster"));
    assert_eq!(rounds(&target, 2).await, [0, 150], "another cluster answers at the address");
    sim.cluster.remove("namespaces", None, "kube-system");
    assert_eq!(rounds(&target, 2).await, [0, 0], "it is not known which cluster answers");
    sim.cluster.put("namespaces", system("another cluster"));
    assert_eq!(rounds(&target, 2).await, [0, 150]);
    sim.cluster.set_fault_times("namespaces", Fault::Forbidden, 1);
    assert_eq!(
        rounds(&target, 2).await,
        [0, 0],
        "the round in which it may not be known, and the next, which reads all"
    );
    // A process that starts knows nothing.
    assert_eq!(rounds(&sim.target(skipping()), 2).await, [0, 150]);
}

#[tokio::test]
async fn after_an_error_all_is_read_and_the_error_is_told() {
    let sim = sim().await;
    let target = sim.target(skipping());
    for (fault, coverage) in [
        (Fault::Forbidden, Coverage::Forbidden),
        (Fault::Unauthorized, Coverage::Failed),
        (Fault::Absent, Coverage::Absent),
        (Fault::TooManyRequests(0), Coverage::Failed),
        (Fault::InternalError, Coverage::Failed),
    ] {
        assert_eq!(rounds(&target, 2).await[1], 150, "{fault:?}");
        sim.cluster.set_fault(REPORTS, fault.clone());
        let failed = round(&target).await;
        let read = read(&failed, Source::Trivy, REPORTS);
        assert_eq!((read.coverage, read.objects, read.confirmed), (coverage, 0, 0), "{fault:?}");
        expect_alike(&failed, &fresh(&sim).await);
        sim.cluster.clear_faults();
        let after = round(&target).await;
        assert_eq!(confirmed(&after), 0, "{fault:?}");
        expect_alike(&after, &fresh(&sim).await);
        // Whatever kept it from asking for versions is over by then.
        rounds(&target, 8).await;
    }
}

#[tokio::test]
async fn a_server_that_cannot_tell_versions_alone_is_read_whole() {
    let sim = sim().await;
    for fault in [Fault::InternalError, Fault::Trouble(fleet::trouble::Trouble::HalfBody)] {
        let target = sim.target(skipping());
        assert_eq!(rounds(&target, 2).await, [0, 150]);
        sim.cluster.set_fault_times(REPORTS, fault.clone(), 1);
        let scans = round(&target).await;
        assert_eq!((read(&scans, Source::Trivy, REPORTS).coverage, confirmed(&scans)), (Coverage::Complete, 0));
        expect_alike(&scans, &fresh(&sim).await);
    }
    sim.cluster.set_fault(REPORTS, Fault::WholeObjects);
    let target = sim.target(skipping());
    assert_eq!(rounds(&target, 4).await, [0, 0, 0, 0]);
    expect_alike(&round(&target).await, &fresh(&sim).await);
}

#[tokio::test]
async fn versions_that_change_while_they_are_told_are_asked_for_again() {
    let sim = sim().await;
    let target = sim.target(ScanSettings { page_size: 30, ..skipping() });
    assert_eq!(rounds(&target, 2).await, [0, 150]);
    // The first page, and the second, which is too late; then all in larger pages.
    sim.cluster.set_fault_times(REPORTS, Fault::Expired, 2);
    assert_eq!(rounds(&target, 1).await, [150]);
    sim.cluster.set_fault(REPORTS, Fault::Expired);
    let failed = round(&target).await;
    assert_eq!(read(&failed, Source::Trivy, REPORTS).coverage, Coverage::Failed);
    sim.cluster.clear_faults();
    assert_eq!(rounds(&target, 1).await, [0]);
}

#[tokio::test]
async fn what_was_not_wholly_read_or_understood_or_cannot_be_known_again_is_not_remembered() {
    let sim = sim().await;
    let cut = sim.target(ScanSettings { max_objects: 100, ..skipping() });
    assert_eq!(rounds(&cut, 3).await, [0, 0, 0]);
    let namespace = "tenant-0000";
    let odd = |fields: Value| {
        let mut object = json!({ "metadata": { "namespace": namespace, "name": "odd" }, "report": { "summary": 7 } });
        for (key, value) in fields.as_object().expect("fields") {
            object["metadata"][key] = value.clone();
        }
        object
    };
    sim.cluster.put(REPORTS, odd(json!({ "uid": "u", "resourceVersion": "1" })));
    let target = sim.target(skipping());
    assert_eq!(rounds(&target, 3).await, [0, 0, 0], "an object was not understood");
    expect_alike(&round(&target).await, &fresh(&sim).await);
    let world = World::large(SIZE, super::super::now());
    for missing in ["uid", "resourceVersion"] {
        let mut report = world.list(REPORTS)[3].value();
        report["metadata"]["name"] = "odd".into();
        report["metadata"][missing] = Value::Null;
        sim.cluster.put(REPORTS, report);
        assert_eq!(rounds(&sim.target(skipping()), 3).await, [0, 0, 0], "{missing} is missing");
    }
}

#[tokio::test]
async fn a_cluster_that_was_put_back_to_an_earlier_state_is_read_whole() {
    let sim = sim().await;
    let target = sim.target(skipping());
    assert_eq!(rounds(&target, 2).await, [0, 150]);
    sim.now.advance(TimeDelta::hours(-3));
    assert_eq!(rounds(&target, 1).await, [0]);
}
