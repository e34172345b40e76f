//! What can go wrong while a cluster is read: each a sentence for an operator, and the coverage that it means.
//!
//! Text of a foreign server is cut and cleaned before it becomes part of a sentence; credentials never do.

use model::scan::Coverage;
use std::time::Duration;

/// Characters of an error at most, as the scan log keeps them.
pub const LONGEST: usize = 500;

/// Why a request, or the way to the API server, failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The kubeconfig or service account cannot be used; nothing was asked.
    #[error("{0}")]
    Access(String),
    /// No connection.
    #[error("the API server at {server} cannot be reached: {cause}; check the address, the network and the firewall")]
    Connect {
        /// Its address.
        server: String,
        /// What the network said.
        cause: String,
    },
    /// The server's certificate is not one that the kubeconfig trusts.
    #[error(
        "the certificate of the API server at {server} is not trusted ({cause}); \
         check certificate-authority in the kubeconfig, and that this is the right server"
    )]
    Certificate {
        /// Its address.
        server: String,
        /// What is wrong with it.
        cause: String,
    },
    /// No answer, or no end of one, in time.
    #[error("the API server did not answer {what} within {} s", .after.as_secs())]
    Timeout {
        /// The request.
        what: String,
        /// How long was waited.
        after: Duration,
    },
    /// The connection broke within an answer.
    #[error("the answer to {what} broke off before its end: {cause}")]
    Interrupted {
        /// The request.
        what: String,
        /// What the connection said.
        cause: String,
    },
    /// More than Bevis will hold.
    #[error("the answer to {what} is larger than {limit_mb} MB; raise scan.max_answer_mb or lower scan.page_size")]
    TooLarge {
        /// The request.
        what: String,
        /// The limit.
        limit_mb: usize,
    },
    /// More than this round may ask for; nothing more is read.
    #[error("the budget of this scan is used up ({limit_mb} MB, scan.max_scan_mb), so this was not read")]
    OverBudget {
        /// The limit.
        limit_mb: usize,
    },
    /// 401.
    #[error("the API server refused the credential (401): it is wrong or has expired; renew it in the kubeconfig")]
    Unauthorized,
    /// 403.
    #[error("permission is missing (403): {permission}; see deploy/clusterrole.yaml")]
    Forbidden {
        /// What must be granted.
        permission: String,
    },
    /// 404: the resource is not served.
    #[error("not served by this cluster (404)")]
    Absent,
    /// 410: the continue token is too old.
    #[error("the list changed too quickly to be read in pages (410), also on the second attempt")]
    Expired,
    /// 429.
    #[error("the API server asked to slow down (429) and still did after {tries} attempts")]
    Busy {
        /// Attempts made.
        tries: u32,
    },
    /// Any other refusal.
    #[error("the API server answered {what} with {status}{message}")]
    Server {
        /// The request.
        what: String,
        /// The HTTP status.
        status: u16,
        /// Its own words after a colon, or nothing.
        message: String,
    },
    /// Not an answer that an API server gives.
    #[error(
        "{what} was answered by something that is not a Kubernetes API server ({found}); check the address and any proxy"
    )]
    NotKubernetes {
        /// The request.
        what: String,
        /// What it looks like instead.
        found: String,
    },
    /// The list never ends.
    #[error("the list of {what} does not end: page after page without an object")]
    Endless {
        /// The resource.
        what: String,
    },
    /// The scan's own time is over.
    #[error("reading took longer than {} s (scan.scan_seconds); what was read is not enough for a verdict", .after.as_secs())]
    Deadline {
        /// The limit.
        after: Duration,
    },
    /// What the cluster sent is in the database, and that does not answer.
    #[error("what the cluster sent could not be read from the database")]
    Inbox,
    /// A fault of our own while judging; never the cluster's.
    #[error("judging what was read failed inside Bevis; please report this with the log")]
    Internal,
}

impl ReadError {
    /// What the error means for how much was covered.
    pub const fn coverage(&self) -> Coverage {
        match self {
            Self::Access(_)
            | Self::Connect { .. }
            | Self::Certificate { .. }
            | Self::Timeout { .. }
            | Self::NotKubernetes { .. } => Coverage::Unreachable,
            Self::Forbidden { .. } => Coverage::Forbidden,
            Self::Absent => Coverage::Absent,
            Self::Interrupted { .. }
            | Self::TooLarge { .. }
            | Self::OverBudget { .. }
            | Self::Unauthorized
            | Self::Expired
            | Self::Busy { .. }
            | Self::Server { .. }
            | Self::Endless { .. }
            | Self::Deadline { .. }
            | Self::Inbox
            | Self::Internal => Coverage::Failed,
        }
    }

    /// The sentence, short enough for the scan log.
    pub fn sentence(&self) -> String {
        clean(&self.to_string(), LONGEST)
    }
}

/// Foreign text on one line, without control characters, cut to `longest` characters.
pub fn clean(text: &str, longest: usize) -> String {
    let spaced = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut out: String = spaced.clone().take(longest).collect();
    if spaced.count() > longest {
        out.pop();
        out.push('…');
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn foreign_text_is_cut_and_has_no_control_characters() {
        assert_eq!(clean("a\nb\u{1b}[31m", 10), "a b [31m");
        assert_eq!(clean("æøåæøå", 4), "æøå…");
        assert_eq!(clean("", 4), "");
    }
}
