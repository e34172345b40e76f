//! What an answer that is an error is told by, on pages and in the API.

use crate::words::words;

words! {
    /// The word of an error: `code` in JSON; its texts are the keys `error-<word>-title`, `-text` and `-next`.
    ErrorWord {
        /// The instant asked for lies ahead.
        AsOfAhead = "as-of-ahead",
        /// The clocks skipped the instant asked for.
        AsOfSkipped = "as-of-skipped",
        /// What was asked for is no instant.
        AsOfUnreadable = "as-of-unreadable",
        /// It contradicts what is.
        Conflict = "conflict",
        /// A write that did not come from our own pages.
        CrossSite = "cross-site",
        /// The database does not answer.
        DatabaseAway = "database-away",
        /// Somebody may not.
        Forbidden = "forbidden",
        /// Our fault.
        Internal = "internal",
        /// The request cannot be understood.
        Invalid = "invalid",
        /// The log-in took too long.
        LoginExpired = "login-expired",
        /// The person has no group that gives a role.
        LoginNoRole = "login-no-role",
        /// The provider does not answer.
        LoginProviderAway = "login-provider-away",
        /// The provider's answer cannot be accepted.
        LoginProviderWrong = "login-provider-wrong",
        /// The provider sent an error.
        LoginRefused = "login-refused",
        /// Nobody is logged in.
        LoginRequired = "login-required",
        /// The answer belongs to no log-in.
        LoginUnknown = "login-unknown",
        /// There is such a path, but not for this method.
        MethodNotAllowed = "method-not-allowed",
        /// There is no such thing.
        NotFound = "not-found",
        /// It was dropped by a policy of retention.
        NotRetained = "not-retained",
        /// Nothing can be changed in the past.
        Past = "past",
        /// The period ends after the instant asked for.
        PeriodAhead = "period-ahead",
        /// The period ends before it begins.
        PeriodReversed = "period-reversed",
        /// Too many requests.
        RateLimited = "rate-limited",
        /// It took too long.
        Timeout = "timeout",
        /// A token opens nothing.
        TokenRefused = "token-refused",
        /// The body is too large.
        TooLarge = "too-large",
        /// A library could not read the request.
        Unreadable = "unreadable",
        /// The body is of a kind that is not taken.
        UnsupportedMediaType = "unsupported-media-type",
        /// Nothing in the body can be used.
        Unusable = "unusable",
    }
}
