//! What waits for somebody, and what they may take back.

use super::{AcceptanceRow, Assigned, FindingPage};
use crate::{
    finding::DecisionKind,
    ids::{DecisionId, FindingId},
};
use chrono::{DateTime, Utc};
use serde::Serialize;

view! {
    /// A decision whose text names the reader.
    Mention {
        /// The decision.
        decision: DecisionId,
        /// Its kind.
        kind: DecisionKind,
        /// Who named them.
        by: String,
        /// When.
        at: DateTime<Utc>,
        /// The text, in Markdown.
        comment: String,
        /// How many findings it is about.
        findings: i64,
        /// One of them.
        finding: FindingId,
    }
}

view! {
    /// A page of mentions, the latest first.
    MentionPage {
        /// At most as many as were asked for.
        rows: Vec<Mention>,
        /// The cursor of the next page, if there is one; opaque.
        next: Option<String>,
        /// How many there are in all.
        count: i64,
    }
}

view! {
    /// What waits for a person.
    MyWork {
        /// Findings that fail and are theirs or one of their teams'.
        assigned: FindingPage,
        /// The address of the same list among all findings.
        assigned_query: String,
        /// Decisions that name them.
        mentioned: MentionPage,
        /// Claims of others that they may judge, those that wait longest first; none where they may judge none.
        claims: Option<FindingPage>,
        /// Requests to accept a risk that they may approve, those that wait longest first; none where they may approve none.
        approvals: Option<Vec<AcceptanceRow>>,
    }
}

view! {
    /// To whom findings can be given.
    Assignees {
        /// People who have logged in, by name.
        people: Vec<Assigned>,
        /// Groups that they are in, by name.
        teams: Vec<Assigned>,
    }
}

view! {
    /// A decision that its author may still take back.
    Undoable {
        /// The decision.
        decision: DecisionId,
        /// Its kind.
        kind: DecisionKind,
        /// How many findings it is about.
        findings: i64,
        /// Until when.
        until: DateTime<Utc>,
    }
}
