//! What a cluster sends is judged soon after it came, and not with the next round.
//!
//! A delivery tells its source on a channel of PostgreSQL, in its own transaction. Every replica listens; the one that
//! holds the cluster's lease judges that one source. A sender that never pauses costs no more than one judgement in some
//! seconds. Whatever gets lost on the way is judged with the next round, as ever.

use super::{
    record::{Backoff, record},
    runner::Polled,
    store,
};
use crate::intake;
use model::{catalogue::Catalogue, ids::ClusterId, source::Source};
use sources::ReadError;
use sqlx::PgPool;
use std::{collections::BTreeMap, future::pending, time::Duration};
use tokio::{
    sync::broadcast::{self, error::RecvError},
    time::{Instant, sleep_until},
};

/// Several deliveries that come at once are judged together.
const GATHER: Duration = Duration::from_secs(1);
/// Between two judgements of a source that is only sent.
const REST: Duration = Duration::from_secs(5);
/// The same where the API server is asked too.
const REST_OF_READ: Duration = Duration::from_secs(30);
/// Arrivals that a busy cluster's task may be behind; beyond them it takes every source for due.
const BEHIND: usize = 256;

/// Tells the tasks of all clusters what arrived.
#[derive(Clone)]
pub(super) struct Arrivals(broadcast::Sender<(ClusterId, Source)>);

impl Default for Arrivals {
    fn default() -> Self {
        Self(broadcast::Sender::new(BEHIND))
    }
}

impl Arrivals {
    /// From now on.
    pub(super) fn subscribe(&self) -> broadcast::Receiver<(ClusterId, Source)> {
        self.0.subscribe()
    }

    /// Listens for as long as it is polled, also when the database goes away and comes back.
    pub(super) async fn listen(&self, pool: &PgPool) {
        let mut backoff = Backoff::new();
        loop {
            match store::listen(pool, intake::ARRIVED).await {
                Ok(mut listener) => {
                    backoff = Backoff::new();
                    while let Ok(Some(notice)) = listener.try_recv().await {
                        if let Some(arrival) = intake::arrival(notice.payload()) {
                            // An error means that no cluster is polled.
                            let _nobody = self.0.send(arrival);
                        }
                    }
                }
                Err(error) => tracing::debug!(%error, "what is sent is judged with the next round"),
            }
            backoff.wait().await;
        }
    }
}

/// Sources that are to be judged, and when.
#[derive(Debug, Default)]
struct Due {
    at: BTreeMap<Source, Instant>,
    judged: BTreeMap<Source, Instant>,
}

impl Due {
    /// Something of a source came.
    fn came(&mut self, source: Source, now: Instant) {
        let rest = if source.is_pushed() { REST } else { REST_OF_READ };
        let rested = self.judged.get(&source).map_or(now, |judged| *judged + rest);
        self.at.entry(source).or_insert(rested.max(now + GATHER));
    }

    /// The first, and when it is due.
    fn first(&self) -> Option<(Source, Instant)> {
        self.at.iter().map(|(source, at)| (*source, *at)).min_by_key(|(_, at)| *at)
    }

    /// A source is about to be judged: what comes from now on is judged after a rest.
    fn judge(&mut self, source: Source, now: Instant) {
        self.at.remove(&source);
        self.judged.insert(source, now);
    }
}

/// Judges what comes, for as long as it is polled; `arrivals` began before the round that it runs beside.
pub(super) async fn keep_up(polled: &Polled, mut arrivals: broadcast::Receiver<(ClusterId, Source)>) {
    let mut due = Due::default();
    loop {
        let first = due.first();
        let is_due = async {
            match first {
                Some((source, at)) => {
                    sleep_until(at).await;
                    source
                }
                None => pending().await,
            }
        };
        tokio::select! {
            came = arrivals.recv() => match came {
                Ok((cluster, source)) if cluster == polled.target.id => due.came(source, Instant::now()),
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => {
                    Source::ALL.iter().filter(|source| intake::takes(**source)).for_each(|s| due.came(*s, Instant::now()));
                }
                Err(RecvError::Closed) => pending().await,
            },
            source = is_due => {
                due.judge(source, Instant::now());
                judge(polled, source).await;
            }
        }
    }
}

async fn judge(polled: &Polled, source: Source) {
    if !Catalogue::current().sources().any(|known| known == source) {
        return;
    }
    // Of what is only sent, nothing is asked of the API server.
    let session = if source.is_pushed() { Err(ReadError::Absent) } else { polled.target.connect().await };
    let scan = polled.target.scan(source, &session).await;
    record(&polled.app, &polled.target, &scan, Instant::now() + REST).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_that_never_pauses_is_judged_once_in_a_while() {
        let begun = Instant::now();
        let (mut due, mut judged) = (Due::default(), Vec::new());
        for tenth in 0..600 {
            let now = begun + Duration::from_millis(100) * tenth;
            due.came(Source::FalcoEvents, now);
            if let Some((source, at)) = due.first()
                && at <= now
            {
                due.judge(source, now);
                judged.push(now - begun);
            }
        }
        assert_eq!(judged.len(), 12, "a minute: {judged:?}");
        assert_eq!(judged[0], GATHER);
        assert!(judged.windows(2).all(|pair| pair[1].checked_sub(pair[0]).unwrap() >= REST), "{judged:?}");
    }

    #[test]
    fn sources_do_not_wait_for_each_other() {
        let now = Instant::now();
        let mut due = Due::default();
        assert_eq!(due.first(), None);
        due.came(Source::KubeBench, now);
        due.judge(Source::KubeBench, now);
        due.came(Source::KubeBench, now);
        due.came(Source::External, now + GATHER);
        assert_eq!(due.first(), Some((Source::External, now + GATHER * 2)));
        due.judge(Source::External, now + GATHER * 2);
        assert_eq!(due.first(), Some((Source::KubeBench, now + REST_OF_READ)));
    }
}
