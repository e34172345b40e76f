//! Why a log-in came to nothing.

use http::StatusCode;
use model::errors::ErrorWord;

/// The class of a failure. Logs and ledger have the class; the page has a general text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginFailure {
    /// The answer belongs to no log-in that this browser has begun.
    Unknown,
    /// It took longer than ten minutes.
    Expired,
    /// The callback's parameters are missing, repeated or too long.
    Malformed(&'static str),
    /// The provider sent the browser back with an error; its word, escaped and cut.
    Refused(String),
    /// The provider does not answer, or not in time.
    ProviderAway(&'static str),
    /// The provider answers something that cannot be accepted; the class says what.
    ProviderWrong(&'static str),
    /// The id token failed a check; the class says which.
    Token(&'static str),
    /// The person has no group that gives a role; the groups seen.
    NoRole(Vec<String>),
}

/// Groups shown to somebody without a role.
const GROUPS_SHOWN: usize = 50;

impl LoginFailure {
    /// The class, for logs, the ledger and metrics.
    pub fn class(&self) -> &str {
        match self {
            Self::Unknown => "unknown_state",
            Self::Expired => "expired",
            Self::Malformed(class) | Self::ProviderAway(class) | Self::ProviderWrong(class) | Self::Token(class) => {
                class
            }
            Self::Refused(_) => "refused_by_provider",
            Self::NoRole(_) => "no_role",
        }
    }

    /// The status, and the word of the page's texts.
    pub const fn answer(&self) -> (StatusCode, ErrorWord) {
        match self {
            Self::Unknown | Self::Malformed(_) => (StatusCode::BAD_REQUEST, ErrorWord::LoginUnknown),
            Self::Expired => (StatusCode::BAD_REQUEST, ErrorWord::LoginExpired),
            Self::Refused(_) => (StatusCode::FORBIDDEN, ErrorWord::LoginRefused),
            Self::ProviderAway(_) => (StatusCode::SERVICE_UNAVAILABLE, ErrorWord::LoginProviderAway),
            Self::ProviderWrong(_) | Self::Token(_) => (StatusCode::BAD_GATEWAY, ErrorWord::LoginProviderWrong),
            Self::NoRole(_) => (StatusCode::FORBIDDEN, ErrorWord::LoginNoRole),
        }
    }

    /// The groups that a person without a role came with.
    pub fn groups_seen(&self) -> Option<Vec<String>> {
        match self {
            Self::NoRole(groups) => Some(groups.iter().take(GROUPS_SHOWN).cloned().collect()),
            _ => None,
        }
    }
}

impl std::fmt::Display for LoginFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(word) => write!(f, "refused by the provider: {word}"),
            other => f.write_str(other.class()),
        }
    }
}

/// Foreign text for a log or the ledger: control characters escaped, the rest cut.
pub(super) fn tame(text: &str) -> String {
    text.chars().take(200).flat_map(char::escape_default).collect()
}
