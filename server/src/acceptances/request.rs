//! Asking for an acceptance.

use super::{
    By,
    store::{self, Asked, Bound},
    tell, watch,
};
use crate::{
    config::AcceptanceSettings,
    db::new_id,
    error::{Error, Result},
    labels, ledger, settle, text,
};
use chrono::TimeDelta;
use model::{
    Instant,
    acceptance::{AcceptanceScope, EndsOn, advisory},
    catalogue::Catalogue,
    ids::{AcceptanceId, ClusterId, PersonId},
    labels::Selector,
    severity::Severity,
};
use serde::Serialize;
use sqlx::{PgConnection, PgPool};
use std::collections::BTreeSet;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAcceptance {
    /// What it is about.
    pub scope: AcceptanceScope,
    /// Why the risk is taken.
    pub reason: String,
    /// What holds the risk down meanwhile.
    pub compensating_control: String,
    /// What risk remains; may be empty.
    pub residual_risk: String,
    /// When it is to begin; as soon as it is approved where none is named.
    pub begins_at: Option<Instant>,
    /// When it runs out.
    pub expires_at: Instant,
    /// On what it ends before its time.
    pub ends_on: BTreeSet<EndsOn>,
    /// The acceptance that it is to go on from, of the same scope.
    pub extends: Option<AcceptanceId>,
}

#[derive(Serialize)]
struct Entry<'a> {
    acceptance: AcceptanceId,
    requested_at: Instant,
    person: PersonId,
    #[serde(flatten)]
    scope: &'a AcceptanceScope,
    severity: Severity,
    approvals: u8,
    reason: &'a str,
    compensating_control: &'a str,
    residual_risk: &'a str,
    begins_at: Option<Instant>,
    expires_at: Instant,
    ends_on: &'a BTreeSet<EndsOn>,
    extends: Option<AcceptanceId>,
    covered: i64,
}

/// Asks for an acceptance, and gives its id. The same asked again by the same person while it waits, as a form sent twice
/// does, answers with the first.
///
/// # Errors
/// Refused: a scope that names nothing there is or covers no failing finding; a text that is missing; an expiry later than
/// the configuration allows for the worst severity covered; a condition that cannot be told, or that is met already.
pub async fn request(
    pool: &PgPool,
    settings: &AcceptanceSettings,
    by: &By,
    new: &NewAcceptance,
    at: Instant,
) -> Result<AcceptanceId> {
    let texts = Texts::of(new)?;
    let mut tx = pool.begin().await?;
    let at = settle::join(&mut tx, at).await?;
    store::lock(&mut tx).await?;
    let bound = bound(&mut tx, &new.scope, at).await?;
    let cover = store::cover::summary(&mut tx, &bound, None, at).await?;
    let Some(severity) = cover.worst else {
        return Err(Error::Conflict { key: "error-acceptance-covers-nothing" });
    };
    refuse_times(settings, severity, new, at)?;
    refuse_conditions(&mut tx, new, &bound, at).await?;
    if let Some(old) = new.extends {
        let old = store::asked(&mut tx, old, at).await?.ok_or(Error::NotFound)?;
        if !old.bound.is_about_the_same(&bound) {
            return Err(Error::Conflict { key: "error-acceptance-other-scope" });
        }
    }
    let asked = Asked {
        id: AcceptanceId(new_id(at)),
        requested_by: by.person,
        requested_as: by.name.clone(),
        requested_at: at,
        extends: new.extends,
        bound,
        severity,
        approvals: settings.approvals(severity),
        reason: texts.reason,
        compensating_control: texts.control,
        residual_risk: texts.residual,
        begins_at: new.begins_at,
        expires_at: new.expires_at,
        ends_on: new.ends_on.iter().copied().collect(),
        covered: cover.count,
    };
    if let Some(same) = store::same(&mut tx, &asked).await? {
        return Ok(same);
    }
    store::insert(&mut tx, &asked).await?;
    let entry = Entry {
        acceptance: asked.id,
        requested_at: at,
        person: by.person,
        scope: &new.scope,
        severity,
        approvals: asked.approvals,
        reason: &asked.reason,
        compensating_control: &asked.compensating_control,
        residual_risk: &asked.residual_risk,
        begins_at: asked.begins_at,
        expires_at: asked.expires_at,
        ends_on: &new.ends_on,
        extends: asked.extends,
        covered: asked.covered,
    };
    ledger::append(&mut tx, at, &by.name, "acceptance.requested", &entry).await?;
    tell::done(&mut tx, asked.id, None, &by.name, at).await?;
    tx.commit().await?;
    Ok(asked.id)
}

struct Texts {
    reason: String,
    control: String,
    residual: String,
}

impl Texts {
    fn of(new: &NewAcceptance) -> Result<Self> {
        Ok(Self {
            reason: text::accepted(&new.reason, Some("error-acceptance-reason-missing"))?,
            control: text::accepted(&new.compensating_control, Some("error-acceptance-control-missing"))?,
            residual: text::accepted(&new.residual_risk, None)?,
        })
    }
}

/// The scope in the terms of the database. What is not there is refused: it would cover nothing, and look like a decision.
pub(super) async fn bound(db: &mut PgConnection, scope: &AcceptanceScope, at: Instant) -> Result<Bound> {
    let refused = |name: &str, value: &str| Error::Invalid {
        key: "error-invalid-filter",
        value: format!("{name}={}", value.chars().take(100).collect::<String>()),
    };
    if let Some(check) = scope.check()
        && Catalogue::current().check(check).is_none()
    {
        return Err(refused("check", check.as_str()));
    }
    if let AcceptanceScope::Cve { cve } = scope
        && advisory(cve).as_ref() != Some(cve)
    {
        return Err(refused("cve", cve));
    }
    let cluster = match scope.cluster() {
        None => None,
        Some(name) => Some(store::cluster(&mut *db, name, at).await?.ok_or_else(|| refused("cluster", name))?),
    };
    if let AcceptanceScope::Labels { selector, .. } = scope {
        refuse_keys(&mut *db, selector, cluster, at).await?;
    }
    if let AcceptanceScope::Finding { finding } = scope
        && !store::finding_exists(db, *finding, at).await?
    {
        return Err(refused("finding", &finding.to_string()));
    }
    Ok(Bound::of(scope, cluster))
}

/// Nothing is known of a key that is not kept: a selector by it would select nothing for ever, and look like a decision.
async fn refuse_keys(
    db: &mut PgConnection,
    selector: &Selector,
    cluster: Option<ClusterId>,
    at: Instant,
) -> Result<()> {
    let kept = labels::keys(db, cluster, at).await?;
    if kept.is_empty() {
        return Err(Error::Conflict { key: "error-acceptance-no-labels" });
    }
    if selector.terms().all(|term| kept.contains(&term.key)) {
        return Ok(());
    }
    Err(Error::Invalid { key: "error-acceptance-label-keys", value: kept.join(", ") })
}

fn refuse_times(settings: &AcceptanceSettings, severity: Severity, new: &NewAcceptance, at: Instant) -> Result<()> {
    let text = |at: Instant| at.to_rfc3339();
    if let Some(begins) = new.begins_at.filter(|begins| *begins < at) {
        return Err(Error::Invalid { key: "error-acceptance-begins-past", value: text(begins) });
    }
    if new.expires_at <= new.begins_at.unwrap_or(at) {
        return Err(Error::Invalid { key: "error-acceptance-expires-past", value: text(new.expires_at) });
    }
    let days = settings.days(severity);
    if new.expires_at > at + TimeDelta::days(days.into()) {
        return Err(Error::Invalid { key: "error-acceptance-too-long", value: format!("{severity}: {days}") });
    }
    Ok(())
}

/// A condition that Bevis could never tell would be a promise that nobody keeps.
async fn refuse_conditions(db: &mut PgConnection, new: &NewAcceptance, bound: &Bound, at: Instant) -> Result<()> {
    if new.ends_on.contains(&EndsOn::SubjectChanged) && !new.scope.is_of_one_object() {
        return Err(Error::Conflict { key: "error-acceptance-no-one-object" });
    }
    if new.ends_on.contains(&EndsOn::FixAvailable) && watch::fix(db, bound, at).await?.is_some() {
        return Err(Error::Conflict { key: "error-acceptance-fix-exists" });
    }
    Ok(())
}
