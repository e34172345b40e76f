//! Any instant of two years: a million open findings and ten million closed intervals on 20 clusters.

use crate::{
    measure::{Floor, Samples, Table},
    scratch::Scratch,
};
use anyhow::Context;
use chrono::{DateTime, TimeDelta};
use model::{Instant, catalogue::Catalogue, views::FindingFilter};
use server::{controls, findings};
use sqlx::{AssertSqlSafe, Executor};

/// Of every 11 findings 5 are open, and 9 were closed five times.
const FINDINGS: i64 = 2_200_000;
const ROUNDS: usize = 21;
const DAYS_AGO: [i64; 5] = [1, 30, 180, 365, 700];
/// The last slot of the grid in `years.sql`: 3,000 times six hours after the beginning of 2024.
const NOW: i64 = 1_704_067_200 + 3_000 * 21_600;

/// Makes the past, and measures pages now and then.
pub(crate) async fn figures(scratch: &Scratch, table: &mut Table) -> anyhow::Result<()> {
    fill(scratch).await?;
    scratch.tidy().await?;
    growth(scratch, table).await?;
    let now = DateTime::from_timestamp(NOW, 0).context("an instant")?;
    let mut db = scratch.app.acquire().await?;
    for page in ["findings list", "control page", "overview"] {
        let today = measured(&mut db, page, now).await?;
        table.time(&format!("{page} of a million open findings, now"), "", &today, None, "");
        for days in DAYS_AGO {
            let past = measured(&mut db, page, now - TimeDelta::days(days)).await?;
            let floor = Floor { what: "the same now", samples: today.clone() };
            table.time(&format!("... as of {days} days ago"), "< 100 ms, < 1.5x", &past, Some(&floor), "");
        }
    }
    Ok(())
}

async fn measured(db: &mut sqlx::PgConnection, page: &str, at: Instant) -> anyhow::Result<Samples> {
    Samples::of(ROUNDS, async || {
        match page {
            "findings list" => drop(findings::page(db, &FindingFilter::default(), None, 50, at).await?),
            "control page" => drop(controls::detail(db, &"A.8.8".into(), at, &[]).await?),
            _ => drop(controls::overview(db, at).await?),
        }
        Ok(())
    })
    .await
}

#[expect(clippy::disallowed_methods, reason = "tables of the bench alone, which the schema does not know")]
async fn fill(scratch: &Scratch) -> anyhow::Result<()> {
    let mut db = scratch.owner.acquire().await?;
    db.execute("CREATE TEMPORARY TABLE size (findings bigint); CREATE TEMPORARY TABLE watched (place bigint, source text, check_id text, severity smallint)")
        .await?;
    sqlx::query("INSERT INTO size VALUES ($1)").bind(FINDINGS).execute(&mut *db).await?;
    for (place, check) in (0_i64..).zip(Catalogue::embedded().checks()) {
        sqlx::query("INSERT INTO watched VALUES ($1, $2, $3, $4)")
            .bind(place)
            .bind(check.source.as_str())
            .bind(check.id.as_str())
            .bind(check.severity.rank())
            .execute(&mut *db)
            .await?;
    }
    db.execute(AssertSqlSafe(include_str!("years.sql"))).await?;
    // Its settings are of no use to anybody else.
    db.close().await?;
    Ok(())
}

/// What history costs on disk, indexes included.
async fn growth(scratch: &Scratch, table: &mut Table) -> anyhow::Result<()> {
    let row = sqlx::query!(
        r#"SELECT (pg_total_relation_size('finding') + pg_total_relation_size('finding_interval')) / 1000000 AS "findings!",
                  (pg_total_relation_size('open_findings') + pg_total_relation_size('check_result')
                   + pg_total_relation_size('findings_daily')) / 1000000 AS "counts!",
                  pg_total_relation_size('scan') / (SELECT count(*) FROM scan) AS "scan!",
                  (SELECT count(*) FROM finding_interval) AS "intervals!",
                  (SELECT count(*) FROM finding_interval WHERE valid_to IS NULL) AS "open!""#
    );
    let row = row.fetch_one(&scratch.owner).await?;
    let rows = format!("{} open of {} intervals", row.open, row.intervals);
    table.value("database, two years: findings", "", format!("{} MB", row.findings), &rows);
    let per_million = row.findings * 1_000_000 / row.intervals.max(1);
    table.value("... a million intervals", "", format!("{per_million} MB"), "with all indexes");
    table.value("... results and counts", "", format!("{} MB", row.counts), "");
    // A scan every five minutes of 23 sources.
    let year = row.scan * 23 * 12 * 24 * 365 / 1_000_000;
    table.value(
        "an unchanged year of scans, a cluster",
        "",
        format!("{year} MB"),
        &format!("{} bytes a scan, every 5 minutes, 23 sources", row.scan),
    );
    Ok(())
}
