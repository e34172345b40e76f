//! What can go wrong while a cluster is read: each a sentence for an operator, the same for every reader's language, and
//! the coverage that it means.
//!
//! Text of a foreign server is cut and cleaned before it becomes part of a sentence; credentials never do.

use crate::page::Found;
use model::{
    problem::{Problem, ProblemWord},
    scan::Coverage,
};
use std::{fmt::Display, time::Duration};

/// Characters of an error at most, as the scan log keeps them.
pub const LONGEST: usize = 500;

/// Why a request, or the way to the API server, failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The kubeconfig or service account cannot be used; nothing was asked.
    #[error("{}", .0.sentence)]
    Access(Told),
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
    /// The JSON of an answer ended too soon.
    #[error("the answer to {what} broke off before its end: the JSON ends too soon")]
    CutShort {
        /// The request.
        what: String,
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
    #[error("the API server answered {what} with {status}{}", after_colon(.message.as_deref()))]
    Server {
        /// The request.
        what: String,
        /// The HTTP status.
        status: u16,
        /// Its own words, where it said any.
        message: Option<String>,
    },
    /// Not an answer that an API server gives.
    #[error(
        "{what} was answered by something that is not a Kubernetes API server ({found}); check the address and any proxy"
    )]
    NotKubernetes {
        /// The request.
        what: String,
        /// What it looks like instead.
        found: Found,
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
            | Self::CutShort { .. }
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

    /// The same for the reader's language.
    pub fn problem(&self) -> Problem {
        match self {
            Self::Access(told) => told.problem.clone(),
            Self::Connect { server, cause } => problem(ProblemWord::Connect, &[("server", server), ("cause", cause)]),
            Self::Certificate { server, cause } => {
                problem(ProblemWord::Certificate, &[("server", server), ("cause", cause)])
            }
            Self::Timeout { what, after } => {
                problem(ProblemWord::Timeout, &[("what", what), ("seconds", &after.as_secs())])
            }
            Self::Interrupted { what, cause } => problem(ProblemWord::Interrupted, &[("what", what), ("cause", cause)]),
            Self::CutShort { what } => problem(ProblemWord::CutShort, &[("what", what)]),
            Self::TooLarge { what, limit_mb } => problem(ProblemWord::TooLarge, &[("what", what), ("limit", limit_mb)]),
            Self::OverBudget { limit_mb } => problem(ProblemWord::OverBudget, &[("limit", limit_mb)]),
            Self::Unauthorized => problem(ProblemWord::Unauthorized, &[]),
            Self::Forbidden { permission } => problem(ProblemWord::Forbidden, &[("permission", permission)]),
            Self::Absent => problem(ProblemWord::Absent, &[]),
            Self::Expired => problem(ProblemWord::Expired, &[]),
            Self::Busy { tries } => problem(ProblemWord::Busy, &[("tries", tries)]),
            Self::Server { what, status, message: None } => {
                problem(ProblemWord::Server, &[("what", what), ("status", status)])
            }
            Self::Server { what, status, message: Some(message) } => {
                problem(ProblemWord::ServerSaid, &[("what", what), ("status", status), ("message", message)])
            }
            Self::NotKubernetes { what, found: Found::NoHttp } => problem(ProblemWord::NotHttp, &[("what", what)]),
            Self::NotKubernetes { what, found: Found::NoList } => problem(ProblemWord::NotList, &[("what", what)]),
            Self::NotKubernetes { what, found: Found::Answer { status, form } } => {
                let found = form.word();
                problem(ProblemWord::NotKubernetes, &[("what", what), ("status", status), ("found", &found)])
            }
            Self::Endless { what } => problem(ProblemWord::Endless, &[("what", what)]),
            Self::Deadline { after } => problem(ProblemWord::Deadline, &[("seconds", &after.as_secs())]),
            Self::Inbox => problem(ProblemWord::Inbox, &[]),
            Self::Internal => problem(ProblemWord::Internal, &[]),
        }
    }
}

fn after_colon(said: Option<&str>) -> String {
    said.map(|said| format!(": {said}")).unwrap_or_default()
}

/// A sentence for an operator, and the same for the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The sentence.
    pub sentence: String,
    /// The same.
    pub problem: Problem,
}

impl Told {
    /// A sentence with the word and the values that say the same.
    pub fn new(sentence: impl Into<String>, word: ProblemWord, values: &[(&str, &dyn Display)]) -> Self {
        Self { sentence: sentence.into(), problem: problem(word, values) }
    }
}

/// A word with the values of its text, short enough for the scan log.
pub fn problem(word: ProblemWord, values: &[(&str, &dyn Display)]) -> Problem {
    let values = values.iter().map(|(name, value)| ((*name).to_owned(), clean(&value.to_string(), LONGEST))).collect();
    let problem = Problem { key: word, values, resource: None };
    debug_assert!(problem.values.keys().eq(word.values()), "{word} has other values: {:?}", problem.values);
    problem
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
