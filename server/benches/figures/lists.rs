//! Pages over 100,000 open findings on 20 clusters with a month of history.

use crate::{
    data::{minute, scan},
    measure::{Floor, Samples, Table},
    pages,
    scratch::Scratch,
};
use model::{
    Instant,
    disposition::Act,
    finding::FindingState,
    ids::{ClusterId, PersonId},
    source::Source,
    views::{FindingFilter, FindingSort},
};
use server::{clusters, controls, decisions, findings, history};

const CLUSTERS: usize = 20;
const FINDINGS: usize = 5_000;
const DAYS: i64 = 30;
const ACKNOWLEDGED: u32 = 2_000;
const MINUTES_A_DAY: i64 = 24 * 60;
pub(crate) const ROUNDS: usize = 200;

/// Measures lists.
pub(crate) async fn figures(scratch: &Scratch, table: &mut Table) -> anyhow::Result<()> {
    let (now, by) = fill(scratch).await?;
    scratch.tidy().await?;
    let bare = bare_page(scratch).await?;
    lists(scratch, table, now, &bare).await?;
    pages::figures(scratch, table, now, &bare).await?;
    overview(scratch, table, now).await?;
    crate::decisions::figures(scratch, table, &by, now).await
}

/// A month of daily scans in which 1 % changes every day.
async fn fill(scratch: &Scratch) -> anyhow::Result<(Instant, decisions::Actor)> {
    let names: Vec<_> = (0..CLUSTERS)
        .map(|n| clusters::Registered {
            name: format!("cluster-{n:02}"),
            title: format!("Cluster {n}"),
            server: format!("https://cluster-{n}.example:6443"),
            management: None,
        })
        .collect();
    let ids: Vec<ClusterId> =
        clusters::register(&scratch.app, &names, minute(500)).await?.into_iter().map(|(id, _)| id).collect();
    for day in 0..DAYS {
        for id in &ids {
            let at = minute(1_000 + day * MINUTES_A_DAY);
            let variant = usize::try_from(day)?;
            history::record(&scratch.app, &scan(*id, Source::Rbac, at, FINDINGS, Some(variant)), at).await?;
            for source in [Source::PodSecurity, Source::CertManager, Source::Velero] {
                history::record(&scratch.app, &scan(*id, source, at, variant % 3, None), at).await?;
            }
        }
    }
    let now = minute(1_000 + DAYS * MINUTES_A_DAY);
    let mut db = scratch.app.acquire().await?;
    let some = findings::matching(&mut db, &FindingFilter::default(), ACKNOWLEDGED, now).await?;
    let id = uuid::Uuid::new_v4();
    let person = sqlx::query!(
        "INSERT INTO person (id, issuer, subject, name, created_at, last_login_at) VALUES ($1, 'https://id.example', 'bench', 'Bench', $2, $2)",
        id,
        now,
    );
    person.execute(&scratch.owner).await?;
    let by = decisions::Actor { person: PersonId(id), name: "Bench".into() };
    decisions::decide(&scratch.app, &by, &Act::Acknowledge, &some, "known", now).await?;
    Ok((now + chrono::TimeDelta::minutes(1), by))
}

async fn lists(scratch: &Scratch, table: &mut Table, now: Instant, bare: &Floor) -> anyhow::Result<()> {
    let none = FindingFilter::default;
    let filters = [
        ("findings page, 50 of 100,000", none()),
        ("... newest first", FindingFilter { sort: FindingSort::Newest, ..none() }),
        ("... of one cluster", FindingFilter { cluster: vec!["cluster-07".into()], ..none() }),
        ("... of one control", FindingFilter { control: Some("A.8.2".into()), ..none() }),
        ("... of one check", FindingFilter { check: Some("rbac.no_wildcards".into()), ..none() }),
        ("... acknowledged", FindingFilter { state: vec![FindingState::Acknowledged], ..none() }),
        ("... not acknowledged", FindingFilter { state: vec![FindingState::Open], ..none() }),
        ("... closed", FindingFilter { state: vec![FindingState::Closed], ..none() }),
        ("... with a rare text", FindingFilter { text: Some("service-04711".into()), ..none() }),
        ("... with a frequent text", FindingFilter { text: Some("binding".into()), ..none() }),
    ];
    let mut db = scratch.app.acquire().await?;
    for (figure, filter) in filters {
        let page = findings::page(&mut db, &filter, None, 50, now).await?;
        let samples = Samples::of(ROUNDS, async || Ok(findings::page(&mut db, &filter, None, 50, now).await?)).await?;
        let count =
            if page.count.at_least { format!("more than {}", page.count.rows) } else { page.count.rows.to_string() };
        table.time(figure, "< 5 ms, < 3x", &samples, Some(bare), &format!("{} rows of {count}", page.rows.len()));
    }
    let (mut cursor, mut samples) = (None, Samples::default());
    for _ in 0..ROUNDS {
        let start = std::time::Instant::now();
        let page = findings::page(&mut db, &none(), cursor.as_deref(), 50, now).await?;
        samples.add(start.elapsed());
        cursor = page.next;
    }
    table.time("... the 1st to 200th page in turn", "< 5 ms, < 3x", &samples, Some(bare), "by cursor");
    let past = minute(1_000 + 15 * MINUTES_A_DAY);
    let samples = Samples::of(ROUNDS, async || Ok(findings::page(&mut db, &none(), None, 50, past).await?)).await?;
    table.time("... as of 15 days ago", "", &samples, Some(bare), "");
    Ok(())
}

/// The 50 worst open findings with their subjects, in one statement and without anything that a page needs besides.
async fn bare_page(scratch: &Scratch) -> anyhow::Result<Floor> {
    let mut db = scratch.app.acquire().await?;
    let samples = Samples::of(ROUNDS, async || {
        let rows = sqlx::query!(
            r"SELECT i.id, i.severity, i.opened_at, i.fault, i.detail, f.subject_kind, f.subject_namespace, f.subject_name, c.name
              FROM finding_interval i JOIN finding f ON f.id = i.finding_id JOIN cluster c ON c.id = i.cluster_id
              WHERE i.valid_to IS NULL
              ORDER BY i.severity DESC, i.opened_at DESC, i.finding_id DESC LIMIT 50"
        );
        Ok(rows.fetch_all(&mut *db).await?)
    });
    Ok(Floor { what: "bare query of 50", samples: samples.await? })
}

async fn overview(scratch: &Scratch, table: &mut Table, now: Instant) -> anyhow::Result<()> {
    let mut db = scratch.app.acquire().await?;
    let floor = Floor {
        what: "one round trip",
        samples: Samples::of(ROUNDS, async || Ok(sqlx::query_scalar!("SELECT 1 AS one").fetch_one(&mut *db).await?))
            .await?,
    };
    let samples = Samples::of(ROUNDS, async || Ok(controls::overview(&mut db, now).await?)).await?;
    table.time("overview of 20 clusters", "< 10 ms", &samples, Some(&floor), "6 queries");
    let samples = Samples::of(ROUNDS, async || Ok(controls::list(&mut db, now, &[]).await?)).await?;
    table.time("controls, 93 x 20 clusters", "", &samples, Some(&floor), "4 queries");
    let past = minute(1_000 + 15 * MINUTES_A_DAY);
    let samples = Samples::of(ROUNDS, async || Ok(controls::overview(&mut db, past).await?)).await?;
    table.time("overview as of 15 days ago", "", &samples, Some(&floor), "");
    Ok(())
}
