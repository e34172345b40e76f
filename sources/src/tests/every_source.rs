//! What must hold of every source, be it new or old.

use super::Manifests;
use crate::{
    error::ReadError,
    policy::Policy,
    reading::coverage,
    request::{Ask, asks},
};
use model::{catalogue::Catalogue, evaluation::Outcome, scan::Coverage, source::Source};
use std::collections::BTreeSet;

fn name(ask: &Ask) -> String {
    match ask {
        Ask::List(resource) => resource.name(),
        Ask::One(object) => object.name(),
        Ask::Log(log) => log.name(),
        Ask::Path(path) => path.path.to_owned(),
        Ask::Issuer(url) => format!("issuer {url}"),
    }
}

#[test]
fn every_check_of_the_catalogue_is_judged_by_its_source() {
    let nothing = Manifests::default();
    for source in Source::ALL {
        let evaluation = nothing.cluster(32, &[]).evaluate(*source, &Policy::default());
        let judged: BTreeSet<&str> = evaluation.results.iter().map(|result| result.check.as_str()).collect();
        let listed: BTreeSet<&str> = Catalogue::embedded().checks_of(*source).map(|check| check.id.as_str()).collect();
        assert_eq!(judged, listed, "{source}");
    }
}

#[test]
fn a_cluster_that_shows_nothing_passes_nothing() {
    let nothing = Manifests::default();
    for source in Source::ALL {
        let evaluation = nothing.cluster(32, &[]).evaluate(*source, &Policy::default());
        let passing: Vec<_> = evaluation.results.iter().filter(|result| result.outcome == Outcome::Pass).collect();
        assert!(passing.is_empty(), "{source}: {passing:?}");
    }
}

#[test]
fn a_request_that_is_refused_is_never_a_complete_reading() {
    let nothing = Manifests::default();
    for source in Source::ALL {
        for ask in asks(*source, &Policy::default()) {
            let refused = ReadError::Forbidden { permission: "x".into() };
            let cluster = nothing.cluster(32, &[]).failing(&name(&ask), refused);
            // Groups are the one request without which nothing can be read.
            if matches!(ask, Ask::Path(_)) {
                continue;
            }
            let reading = cluster.reading(*source, &Policy::default());
            let (seen, why) = coverage(&*reading);
            let made = reading.parts().iter().any(|(_, read)| read.coverage == Coverage::Forbidden);
            assert!(
                !made || seen != Coverage::Complete,
                "{source}: {} was refused, and reading is {seen}: {why:?}",
                name(&ask)
            );
        }
    }
}
