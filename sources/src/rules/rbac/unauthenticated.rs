//! What somebody who has not logged in may do.

use super::{UNAUTHENTICATED, grants::Grants, powers::Harm};
use crate::rules::verdict::{Judge, Sentence, fault};
use model::severity::Severity;

const GRANTED: Sentence = fault(UNAUTHENTICATED, "granted", &["role", "subject"]);
const DISCOVERY: Sentence = fault(UNAUTHENTICATED, "discovery", &["role", "subject"]);
const DANGLING: Sentence = fault(UNAUTHENTICATED, "dangling", &["role", "subject"]);
const CLUSTER_INFO: Sentence = fault(UNAUTHENTICATED, "cluster_info", &["role", "subject"]);

pub(super) const SENTENCES: &[Sentence] = &[GRANTED, DISCOVERY, DANGLING, CLUSTER_INFO];

/// `rbac.no_unauthenticated_grants`: version and health through `system:public-info-viewer`, and nothing else.
///
/// The list of APIs (a default until Kubernetes 1.13) and what kubeadm publishes for joining nodes are low, and so is a role that grants nothing yet.
pub(super) fn grants(mut judge: Judge, grants: &Grants<'_>) -> Judge {
    for grant in grants.iter() {
        judge.examine();
        if !grant.who.is_unauthenticated() {
            continue;
        }
        let harm = match grant.powers() {
            Some(powers) => powers.harm,
            None if grant.is_unknown() => {
                judge.doubt();
                continue;
            }
            None => Harm::Nothing,
        };
        let values = super::administrators::role_and_subject(&grant);
        match harm {
            // Whoever makes or fills the role opens it to everybody.
            Harm::Nothing => judge.fail_as(Severity::Low, &DANGLING, grant.subject(), values),
            Harm::PublicInfo if grant.role.name == "system:public-info-viewer" => {}
            Harm::PublicInfo | Harm::Discovery => judge.fail_as(Severity::Low, &DISCOVERY, grant.subject(), values),
            Harm::ClusterInfo if !grant.is_of_the_cluster() => {
                judge.fail_as(Severity::Low, &CLUSTER_INFO, grant.subject(), values);
            }
            Harm::ClusterInfo | Harm::More => judge.fail(&GRANTED, grant.subject(), values),
        }
    }
    judge
}
