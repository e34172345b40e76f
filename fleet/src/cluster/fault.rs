//! What a simulated API server can be made to do wrong.

use crate::trouble::Trouble;

/// A fault of one resource or of a whole server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// 401: the credential is not, or no longer, good.
    Unauthorized,
    /// 403 with a proper `Status`: a permission is missing.
    Forbidden,
    /// The resource is gone: no discovery, 404 for lists.
    Absent,
    /// 410 for lists with a continue token, with reason `Expired`.
    Expired,
    /// 503 with a proper `Status`, as for a dead aggregated API; discovery leaves the group out.
    Unavailable,
    /// 500 with a proper `Status`.
    InternalError,
    /// 429 with a proper `Status` and `Retry-After` in seconds.
    TooManyRequests(u32),
    /// `items: null` in lists.
    NullItems,
    /// Whole objects where only metadata were asked for, as an aggregated API answers that does not know better.
    WholeObjects,
    /// Something between the server and whoever asks.
    Trouble(Trouble),
}

/// A fault, and how many times it still strikes; always where that is `None`.
pub(super) struct Armed {
    pub(super) fault: Fault,
    pub(super) left: Option<u32>,
}
