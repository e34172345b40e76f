//! The ways out: mail, webhooks, chats, alerts, tickets. Each escapes what it is given in its own way.
//!
//! Where to send comes from the configuration alone, never from a person, a page or a cluster. No address, secret or answer of
//! a receiver is logged.

mod alertmanager;
mod chat;
mod http;
mod mail;
mod tickets;
mod webhook;

use super::content::{Text, Told};
use crate::config::notify::{NotifySettings, PERSONAL};
use chrono::TimeDelta;
use model::{Instant, notify::ChannelKind};
use sqlx::PgPool;
use std::{collections::BTreeMap, time::Duration};
use url::Url;
use uuid::Uuid;

/// Why a delivery came to nothing. The texts hold no address and no secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Failure {
    /// It may do better later.
    #[error("{reason}")]
    Later {
        /// As `status 503`.
        reason: String,
        /// When the receiver wants to be asked again.
        after: Option<TimeDelta>,
    },
    /// It will not.
    #[error("{0}")]
    Never(String),
}

impl Failure {
    fn later(reason: impl Into<String>) -> Self {
        Self::Later { reason: reason.into(), after: None }
    }
}

/// What was delivered, as the log tells it.
pub(super) type Delivery = Result<String, Failure>;

/// A message that is ready to go.
pub(super) struct Letter<'a> {
    /// The key by which receivers drop repeats.
    pub(super) id: Uuid,
    /// What it gathers.
    pub(super) topic: &'a str,
    /// What it says.
    pub(super) text: &'a Text,
    /// What it tells of.
    pub(super) events: &'a [Told],
    /// Name and address of the person it is for, where it is for one.
    pub(super) reader: Option<(&'a str, &'a str)>,
    /// When it began; the same for every attempt.
    pub(super) created_at: Instant,
    /// Now.
    pub(super) now: Instant,
    /// Where Bevis is.
    pub(super) home: &'a Url,
    /// In which words what channels add is written.
    pub(super) locale: frontend::i18n::Locale,
}

enum Way {
    Personal(mail::Mailer),
    List(mail::Mailer, Vec<lettre::message::Mailbox>),
    Webhook(webhook::Webhook),
    Chat(chat::Chat),
    Alertmanager(alertmanager::Alertmanager),
    Tickets(tickets::Tracker),
}

struct Channel {
    kind: ChannelKind,
    host: String,
    way: Way,
}

/// Every channel of the configuration, with its secrets.
pub struct Channels {
    channels: BTreeMap<String, Channel>,
    limit: Duration,
}

impl std::fmt::Debug for Channels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.channels.keys()).finish()
    }
}

impl Channels {
    /// Reads secrets; talks to nobody.
    ///
    /// # Errors
    /// A secret that cannot be read, or an address that may not be one, with the channel's name.
    pub fn new(settings: &NotifySettings) -> anyhow::Result<Self> {
        let limit = Duration::from_secs(settings.request_seconds.get().into());
        let http = http::Http::new(limit, settings.allow_http)?;
        let mut channels = BTreeMap::new();
        let mut add = |name: &str, kind, host: String, way| {
            channels.insert(name.to_owned(), Channel { kind, host, way });
        };
        if let Some(mail) = &settings.mail {
            let mailer = mail::Mailer::new(mail, limit)?;
            add(PERSONAL, ChannelKind::Mail, mail.host.clone(), Way::Personal(mailer.clone()));
            for list in &settings.mail_list {
                let to = mail::mailboxes(list)?;
                add(list.name.get_ref(), ChannelKind::Mail, mail.host.clone(), Way::List(mailer.clone(), to));
            }
        }
        for one in &settings.webhook {
            let way = webhook::Webhook::new(one, &http)?;
            add(one.name.get_ref(), ChannelKind::Webhook, way.host(), Way::Webhook(way));
        }
        for (list, kind) in [(&settings.slack, ChannelKind::Slack), (&settings.teams, ChannelKind::Teams)] {
            for one in list {
                let way = chat::Chat::new(one, kind, &http)?;
                add(one.name.get_ref(), kind, way.host(), Way::Chat(way));
            }
        }
        for one in &settings.alertmanager {
            let way = alertmanager::Alertmanager::new(one, &http)?;
            add(one.name.get_ref(), ChannelKind::Alertmanager, way.host(), Way::Alertmanager(way));
        }
        for tracker in tickets::Tracker::all(settings, &http)? {
            add(&tracker.name.clone(), tracker.kind(), tracker.host(), Way::Tickets(tracker));
        }
        Ok(Self { channels, limit })
    }

    /// How a channel travels; `None` where there is none of that name.
    pub fn kind(&self, name: &str) -> Option<ChannelKind> {
        self.channels.get(name).map(|channel| channel.kind)
    }

    /// Name, kind and host of every channel, in the order of their names.
    pub fn all(&self) -> impl Iterator<Item = (&str, ChannelKind, &str)> {
        self.channels.iter().map(|(name, channel)| (name.as_str(), channel.kind, channel.host.as_str()))
    }

    /// The channels whose receivers forget what they are not told again, and after how long they are.
    pub(super) fn forgetful(&self) -> impl Iterator<Item = (&str, TimeDelta)> {
        self.channels.iter().filter_map(|(name, channel)| match &channel.way {
            Way::Alertmanager(alertmanager) => Some((name.as_str(), alertmanager.again())),
            _ => None,
        })
    }

    /// Delivers, within the limit of time, whatever the receiver does.
    pub(super) async fn deliver(&self, pool: &PgPool, name: &str, letter: &Letter<'_>) -> Delivery {
        let Some(channel) = self.channels.get(name) else {
            return Err(Failure::Never("no such channel in the configuration".into()));
        };
        let sent = async {
            match &channel.way {
                Way::Personal(mailer) => mailer.to_person(letter).await,
                Way::List(mailer, to) => mailer.send(letter, to).await,
                Way::Webhook(webhook) => webhook.send(letter).await,
                Way::Chat(chat) => chat.send(letter).await,
                Way::Alertmanager(alertmanager) => alertmanager.send(pool, letter).await,
                Way::Tickets(tracker) => tracker.send(pool, letter).await,
            }
        };
        // A ticket takes a few requests, each with its own limit.
        tokio::time::timeout(self.limit * 4, sent)
            .await
            .unwrap_or_else(|_| Err(Failure::later("no full answer in time")))
    }

    /// How long a delivery can take at most, with a margin: for as long its message belongs to one sender.
    pub(super) fn lease(&self) -> TimeDelta {
        TimeDelta::from_std(self.limit * 4).unwrap_or_else(|_| TimeDelta::minutes(5)) + TimeDelta::seconds(60)
    }
}
