//! What the fleet sends: tokens as an operator makes them, and deliveries through the true intake, in the past that the
//! first start makes and for as long as the demo runs.
//!
//! In the past a delivery is handed to the intake's own `receive` at the instant that is set, since nothing listens yet;
//! from then on it is sent over HTTP as by any sender. Only what could have been sent near the instants at which the past
//! was scanned is sent in it: of audit events, which come all the time, the last minutes before each scan.

use crate::{fleet, folder::Folder, say};
use ::fleet::cluster::{Delivery, Sender, Story};
use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use server::{
    app::App,
    intake::{self, NewToken},
};
use sqlx::PgPool;
use std::{collections::BTreeMap, time::Duration};
use tokio_util::sync::CancellationToken;

/// Where the tokens are kept: Bevis tells each once, and keeps only its hash.
const TOKENS: &str = "tokens.json";
/// Who makes them.
const OPERATOR: &str = "bevis-demo";
/// Days until they expire.
const DAYS: u32 = 730;
/// How often the clusters send while the demo runs.
const EVERY: Duration = Duration::from_mins(1);
/// What a cluster catches up on when it begins to send.
const BACK: TimeDelta = TimeDelta::hours(1);
/// The most that a cluster sends at once in the past.
const MOST: TimeDelta = TimeDelta::hours(24);

/// Tokens by cluster and source.
pub(crate) type Tokens = BTreeMap<String, BTreeMap<String, String>>;

/// The tokens that the folder holds; none before any were made.
pub(crate) fn kept(folder: &Folder) -> Tokens {
    let text = std::fs::read_to_string(folder.join(TOKENS)).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Keeps them for the next start.
pub(crate) fn keep(folder: &Folder, tokens: &Tokens) -> anyhow::Result<()> {
    folder.write_private(TOKENS, &format!("{:#}\n", serde_json::to_value(tokens)?))
}

/// A cluster that sends.
pub(crate) struct Sending {
    cluster: &'static str,
    story: Story,
    tokens: BTreeMap<String, String>,
    until: DateTime<Utc>,
}

/// All of them; each begins a while before `now`.
pub(crate) fn all(began: DateTime<Utc>, now: DateTime<Utc>, mut tokens: Tokens) -> Vec<Sending> {
    let sending = |(cluster, story)| Sending {
        tokens: tokens.remove(cluster).unwrap_or_default(),
        cluster,
        story,
        until: now - BACK,
    };
    fleet::stories(began).map(sending).collect()
}

/// The tokens of all of them.
pub(crate) fn tokens(all: &[Sending]) -> Tokens {
    all.iter().map(|sending| (sending.cluster.to_owned(), sending.tokens.clone())).collect()
}

impl Sending {
    /// Makes a token for every sender that has none; `in_time` tells whether its day has come.
    async fn equip(
        &mut self,
        pool: &PgPool,
        now: DateTime<Utc>,
        in_time: impl Fn(&Sender) -> bool,
    ) -> anyhow::Result<bool> {
        let mut made = false;
        for sender in self.story.senders().iter().filter(|sender| in_time(sender)) {
            if self.tokens.contains_key(sender.source) {
                continue;
            }
            let source = sender.source.parse().with_context(|| format!("the source {}", sender.source))?;
            let new = NewToken { cluster: self.cluster, source, name: sender.name, days: DAYS, by: OPERATOR };
            let token =
                intake::create(pool, &new, now).await.with_context(|| format!("a token of {}", self.cluster))?;
            self.tokens.insert(sender.source.into(), token);
            made = true;
        }
        Ok(made)
    }

    /// What is due, each with its token.
    fn due(&self, now: DateTime<Utc>) -> Vec<(Delivery, String)> {
        let due = self.story.sent(self.until.max(now - MOST), now).into_iter();
        due.filter_map(|delivery| Some((self.tokens.get(delivery.source)?.clone(), delivery)))
            .map(|(token, delivery)| (delivery, token))
            .collect()
    }

    /// Sends in the past: everything until the instant of the app's clock, by whoever had a token then.
    pub(crate) async fn in_the_past(&mut self, app: &App) -> anyhow::Result<usize> {
        let now = app.clock.now();
        let began = self.story.began;
        self.equip(&app.db, now, |sender| began + TimeDelta::days(sender.since) <= now).await?;
        let due = self.due(now);
        self.until = now;
        for (delivery, token) in &due {
            let why = || format!("{} of {}", delivery.source, self.cluster);
            let sender = intake::sender(app, Some(token), delivery.source).await.with_context(why)?;
            let body = delivery.body.clone().into_bytes().into();
            intake::receive(app, &sender, delivery.node.clone(), body).await.with_context(why)?;
        }
        Ok(due.len())
    }

    /// Sends what is due to a Bevis that listens; what is not taken is sent again with the next.
    async fn over_http(&mut self, client: &reqwest::Client, address: &str, now: DateTime<Utc>) {
        for (delivery, token) in self.due(now) {
            let in_address = self.story.senders().iter().any(|s| s.source == delivery.source && s.token_in_address);
            let mut url = format!("{address}/intake/v1/{}", delivery.source);
            if in_address {
                url = format!("{url}/{token}");
            }
            if let Some(node) = &delivery.node {
                url = format!("{url}?node={node}");
            }
            let request = client.post(url).header("Content-Type", "application/json").body(delivery.body);
            let request = if in_address { request } else { request.bearer_auth(token) };
            match request.send().await.and_then(reqwest::Response::error_for_status) {
                Ok(_) => {}
                Err(error) => {
                    let error = error.without_url();
                    tracing::warn!(cluster = self.cluster, source = delivery.source, %error, "nothing was taken");
                    return;
                }
            }
        }
        self.until = now;
    }
}

/// Sends for as long as the demo runs.
pub(crate) async fn run(
    folder: &Folder,
    mut all: Vec<Sending>,
    pool: PgPool,
    address: String,
    stop: &CancellationToken,
) {
    let client = match reqwest::Client::builder().no_proxy().timeout(EVERY).build() {
        Ok(client) => client,
        Err(error) => return say::problem(&format!("The clusters send nothing: {error}")),
    };
    while !stop.is_cancelled() {
        #[expect(clippy::disallowed_methods, reason = "what the clusters send carries the time that it is")]
        let now = Utc::now();
        let mut made = false;
        for sending in &mut all {
            // Whoever has not begun in the past begins now.
            match sending.equip(&pool, now, |_| true).await {
                Ok(new) => made |= new,
                Err(error) => tracing::warn!(error = format!("{error:#}"), "no token"),
            }
            sending.over_http(&client, &address, now).await;
        }
        if made && let Err(error) = keep(folder, &tokens(&all)) {
            tracing::warn!(error = format!("{error:#}"), "tokens are not kept");
        }
        if stop.run_until_cancelled(tokio::time::sleep(EVERY)).await.is_none() {
            break;
        }
    }
    pool.close().await;
}
