//! Days that are over: their scans as runs, so that nobody has to read the log to know who looked when.

use chrono::NaiveDate;
use model::scan::Scan;
use sqlx::PgConnection;

/// Writes the runs of every day before `today` that has none yet, for the cluster and source of a scan; the caller holds the
/// source's lock. Nothing is recorded on those days any more, so that the runs are final.
pub(super) async fn close(db: &mut PgConnection, scan: &Scan, today: NaiveDate) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"INSERT INTO scan_run (cluster_id, source, day, run, coverage, judged, first_at, last_at, scans, longest_gap)
          SELECT $1, $2, r.day, r.run, r.coverage, r.judged, r.first_at, r.last_at, r.scans, r.longest_gap
          FROM scan_runs($1, $2,
                         coalesce((SELECT max(day) + 1 FROM scan_run WHERE cluster_id = $1 AND source = $2)::timestamp AT TIME ZONE 'UTC',
                                  '-infinity'),
                         $3::date::timestamp AT TIME ZONE 'UTC') AS r",
        scan.cluster.0,
        scan.source.as_str(),
        today,
    )
    .execute(db)
    .await?;
    Ok(())
}
