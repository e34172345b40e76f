//! Trends of two years on 20 clusters, beside the rows of days that they are read from.

use crate::{
    data::minute,
    measure::{Floor, Samples, Table},
    scratch::Scratch,
};
use model::trends::{TrendBy, TrendQuery, TrendShow, TrendStep};
use server::trends;

const ROUNDS: usize = 50;
const DAYS: i64 = 730;

/// Measures trends; the clusters of the lists are there already.
pub(crate) async fn figures(scratch: &Scratch, table: &mut Table) -> anyhow::Result<()> {
    let now = minute(1_000 + 31 * 24 * 60);
    two_years(scratch, now).await?;
    scratch.tidy().await?;
    let mut db = scratch.app.acquire().await?;
    let floor = Floor {
        what: "the same rows summed by day and severity in SQL",
        samples: Samples::of(ROUNDS, async || {
            let rows = sqlx::query!(
                r#"SELECT day, severity, sum(opened + reopened - closed - departed + shifted)::bigint AS net
                   FROM findings_daily WHERE zone_id = 1 GROUP BY day, severity"#
            );
            Ok(rows.fetch_all(&mut *db).await?)
        })
        .await?,
    };
    let query = |show, by, step| TrendQuery {
        show,
        by,
        step: Some(step),
        last: u32::try_from(DAYS).unwrap_or(u32::MAX),
        ..TrendQuery::default()
    };
    for (figure, target, query) in [
        (
            "two years by severity, day by day, 20 clusters",
            "< 50 ms",
            query(TrendShow::Open, TrendBy::Severity, TrendStep::Day),
        ),
        ("... month by month", "< 50 ms", query(TrendShow::Open, TrendBy::Severity, TrendStep::Month)),
        ("... by cluster, month by month", "", query(TrendShow::Open, TrendBy::Cluster, TrendStep::Month)),
        ("... by source, month by month", "", query(TrendShow::Open, TrendBy::Source, TrendStep::Month)),
        ("... opened and closed, week by week", "", query(TrendShow::Flow, TrendBy::Severity, TrendStep::Week)),
        ("... times to fix, month by month", "", query(TrendShow::Times, TrendBy::Severity, TrendStep::Month)),
        ("... ages, month by month", "", query(TrendShow::Age, TrendBy::Severity, TrendStep::Month)),
        ("... controls by state, month by month", "", query(TrendShow::Controls, TrendBy::Severity, TrendStep::Month)),
    ] {
        let samples = Samples::of(ROUNDS, async || Ok(trends::load(&mut db, &query, now).await?)).await?;
        table.time(figure, target, &samples, Some(&floor), "");
    }
    Ok(())
}

/// Rows for every day, cluster, check of some and severity, as two years in which something changed everywhere every day
/// would have left them.
async fn two_years(scratch: &Scratch, now: model::Instant) -> anyhow::Result<()> {
    let days = i32::try_from(DAYS)?;
    sqlx::query!(
        r#"INSERT INTO findings_daily_by_check (zone_id, day, cluster_id, source, check_id, severity, opened, reopened, closed, departed, shifted)
           SELECT 1, ($1::timestamptz AT TIME ZONE 'UTC')::date - n.n, c.id, 'rbac', 'rbac.no_wildcards', s.s, 3, 1, 4, 0, 0
           FROM generate_series(1, $2) AS n (n) CROSS JOIN generate_series(1, 5) AS s (s) CROSS JOIN cluster c
           ON CONFLICT DO NOTHING"#,
        now,
        days,
    )
    .execute(&scratch.owner)
    .await?;
    sqlx::query!(
        r#"INSERT INTO findings_daily (zone_id, day, cluster_id, severity, opened, reopened, closed, departed, shifted)
           SELECT 1, ($1::timestamptz AT TIME ZONE 'UTC')::date - n.n, c.id, s.s, 3, 1, 4, 0, 0
           FROM generate_series(1, $2) AS n (n) CROSS JOIN generate_series(1, 5) AS s (s) CROSS JOIN cluster c
           ON CONFLICT DO NOTHING"#,
        now,
        days,
    )
    .execute(&scratch.owner)
    .await?;
    sqlx::query!(
        r#"INSERT INTO cluster_observed_day (zone_id, day, cluster_id)
           SELECT 1, ($1::timestamptz AT TIME ZONE 'UTC')::date - n.n, c.id FROM generate_series(1, $2) AS n (n) CROSS JOIN cluster c
           ON CONFLICT DO NOTHING"#,
        now,
        days,
    )
    .execute(&scratch.owner)
    .await?;
    Ok(())
}
