//! Deciding: one transaction with its entry in the ledger.

use super::{
    comment,
    store::{self, Subject},
};
use crate::{
    db::{integer, new_id},
    error::{Error, Result},
    history::{self, RollupKey},
    ledger, notify, settle,
};
use model::{
    Instant,
    finding::DecisionKind,
    ids::{ClusterId, DecisionId, FindingId, PersonId},
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, PgPool};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Findings of one decision at most.
const MOST_FINDINGS: usize = 10_000;
/// Findings that the ledger names one by one; the digest stands for any number.
const NAMED_FINDINGS: usize = 20;

/// Who decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub person: PersonId,
    /// What they are called now; the record keeps it.
    pub name: String,
}

#[derive(Serialize)]
struct Entry<'a> {
    decision: DecisionId,
    kind: DecisionKind,
    decided_at: Instant,
    person: PersonId,
    comment: &'a str,
    findings: usize,
    /// SHA-256 over the ids in ascending order, each as 36 characters and a line break.
    findings_sha256: String,
    finding_ids: &'a [Uuid],
}

/// Decides about findings, all of them or none.
///
/// Refused as a whole: an unknown finding (not found), acknowledging a closed one or withdrawing where nothing is
/// acknowledged (conflict). Saying exactly the same again, as a form sent twice does, answers with the first decision.
pub async fn decide(
    pool: &PgPool,
    by: &Actor,
    kind: DecisionKind,
    findings: &[FindingId],
    comment: &str,
    at: Instant,
) -> Result<DecisionId> {
    let comment = comment::accepted(kind, comment)?;
    let ids: Vec<Uuid> = findings.iter().map(|finding| finding.0).collect::<BTreeSet<_>>().into_iter().collect();
    if ids.is_empty() || ids.len() > MOST_FINDINGS {
        return Err(Error::Invalid { key: "error-findings-count", value: ids.len().to_string() });
    }
    let mut tx = pool.begin().await?;
    let at = settle::join(&mut tx, at).await?;
    let sources = store::sources(&mut tx, &ids).await?;
    for (cluster, source) in &sources {
        history::lock_source(&mut tx, *cluster, source).await?;
    }
    // Read only now: whoever held a lock may have changed it.
    let subjects = store::subjects(&mut tx, &ids).await?;
    if subjects.len() != ids.len() {
        return Err(Error::NotFound);
    }
    if let Some(same) = store::same_decision(&mut tx, by.person, kind, &comment, &ids).await? {
        return Ok(same);
    }
    refuse_conflicts(kind, &subjects)?;
    let at = next_instant(&mut tx, &sources, &subjects, at).await?;
    let decision = DecisionId(new_id(at));
    store::insert(&mut tx, decision, by, kind, &comment, integer(ids.len()), at).await?;
    store::insert_findings(&mut tx, decision, kind, &ids, at).await?;
    move_counts(&mut tx, kind, &sources, &subjects, at).await?;
    let entry = Entry {
        decision,
        kind,
        decided_at: at,
        person: by.person,
        comment: &comment,
        findings: ids.len(),
        findings_sha256: digest(&ids),
        finding_ids: if ids.len() <= NAMED_FINDINGS { &ids } else { &[] },
    };
    tell(&mut tx, by, kind, &ids, &subjects, at).await?;
    ledger::append(&mut tx, at, &by.name, action(kind), &entry).await?;
    tx.commit().await?;
    Ok(decision)
}

/// Tells whoever asks for decisions.
async fn tell(
    db: &mut PgConnection,
    by: &Actor,
    kind: DecisionKind,
    ids: &[Uuid],
    subjects: &[Subject],
    at: Instant,
) -> Result<()> {
    let only = if let [id] = ids { Some(FindingId(*id)) } else { None };
    let about: Vec<notify::About> = subjects
        .iter()
        .map(|subject| notify::About {
            cluster: Some(subject.cluster),
            source: Some(subject.source.clone()),
            check: Some(subject.check.as_str().into()),
            severity: subject.failing.map(Into::into),
            finding: only,
        })
        .collect();
    let detail = serde_json::json!({ "decision": kind, "by": by.name, "findings": ids.len() });
    notify::note(db, model::notify::EventKind::DecisionMade, &about, detail, None, at).await?;
    Ok(())
}

const fn action(kind: DecisionKind) -> &'static str {
    match kind {
        DecisionKind::Acknowledge => "finding.acknowledge",
        DecisionKind::Withdraw => "finding.withdraw",
        DecisionKind::Comment => "finding.comment",
    }
}

fn digest(ids: &[Uuid]) -> String {
    let mut hasher = Sha256::new();
    for id in ids {
        hasher.update(id.to_string());
        hasher.update(b"\n");
    }
    hex::encode(hasher.finalize())
}

fn refuse_conflicts(kind: DecisionKind, subjects: &[Subject]) -> Result<()> {
    match kind {
        DecisionKind::Acknowledge if subjects.iter().any(|subject| subject.failing.is_none()) => {
            Err(Error::Conflict { key: "error-finding-closed" })
        }
        DecisionKind::Withdraw if subjects.iter().any(|subject| !subject.acknowledged) => {
            Err(Error::Conflict { key: "error-not-acknowledged" })
        }
        _ => Ok(()),
    }
}

/// `at`, or just after everything known of the findings and of the counts that the decision moves.
async fn next_instant(
    db: &mut PgConnection,
    sources: &[(ClusterId, String)],
    subjects: &[Subject],
    at: Instant,
) -> Result<Instant> {
    let mut newest = subjects.iter().filter_map(|subject| subject.decided_at).max();
    for (cluster, source) in sources {
        newest = newest.max(history::source_changed_at(db, *cluster, source).await?);
    }
    Ok(history::just_after(newest, at))
}

/// Moves failing findings between the acknowledged and the others in the rollup.
async fn move_counts(
    db: &mut PgConnection,
    kind: DecisionKind,
    sources: &[(ClusterId, String)],
    subjects: &[Subject],
    at: Instant,
) -> Result<()> {
    let acknowledged = match kind {
        DecisionKind::Acknowledge => true,
        DecisionKind::Withdraw => false,
        DecisionKind::Comment => return Ok(()),
    };
    for (cluster, source) in sources {
        let mut steps: BTreeMap<RollupKey, i64> = BTreeMap::new();
        let own =
            subjects.iter().filter(|s| s.cluster == *cluster && s.source == *source && s.acknowledged != acknowledged);
        for (subject, severity) in own.filter_map(|subject| subject.failing.map(|severity| (subject, severity))) {
            let key = |acknowledged| RollupKey { check: subject.check.clone(), severity, acknowledged };
            *steps.entry(key(!acknowledged)).or_default() -= 1;
            *steps.entry(key(acknowledged)).or_default() += 1;
        }
        history::add_to_rollup(db, *cluster, source, &steps, at).await?;
    }
    Ok(())
}
