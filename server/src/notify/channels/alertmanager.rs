//! Alertmanager, API version 2: a finding that fails fires, one that is fixed is resolved. What it is not told again it forgets, so
//! that it is kept which findings fire.

use super::{
    Delivery, Failure, Letter,
    http::{Http, Target},
};
use crate::{
    config,
    notify::{
        content::Told,
        store::alerts::{self, Firing},
    },
};
use anyhow::Context;
use chrono::TimeDelta;
use model::notify::EventKind;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use serde_json::{Value, json};
use sqlx::PgPool;

pub(super) struct Alertmanager {
    name: String,
    target: Target,
    authorization: Option<HeaderValue>,
    firing: TimeDelta,
}

impl Alertmanager {
    pub(super) fn new(one: &config::notify::Alertmanager, http: &Http) -> anyhow::Result<Self> {
        let name = one.name.get_ref();
        let token = one.token.as_ref().map(|token| bearer(name, token)).transpose()?;
        Ok(Self {
            name: name.clone(),
            target: http.secret_target(name, &one.url)?.below(&["api", "v2", "alerts"], &[]),
            authorization: token,
            firing: TimeDelta::hours(one.firing_hours.get().into()),
        })
    }

    pub(super) fn host(&self) -> String {
        self.target.host()
    }

    /// After how long an alert is told again.
    pub(super) fn again(&self) -> TimeDelta {
        self.firing / 2
    }

    pub(super) async fn send(&self, pool: &PgPool, letter: &Letter<'_>) -> Delivery {
        let alerts = if letter.topic == "test" { vec![self.test(letter)] } else { self.alerts(letter) };
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.extend(self.authorization.clone().map(|value| (AUTHORIZATION, value)));
        let sent = self.target.post(headers, serde_json::to_vec(&alerts).unwrap_or_default()).await?;
        self.keep(pool, letter).await.map_err(|_| Failure::later("the alert could not be noted"))?;
        Ok(sent)
    }

    /// Keeps whether the finding fires.
    async fn keep(&self, pool: &PgPool, letter: &Letter<'_>) -> Result<(), sqlx::Error> {
        let Some((event, finding)) = letter.events.last().and_then(|event| Some((event, event.finding?.0))) else {
            return Ok(());
        };
        if event.kind == EventKind::FindingClosed {
            return alerts::resolved(pool, &self.name, finding, letter.now).await;
        }
        let firing = Firing {
            channel: &self.name,
            finding,
            event: event.id,
            language: letter.text.language,
            time_zone: letter.locale.time_zone.name(),
            again_at: letter.now + self.again(),
        };
        alerts::fires(pool, &firing).await
    }

    /// The newest word about the finding is what counts.
    fn alerts(&self, letter: &Letter<'_>) -> Vec<Value> {
        let Some(event) = letter.events.last() else { return vec![] };
        let opened = letter.events.iter().find(|event| event.kind != EventKind::FindingClosed).unwrap_or(event);
        let ends = if event.kind == EventKind::FindingClosed { event.at } else { letter.now + self.firing };
        vec![alert(letter, event, opened, ends)]
    }

    /// An alert that is over within a minute.
    fn test(&self, letter: &Letter<'_>) -> Value {
        json!({
            "labels": { "alertname": "BevisTest" },
            "annotations": { "summary": letter.text.lines.first().map(|line| line.text.clone()) },
            "startsAt": letter.created_at,
            "endsAt": letter.created_at + TimeDelta::minutes(1).min(self.firing),
            "generatorURL": letter.text.link.0,
        })
    }
}

fn alert(letter: &Letter<'_>, event: &Told, opened: &Told, ends: model::Instant) -> Value {
    let word = |text: Option<&str>| text.unwrap_or_default().to_owned();
    json!({
        // What does not change while it fails, so that resolved and firing are one alert.
        "labels": {
            "alertname": "BevisFinding",
            "cluster": word(event.cluster.as_deref()),
            "source": word(event.source.as_deref()),
            "check": event.check.as_ref().map(ToString::to_string).unwrap_or_default(),
            "finding": event.finding.map(|finding| finding.to_string()).unwrap_or_default(),
        },
        "annotations": {
            "summary": letter.text.lines.last().map(|line| line.text.clone()).unwrap_or_default(),
            "severity": event.severity.map(|severity| severity.to_string()).unwrap_or_default(),
        },
        "startsAt": opened.at,
        "endsAt": ends,
        "generatorURL": letter.text.lines.last().and_then(|line| line.link.clone()).unwrap_or_default(),
    })
}

/// The header that carries a token; it is marked so that nothing prints it.
pub(super) fn bearer(name: &str, token: &config::Secret) -> anyhow::Result<HeaderValue> {
    let token = token.reveal().with_context(|| format!("reading the token of the channel \"{name}\""))?;
    let mut value = HeaderValue::try_from(format!("Bearer {token}"))
        .map_err(|_| anyhow::anyhow!("the token of the channel \"{name}\" cannot be sent in a header"))?;
    value.set_sensitive(true);
    Ok(value)
}
