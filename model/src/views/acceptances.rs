//! Risk acceptances, as pages, API and packs show them.

use super::{ClusterName, FindingRow};
use crate::{
    acceptance::{AcceptanceAct, AcceptanceScope, AcceptanceState, EndsOn, Watch},
    evaluation::Detail,
    finding::Subject,
    ids::{AcceptanceId, AttachmentId, CheckId, PersonId},
    severity::Severity,
};
use chrono::{DateTime, Utc};
use serde::Serialize;

view! {
    /// An acceptance, as lists show it.
    AcceptanceRow {
        /// Its id.
        id: AcceptanceId,
        /// What it is about.
        scope: AcceptanceScope,
        /// The check, where it is about one, or about a finding of one.
        check: Option<CheckId>,
        /// The cluster, where it is about one, or about a finding on one.
        cluster: Option<ClusterName>,
        /// What the finding is about, where it is about one.
        subject: Option<Subject>,
        /// Where it stands.
        state: AcceptanceState,
        /// The worst severity that it covers.
        severity: Severity,
        /// Who asked for it.
        requested_by: String,
        /// Who asked for it, as an id that does not change.
        requester: PersonId,
        /// When.
        requested_at: DateTime<Utc>,
        /// When it is to begin; as soon as it is approved where none is named.
        begins_at: Option<DateTime<Utc>>,
        /// When it runs out at the latest.
        expires_at: DateTime<Utc>,
        /// Since when it was in force: when the last of those who must approve did, or when it was to begin.
        in_force_since: Option<DateTime<Utc>>,
        /// When it was over, if it is.
        over_at: Option<DateTime<Utc>>,
        /// How many officers must approve.
        approvals_needed: u32,
        /// How many have.
        approvals: u32,
        /// How many failing findings it covers; none of one that is over.
        covered: i64,
    }
}

view! {
    /// Something that was done about an acceptance.
    AcceptanceEvent {
        /// What.
        act: AcceptanceAct,
        /// Who; `Bevis` where a condition was met.
        by: String,
        /// Who, as an id that does not change; none where Bevis did it.
        person: Option<PersonId>,
        /// When.
        at: DateTime<Utc>,
        /// Why.
        comment: String,
        /// What was seen, where a condition was met: which, and of what. Empty otherwise.
        seen: Detail,
    }
}

view! {
    /// On what an acceptance ends before its time, and whether Bevis can tell.
    AcceptanceCondition {
        /// On what.
        ends_on: EndsOn,
        /// Whether it can be told; none where that is not said, as in a pack, which must read the same for ever.
        watch: Option<Watch>,
    }
}

view! {
    /// Something that was attached.
    AcceptanceAttachment {
        /// Its id.
        id: AttachmentId,
        /// Its name.
        name: String,
        /// What it is, as `application/pdf`.
        media_type: String,
        /// Bytes.
        size: i32,
        /// SHA-256 of its content, in hexadecimal.
        sha256: String,
        /// Who attached it.
        by: String,
        /// When.
        at: DateTime<Utc>,
    }
}

view! {
    /// A failing finding under an acceptance.
    CoveredFinding {
        /// The finding.
        finding: FindingRow,
        /// Whether it began to fail after the acceptance was asked for.
        new: bool,
        /// Whether it is worse than what was accepted, and so not accepted.
        worse: bool,
    }
}

view! {
    /// What falls under a scope at an instant: the worst of it first, and how much there is.
    AcceptanceCover {
        /// The failing findings, the worst of them first, at most 200.
        findings: Vec<CoveredFinding>,
        /// How many there are in all.
        count: i64,
        /// How many of those began to fail after the acceptance was asked for.
        new: i64,
        /// How many are worse than what was accepted.
        worse: i64,
        /// The worst severity among all of them.
        worst: Option<Severity>,
    }
}

view! {
    /// An acceptance with everything about it.
    AcceptanceDetail {
        /// Its row.
        row: AcceptanceRow,
        /// Why the risk is taken.
        reason: String,
        /// What holds the risk down meanwhile.
        compensating_control: String,
        /// What risk remains.
        residual_risk: String,
        /// On what it ends before its time.
        conditions: Vec<AcceptanceCondition>,
        /// The acceptance that it goes on from.
        extends: Option<AcceptanceId>,
        /// The requests that go on from it.
        extended_by: Vec<AcceptanceId>,
        /// What was done about it, oldest first.
        events: Vec<AcceptanceEvent>,
        /// What was attached, oldest first.
        attachments: Vec<AcceptanceAttachment>,
        /// What it covered when it was asked for.
        covered_at_request: i64,
        /// What falls under it.
        cover: AcceptanceCover,
    }
}

view! {
    /// All acceptances at an instant, as far as they are not over, and a page of those that are.
    AcceptanceLists {
        /// Those that wait for a decision, oldest first.
        waiting: Vec<AcceptanceRow>,
        /// Those that are approved or in force, the next to expire first.
        in_force: Vec<AcceptanceRow>,
        /// Those that are over, newest first, at most 50.
        over: Vec<AcceptanceRow>,
        /// Where the next page of those that are over begins; none at the end.
        next: Option<AcceptanceId>,
    }
}

view! {
    /// An acceptance that a finding falls under.
    FindingAcceptance {
        /// Which.
        id: AcceptanceId,
        /// Where it stands.
        state: AcceptanceState,
        /// What it is about.
        scope: AcceptanceScope,
        /// When it runs out.
        expires_at: DateTime<Utc>,
        /// Whether the finding is worse than what was accepted.
        worse: bool,
        /// Whether it began to fail after the acceptance was asked for.
        new: bool,
    }
}

view! {
    /// What an acceptance of a scope would cover, and for how long it could be.
    AcceptancePreview {
        /// What falls under it.
        cover: AcceptanceCover,
        /// Days that it could last at most, for the worst of that; none where nothing falls under it.
        max_days: Option<u16>,
        /// How many officers would have to approve.
        approvals: u8,
    }
}
