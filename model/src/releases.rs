//! When versions of Kubernetes end. A data file, embedded and validated.

use chrono::NaiveDate;
use serde::Deserialize;
use std::{collections::BTreeMap, sync::LazyLock};

/// When minor versions of Kubernetes 1 end, as the project announced it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Releases {
    /// Where the dates are from.
    pub source: String,
    /// The day as of which they are known.
    pub as_of: NaiveDate,
    ends: BTreeMap<u32, NaiveDate>,
}

static EMBEDDED: LazyLock<Releases> = LazyLock::new(|| {
    toml::from_str(include_str!("../../catalogue/kubernetes-releases.toml")).expect("a test parses the embedded table")
});

impl Releases {
    /// The table that this build carries.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// The last day on which a minor version is supported; `None` where the table does not know it.
    pub fn end_of(&self, minor: u32) -> Option<NaiveDate> {
        self.ends.get(&minor).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::Releases;

    #[test]
    fn later_versions_end_later_and_none_is_left_out() {
        let releases = Releases::embedded();
        let (minors, ends): (Vec<u32>, Vec<_>) = releases.ends.iter().map(|(minor, end)| (*minor, *end)).unzip();
        assert!(minors.windows(2).all(|pair| pair[0] + 1 == pair[1]), "{minors:?}");
        assert!(ends.windows(2).all(|pair| pair[0] < pair[1]), "{ends:?}");
        assert_eq!(releases.end_of(33).map(|end| end.to_string()).as_deref(), Some("2026-06-28"));
        assert_eq!(releases.end_of(99), None);
    }
}
