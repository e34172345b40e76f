//! How bad a finding is.

use crate::words::words;

words! {
    /// Severity, from least to most; the order of the variants is the order of the scale.
    Severity {
        /// The source named none.
        Unknown = "unknown",
        /// Worth knowing.
        Info = "info",
        /// Low.
        Low = "low",
        /// Medium.
        Medium = "medium",
        /// High.
        High = "high",
        /// Critical.
        Critical = "critical",
    }
}

impl Severity {
    /// The rank stored in SQL, 0 (unknown) to 5 (critical), so that lists sort by severity.
    pub const fn rank(self) -> i16 {
        self as i16
    }
}

impl From<i16> for Severity {
    /// A rank that no severity has reads as [`Severity::Unknown`].
    fn from(rank: i16) -> Self {
        usize::try_from(rank).ok().and_then(|i| Self::ALL.get(i)).copied().unwrap_or(Self::Unknown)
    }
}
