//! Who may do what: `rbac.*`.
//!
//! Every grant is a binding, one of its subjects, and what the bound role allows; verdicts rest on those,
//! not on names of roles. What Kubernetes and kubeadm set up themselves is expected, and only that:
//! - `cluster-admin` → Group `system:masters`; `kubeadm:cluster-admins` → Group `kubeadm:cluster-admins`;
//! - `system:public-info-viewer` → `system:unauthenticated`, as long as it shows version and health alone.

mod administrators;
mod grants;
mod powers;
mod subjects;
mod unauthenticated;
mod wide;

use super::verdict::{Judge, Sentence, evaluation, reason};
use crate::{
    listed::Listed,
    policy::Policy,
    reader::Reader,
    reading::{Context, Part, Reading},
    request::{CLUSTER_ROLE_BINDINGS, CLUSTER_ROLES, ROLE_BINDINGS, ROLES},
};
use grants::{Grants, Scope};
use k8s_openapi::api::rbac::v1::{ClusterRole, ClusterRoleBinding, Role, RoleBinding};
use model::evaluation::{Evaluation, Outcome};
use model::scan::Read;

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct Input {
    /// Roles of the whole cluster.
    pub cluster_roles: Listed<ClusterRole>,
    /// Roles of namespaces.
    pub roles: Listed<Role>,
    /// Bindings of the whole cluster.
    pub cluster_role_bindings: Listed<ClusterRoleBinding>,
    /// Bindings of namespaces.
    pub role_bindings: Listed<RoleBinding>,
}

impl Input {
    /// Reads roles and bindings.
    pub async fn read<R: Reader>(reader: &R) -> Self {
        Self {
            cluster_roles: reader.list(&CLUSTER_ROLES).await,
            roles: reader.list(&ROLES).await,
            cluster_role_bindings: reader.list(&CLUSTER_ROLE_BINDINGS).await,
            role_bindings: reader.list(&ROLE_BINDINGS).await,
        }
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        vec![
            (Part::Own, &self.cluster_roles.read),
            (Part::Own, &self.roles.read),
            (Part::Own, &self.cluster_role_bindings.read),
            (Part::Own, &self.role_bindings.read),
        ]
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluate(self, context.policy)
    }
}

const EVERYONE: &str = "rbac.no_admin_to_everyone";
const UNAUTHENTICATED: &str = "rbac.no_unauthenticated_grants";
const BASELINE: &str = "rbac.cluster_admin_baseline";
const MASTERS: &str = "rbac.no_system_masters";
const WILDCARDS: &str = "rbac.no_wildcards";
const SECRETS: &str = "rbac.secret_readers";
const ESCALATION: &str = "rbac.escalation_verbs";

const INACTIVE: &[Sentence] = &[
    reason(EVERYONE, "inactive", &[]),
    reason(UNAUTHENTICATED, "inactive", &[]),
    reason(BASELINE, "inactive", &[]),
    reason(MASTERS, "inactive", &[]),
    reason(WILDCARDS, "inactive", &[]),
    reason(SECRETS, "inactive", &[]),
    reason(ESCALATION, "inactive", &[]),
];

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] =
    &[INACTIVE, administrators::SENTENCES, unauthenticated::SENTENCES, wide::SENTENCES];

/// Judges the checks of RBAC.
pub fn evaluate(input: &Input, policy: &Policy) -> Evaluation {
    let grants = Grants::of(input);
    let mut judges = vec![
        administrators::everyone(needing_roles(EVERYONE, input), &grants),
        administrators::baseline(needing_roles(BASELINE, input), &grants, policy),
        administrators::masters(needing_bindings(MASTERS, input), &grants),
        unauthenticated::grants(needing_roles(UNAUTHENTICATED, input), &grants),
        wide::wildcards(
            Judge::of(WILDCARDS).needs(&CLUSTER_ROLES, &input.cluster_roles).needs(&ROLES, &input.roles),
            input,
        ),
        wide::secret_readers(needing_roles(SECRETS, input), &grants, policy),
        wide::escalation(needing_roles(ESCALATION, input), &grants, policy),
    ];
    if input.cluster_roles.is_empty() || input.cluster_role_bindings.is_empty() {
        // Every API server that decides by RBAC makes its own roles and bindings at start: without, RBAC is not in force.
        for (judge, why) in judges.iter_mut().zip([0, 2, 3, 1, 4, 5, 6]) {
            judge.otherwise(Outcome::NotEvaluated, &INACTIVE[why], []);
        }
    }
    evaluation(judges)
}

fn needing_bindings(check: &'static str, input: &Input) -> Judge {
    Judge::of(check)
        .needs(&CLUSTER_ROLE_BINDINGS, &input.cluster_role_bindings)
        .needs(&ROLE_BINDINGS, &input.role_bindings)
}

fn needing_roles(check: &'static str, input: &Input) -> Judge {
    needing_bindings(check, input).needs(&CLUSTER_ROLES, &input.cluster_roles).needs(&ROLES, &input.roles)
}
