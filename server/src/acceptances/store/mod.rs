//! The SQL of acceptances.

pub(super) mod accepted;
pub(super) mod attachments;
pub(super) mod changes;
pub(super) mod cover;
pub(super) mod rows;

use crate::db::word;
use model::{
    Instant,
    acceptance::{AcceptanceAct, AcceptanceScope, Done, EndsOn, Terms},
    evaluation::Detail,
    ids::{AcceptanceId, ClusterId, FindingId, PersonId},
    labels::Selector,
    severity::Severity,
};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// Held while something is done about any acceptance: they are few, and what is done about one is decided by one after the
/// other. Taken after the lock of history and before that of the ledger.
const ACCEPTANCES_LOCK: i64 = 0x6265_7669_735f_6163;

/// A scope in the terms of the database; what it does not name is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) kind: String,
    pub(super) finding: Option<Uuid>,
    pub(super) check: Option<String>,
    pub(super) cluster: Option<Uuid>,
    pub(super) namespace: Option<String>,
    pub(super) workload_kind: Option<String>,
    pub(super) workload: Option<String>,
    pub(super) team: Option<String>,
    pub(super) cve: Option<String>,
    pub(super) selector: Option<Selector>,
}

impl Bound {
    /// A scope on the cluster that it names.
    pub(super) fn of(scope: &AcceptanceScope, cluster: Option<ClusterId>) -> Self {
        let mut bound = Self {
            kind: scope.kind().to_owned(),
            finding: None,
            check: scope.check().map(|check| check.0.clone()),
            cluster: cluster.map(|cluster| cluster.0),
            namespace: None,
            workload_kind: None,
            workload: None,
            team: None,
            cve: None,
            selector: None,
        };
        match scope {
            AcceptanceScope::Finding { finding } => bound.finding = Some(finding.0),
            AcceptanceScope::Cluster { .. } => {}
            AcceptanceScope::Namespace { namespace, .. } => bound.namespace = Some(namespace.clone()),
            AcceptanceScope::Workload { namespace, workload_kind, workload, .. } => {
                bound.namespace.clone_from(namespace);
                bound.workload_kind = Some(workload_kind.clone());
                bound.workload = Some(workload.clone());
            }
            AcceptanceScope::Team { team, .. } => bound.team = Some(team.clone()),
            AcceptanceScope::Labels { selector, .. } => bound.selector = Some(selector.clone()),
            AcceptanceScope::Cve { cve } => bound.cve = Some(cve.clone()),
        }
        bound
    }

    /// The terms of its selector, as they are stored.
    pub(super) fn terms(&self) -> Option<serde_json::Value> {
        // Words and texts are always written.
        self.selector.as_ref().map(|selector| selector.terms().filter_map(|it| serde_json::to_value(it).ok()).collect())
    }

    /// Whether two are about the same. An earlier record has a vulnerability with the letters with which it was asked for.
    pub(super) fn is_about_the_same(&self, other: &Self) -> bool {
        let spelled =
            |bound: &Self| Self { cve: bound.cve.as_ref().map(|cve| cve.to_ascii_uppercase()), ..bound.clone() };
        spelled(self) == spelled(other)
    }
}

/// Who approved, in the order in which they did.
pub(super) fn approvers(events: &[Event]) -> Vec<PersonId> {
    events.iter().filter(|event| event.act == AcceptanceAct::Approve).filter_map(|event| event.person).collect()
}

/// What was asked for.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) id: AcceptanceId,
    pub(super) requested_by: PersonId,
    pub(super) requested_as: String,
    pub(super) requested_at: Instant,
    pub(super) extends: Option<AcceptanceId>,
    pub(super) bound: Bound,
    pub(super) severity: Severity,
    pub(super) approvals: u8,
    pub(super) reason: String,
    pub(super) compensating_control: String,
    pub(super) residual_risk: String,
    pub(super) begins_at: Option<Instant>,
    pub(super) expires_at: Instant,
    pub(super) ends_on: Vec<EndsOn>,
    pub(super) covered: i64,
}

impl Asked {
    /// What its state depends on.
    pub(super) fn terms(&self) -> Terms {
        Terms {
            requested_at: self.requested_at,
            begins_at: self.begins_at,
            expires_at: self.expires_at,
            approvals: self.approvals.into(),
        }
    }
}

/// Something that was done.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) acceptance: AcceptanceId,
    pub(super) place: i32,
    pub(super) act: AcceptanceAct,
    pub(super) person: Option<PersonId>,
    pub(super) by: String,
    pub(super) at: Instant,
    pub(super) comment: String,
    pub(super) seen: Detail,
}

impl Event {
    /// What the state depends on.
    pub(super) const fn done(&self) -> Done {
        (self.act, self.at)
    }
}

/// Ids as what they are.
fn ids(all: Vec<Uuid>) -> Vec<AcceptanceId> {
    all.into_iter().map(AcceptanceId).collect()
}

pub(super) async fn lock(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("SELECT pg_advisory_xact_lock($1)", ACCEPTANCES_LOCK).execute(db).await.map(|_| ())
}

/// The cluster of a name at an instant.
pub(super) async fn cluster(db: &mut PgConnection, name: &str, at: Instant) -> Result<Option<ClusterId>, sqlx::Error> {
    sqlx::query_scalar!(
        "SELECT id FROM cluster WHERE name = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to > $2)",
        name,
        at,
    )
    .fetch_optional(db)
    .await
    .map(|id| id.map(ClusterId))
}

/// Whether a finding had been seen by an instant.
pub(super) async fn finding_exists(
    db: &mut PgConnection,
    finding: FindingId,
    at: Instant,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM finding WHERE id = $1 AND first_seen_at <= $2) AS "exists!""#,
        finding.0,
        at
    )
    .fetch_one(db)
    .await
}

pub(super) async fn insert(db: &mut PgConnection, asked: &Asked) -> Result<(), sqlx::Error> {
    let ends_on = words(&asked.ends_on);
    let bound = &asked.bound;
    sqlx::query!(
        r"INSERT INTO acceptance (id, requested_by, requested_as, requested_at, extends, scope, finding_id, check_id,
                                  cluster_id, namespace, workload_kind, workload, team, cve, severity, approvals, reason,
                                  compensating_control, residual_risk, begins_at, expires_at, ends_on, covered, selector)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
                  $24)",
        asked.id.0,
        asked.requested_by.0,
        asked.requested_as,
        asked.requested_at,
        asked.extends.map(|id| id.0),
        bound.kind,
        bound.finding,
        bound.check,
        bound.cluster,
        bound.namespace,
        bound.workload_kind,
        bound.workload,
        bound.team,
        bound.cve,
        asked.severity.rank(),
        i16::from(asked.approvals),
        asked.reason,
        asked.compensating_control,
        asked.residual_risk,
        asked.begins_at,
        asked.expires_at,
        &ends_on,
        asked.covered,
        bound.terms(),
    )
    .execute(db)
    .await?;
    Ok(())
}

fn words(ends_on: &[EndsOn]) -> Vec<String> {
    ends_on.iter().map(|on| on.as_str().to_owned()).collect()
}

/// The request that says exactly the same and about which nothing was done yet.
pub(super) async fn same(db: &mut PgConnection, asked: &Asked) -> Result<Option<AcceptanceId>, sqlx::Error> {
    let bound = &asked.bound;
    sqlx::query_scalar!(
        r"SELECT id FROM acceptance a
          WHERE a.expires_at = $1 AND a.requested_by = $2 AND a.scope = $3
            AND a.reason = $4 AND a.compensating_control = $5 AND a.residual_risk = $6 AND a.ends_on = $7
            AND ROW(a.finding_id, a.check_id, a.cluster_id, a.namespace, a.workload_kind, a.workload, a.team, a.cve, a.begins_at,
                    a.extends, a.selector)
                IS NOT DISTINCT FROM ROW($8::uuid, $9::text, $10::uuid, $11::text, $12::text, $13::text, $14::text, $15::text,
                                         $16::timestamptz, $17::uuid, $18::jsonb)
            AND NOT EXISTS (SELECT FROM acceptance_event e WHERE e.acceptance_id = a.id)
          LIMIT 1",
        asked.expires_at,
        asked.requested_by.0,
        bound.kind,
        asked.reason,
        asked.compensating_control,
        asked.residual_risk,
        &words(&asked.ends_on),
        bound.finding,
        bound.check,
        bound.cluster,
        bound.namespace,
        bound.workload_kind,
        bound.workload,
        bound.team,
        bound.cve,
        asked.begins_at,
        asked.extends.map(|id| id.0),
        bound.terms(),
    )
    .fetch_optional(db)
    .await
    .map(|id| id.map(AcceptanceId))
}

/// What was asked for; `None` where it was not by that instant.
pub(super) async fn asked(db: &mut PgConnection, id: AcceptanceId, at: Instant) -> Result<Option<Asked>, sqlx::Error> {
    Ok(rows::named(db, &[id], at).await?.pop().map(|named| named.asked))
}

/// When anything was last recorded of an acceptance, whatever the instant.
pub(super) async fn newest(db: &mut PgConnection, id: AcceptanceId) -> Result<Option<Instant>, sqlx::Error> {
    sqlx::query_scalar!(
        r"SELECT greatest(a.requested_at, (SELECT max(e.at) FROM acceptance_event e WHERE e.acceptance_id = a.id))
          FROM acceptance a WHERE a.id = $1",
        id.0,
    )
    .fetch_optional(db)
    .await
    .map(Option::flatten)
}

/// What was done about acceptances until an instant: of each in its order.
pub(super) async fn events(
    db: &mut PgConnection,
    ids: &[AcceptanceId],
    at: Instant,
) -> Result<Vec<Event>, sqlx::Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    sqlx::query!(
        r#"SELECT acceptance_id, place, kind, decided_by, decided_as, at, comment, seen AS "seen: Json<Detail>"
           FROM acceptance_event
           WHERE acceptance_id = ANY($1) AND at <= $2
           ORDER BY acceptance_id, place"#,
        &ids,
        at,
    )
    .try_map(|row| {
        Ok(Event {
            acceptance: AcceptanceId(row.acceptance_id),
            place: row.place,
            act: word::<AcceptanceAct>(&row.kind)?,
            person: row.decided_by.map(PersonId),
            by: row.decided_as,
            at: row.at,
            comment: row.comment,
            seen: row.seen.0,
        })
    })
    .fetch_all(db)
    .await
}

pub(super) async fn insert_event(db: &mut PgConnection, event: &Event) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"INSERT INTO acceptance_event (acceptance_id, place, kind, decided_by, decided_as, at, comment, seen)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        event.acceptance.0,
        event.place,
        event.act.as_str(),
        event.person.map(|person| person.0),
        event.by,
        event.at,
        event.comment,
        Json(&event.seen) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The acceptances that are approved, not over, and to end on something.
pub(super) async fn watched(db: &mut PgConnection, at: Instant) -> Result<Vec<AcceptanceId>, sqlx::Error> {
    sqlx::query_scalar!(
        r"SELECT a.id FROM acceptance a
          WHERE a.expires_at > $1 AND a.requested_at <= $1 AND cardinality(a.ends_on) > 0
            AND EXISTS (SELECT FROM acceptance_event e WHERE e.acceptance_id = a.id AND e.kind = 'approved')
            AND NOT EXISTS (SELECT FROM acceptance_event e WHERE e.acceptance_id = a.id
                            AND e.kind IN ('rejected', 'withdrawn', 'revoked', 'ended'))
          ORDER BY a.id",
        at,
    )
    .fetch_all(db)
    .await
    .map(ids)
}

/// The acceptances that were asked for by an instant, run out within a time, and that nobody ended.
pub(super) async fn expiring(
    db: &mut PgConnection,
    from: Instant,
    until: Instant,
    at: Instant,
) -> Result<Vec<AcceptanceId>, sqlx::Error> {
    sqlx::query_scalar!(
        r"SELECT a.id FROM acceptance a
          WHERE a.expires_at > $1 AND a.expires_at <= $2 AND a.requested_at <= $3
            AND NOT EXISTS (SELECT FROM acceptance_event e WHERE e.acceptance_id = a.id
                            AND e.kind IN ('rejected', 'withdrawn', 'revoked', 'ended'))
          ORDER BY a.expires_at, a.id",
        from,
        until,
        at,
    )
    .fetch_all(db)
    .await
    .map(ids)
}

/// Every team that has a namespace at an instant.
pub(super) async fn teams(db: &mut PgConnection, at: Instant) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r"SELECT DISTINCT team FROM namespace_team
          WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to > $1) ORDER BY team",
        at
    )
    .fetch_all(db)
    .await
}
