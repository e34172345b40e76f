//! One decision about everything that fails, and taking it back.

use crate::{
    measure::{Floor, Samples, Table},
    scratch::Scratch,
};
use model::{disposition::Act, views::FindingFilter};
use server::{decisions, findings};
use std::time::Instant;

/// Measures decisions about everything that fails at an instant.
pub(crate) async fn figures(
    scratch: &Scratch,
    table: &mut Table,
    by: &decisions::Actor,
    now: model::Instant,
) -> anyhow::Result<()> {
    let filter = FindingFilter::default();
    let page = findings::page(&mut *scratch.app.acquire().await?, &filter, None, 1, now).await?;
    let matching = (&filter, usize::try_from(page.count.rows)?);
    let floor = Floor { what: "insert of as many rows", samples: bare(scratch, page.count.rows).await? };
    let start = Instant::now();
    let decision = decisions::decide_matching(&scratch.app, by, &Act::Acknowledge, matching, "all known", now).await?;
    let note = format!("{} findings, one entry of the ledger", page.count.rows);
    table.time("acknowledging everything that fails", "< 3 s", &once(start), Some(&floor), &note);
    let start = Instant::now();
    decisions::undo(&scratch.app, by, decision, now).await?;
    table.time("... and undoing it", "< 3 s", &once(start), Some(&floor), "");
    Ok(())
}

fn once(start: Instant) -> Samples {
    let mut samples = Samples::default();
    samples.add(start.elapsed());
    samples
}

/// What PostgreSQL takes for as many rows of the same width with the same keys, and nothing else.
#[expect(clippy::disallowed_methods, reason = "the bare table is not one of the schema")]
async fn bare(scratch: &Scratch, rows: i64) -> anyhow::Result<Samples> {
    sqlx::raw_sql(
        "DROP TABLE IF EXISTS bare;
         CREATE TABLE bare (finding_id uuid, decision_id uuid, kind text, decided_at timestamptz, standing text,
                            PRIMARY KEY (finding_id, decided_at, decision_id));
         CREATE INDEX bare_decision ON bare (decision_id);",
    )
    .execute(&scratch.owner)
    .await?;
    let start = Instant::now();
    sqlx::query(
        "INSERT INTO bare SELECT gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 'acknowledge', now(), 'acknowledged'
         FROM generate_series(1, $1)",
    )
    .bind(rows)
    .execute(&scratch.owner)
    .await?;
    Ok(once(start))
}
