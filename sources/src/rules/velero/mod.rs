//! Backups by Velero: `bak.*`.
//!
//! A schedule's own `lastBackup` is never used: it is set when a backup is handed in, whatever becomes of it.
//! Backups count only where their schedule exists here, since a shared bucket shows those of other clusters.

mod backups;
mod coverage;
pub(super) mod cron;
mod schedules;
mod storage;

use super::{
    installed,
    verdict::{Judge, Sentence, evaluation, reason},
};
use crate::{
    listed::Listed,
    objects::{
        deployment::Deployment,
        meta::Bare,
        velero::{Backup, BackupLocation, Restore, Schedule},
    },
    policy::Policy,
    reader::Reader,
    reading::{Context, Part, Reading},
    request::{BACKUP_LOCATIONS, BACKUPS, NAMESPACES, RESTORES, SCHEDULES, VOLUME_CLAIMS},
};
use k8s_openapi::api::core::v1::Namespace;
use model::{
    Instant,
    evaluation::{Evaluation, Outcome},
    scan::Read,
};
use std::sync::Arc;

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct Input {
    /// Schedules.
    pub schedules: Listed<Schedule>,
    /// Backups.
    pub backups: Listed<Backup>,
    /// Where backups are stored.
    pub locations: Listed<BackupLocation>,
    /// Restores.
    pub restores: Listed<Restore>,
    /// Namespaces.
    pub namespaces: Arc<Listed<Namespace>>,
    /// Claims for storage, by metadata.
    pub claims: Arc<Listed<Bare>>,
    /// Velero itself among them, where any of it is served: its version.
    pub deployments: Option<Arc<Listed<Deployment>>>,
}

const LOCATION: &str = "bak.location";
const TLS: &str = "bak.location_tls";
const RECENT: &str = "bak.recent";
const FAILED: &str = "bak.failed";
const COVERAGE: &str = "bak.coverage";
const ENABLED: &str = "bak.enabled";
const RESTORE_TEST: &str = "bak.restore_test";
const RETENTION: &str = "bak.retention";

const NEVER_RAN: &[Sentence] = &[
    reason(LOCATION, "never_ran", &[]),
    reason(TLS, "never_ran", &[]),
    reason(RECENT, "never_ran", &[]),
    reason(FAILED, "never_ran", &[]),
    reason(COVERAGE, "never_ran", &[]),
    reason(ENABLED, "never_ran", &[]),
    reason(RESTORE_TEST, "never_ran", &[]),
    reason(RETENTION, "never_ran", &[]),
];

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] =
    &[NEVER_RAN, storage::SENTENCES, backups::SENTENCES, coverage::SENTENCES, schedules::SENTENCES];

impl Input {
    /// Reads backups and what they must cover.
    pub async fn read<R: Reader>(reader: &R) -> Self {
        let mut input = Self {
            schedules: reader.list(&SCHEDULES).await,
            backups: reader.list(&BACKUPS).await,
            locations: reader.list(&BACKUP_LOCATIONS).await,
            restores: reader.list(&RESTORES).await,
            namespaces: reader.shared(&NAMESPACES).await,
            claims: reader.shared(&VOLUME_CLAIMS).await,
            deployments: None,
        };
        let own = [&input.schedules.read, &input.backups.read, &input.locations.read, &input.restores.read];
        input.deployments = installed::controllers(reader, &own).await;
        input
    }

    /// Whether Velero is installed, and has never been told to do anything.
    pub fn has_never_run(&self) -> bool {
        self.schedules.is_empty() && self.backups.is_empty() && self.locations.is_empty()
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        let parts = [
            (Part::Own, &self.schedules.read),
            (Part::Own, &self.backups.read),
            (Part::Own, &self.locations.read),
            (Part::Own, &self.restores.read),
            (Part::Beside, &self.namespaces.read),
            (Part::Beside, &self.claims.read),
        ];
        parts.into_iter().chain(self.deployments.iter().map(|list| (Part::Aside, &list.read))).collect()
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluate(self, context.policy, context.now)
    }

    fn never_ran(&self) -> bool {
        self.has_never_run()
    }

    fn version(&self) -> Option<String> {
        installed::version(self.deployments.as_ref(), |repository| installed::last(repository) == "velero")
    }
}

/// Judges the checks of Velero.
pub fn evaluate(input: &Input, policy: &Policy, now: Instant) -> Evaluation {
    if input.has_never_run() {
        return evaluation(NEVER_RAN.iter().map(|why| {
            let mut judge = Judge::of(why.check);
            judge.otherwise(Outcome::NotEvaluated, why, []);
            judge
        }));
    }
    evaluation([
        storage::locations(input, now),
        storage::locations_tls(input),
        backups::recent(input, now),
        backups::failed(input, now),
        coverage::coverage(input, now),
        schedules::enabled(input, now),
        storage::restore_test(input, policy, now),
        schedules::retention(input, policy),
    ])
}
