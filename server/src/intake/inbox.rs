//! What is kept, as the rules want it.

use super::store::pushed as store;
use chrono::TimeDelta;
use model::{Instant, ids::ClusterId, source::Source};
use sources::{
    Policy,
    pushed::{Pushed, hours},
};
use sqlx::PgPool;

/// Groups of one source that are judged at most; more are counted as not judged.
const MOST_GROUPS: i64 = 10_000;
/// For how long parts that were refused count.
const REFUSALS: TimeDelta = TimeDelta::hours(24);

/// What clusters sent. Without a database there is nothing in it.
#[derive(Clone, Debug, Default)]
pub struct Inbox(Option<PgPool>);

impl Inbox {
    /// Kept in a database.
    pub const fn of(pool: PgPool) -> Self {
        Self(Some(pool))
    }

    /// What a cluster sent of a source, as far as verdicts at an instant depend on it.
    pub async fn pushed(
        &self,
        cluster: ClusterId,
        source: Source,
        policy: &Policy,
        now: Instant,
    ) -> Result<Pushed, sqlx::Error> {
        let Some(pool) = &self.0 else { return Ok(Pushed::default()) };
        let mut db = pool.acquire().await?;
        let expected = store::is_expected(&mut db, cluster, source, now).await?;
        if matches!(source, Source::External | Source::KubeBench) {
            let (newest_at, refused) = store::of_reports(&mut db, cluster, source).await?;
            let mut pushed = Pushed { expected, asked_at: Some(now), newest_at, refused, ..Pushed::default() };
            if source == Source::KubeBench {
                pushed.benchmarks = store::benchmarks(&mut db, cluster, source).await?;
            } else {
                pushed.reports = store::reports(&mut db, cluster, source).await?;
            }
            return Ok(pushed);
        }
        let since = now - hours(policy.quiet_hours.max(24));
        let newest_at = store::newest(&mut db, cluster, source).await?;
        let refused = store::refused_since(&mut db, cluster, source, now - REFUSALS).await?;
        let (groups, cut_off) = store::groups(&mut db, cluster, source, since, MOST_GROUPS).await?;
        Ok(Pushed { expected, asked_at: Some(now), newest_at, refused, groups, cut_off, ..Pushed::default() })
    }
}
