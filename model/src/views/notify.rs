//! Notifications: rules, channels, and messages with what became of them.

use crate::{
    ids::{ControlId, MessageId, RuleId},
    notify::{ChannelKind, EventKind, MessageState},
    severity::Severity,
    source::Source,
};
use chrono::{DateTime, Utc};
use serde::Serialize;

view! {
    /// A rule: who is told of what, by which channel.
    NotificationRule {
        /// Its id.
        id: RuleId,
        /// The team that it is for; none where it is somebody's own.
        team: Option<String>,
        /// The channel's name.
        channel: String,
        /// What is told.
        kinds: Vec<EventKind>,
        /// The least severity told of.
        min_severity: Severity,
        /// Clusters by name; all where empty.
        clusters: Vec<String>,
        /// Sources; all where empty.
        sources: Vec<Source>,
        /// Controls; all where empty.
        controls: Vec<ControlId>,
        /// Whether only namespaces count that name the team as their own.
        own_namespaces: bool,
        /// When quiet hours begin, as `22:00`, in the rule's time zone.
        quiet_from: Option<String>,
        /// When they end.
        quiet_until: Option<String>,
        /// The rule's time zone, as an IANA name.
        time_zone: String,
        /// The language of its messages, `en` or `da`.
        language: String,
        /// Since when it holds.
        created_at: DateTime<Utc>,
        /// Who made it.
        created_by: String,
    }
}

view! {
    /// A channel of the configuration. Its address and secrets are not told.
    NotificationChannel {
        /// The name by which rules know it.
        name: String,
        /// How it travels.
        kind: ChannelKind,
        /// The host that it sends to.
        host: String,
        /// Rules that use it.
        rules: i64,
        /// When a message was last delivered.
        delivered_at: Option<DateTime<Utc>>,
        /// Messages that were given up.
        dead: i64,
    }
}

view! {
    /// A message, and what became of it.
    NotificationMessage {
        /// Its id, which receivers see as the key to drop repeats by.
        id: MessageId,
        /// The channel's name.
        channel: String,
        /// The person it is for, where it is for one.
        person: Option<String>,
        /// What it gathers: a kind of event, `source`, `several`, `finding/<id>`, a digest's kind with its day and rule, or `test`.
        topic: String,
        /// Where it stands.
        state: MessageState,
        /// How many events it tells of.
        events: i64,
        /// When it began.
        created_at: DateTime<Utc>,
        /// When it is tried next, where it is.
        due_at: DateTime<Utc>,
        /// How often it was tried.
        attempts: i32,
        /// What the last attempt gave.
        reason: Option<String>,
        /// When it came to its end.
        ended_at: Option<DateTime<Utc>>,
    }
}

view! {
    /// A ticket that stands for a finding.
    NotificationTicket {
        /// The channel that made it.
        channel: String,
        /// The tracker's own name of it, as `OPS-17`.
        key: String,
        /// Its page.
        address: String,
    }
}

view! {
    /// A page of messages, the newest first.
    NotificationLog {
        /// At most as many as were asked for.
        rows: Vec<NotificationMessage>,
        /// The cursor of the next page, if there is one; opaque.
        next: Option<String>,
        /// From when on what was over is retained; absent where nothing was ever dropped.
        retained_from: Option<DateTime<Utc>>,
    }
}
