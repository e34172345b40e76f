//! The SQL of what has changed about findings since an instant: that they opened, closed, failed in another way, or that
//! something was decided.

use model::Instant;
use sqlx::PgConnection;
use uuid::Uuid;

/// What happened to a finding since an instant.
#[expect(clippy::struct_excessive_bools, reason = "what of five things happened, each by itself")]
pub(in crate::findings) struct Happened {
    pub(in crate::findings) finding: Uuid,
    pub(in crate::findings) first_seen: bool,
    pub(in crate::findings) opened: bool,
    pub(in crate::findings) closed: bool,
    pub(in crate::findings) changed: bool,
    pub(in crate::findings) decided: bool,
}

/// Findings that changed after one instant and until another, each perhaps several times, at most `limit` of each way.
pub(in crate::findings) async fn changed(
    db: &mut PgConnection,
    since: Instant,
    at: Instant,
    limit: i64,
) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"(SELECT finding_id AS "finding_id!" FROM finding_interval
            WHERE valid_to IS NULL AND opened_at > $1 AND opened_at <= $2 LIMIT $3)
           UNION ALL
           (SELECT finding_id FROM finding_interval
            WHERE valid_to IS NOT NULL AND valid_to > $1 AND valid_from <= $2 AND (valid_to <= $2 OR valid_from > $1) LIMIT $3)
           UNION ALL
           (SELECT finding_id FROM decision_finding WHERE decided_at > $1 AND decided_at <= $2 LIMIT $3)"#,
        since,
        at,
        limit,
    )
    .fetch_all(db)
    .await
}

/// What happened to some findings after one instant and until another.
pub(in crate::findings) async fn happened(
    db: &mut PgConnection,
    findings: &[Uuid],
    since: Instant,
    at: Instant,
) -> Result<Vec<Happened>, sqlx::Error> {
    sqlx::query_as!(
        Happened,
        r#"SELECT f.id AS finding, f.first_seen_at > $2 AS "first_seen!", i.opened_at > $2 AS "opened!",
                  coalesce(i.valid_to > $2 AND i.valid_to <= $3, false) AS "closed!", i.valid_from > $2 AS "changed!",
                  EXISTS (
                      SELECT FROM decision_finding d
                      WHERE d.finding_id = f.id AND d.decided_at > $2 AND d.decided_at <= $3
                  ) AS "decided!"
           FROM UNNEST($1::uuid[]) AS n (id)
           JOIN finding f ON f.id = n.id
           CROSS JOIN LATERAL (
               SELECT opened_at, valid_from, valid_to FROM finding_interval
               WHERE finding_id = n.id AND valid_from <= $3 ORDER BY valid_from DESC LIMIT 1
           ) AS i"#,
        findings,
        since,
        at,
    )
    .fetch_all(db)
    .await
}
