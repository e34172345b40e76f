//! Recording scans of 10,000 observations: the first, an unchanged one, and one with 1 % changed.

use crate::{
    data::{minute, scan},
    measure::{Floor, Samples, Table},
    scratch::Scratch,
};
use model::{ids::ClusterId, source::Source};
use server::{clusters, history};
use sqlx::Executor;
use std::time::Instant;

const OBSERVATIONS: usize = 10_000;
const CLUSTERS: usize = 5;
const ROUNDS: i64 = 30;

/// Measures recording.
pub(crate) async fn figures(scratch: &Scratch, table: &mut Table) -> anyhow::Result<()> {
    let names = (0..CLUSTERS).map(|n| clusters::Registered {
        name: format!("recording-{n}"),
        title: format!("Recording {n}"),
        server: "https://cluster.example:6443".into(),
        management: None,
    });
    let names: Vec<_> = names.collect();
    let ids: Vec<ClusterId> =
        clusters::register(&scratch.app, &names, minute(0)).await?.into_iter().map(|(id, _)| id).collect();
    first(scratch, table, &ids).await?;
    scratch.tidy().await?;
    unchanged(scratch, table, ids[0]).await?;
    changed(scratch, table, ids[0]).await
}

async fn first(scratch: &Scratch, table: &mut Table, ids: &[ClusterId]) -> anyhow::Result<()> {
    let mut samples = Samples::default();
    let before = scratch.wal().await?;
    for id in ids {
        let scan = scan(*id, Source::Rbac, minute(1), OBSERVATIONS, None);
        let start = Instant::now();
        let recorded = history::record(&scratch.app, &scan, minute(1)).await?;
        samples.add(start.elapsed());
        anyhow::ensure!(usize::try_from(recorded.opened)? == OBSERVATIONS, "not every observation opened a finding");
    }
    let wal = (scratch.wal().await? - before) / i64::try_from(ids.len())?;
    let floor = bare_insert(scratch).await?;
    let note = format!("{wal} bytes of WAL");
    table.time("first scan of 10,000 observations recorded", "< 1.5 s", &samples, Some(&floor), &note);
    Ok(())
}

/// As many rows into a table with a primary key and three indexes, set-based, without any of our rules.
async fn bare_insert(scratch: &Scratch) -> anyhow::Result<Floor> {
    let mut db = scratch.owner.acquire().await?;
    let samples = Samples::of(5, async || {
        db.execute(
            "CREATE TABLE bare (id uuid PRIMARY KEY, cluster uuid, fingerprint uuid, hash uuid, severity smallint,
                                detail jsonb, text text, at timestamptz);
             CREATE UNIQUE INDEX ON bare (cluster, fingerprint);
             CREATE INDEX ON bare (severity DESC, at DESC, id DESC);
             CREATE INDEX ON bare (at DESC, id DESC);",
        )
        .await?;
        Ok(db.execute(
            "INSERT INTO bare SELECT gen_random_uuid(), '00000000-0000-0000-0000-000000000001', gen_random_uuid(), gen_random_uuid(),
                                     n % 5, '{\"role\": \"role\", \"by\": \"binding\"}', 'binding-of-service-' || n, now()
             FROM generate_series(1, 10000) AS n;
             DROP TABLE bare;",
        )
        .await?)
    });
    Ok(Floor { what: "bare insert with pk and three indexes", samples: samples.await? })
}

async fn unchanged(scratch: &Scratch, table: &mut Table, cluster: ClusterId) -> anyhow::Result<()> {
    let (mut samples, mut wal) = (Samples::default(), i64::MAX);
    let before = rows(scratch).await?;
    for round in 0..ROUNDS {
        let scan = scan(cluster, Source::Rbac, minute(10 + round), OBSERVATIONS, None);
        let position = scratch.wal().await?;
        let start = Instant::now();
        history::record(&scratch.app, &scan, scan.ended_at).await?;
        samples.add(start.elapsed());
        wal = wal.min(scratch.wal().await? - position);
    }
    let after = rows(scratch).await?;
    let floor = Floor {
        what: "one row inserted and committed",
        samples: Samples::of(50, async || {
            Ok(scratch.owner.execute("CREATE TABLE IF NOT EXISTS one (n int); INSERT INTO one VALUES (1);").await?)
        })
        .await?,
    };
    let (scans, others) = ((after.0 - before.0) / ROUNDS, after.1 - before.1);
    let note = format!("{scans} scan-log row a scan, {others} other rows, {wal} bytes of WAL");
    table.time("10,000 observations again, nothing changed", "< 15 ms", &samples, Some(&floor), &note);
    Ok(())
}

/// Rows of the scan log, and of everything else in history.
async fn rows(scratch: &Scratch) -> anyhow::Result<(i64, i64)> {
    let row = sqlx::query!(
        r#"SELECT (SELECT count(*) FROM scan) AS "scans!",
                  (SELECT count(*) FROM finding) + (SELECT count(*) FROM finding_interval) + (SELECT count(*) FROM check_result)
                  + (SELECT count(*) FROM open_findings) AS "others!""#
    );
    let row = row.fetch_one(&scratch.owner).await?;
    Ok((row.scans, row.others))
}

async fn changed(scratch: &Scratch, table: &mut Table, cluster: ClusterId) -> anyhow::Result<()> {
    let (mut samples, mut wal) = (Samples::default(), 0);
    for round in 0..ROUNDS {
        let variant = usize::try_from(round % 2)?;
        let mut scan = scan(cluster, Source::Rbac, minute(100 + round), OBSERVATIONS, None);
        // A third of 1 % is fixed, a third is new, a third changes; the next round does the reverse.
        scan.evaluation.observations.retain(|o| variant == 1 || !o.subject.name.ends_with("33"));
        for (n, observation) in scan.evaluation.observations.iter_mut().enumerate().filter(|(n, _)| n % 300 == 0) {
            observation.detail.insert("by".into(), format!("change {n} {variant}"));
        }
        let position = scratch.wal().await?;
        let start = Instant::now();
        let recorded = history::record(&scratch.app, &scan, scan.ended_at).await?;
        samples.add(start.elapsed());
        wal += scratch.wal().await? - position;
        anyhow::ensure!((80..200).contains(&(recorded.opened + recorded.closed + recorded.changed)), "{recorded:?}");
    }
    let floor = set_based_join(scratch).await?;
    let note = format!("{} bytes of WAL", wal / ROUNDS);
    table.time("10,000 observations again, 1 % changed", "< 50 ms", &samples, Some(&floor), &note);
    Ok(())
}

/// Comparing 10,000 with 10,000 in SQL, without writing anything.
async fn set_based_join(scratch: &Scratch) -> anyhow::Result<Floor> {
    let known = sqlx::query!("SELECT fingerprint, hash FROM finding_interval WHERE valid_to IS NULL LIMIT 10000");
    let (fingerprints, hashes): (Vec<_>, Vec<_>) =
        known.fetch_all(&scratch.owner).await?.into_iter().map(|row| (row.fingerprint, row.hash)).unzip();
    let samples = Samples::of(20, async || {
        let differing = sqlx::query_scalar!(
            r"SELECT count(*) FROM UNNEST($1::uuid[], $2::uuid[]) AS n (fingerprint, hash)
              LEFT JOIN finding_interval i ON i.fingerprint = n.fingerprint AND i.hash = n.hash AND i.valid_to IS NULL
              WHERE i.id IS NULL",
            &fingerprints,
            &hashes,
        );
        Ok(differing.fetch_one(&scratch.owner).await?)
    });
    Ok(Floor { what: "set-based comparison alone", samples: samples.await? })
}
