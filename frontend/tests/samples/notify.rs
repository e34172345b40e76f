//! Samples of rules, channels and messages: every kind and every state.

use crate::samples as sample;
use chrono::TimeDelta;
use model::{
    ids::{MessageId, RuleId},
    notify::{ChannelKind, EventKind, MessageState},
    severity::Severity,
    source::Source,
    views::{NotificationChannel, NotificationLog, NotificationMessage, NotificationRule},
};
use uuid::Uuid;

pub(crate) fn rules(team: Option<&str>) -> Vec<NotificationRule> {
    let rule = NotificationRule {
        id: RuleId(Uuid::from_u128(1)),
        team: team.map(ToOwned::to_owned),
        channel: if team.is_some() { "ops-slack" } else { "mail" }.into(),
        kinds: EventKind::ALL.to_vec(),
        min_severity: Severity::High,
        clusters: vec!["prod-cph".into()],
        sources: vec![Source::Velero, Source::Rbac],
        controls: vec!["A.8.13".into()],
        own_namespaces: team.is_some(),
        quiet_from: Some("22:00".into()),
        quiet_until: Some("07:00".into()),
        time_zone: "Europe/Copenhagen".into(),
        language: "da".into(),
        created_at: sample::at(),
        created_by: "Ada Lovelace".into(),
    };
    let everything = NotificationRule {
        id: RuleId(Uuid::from_u128(2)),
        clusters: vec![],
        sources: vec![],
        controls: vec![],
        own_namespaces: false,
        quiet_from: None,
        quiet_until: None,
        ..rule.clone()
    };
    vec![rule, everything]
}

pub(crate) fn channels() -> Vec<NotificationChannel> {
    let channel = |(number, kind): (usize, &ChannelKind)| NotificationChannel {
        name: if *kind == ChannelKind::Mail { "mail".into() } else { format!("ops-{kind}") },
        kind: *kind,
        host: format!("{kind}.example.org"),
        rules: 3,
        delivered_at: number.is_multiple_of(2).then(sample::at),
        dead: i64::try_from(number).unwrap_or(0),
    };
    ChannelKind::ALL.iter().enumerate().map(channel).collect()
}

pub(crate) fn log() -> NotificationLog {
    let topics = ["finding_opened", "source", "several", "test", "finding/0193e2a0-0000-7000-8000-000000000000"];
    let row = |(number, state): (usize, &MessageState)| NotificationMessage {
        id: MessageId(Uuid::from_u128(number as u128 + 1)),
        channel: "ops-slack".into(),
        person: (number == 1).then(|| "Ada Lovelace".into()),
        topic: topics[number].into(),
        state: *state,
        events: 17,
        created_at: sample::at(),
        due_at: sample::at() + TimeDelta::minutes(5),
        attempts: 3,
        reason: Some("status 500".into()),
        ended_at: matches!(state, MessageState::Sent | MessageState::Dead | MessageState::Dropped).then(sample::at),
    };
    NotificationLog {
        rows: MessageState::ALL.iter().enumerate().map(row).collect(),
        next: Some("1_2".into()),
        retained_from: Some(sample::at() - TimeDelta::days(60)),
    }
}
