//! Who may do what: `rbac.*`.
//!
//! Every grant is a binding, one of its subjects, and what the bound role allows; verdicts rest on those,
//! not on names of roles. What Kubernetes and kubeadm set up themselves is expected, and only that:
//! - `cluster-admin` → Group `system:masters`; `kubeadm:cluster-admins` → Group `kubeadm:cluster-admins`;
//! - `system:public-info-viewer` → `system:unauthenticated`, as long as it shows version and health alone.

mod accounts;
mod administrators;
mod grants;
mod people;
mod powers;
pub mod review;
mod subjects;
mod unauthenticated;
mod wide;

use super::verdict::{Judge, Sentence, evaluation, reason};
use crate::{
    listed::Listed,
    objects::service_account::ServiceAccount,
    policy::Policy,
    reader::Reader,
    reading::{Context, Part, Reading},
    request::{CLUSTER_ROLE_BINDINGS, CLUSTER_ROLES, ROLE_BINDINGS, ROLES, SERVICE_ACCOUNTS},
};
use grants::{Grants, Scope};
use k8s_openapi::api::rbac::v1::{ClusterRole, ClusterRoleBinding, Role, RoleBinding};
use model::evaluation::{Evaluation, Outcome};
use model::scan::{Facts, Read};

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
    /// Service accounts.
    pub service_accounts: Listed<ServiceAccount>,
}

impl Input {
    /// Reads roles, bindings and service accounts.
    pub async fn read<R: Reader>(reader: &R) -> Self {
        Self {
            cluster_roles: reader.list(&CLUSTER_ROLES).await,
            roles: reader.list(&ROLES).await,
            cluster_role_bindings: reader.list(&CLUSTER_ROLE_BINDINGS).await,
            role_bindings: reader.list(&ROLE_BINDINGS).await,
            service_accounts: reader.list(&SERVICE_ACCOUNTS).await,
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
            (Part::Beside, &self.service_accounts.read),
        ]
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluate(self, context.policy)
    }

    fn facts(&self) -> Facts {
        Facts { access: review::of_reading(self), ..Facts::default() }
    }
}

const EVERYONE: &str = "rbac.no_admin_to_everyone";
const UNAUTHENTICATED: &str = "rbac.no_unauthenticated_grants";
const BASELINE: &str = "rbac.cluster_admin_baseline";
const MASTERS: &str = "rbac.no_system_masters";
const WILDCARDS: &str = "rbac.no_wildcards";
const SECRETS: &str = "rbac.secret_readers";
const ESCALATION: &str = "rbac.escalation_verbs";

const EXEC: &str = "rbac.exec_rights";
const PEOPLE: &str = "rbac.groups_not_users";
const SEPARATION: &str = "rbac.separation";
const DEFAULT_ACCOUNT: &str = "rbac.default_sa";

const INACTIVE: &[Sentence] = &[
    reason(EVERYONE, "inactive", &[]),
    reason(UNAUTHENTICATED, "inactive", &[]),
    reason(BASELINE, "inactive", &[]),
    reason(MASTERS, "inactive", &[]),
    reason(WILDCARDS, "inactive", &[]),
    reason(SECRETS, "inactive", &[]),
    reason(ESCALATION, "inactive", &[]),
    reason(EXEC, "inactive", &[]),
    reason(PEOPLE, "inactive", &[]),
    reason(SEPARATION, "inactive", &[]),
    reason(DEFAULT_ACCOUNT, "inactive", &[]),
];

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] = &[
    INACTIVE,
    administrators::SENTENCES,
    unauthenticated::SENTENCES,
    wide::SENTENCES,
    people::SENTENCES,
    accounts::SENTENCES,
];

/// Judges the checks of RBAC.
pub fn evaluate(input: &Input, policy: &Policy) -> Evaluation {
    let grants = Grants::of(input);
    evaluation([
        administrators::everyone(needing_roles(EVERYONE, input), &grants),
        unauthenticated::grants(needing_roles(UNAUTHENTICATED, input), &grants),
        administrators::baseline(needing_roles(BASELINE, input), &grants, policy),
        administrators::masters(needing_bindings(MASTERS, input), &grants),
        wide::wildcards(
            begin(WILDCARDS, input).needs(&CLUSTER_ROLES, &input.cluster_roles).needs(&ROLES, &input.roles),
            input,
        ),
        wide::secret_readers(needing_roles(SECRETS, input), &grants, policy),
        wide::escalation(needing_roles(ESCALATION, input), &grants, policy),
        people::exec_rights(needing_roles(EXEC, input), &grants, policy),
        people::groups_not_users(needing_bindings(PEOPLE, input), &grants),
        people::separation(needing_roles(SEPARATION, input), &grants, policy),
        accounts::default_account(needing_roles(DEFAULT_ACCOUNT, input), input, &grants),
    ])
}

impl Input {
    /// Whether access is decided by something else: every API server that decides by RBAC makes its own roles and
    /// bindings at start.
    fn is_inactive(&self) -> bool {
        self.cluster_roles.is_empty() || self.cluster_role_bindings.is_empty()
    }
}

fn begin(check: &'static str, input: &Input) -> Judge {
    let mut judge = Judge::of(check);
    if let Some(why) = INACTIVE.iter().find(|why| why.check == check && input.is_inactive()) {
        judge.otherwise(Outcome::NotEvaluated, why, []);
    }
    judge
}

fn needing_bindings(check: &'static str, input: &Input) -> Judge {
    begin(check, input)
        .needs(&CLUSTER_ROLE_BINDINGS, &input.cluster_role_bindings)
        .needs(&ROLE_BINDINGS, &input.role_bindings)
}

fn needing_roles(check: &'static str, input: &Input) -> Judge {
    needing_bindings(check, input).needs(&CLUSTER_ROLES, &input.cluster_roles).needs(&ROLES, &input.roles)
}
