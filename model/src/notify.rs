//! The words of notifications: what happens that people are told of, by which kinds of channel, and what became of it.

use crate::words::words;

words! {
    /// What happened that somebody may want to be told of.
    EventKind {
        /// A finding was seen for the first time.
        FindingOpened = "finding_opened",
        /// A finding that was fixed fails again.
        FindingReopened = "finding_reopened",
        /// A finding was seen fixed.
        FindingClosed = "finding_closed",
        /// The severity of a finding that fails rose.
        SeverityIncreased = "severity_increased",
        /// A source of a cluster was read for the first time, with all that it had.
        FirstReading = "first_reading",
        /// A source that was read is no longer.
        SourceSilent = "source_silent",
        /// A source that was silent is read again.
        SourceBack = "source_back",
        /// Somebody decided about findings.
        DecisionMade = "decision_made",
        /// Somebody asks that a risk be accepted.
        AcceptanceRequested = "acceptance_requested",
        /// A request was approved or rejected.
        AcceptanceDecided = "acceptance_decided",
        /// An acceptance ends soon.
        AcceptanceEnding = "acceptance_ending",
        /// An acceptance has ended.
        AcceptanceEnded = "acceptance_ended",
        /// A week is over.
        WeeklyDigest = "weekly_digest",
        /// A month is over.
        MonthlyDigest = "monthly_digest",
    }
}

impl EventKind {
    /// What messages gather it under: a source that falls silent and comes back is one story.
    pub const fn topic(self) -> &'static str {
        match self {
            Self::SourceSilent | Self::SourceBack => "source",
            other => other.as_str(),
        }
    }

    /// Whether it tells what became of one finding, which is what tickets and alerts are about.
    pub const fn is_of_one_finding(self) -> bool {
        self.is_of_failing() || matches!(self, Self::FindingClosed)
    }

    /// Whether it tells that one finding fails, for which tickets are made and alerts fire.
    pub const fn is_of_failing(self) -> bool {
        matches!(self, Self::FindingOpened | Self::FindingReopened | Self::SeverityIncreased)
    }

    /// Whether it tells of a risk acceptance.
    pub const fn is_of_acceptance(self) -> bool {
        matches!(
            self,
            Self::AcceptanceRequested | Self::AcceptanceDecided | Self::AcceptanceEnding | Self::AcceptanceEnded
        )
    }

    /// Whether it is told at once, and by itself: nothing else of its kind comes.
    pub const fn is_digest(self) -> bool {
        matches!(self, Self::WeeklyDigest | Self::MonthlyDigest)
    }
}

words! {
    /// How a message travels.
    ChannelKind {
        /// SMTP.
        Mail = "mail",
        /// CloudEvents over HTTP, signed.
        Webhook = "webhook",
        /// An incoming webhook of Slack.
        Slack = "slack",
        /// An incoming webhook of a Microsoft Teams workflow.
        Teams = "teams",
        /// Alertmanager's API, version 2.
        Alertmanager = "alertmanager",
        /// Issues of Jira.
        Jira = "jira",
        /// Issues of GitHub.
        Github = "github",
        /// Issues of GitLab.
        Gitlab = "gitlab",
    }
}

impl ChannelKind {
    /// Whether it takes findings one by one, and nothing else.
    pub const fn per_finding(self) -> bool {
        matches!(self, Self::Alertmanager | Self::Jira | Self::Github | Self::Gitlab)
    }
}

words! {
    /// Where a message stands.
    MessageState {
        /// It waits for more of its kind, or for quiet hours to end.
        Gathering = "gathering",
        /// It was tried, and is tried again.
        Waiting = "waiting",
        /// Its receiver took it.
        Sent = "sent",
        /// It was given up.
        Dead = "dead",
        /// There was nothing left to tell, or nobody to tell it to.
        Dropped = "dropped",
    }
}
