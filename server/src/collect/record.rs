//! From a scan to history, also when PostgreSQL is away for a while.

use super::{
    budget::{Budget, MB},
    scan::{Session, Target},
    store,
};
use crate::{
    app::App,
    clusters,
    db::{integer, large},
    error, history, settle,
};
use metrics::Label;
use model::{
    Instant as At,
    catalogue::Catalogue,
    scan::{Scan, Traffic},
    source::Source,
    views::RoundEntry,
};
use sources::rules::custom::until_tried;
use sqlx::PgPool;
use std::{borrow::Cow, time::Duration};
use tokio::time::{Instant, sleep};

/// The first and the longest wait for PostgreSQL.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Waits that grow to a bound.
pub(super) struct Backoff(Duration);

impl Backoff {
    pub(super) const fn new() -> Self {
        Self(FIRST_WAIT)
    }

    pub(super) async fn wait(&mut self) {
        sleep(self.0).await;
        self.0 = (self.0 * 2).min(LONGEST_WAIT);
    }
}

/// Records a scan; tries until `give_up`, when a newer scan will say more than this one.
pub(super) async fn record(app: &App, target: &Target, scan: &Scan, give_up: Instant) {
    let cluster = target.cluster.name.get_ref();
    let (source, coverage) = (scan.source.as_str(), scan.coverage.as_str());
    count(app.config.metrics.clusters.then_some(cluster), source, coverage, scan.traffic);
    let mut backoff = Backoff::new();
    loop {
        let recorded = async {
            let counting = counting(&app.db, scan).await?;
            history::record(&app.db, &counting, app.clock.now()).await
        };
        match recorded.await {
            Ok(recorded) => {
                target.keeper.kept(&scan.objects);
                let (opened, closed) = (recorded.opened, recorded.closed);
                tracing::info!(cluster, source, coverage, opened, closed, error = scan.error, "scanned");
                return;
            }
            Err(fault) => {
                let fault = error::Error::from(fault);
                let away = matches!(fault, error::Error::DatabaseAway(_));
                if !away || Instant::now() >= give_up {
                    tracing::error!(cluster, source, coverage, error = %fault, "a scan could not be recorded");
                    return;
                }
                tracing::warn!(cluster, source, "the database is away; the scan is kept and recorded later");
            }
        }
        backoff.wait().await;
    }
}

/// Counts a scan: with the name of its cluster only where the configuration says so, since everybody can read the metrics.
fn count(cluster: Option<&String>, source: &'static str, coverage: &'static str, traffic: Option<Traffic>) {
    let mut labels = vec![Label::new("source", source)];
    labels.extend(cluster.map(|name| Label::new("cluster", name.clone())));
    if let Some(traffic) = traffic {
        metrics::counter!("bevis_scan_requests_total", labels.clone()).increment(traffic.requests);
        metrics::counter!("bevis_scan_bytes_total", labels.clone()).increment(traffic.bytes);
    }
    labels.push(Label::new("coverage", coverage));
    metrics::counter!("bevis_scans_total", labels).increment(1);
}

/// The scan without what does not count yet: checks of the operator's that were never tried as they are now.
async fn counting<'a>(pool: &PgPool, scan: &'a Scan) -> Result<Cow<'a, Scan>, sqlx::Error> {
    if scan.source != Source::Custom || scan.evaluation.results.is_empty() {
        return Ok(Cow::Borrowed(scan));
    }
    let tried = store::tried(pool).await?;
    let evaluation = until_tried(scan.evaluation.clone(), Catalogue::current().customs(), &tried);
    Ok(Cow::Owned(Scan { evaluation, ..scan.clone() }))
}

/// Records what a round that began at `started_at` asked for. Of no consequence for any verdict if it fails.
pub(super) async fn record_round(app: &App, target: &Target, budget: &Budget, started_at: At) {
    let (traffic, settings) = (budget.round().traffic(), &target.settings);
    let megabytes = |count: usize| large((count as u64).saturating_mul(MB));
    let round = RoundEntry {
        started_at,
        ended_at: app.clock.now().max(started_at),
        requests: integer(traffic.requests),
        bytes: large(traffic.bytes),
        largest_answer: large(budget.round().largest()),
        requests_per_second: integer(settings.requests_per_second.get()),
        most_bytes: megabytes(settings.max_scan_mb),
        page_size: integer(settings.page_size),
        most_answer: megabytes(settings.max_answer_mb.max(1)),
    };
    let recorded = async {
        let mut tx = app.db.begin().await?;
        let at = settle::join(&mut tx, app.clock.now()).await?;
        store::insert_round(&mut tx, target.id, &round, at).await?;
        tx.commit().await
    };
    if let Err(error) = recorded.await {
        tracing::warn!(cluster = target.cluster.name.get_ref(), %error, "what a round asked for could not be noted");
    }
}

/// Notes the version that the API server told. Of no consequence if it fails: the next round tells it again.
pub(super) async fn record_version(app: &App, target: &Target, session: &Session) {
    let Some(version) = &session.hello.version else { return };
    if let Err(error) = clusters::set_version(&app.db, target.id, version, app.clock.now()).await {
        tracing::warn!(cluster = target.cluster.name.get_ref(), %error, "the version could not be noted");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use metrics_exporter_prometheus::PrometheusBuilder;

    /// What `/metrics` tells of two scans of two clusters.
    fn told(named: bool) -> String {
        let recorder = PrometheusBuilder::new().build_recorder();
        metrics::with_local_recorder(&recorder, || {
            for cluster in ["canary-north", "canary-south"].map(String::from) {
                count(named.then_some(&cluster), "rbac", "complete", Some(Traffic { requests: 3, bytes: 500 }));
            }
        });
        recorder.handle().render()
    }

    #[test]
    fn clusters_are_told_apart_only_where_the_configuration_says_so() {
        let sums = told(false);
        assert!(!sums.contains("canary"), "{sums}");
        assert!(sums.contains(r#"bevis_scan_bytes_total{source="rbac"} 1000"#), "{sums}");
        assert!(sums.contains(r#"bevis_scans_total{source="rbac",coverage="complete"} 2"#), "{sums}");
        let each = told(true);
        assert!(each.contains(r#"bevis_scan_requests_total{source="rbac",cluster="canary-north"} 3"#), "{each}");
        assert!(each.contains("canary-south") && each.matches("bevis_scans_total{").count() == 2, "{each}");
    }
}
