//! Lists in pages.

use super::{Sim, scan, settings};
use crate::{
    collect::{
        client::{Client, connect},
        list::list,
    },
    config::ScanSettings,
};
use fleet::cluster::{Fault, World};
use model::{evaluation::Outcome, scan::Coverage, source::Source};
use serde_json::json;
use sources::{listed::Listed, objects::cert_manager::Certificate, request::CERTIFICATES};
use std::sync::Mutex;

async fn sim(objects: usize) -> Sim {
    Sim::hold(World::many(objects, super::super::now())).await
}

async fn certificates(sim: &Sim, settings: &ScanSettings) -> Listed<Certificate> {
    let target = sim.target(settings.clone());
    let client: Client = connect(&target.cluster, settings).await.expect("a client");
    list(&client, &CERTIFICATES, settings, &|_| {}).await
}

#[tokio::test]
async fn a_list_is_read_page_by_page_and_progress_is_told() {
    let sim = sim(230).await;
    let settings = settings();
    let client = connect(&sim.target(settings.clone()).cluster, &settings).await.expect("a client");
    let told = Mutex::new(Vec::new());
    let listed: Listed<Certificate> = list(&client, &CERTIFICATES, &settings, &|count| {
        told.lock().expect("not poisoned").push(count);
    })
    .await;
    assert_eq!((listed.read.coverage, listed.items.len(), listed.unread), (Coverage::Complete, 230, 0));
    assert_eq!(told.into_inner().expect("not poisoned"), [50, 100, 150, 200, 230]);
    let asked = sim.cluster.requests();
    assert_eq!(asked.iter().filter(|request| request.contains("limit=50")).count(), 5, "{asked:?}");
    assert!(asked.iter().all(|request| request.starts_with("GET ") && !request.contains("resourceVersion=")));
}

#[tokio::test]
async fn a_list_that_changed_is_started_again_once() {
    let sim = sim(230).await;
    sim.cluster.set_fault_times("certificates", Fault::Expired, 2);
    let listed = certificates(&sim, &settings()).await;
    assert_eq!((listed.read.coverage, listed.items.len()), (Coverage::Complete, 230));
    sim.cluster.clear_faults();
    sim.cluster.set_fault("certificates", Fault::Expired);
    let listed = certificates(&sim, &settings()).await;
    assert_eq!(listed.read.coverage, Coverage::Failed);
    assert!(listed.read.error.is_some_and(|error| error.contains("(410)")));
}

#[tokio::test]
async fn a_list_that_is_too_long_is_cut_and_says_so() {
    let sim = sim(230).await;
    for (most, unread) in [(230, 0), (229, 1), (100, 130), (70, 160), (0, 230)] {
        let settings = ScanSettings { max_objects: most, ..settings() };
        let listed = certificates(&sim, &settings).await;
        assert_eq!((listed.items.len(), listed.unread), (most.min(230), unread), "{most}");
        assert_eq!(listed.read.coverage == Coverage::Truncated, unread > 0, "{most}");
    }
    let settings = ScanSettings { max_objects: 100, ..settings() };
    let scan = scan(&sim.target(settings), Source::CertManager).await;
    assert_eq!(scan.coverage, Coverage::Truncated);
    assert!(scan.evaluation.results.iter().filter(|r| r.outcome == Outcome::Pass).all(|r| r.unread > 0));
}

#[tokio::test]
async fn one_malformed_object_does_not_lose_the_list() {
    let sim = sim(60).await;
    sim.cluster.put("certificates", json!({ "metadata": { "name": "odd", "namespace": "a" }, "status": "none" }));
    sim.cluster.put("certificates", json!({ "metadata": { "name": "", "namespace": "b" } }));
    let listed = certificates(&sim, &settings()).await;
    assert_eq!((listed.read.coverage, listed.items.len(), listed.read.malformed), (Coverage::Truncated, 60, 2));
    let error = listed.read.error.expect("an error");
    assert!(error.contains("2 objects were not understood; the first is a/odd"), "{error}");
}

#[tokio::test]
async fn no_items_is_an_empty_list() {
    let sim = sim(10).await;
    sim.cluster.set_fault("certificates", Fault::NullItems);
    let listed = certificates(&sim, &settings()).await;
    assert_eq!((listed.read.coverage, listed.items.len(), listed.unread), (Coverage::Complete, 0, 0));
}

#[tokio::test]
async fn a_scan_tells_every_object_that_it_rested_on() {
    let sim = sim(230).await;
    let told = sim.scan(Source::CertManager).await;
    let list = told.objects.iter().find(|list| list.resource == "cert-manager.io/v1/certificates").expect("a list");
    assert_eq!(list.objects.len(), 230);
    assert!(list.objects.iter().all(|object| !object.version.is_empty() && object.hash.len() == 32));
    let again = sim.scan(Source::CertManager).await;
    assert_eq!(again.objects, told.objects, "what has not changed is the same");
}
