//! `bevis check try`: what a check of the operator's says of every object of a cluster, before it counts anywhere.

use super::{
    runner::target,
    scan::{Session, Target},
    store,
};
use crate::{app::App, ledger};
use anyhow::{Context, bail};
use model::{catalogue::Catalogue, custom::Custom, ids::CheckId};
use serde::Serialize;
use sources::{custom::Verdict, error::clean, rules::custom::judged};
use std::fmt;
use uuid::Uuid;

/// Characters of a line at most: names come from the cluster.
const LONGEST_LINE: usize = 400;

/// What a trial gave. It becomes the ledger's entry, without the lines.
#[derive(Clone, Debug, Serialize)]
pub struct Trial {
    /// The check.
    pub check: CheckId,
    /// What was tried: another digest is another rule.
    pub digest: Uuid,
    /// The cluster.
    pub cluster: String,
    /// Objects that are as they must be.
    pub passed: u32,
    /// Objects that are not.
    pub failed: u32,
    /// Objects that the check does not speak of.
    pub not_selected: u32,
    /// Objects that could not be judged.
    pub errors: u32,
    /// Objects that were not read or not understood.
    pub unread: u32,
    #[serde(skip)]
    lines: Vec<String>,
}

/// Tries a check on a cluster, and records that it was tried: from then on it counts.
///
/// # Errors
/// Where there is no such check or cluster, or the objects could not be read; then nothing is recorded.
pub async fn try_check(app: &App, id: &str, cluster: &str) -> anyhow::Result<Trial> {
    let known = || Catalogue::current().customs().iter().map(|custom| custom.check.id.as_str());
    let custom = Catalogue::current().custom(&CheckId::from(id)).with_context(|| {
        format!("no check \"{id}\" in custom_checks; there are: {}", known().collect::<Vec<_>>().join(", "))
    })?;
    let target = target(app, cluster).await?;
    let session = target.connect().await.map_err(|error| anyhow::anyhow!("{}", error.sentence()))?;
    let trial = judge(custom, &target, &session).await?;
    let mut tx = app.db.begin().await?;
    let now = app.clock.now();
    store::insert_trial(&mut tx, &trial.check, trial.digest, target.id, now).await?;
    ledger::append(&mut tx, now, "operator", "check.try", &trial).await?;
    tx.commit().await?;
    Ok(trial)
}

async fn judge(custom: &'static Custom, target: &Target, session: &Session) -> anyhow::Result<Trial> {
    let list = target.objects_of(custom, session).await;
    if !list.was_read() {
        let why = list.read.error.as_deref().unwrap_or(list.read.coverage.as_str());
        bail!("{} could not be read, so nothing was tried: {why}", list.read.resource);
    }
    let mut trial = Trial {
        check: custom.check.id.clone(),
        digest: custom.digest(),
        cluster: target.cluster.name.get_ref().clone(),
        passed: 0,
        failed: 0,
        not_selected: 0,
        errors: 0,
        unread: list.unread,
        lines: Vec::with_capacity(list.items.len()),
    };
    for (subject, verdict) in judged(custom, &list) {
        let (count, line) = match verdict {
            Ok(Verdict::Pass) => (&mut trial.passed, format!("pass          {subject}")),
            Ok(Verdict::Fail { key: None }) => (&mut trial.failed, format!("fail          {subject}")),
            Ok(Verdict::Fail { key: Some(key) }) => (&mut trial.failed, format!("fail          {subject} ({key})")),
            Ok(Verdict::NotSelected) => (&mut trial.not_selected, format!("not selected  {subject}")),
            Err(why) => (&mut trial.errors, format!("error         {subject}: {why}")),
        };
        *count = count.saturating_add(1);
        trial.lines.push(clean(&line, LONGEST_LINE));
    }
    Ok(trial)
}

impl fmt::Display for Trial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.lines {
            writeln!(f, "{line}")?;
        }
        let Self { check, cluster, passed, failed, not_selected, errors, unread, .. } = self;
        write!(
            f,
            "{check} on {cluster}: {passed} pass, {failed} fail, {not_selected} not selected, {errors} could not be \
             judged, {unread} could not be read. The check counts from now on."
        )
    }
}
