//! What must hold of every source, be it new or old.

use super::Manifests;
use crate::{
    error::ReadError,
    policy::Policy,
    reading::{Part, coverage, problems},
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
            assert_eq!(problems(&*reading).is_empty(), why.is_none(), "{source}: {why:?}");
            // What tells a version alone is no gap.
            let counts = |part| part != Part::Aside;
            let mut parts = reading.parts().into_iter();
            let made = parts.any(|(part, read)| counts(part) && read.coverage == Coverage::Forbidden);
            assert!(
                !made || seen != Coverage::Complete,
                "{source}: {} was refused, and reading is {seen}: {why:?}",
                name(&ask)
            );
        }
    }
}

/// A cluster that holds the samples of every source, most of which fail something.
fn full() -> Manifests {
    use super::{
        audit_log, cert_manager, dex, falco, gatekeeper, inventory, kube_bench, kyverno, network, nodes, pod_security,
        pods, policy_report, rbac, storage, trivy, velero, workloads,
    };
    let texts = [
        rbac::EVERYBODY,
        pod_security::NAMESPACES_OF_ALL_KINDS,
        pod_security::ENGINES,
        pods::PODS_OF_ALL_KINDS,
        gatekeeper::CONSTRAINTS_OF_ALL_KINDS,
        kyverno::POLICIES_OF_ALL_KINDS,
        policy_report::REPORTS_OF_ALL_KINDS,
        cert_manager::CERTIFICATES_OF_ALL_KINDS,
        cert_manager::REQUESTS_OF_ALL_KINDS,
        velero::GOOD,
        audit_log::GOOD,
        falco::GOOD,
        network::NAMESPACES,
        network::POLICIES,
        network::DOORS,
        workloads::WORKLOADS,
        storage::VOLUMES,
        inventory::LABELLED,
        trivy::FOUND,
        kube_bench::NODES,
    ];
    let all = texts.into_iter().chain(dex::SAMPLES.iter().copied()).map(Manifests::read);
    all.fold(super::api_server::sample().with(Manifests::read(&nodes::three())), Manifests::with)
}

const GROUPS: &[&str] = &[
    "constraints.gatekeeper.sh/v1beta1",
    "templates.gatekeeper.sh/v1",
    "templates.gatekeeper.sh/v1beta1",
    "kyverno.io/v1",
    "kyverno.io/v2",
    "policies.kyverno.io/v1",
    "wgpolicyk8s.io/v1alpha2",
    "openreports.io/v1alpha1",
    "gateway.networking.k8s.io/v1",
    "cilium.io/v2",
    "crd.projectcalico.org/v1",
    "policy/v1",
    "logging.banzaicloud.io/v1beta1",
    "observability.openshift.io/v1",
];

/// What is missing must not be taken for what is in order: a check that fails, and then is refused one of the lists that
/// its source reads, still fails or says that it cannot tell.
#[test]
fn a_failure_never_becomes_a_pass_by_refusing_a_list() {
    let all = full();
    let policy = super::dex::policy();
    let (mut failing, mut tried) = (BTreeSet::new(), 0);
    for source in Source::ALL {
        let before = all.cluster(32, GROUPS).evaluate(*source, &policy);
        let fails = before.results.iter().filter(|result| result.outcome == Outcome::Fail);
        let fails: BTreeSet<&str> = fails.map(|result| result.check.as_str()).collect();
        failing.extend(fails.iter().map(ToString::to_string));
        for ask in asks(*source, &policy).iter().filter(|ask| !matches!(ask, Ask::Path(_) | Ask::Issuer(_))) {
            let refused = ReadError::Forbidden { permission: "x".into() };
            let after = all.cluster(32, GROUPS).failing(&name(ask), refused).evaluate(*source, &policy);
            for result in after.results.iter().filter(|result| fails.contains(result.check.as_str())) {
                let is_sure = result.outcome == Outcome::Pass && result.unread == 0;
                assert!(!is_sure, "{source}: {} passes without {}: {result:?}", result.check, name(ask));
                assert!(
                    result.outcome != Outcome::NotApplicable,
                    "{source}: {} does not apply without {}: {result:?}",
                    result.check,
                    name(ask)
                );
                tried += 1;
            }
        }
    }
    assert!(failing.len() >= 30 && tried >= 100, "too little fails to show anything: {failing:?}, {tried}");
}

#[test]
fn names_that_a_cluster_makes_up_are_short_and_have_no_control_characters() {
    let text = format!(
        "kind: ClusterRole\nmetadata: {{name: \"ev\\0il\"}}\nrules: [{{apiGroups: ['*'], resources: ['*'], verbs: ['*']}}]\n---\n\
         kind: ClusterRole\nmetadata: {{name: \"{}\"}}\nrules: [{{apiGroups: ['*'], resources: ['*'], verbs: ['*']}}]\n---\n\
         kind: ClusterRoleBinding\nmetadata: {{name: \"b\\e\"}}\nroleRef: {{kind: ClusterRole, name: \"ev\\0il\"}}\n\
         subjects: [{{kind: User, name: \"a\\0b\"}}]",
        "x".repeat(100_000)
    );
    let all = Manifests::read(&text);
    let evaluation = all.cluster(32, &[]).evaluate(Source::Rbac, &Policy::default());
    assert!(evaluation.observations.len() >= 2);
    for seen in &evaluation.observations {
        let subject = &seen.subject;
        let parts = [Some(&subject.kind), subject.namespace.as_ref(), Some(&subject.name), subject.key.as_ref()];
        for part in parts.into_iter().flatten() {
            assert!(part.chars().count() <= 1000 && !part.chars().any(char::is_control), "{part:.80?}");
        }
    }
}
