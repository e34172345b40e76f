//! What a message says, in its reader's language: a title and lines of plain text with links. Channels escape it.

use frontend::{
    i18n::{Arg, Language, Locale},
    parts::acceptance::plain_scope_text,
};
use model::{
    Instant,
    acceptance::AcceptanceScope,
    finding::Subject,
    ids::{CheckId, FindingId},
    notify::EventKind,
    severity::Severity,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use url::Url;
use uuid::Uuid;

/// Lines of a message at most; the rest is counted.
const LINES: usize = 20;
/// Characters of a line and of a title at most.
const LINE: usize = 300;
const TITLE: usize = 150;

/// An event as messages tell it.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) id: Uuid,
    pub(super) kind: EventKind,
    pub(super) at: Instant,
    pub(super) cluster: Option<String>,
    pub(super) title: Option<String>,
    pub(super) source: Option<String>,
    pub(super) check: Option<CheckId>,
    pub(super) severity: Option<Severity>,
    pub(super) finding: Option<FindingId>,
    pub(super) subject: Option<Subject>,
    pub(super) detail: Value,
}

/// A line, where it leads, and how bad what it tells of is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Plain text, without line breaks.
    pub(super) text: String,
    /// An address of ours.
    pub(super) link: Option<String>,
    /// The severity.
    pub(super) severity: Option<Severity>,
}

/// What a message says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    /// The title, on one line.
    pub(super) title: String,
    /// The lines.
    pub(super) lines: Vec<Line>,
    /// The sentence that says how many more there are.
    pub(super) more: Option<String>,
    /// The page that has all of it, and what the link is called.
    pub(super) link: (String, String),
    /// Why one gets this, and where to change it.
    pub(super) foot: String,
    /// The language's tag.
    pub(super) language: &'static str,
}

/// In whose words, and where Bevis is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Voice<'a> {
    pub(super) locale: Locale,
    pub(super) home: &'a Url,
}

impl<'a> Voice<'a> {
    /// Of a message. A language or zone that is known no longer is read as English and UTC.
    pub(super) fn of(language: &str, time_zone: &str, home: &'a Url) -> Self {
        let language = language.parse().unwrap_or(Language::English);
        Self { locale: Locale::new(language, time_zone.parse().unwrap_or(chrono_tz::UTC)), home }
    }

    /// An address of ours.
    pub(super) fn address(&self, path: &str) -> String {
        self.home.join(path).map_or_else(|_| self.home.to_string(), |address| address.to_string())
    }

    pub(super) fn text(&self, title: &str, lines: Vec<Line>, path: &str) -> Text {
        let locale = self.locale;
        let hidden = lines.len().saturating_sub(LINES);
        let lines = lines.into_iter().take(LINES).map(|line| Line { text: plain(&line.text, LINE), ..line }).collect();
        Text {
            title: plain(title, TITLE),
            lines,
            more: (hidden > 0).then(|| locale.tx("notify-more", &[("count", hidden.into())])),
            link: (self.address(path), locale.t("notify-open")),
            foot: locale.tx("notify-foot", &[("link", self.address("/notifications").into())]),
            language: locale.language.tag(),
        }
    }
}

/// Text from elsewhere as one line: no line breaks, no other control characters, nothing that turns the direction of
/// writing, no more than `most` characters.
pub(super) fn plain(text: &str, most: usize) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let clean: String = text
        .chars()
        .map(|c| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c })
        .filter(|c| !turns(*c))
        .collect();
    let clean = clean.trim();
    if clean.chars().count() <= most {
        return clean.to_owned();
    }
    let cut: String = clean.chars().take(most.saturating_sub(1)).collect();
    format!("{cut}…")
}

/// What of the events is left to tell: a source that fell silent and came back within one message, with nothing changed,
/// is no news.
pub(super) fn worth_telling(events: Vec<Told>) -> Vec<Told> {
    let place = |event: &Told| (event.cluster.clone(), event.source.clone());
    let fell: BTreeSet<_> = events.iter().filter(|event| event.kind == EventKind::SourceSilent).map(place).collect();
    let came: BTreeMap<_, _> = events
        .iter()
        .filter(|event| event.kind == EventKind::SourceBack)
        .map(|event| (place(event), event.at))
        .collect();
    let unchanged = |event: &Told| ["opened", "closed", "increased"].iter().all(|name| number(event, name) == 0);
    events
        .into_iter()
        .filter(|event| match event.kind {
            EventKind::SourceSilent => came.get(&place(event)).is_none_or(|back| *back < event.at),
            EventKind::SourceBack => !(fell.contains(&place(event)) && unchanged(event)),
            _ => true,
        })
        .collect()
}

fn number(event: &Told, name: &str) -> i64 {
    event.detail.get(name).and_then(Value::as_i64).unwrap_or(0)
}

fn word<'a>(event: &'a Told, name: &str) -> &'a str {
    event.detail.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// What a message of events says.
pub(super) fn of_events(voice: Voice<'_>, events: &[Told]) -> Text {
    let locale = voice.locale;
    let kinds: BTreeSet<EventKind> = events.iter().map(|event| event.kind).collect();
    let clusters: BTreeSet<&str> = events.iter().filter_map(|event| event.title.as_deref()).collect();
    let count =
        if kinds.len() == 1 && kinds.contains(&EventKind::FirstReading) { clusters.len() } else { events.len() };
    let key = match kinds.first() {
        Some(kind) if kinds.len() == 1 => format!("notify-title-{kind}"),
        _ => "notify-title-several".to_owned(),
    };
    let title = locale.tx(&key, &[("count", count.into())]);
    let title = match (clusters.len(), clusters.first()) {
        (1, Some(cluster)) => format!("{title} · {cluster}"),
        _ => title,
    };
    voice.text(&title, lines(voice, events), path(&kinds))
}

/// The page that has all of what is told.
fn path(kinds: &BTreeSet<EventKind>) -> &'static str {
    match kinds.first() {
        Some(EventKind::FindingClosed) if kinds.len() == 1 => "/findings?state=closed",
        Some(EventKind::SourceSilent | EventKind::SourceBack) => "/clusters",
        Some(first) if first.is_of_acceptance() && kinds.iter().all(|kind| kind.is_of_acceptance()) => "/acceptances",
        _ => "/findings",
    }
}

fn lines(voice: Voice<'_>, events: &[Told]) -> Vec<Line> {
    let mut lines = sources(voice, events);
    let single = |event: &&Told| {
        !matches!(event.kind, EventKind::SourceSilent | EventKind::SourceBack | EventKind::FirstReading)
    };
    let mut rest: Vec<&Told> = events.iter().filter(single).collect();
    // The worst first; of equals, the oldest.
    rest.sort_by_key(|event| std::cmp::Reverse(event.severity));
    lines.extend(rest.into_iter().map(|event| line(voice, event)));
    lines
}

/// A line a cluster for what became of its sources.
fn sources(voice: Voice<'_>, events: &[Told]) -> Vec<Line> {
    let mut groups: BTreeMap<(EventKind, &str), Vec<&Told>> = BTreeMap::new();
    let of_source =
        |event: &&Told| matches!(event.kind, EventKind::SourceSilent | EventKind::SourceBack | EventKind::FirstReading);
    for event in events.iter().filter(of_source) {
        groups.entry((event.kind, event.cluster.as_deref().unwrap_or_default())).or_default().push(event);
    }
    let group = |((kind, cluster), events): ((EventKind, &str), Vec<&Told>)| {
        let sum = |name| events.iter().map(|event| number(event, name)).sum::<i64>();
        let names: BTreeSet<String> = events
            .iter()
            .filter_map(|event| event.source.as_deref())
            .map(|source| voice.locale.t(&format!("source-{source}")))
            .collect();
        let args: [(&str, Arg<'_>); 6] = [
            ("cluster", events.first().and_then(|event| event.title.as_deref()).unwrap_or(cluster).into()),
            ("count", names.len().into()),
            ("sources", names.into_iter().collect::<Vec<_>>().join(", ").into()),
            ("opened", sum("opened").into()),
            ("closed", sum("closed").into()),
            ("increased", sum("increased").into()),
        ];
        Line {
            text: voice.locale.tx(&format!("notify-line-{kind}"), &args),
            link: Some(voice.address(&format!("/clusters/{cluster}"))),
            severity: None,
        }
    };
    groups.into_iter().map(group).collect()
}

/// What a finding is about: the check, what failed it, and where.
pub(super) fn of_what(locale: Locale, event: &Told) -> String {
    let check = event.check.as_ref().map(|check| locale.check_title(check)).unwrap_or_default();
    let subject = event.subject.as_ref().map(ToString::to_string).unwrap_or_default();
    let cluster = event.title.as_deref().unwrap_or_default();
    let words = [("check", check.into()), ("subject", subject.into()), ("cluster", cluster.into())];
    plain(&locale.tx("notify-finding", &words), LINE)
}

fn line(voice: Voice<'_>, event: &Told) -> Line {
    let locale = voice.locale;
    if event.kind.is_of_one_finding() {
        let what = of_what(locale, event);
        let severity = |severity: Option<&str>| locale.t(&format!("severity-{}", severity.unwrap_or("unknown")));
        let words = [
            ("what", what.into()),
            ("severity", severity(event.severity.map(Severity::as_str)).into()),
            ("before", severity(event.detail.get("before").and_then(Value::as_str)).into()),
        ];
        let text = locale.tx(&format!("notify-line-{}", event.kind), &words);
        let link = event.finding.map(|finding| voice.address(&format!("/findings/{finding}")));
        return Line { text, link, severity: event.severity };
    }
    let args = [
        ("by", word(event, "by").into()),
        ("what", accepted(locale, event).unwrap_or_default().into()),
        ("until", until(locale, event).unwrap_or_default().into()),
        ("count", number(event, "findings").into()),
    ];
    // What was done, where the kind of event has a sentence for it.
    let done = match event.kind {
        EventKind::DecisionMade => format!("notify-line-decision-{}", word(event, "decision")),
        kind => format!("notify-line-{kind}-{}", word(event, "act")),
    };
    let key = if locale.find(&done).is_some() { done } else { format!("notify-line-{}", event.kind) };
    let own = event.finding.map(|finding| format!("/findings/{finding}"));
    let path = event
        .detail
        .get("path")
        .and_then(Value::as_str)
        .filter(|path| path.starts_with('/') && !path.starts_with("//"));
    let link = path.or(own.as_deref()).map(|path| voice.address(path));
    Line { text: locale.tx(&key, &args), link, severity: event.severity }
}

/// What an acceptance is about, in the reader's language.
fn accepted(locale: Locale, event: &Told) -> Option<String> {
    let scope: AcceptanceScope = serde_json::from_value(event.detail.get("scope")?.clone()).ok()?;
    let finding = event.check.as_ref().zip(event.subject.as_ref());
    Some(match (&scope, finding) {
        (AcceptanceScope::Finding { .. }, Some((check, subject))) => locale.tx(
            "acceptance-of-finding",
            &[
                ("check", locale.check_title(check).into()),
                ("cluster", event.title.as_deref().unwrap_or_default().into()),
                ("subject", subject.to_string().into()),
            ],
        ),
        _ => plain_scope_text(locale, &scope),
    })
}

fn until(locale: Locale, event: &Told) -> Option<String> {
    let until: Instant = serde_json::from_value(event.detail.get("until")?.clone()).ok()?;
    Some(locale.date(until))
}

/// What a test says.
pub(super) fn of_test(voice: Voice<'_>, channel: &str) -> Text {
    let locale = voice.locale;
    let line = Line { text: locale.tx("notify-test-text", &[("channel", channel.into())]), ..Line::default() };
    voice.text(&locale.t("notify-test-title"), vec![line], "/notifications")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(kind: EventKind, source: &str, minute: u32, detail: Value) -> Told {
        Told {
            id: Uuid::from_u128(u128::from(minute)),
            kind,
            at: format!("2026-11-02T09:{minute:02}:00Z").parse().expect("an instant"),
            cluster: Some("alpha".into()),
            title: Some("Alpha".into()),
            source: Some(source.into()),
            check: None,
            severity: None,
            finding: None,
            subject: None,
            detail,
        }
    }

    #[test]
    fn a_blip_is_no_news_and_what_stays_silent_is() {
        let blip =
            [told(EventKind::SourceSilent, "rbac", 1, json!({})), told(EventKind::SourceBack, "rbac", 2, json!({}))];
        assert!(worth_telling(blip.to_vec()).is_empty());
        let lasting =
            [told(EventKind::SourceSilent, "rbac", 1, json!({})), told(EventKind::SourceBack, "velero", 2, json!({}))];
        assert_eq!(worth_telling(lasting.to_vec()).len(), 2);
        let changed = [
            told(EventKind::SourceSilent, "rbac", 1, json!({})),
            told(EventKind::SourceBack, "rbac", 2, json!({"opened": 2})),
        ];
        assert_eq!(
            worth_telling(changed.to_vec()).iter().map(|event| event.kind).collect::<Vec<_>>(),
            [EventKind::SourceBack]
        );
        let again = [blip[0].clone(), blip[1].clone(), told(EventKind::SourceSilent, "rbac", 3, json!({}))];
        assert_eq!(worth_telling(again.to_vec()).iter().map(|event| event.at).collect::<Vec<_>>(), [again[2].at]);
    }

    #[test]
    fn a_title_is_one_line_whatever_came_from_outside() {
        assert_eq!(plain("a\r\nBcc: x@example.org\u{202e}\u{2028}b\u{0}", 100), "a  Bcc: x@example.org b");
        assert_eq!(plain("ééééé", 3), "éé…");
    }

    #[test]
    fn a_cluster_whose_sources_fell_silent_is_one_line() {
        let home = Url::parse("https://bevis.example.org").expect("an address");
        for (language, expected) in [("en", "Alpha"), ("da", "Alpha")] {
            let events: Vec<Told> = ["rbac", "velero", "nodes"]
                .iter()
                .map(|source| told(EventKind::SourceSilent, source, 1, json!({})))
                .collect();
            let text = of_events(Voice::of(language, "Europe/Copenhagen", &home), &events);
            assert_eq!(text.lines.len(), 1);
            assert!(text.lines[0].text.contains(expected) && !text.lines[0].text.contains('⟦'), "{:?}", text.lines);
            assert_eq!(text.lines[0].link.as_deref(), Some("https://bevis.example.org/clusters/alpha"));
        }
    }
}
