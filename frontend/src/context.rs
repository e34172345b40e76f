//! What every page knows besides its own props.

use crate::i18n::Locale;
use leptos::prelude::*;
use model::{
    Instant,
    role::{Permission, Role, allows},
};

/// What the shell of every page needs: the reader, the request, and the instant that the page speaks of.
#[derive(Clone, Debug)]
pub struct PageContext {
    /// The reader's language and time zone.
    pub locale: Locale,
    /// Light or dark.
    pub theme: Theme,
    /// Whether single keys are shortcuts.
    pub shortcuts: bool,
    /// Who reads; `None` where nobody is logged in.
    pub visitor: Option<Reader>,
    /// The path and query of this page, to come back to after a change of language or theme.
    pub path: String,
    /// The instant that the page speaks of.
    pub as_of: Instant,
    /// The id under which the log has this request.
    pub request_id: String,
    /// What the reader's last action did.
    pub notice: Option<Notice>,
    /// What else the page knows of time.
    pub moment: Moment,
}

/// Where in time a page stands, and where else it offers to go.
#[derive(Clone, Debug, Default)]
pub struct Moment {
    /// Set on a page of the past.
    pub past: Option<Past>,
    /// Instants that the operator named, oldest first.
    pub audit_dates: Vec<AuditDate>,
    /// The digest of the catalogue that was in force, in hexadecimal; none where that is not known.
    pub catalogue: Option<String>,
}

/// What a page of the past knows of the present, and of its past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// Now.
    pub now: Instant,
    /// Whether anything had been read by the instant that the page speaks of.
    pub known: bool,
    /// Whether another catalogue was in force then.
    pub other_catalogue: bool,
}

/// An instant with a name, as the configuration has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditDate {
    /// The name, as the operator wrote it.
    pub name: String,
    /// The instant.
    pub at: Instant,
}

/// The person who reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Their name.
    pub name: String,
    /// Their roles.
    pub roles: Vec<Role>,
}

impl PageContext {
    /// The present, whatever the page speaks of.
    pub fn now(&self) -> Instant {
        self.moment.past.map_or(self.as_of, |past| past.now)
    }

    /// Whether the reader may do something: pages offer only what is granted, and in the past nothing that changes the
    /// present. The server checks again.
    pub fn may(&self, permission: Permission) -> bool {
        if self.moment.past.is_some() && permission.changes_the_present() {
            return false;
        }
        self.visitor.as_ref().is_some_and(|reader| allows(&reader.roles, permission))
    }
}

/// The reader's choice of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the operating system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every choice, in the order in which they are offered.
    pub const ALL: &[Self] = &[Self::System, Self::Light, Self::Dark];

    /// The word in the cookie, in the page's `data-theme`, and in the key `theme-<word>-colours`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads the word; anything else is no choice.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|theme| theme.as_str() == word)
    }
}

/// What an action did, told once on the page that it leads to. Its text is the key `notice-<word>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    kind: &'static str,
    failed: bool,
    count: i64,
}

/// The notices that a URL may ask for: their words, and whether they tell of a failure.
const NOTICES: &[(&str, bool)] = &[
    ("acknowledged", false),
    ("withdrawn", false),
    ("commented", false),
    ("acceptance-requested", false),
    ("acceptance-approved", false),
    ("acceptance-rejected", false),
    ("acceptance-withdrawn", false),
    ("acceptance-revoked", false),
    ("acceptance-attached", false),
    ("attachment-missing", true),
    ("decided", false),
    ("undone", false),
    ("pack-requested", false),
    ("preferences-kept", false),
    ("rule-added", false),
    ("rule-ended", false),
    ("test-sent", false),
    ("test-failed", true),
    ("message-again", false),
    ("token-revoked", false),
    ("nothing-selected", true),
    ("comment-missing", true),
    ("value-missing", true),
    ("nothing-matches", true),
    ("already-so", true),
    ("as-of-unreadable", true),
    ("as-of-ahead", true),
    ("period-reversed", true),
    ("view-saved", false),
    ("view-changed", false),
    ("view-removed", false),
    ("sessions-ended", false),
    ("other-sessions-ended", false),
];

impl Notice {
    /// Reads the query parameter `notice`, as `acknowledged.3`. What is not one of ours is no notice.
    pub fn read(parameter: &str) -> Option<Self> {
        let (kind, count) = parameter.split_once('.').unwrap_or((parameter, "0"));
        let (kind, failed) = NOTICES.iter().find(|(word, _)| *word == kind)?;
        Some(Self { kind, failed: *failed, count: count.parse().ok().filter(|count| (0..=1_000_000).contains(count))? })
    }

    /// The words of all notices, for the test that every one has its text.
    pub fn words() -> impl Iterator<Item = &'static str> {
        NOTICES.iter().map(|(word, _)| *word)
    }

    /// Whether it tells of a failure.
    pub const fn failed(&self) -> bool {
        self.failed
    }

    /// Its text.
    pub fn text(&self, locale: Locale) -> String {
        locale.tx(&format!("notice-{}", self.kind), &[("count", self.count.into())])
    }
}

/// The context of the page being rendered. The renderer provides it before any component runs.
pub fn page() -> PageContext {
    expect_context::<PageContext>()
}

/// The reader's locale.
pub fn locale() -> Locale {
    page().locale
}
