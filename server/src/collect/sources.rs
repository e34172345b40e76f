//! What each source reads, and how much of it makes a whole.

use super::{
    client::Client,
    error::{LONGEST, ReadError, clean},
    hello::{self, Hello},
    list::{Listed, list},
    page::Named,
    requests as ask,
    requests::Resource,
    rules,
};
use crate::config::{Policy, ScanSettings};
use model::{
    Instant,
    evaluation::Evaluation,
    scan::{Coverage, Read},
    source::Source,
};
use serde::de::DeserializeOwned;
use std::sync::atomic::{AtomicU32, Ordering};

/// What a source gave.
pub(super) enum Input {
    Rbac(rules::rbac::Input),
    PodSecurity(rules::pod_security::Input, Read),
    CertManager(rules::cert_manager::Input),
    Velero(rules::velero::Input),
}

/// Reads the lists of one source, one after the other, and tells how many objects there are so far.
pub(super) struct Reader<'a> {
    pub(super) client: &'a Client,
    pub(super) settings: &'a ScanSettings,
    pub(super) tell: &'a (dyn Fn(u32) + Send + Sync),
    pub(super) before: AtomicU32,
}

impl Reader<'_> {
    async fn list<T>(&self, resource: Resource) -> Listed<T>
    where
        T: DeserializeOwned + Named + Send + 'static,
    {
        let before = self.before.load(Ordering::Relaxed);
        let tell = |count: u32| (self.tell)(before.saturating_add(count));
        let listed = list(self.client, &resource, self.settings, &tell).await;
        self.before.fetch_add(listed.read.objects, Ordering::Relaxed);
        listed
    }

    pub(super) async fn read(&self, source: Source, hello: &Hello) -> Result<Input, ReadError> {
        Ok(match source {
            Source::Rbac => Input::Rbac(rules::rbac::Input {
                cluster_roles: self.list(ask::CLUSTER_ROLES).await,
                roles: self.list(ask::ROLES).await,
                cluster_role_bindings: self.list(ask::CLUSTER_ROLE_BINDINGS).await,
                role_bindings: self.list(ask::ROLE_BINDINGS).await,
            }),
            Source::PodSecurity => {
                let (groups, read) = hello::groups(self.client).await?;
                let input = rules::pod_security::Input {
                    namespaces: self.list(ask::NAMESPACES).await,
                    policies: self.list(ask::POD_SECURITY_POLICIES).await,
                    bindings: self.list(ask::POLICY_BINDINGS).await,
                    groups,
                    minor: hello.minor,
                };
                Input::PodSecurity(input, read)
            }
            Source::CertManager => Input::CertManager(rules::cert_manager::Input {
                certificates: self.list(ask::CERTIFICATES).await,
                issuers: self.list(ask::ISSUERS).await,
                cluster_issuers: self.list(ask::CLUSTER_ISSUERS).await,
            }),
            Source::Velero => Input::Velero(rules::velero::Input {
                schedules: self.list(ask::SCHEDULES).await,
                backups: self.list(ask::BACKUPS).await,
                locations: self.list(ask::BACKUP_LOCATIONS).await,
                restores: self.list(ask::RESTORES).await,
                namespaces: self.list(ask::NAMESPACES).await,
                claims: self.list(ask::VOLUME_CLAIMS).await,
            }),
        })
    }
}

/// How a read counts towards its source.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The source is absent where all of these are.
    Own,
    /// Not served by every version; its absence is no gap.
    Optional,
    /// Needed beside the source's own.
    Beside,
}

impl Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        use Part::{Beside, Optional, Own};
        match self {
            Self::Rbac(input) => vec![
                (Own, &input.cluster_roles.read),
                (Own, &input.roles.read),
                (Own, &input.cluster_role_bindings.read),
                (Own, &input.role_bindings.read),
            ],
            Self::PodSecurity(input, groups) => vec![
                (Beside, groups),
                (Own, &input.namespaces.read),
                (Optional, &input.policies.read),
                (Optional, &input.bindings.read),
            ],
            Self::CertManager(input) => {
                vec![(Own, &input.certificates.read), (Own, &input.issuers.read), (Own, &input.cluster_issuers.read)]
            }
            Self::Velero(input) => vec![
                (Own, &input.schedules.read),
                (Own, &input.backups.read),
                (Own, &input.locations.read),
                (Own, &input.restores.read),
                (Beside, &input.namespaces.read),
                (Beside, &input.claims.read),
            ],
        }
    }

    /// Every read, in order.
    pub(super) fn reads(&self) -> Vec<Read> {
        self.parts().into_iter().map(|(_, read)| read.clone()).collect()
    }

    /// How much of the source was read, and why not all of it.
    pub(super) fn coverage(&self) -> (Coverage, Option<String>) {
        let parts = self.parts();
        let counted = |part: &Part, read: &Read| *part != Part::Optional || read.coverage != Coverage::Absent;
        let any = |coverage| parts.iter().any(|(part, read)| counted(part, read) && read.coverage == coverage);
        let mut own = parts.iter().filter(|(part, _)| *part == Part::Own);
        let coverage = if any(Coverage::Unreachable) {
            Coverage::Unreachable
        } else if any(Coverage::Failed) {
            Coverage::Failed
        } else if own.all(|(_, read)| read.coverage == Coverage::Absent) {
            Coverage::Absent
        } else if any(Coverage::Forbidden) {
            Coverage::Forbidden
        } else if any(Coverage::Absent) || any(Coverage::Truncated) {
            Coverage::Truncated
        } else if matches!(self, Self::Velero(input) if input.never_ran()) {
            Coverage::NeverRan
        } else {
            Coverage::Complete
        };
        let gaps = parts.iter().filter(|(part, read)| counted(part, read) && read.coverage != Coverage::Complete);
        let told: Vec<String> = gaps
            .map(|(_, read)| format!("{}: {}", read.resource, read.error.as_deref().unwrap_or(read.coverage.as_str())))
            .collect();
        (coverage, (!told.is_empty()).then(|| clean(&told.join("; "), LONGEST)))
    }

    /// Judges what was read.
    pub(super) fn evaluate(&self, policy: &Policy, now: Instant) -> Evaluation {
        match self {
            Self::Rbac(input) => rules::rbac::evaluate(input, policy),
            Self::PodSecurity(input, _) => rules::pod_security::evaluate(input, policy),
            Self::CertManager(input) => rules::cert_manager::evaluate(input, now),
            Self::Velero(input) => rules::velero::evaluate(input, policy, now),
        }
    }
}
