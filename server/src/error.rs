//! The one error type that becomes an HTTP answer. `web::errors` turns it into a page or JSON.

use crate::auth::LoginFailure;
use model::{Instant, errors::ErrorWord, role::Permission};
use serde::Serialize;

/// What is wrong within a body that was sent, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The place, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// What is wrong there, in words for an operator.
    pub detail: String,
}

/// Why a token opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenFault {
    /// There is none.
    Missing,
    /// Nobody was given it.
    Unknown,
    /// Its time is over.
    Expired,
    /// It was revoked.
    Revoked,
}

impl TokenFault {
    /// The key of the sentence that says so.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Missing => "error-token-missing",
            Self::Unknown => "error-token-unknown",
            Self::Expired => "error-token-expired",
            Self::Revoked => "error-token-revoked",
        }
    }
}

/// Why a token of the API opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiTokenFault {
    /// It has not the form of one.
    Malformed,
    /// Nobody was given it.
    Unknown,
    /// Its time is over.
    Expired,
    /// It was revoked.
    Revoked,
    /// Its owner has no role any more, or has not logged in for so long that nobody knows.
    OwnerUnknown,
}

impl ApiTokenFault {
    /// The key of the sentence that says so.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Malformed => "error-api-token-malformed",
            Self::Unknown => "error-api-token-unknown",
            Self::Expired => "error-api-token-expired",
            Self::Revoked => "error-api-token-revoked",
            Self::OwnerUnknown => "error-api-token-owner-unknown",
        }
    }
}

/// What can go wrong while answering a request.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is logged in, and the route needs somebody.
    #[error("log-in required")]
    LoginRequired,
    /// A log-in that came to nothing.
    #[error("log-in failed: {0}")]
    LoginFailed(LoginFailure),
    /// Somebody is logged in, and may not.
    #[error("permission {0} is missing")]
    Forbidden(Permission),
    /// A token that opens nothing.
    #[error("token refused: {}", .0.key())]
    Token(TokenFault),
    /// A token of the API that opens nothing.
    #[error("token refused: {}", .0.key())]
    ApiToken(ApiTokenFault),
    /// A token of another source.
    #[error("the token is for another source")]
    TokenElsewhere,
    /// A token that does not reach so far; `key` says what it lacks.
    #[error("the token does not reach so far: {key} ({value})")]
    TokenLimited {
        /// Translation key.
        key: &'static str,
        /// What it lacks.
        value: String,
    },
    /// A key of an earlier write that was another one.
    #[error("the idempotency key stands for another request")]
    KeyReused,
    /// A body of which nothing can be used.
    #[error("nothing in the body can be used")]
    Unusable(Vec<Fault>),
    /// A body larger than its source takes.
    #[error("the body is larger than {mebibytes} MiB")]
    TooLong {
        /// The limit.
        mebibytes: usize,
    },
    /// A write that did not come from our own pages (see `web::csrf`).
    #[error("cross-site request refused")]
    CrossSite,
    /// There is no such thing, or not at the instant asked for.
    #[error("not found")]
    NotFound,
    /// There is such a path, but not for this method.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// The request cannot be understood; `key` is the translation key of a sentence that says what to do.
    #[error("invalid request: {key} ({value})")]
    Invalid {
        /// Translation key, as `error-invalid-filter`.
        key: &'static str,
        /// The value refused, shown escaped and cut.
        value: String,
    },
    /// An instant or a period that nothing can be said of. `word` is the error's own; `key` a further sentence with `value`.
    #[error("no such instant: {word} ({value})")]
    Instant {
        /// Its word.
        word: ErrorWord,
        /// Translation key.
        key: &'static str,
        /// The value refused, shown escaped and cut.
        value: String,
    },
    /// An instant of which findings are not retained.
    #[error("not retained: findings are kept from {from} on, for {months} months")]
    NotRetained {
        /// The instant before which nothing is left.
        from: Instant,
        /// For how many months the policy keeps it.
        months: i32,
    },
    /// A change that was asked for on a page of the past.
    #[error("nothing can be changed in the past")]
    Past,
    /// What was asked for contradicts what is; `key` as in [`Error::Invalid`].
    #[error("conflict: {key}")]
    Conflict {
        /// Translation key.
        key: &'static str,
    },
    /// A body of a kind that the route does not take.
    #[error("unsupported media type")]
    UnsupportedMedia,
    /// A body larger than the route takes.
    #[error("request too large")]
    TooLarge,
    /// Too many requests from one place.
    #[error("rate limited")]
    RateLimited {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// PostgreSQL does not answer.
    #[error("the database is away")]
    DatabaseAway(#[source] sqlx::Error),
    /// Our fault. Logged once with its chain; the visitor sees a request id.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

/// The result of anything that answers a request.
pub type Result<T> = std::result::Result<T, Error>;

impl From<model::query::BadFilter> for Error {
    fn from(bad: model::query::BadFilter) -> Self {
        Self::Invalid { key: "error-invalid-filter", value: format!("{}={}", bad.name, bad.value) }
    }
}

impl From<model::coverage::BadPeriod> for Error {
    fn from(bad: model::coverage::BadPeriod) -> Self {
        let key = match bad.word {
            "backwards" => "error-period-backwards",
            "ahead" => "error-period-ahead",
            "long" => "error-period-long",
            _ => "error-period-unreadable",
        };
        Self::Invalid { key, value: bad.value }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Tls(_) => {
                Self::DatabaseAway(error)
            }
            sqlx::Error::Database(ref inner) if inner.code().is_some_and(|code| code.starts_with("57P")) => {
                // 57P01..57P03: the server is shutting down or starting up.
                Self::DatabaseAway(error)
            }
            other => Self::Internal(other.into()),
        }
    }
}
