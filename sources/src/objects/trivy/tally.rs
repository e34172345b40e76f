//! Entries of a report, weighed while they are read: counted, and kept only where a rule speaks of them.

use super::{ExposedSecret, FailedCheck, Fixable, Summary};
use model::severity::Severity;
use serde::{
    Deserialize, Deserializer,
    de::{SeqAccess, Visitor},
};
use std::{fmt, marker::PhantomData};

/// Entries of a report, weighed.
#[derive(Clone, Debug)]
pub struct Tally<T> {
    /// How many count towards the summary, by severity.
    pub counted: Summary,
    /// Those that a rule speaks of.
    pub kept: Vec<T>,
    /// Those with a severity that is none of Trivy's, so that nobody knows whether a rule speaks of them.
    pub unclear: u32,
}

/// An entry as it is written.
trait Entry<'de>: Deserialize<'de> {
    type Kept;

    /// Its severity as written, where it counts, and what is kept of it.
    fn weigh(self) -> Option<(Grade, Option<Self::Kept>)>;
}

/// A severity as Trivy writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Grade {
    Critical,
    High,
    Medium,
    Low,
    Unknown,
    #[serde(other)]
    Other,
}

impl Grade {
    /// Unknown is medium: neither raised nor lost.
    const fn severity(self) -> Severity {
        match self {
            Self::Critical => Severity::Critical,
            Self::High => Severity::High,
            Self::Low => Severity::Low,
            Self::Medium | Self::Unknown | Self::Other => Severity::Medium,
        }
    }

    const fn is_grave(self) -> bool {
        matches!(self, Self::Critical | Self::High)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct VulnerabilityEntry {
    #[serde(rename = "vulnerabilityID")]
    id: Box<str>,
    resource: Box<str>,
    #[serde(default)]
    package_path: Option<Box<str>>,
    installed_version: Box<str>,
    fixed_version: Box<str>,
    #[serde(default)]
    published_date: Option<Box<str>>,
    severity: Grade,
}

#[derive(Deserialize)]
struct SecretEntry {
    #[serde(rename = "ruleID")]
    rule: Box<str>,
    target: Box<str>,
    severity: Grade,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CheckEntry {
    #[serde(default, rename = "checkID")]
    id: Option<Box<str>>,
    #[serde(default)]
    title: Option<Box<str>>,
    severity: Grade,
    success: bool,
}

impl Entry<'_> for VulnerabilityEntry {
    type Kept = Fixable;

    fn weigh(self) -> Option<(Grade, Option<Fixable>)> {
        let is_kept = self.severity.is_grave() && !self.fixed_version.trim().is_empty();
        let severity = self.severity.severity();
        let (id, package, path) = (self.id, self.resource, self.package_path);
        let (installed, fixed) = (self.installed_version, self.fixed_version);
        // Empty where nobody knows it.
        let published = self.published_date.and_then(|date| date.get(..10)?.parse().ok());
        let kept = Fixable { id, package, path, installed, fixed, published, severity };
        Some((self.severity, is_kept.then_some(kept)))
    }
}

impl Entry<'_> for SecretEntry {
    type Kept = ExposedSecret;

    fn weigh(self) -> Option<(Grade, Option<ExposedSecret>)> {
        let kept = ExposedSecret { rule: self.rule, target: self.target, severity: self.severity.severity() };
        Some((self.severity, Some(kept)))
    }
}

impl Entry<'_> for CheckEntry {
    type Kept = FailedCheck;

    fn weigh(self) -> Option<(Grade, Option<FailedCheck>)> {
        if self.success {
            return None;
        }
        let severity = self.severity.severity();
        let (id, title) = (self.id.unwrap_or_default(), self.title.unwrap_or_default());
        let kept = self.severity.is_grave().then(|| FailedCheck { id: normal(&id), title, severity });
        Some((self.severity, kept))
    }
}

/// An id as the newest versions write it: `KSV014` and `AVD-KSV-0014` are `KSV-0014`. Others are left as they are.
pub fn normal(id: &str) -> Box<str> {
    let bare = id.trim().strip_prefix("AVD-").unwrap_or(id.trim());
    let letters = bare.bytes().take_while(u8::is_ascii_uppercase).count();
    let (word, rest) = bare.split_at(letters);
    let digits = rest.strip_prefix('-').unwrap_or(rest);
    match digits.parse::<u32>() {
        Ok(number) if (2..=4).contains(&letters) && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{word}-{number:04}").into()
        }
        _ => id.trim().into(),
    }
}

impl<T> Default for Tally<T> {
    fn default() -> Self {
        Self { counted: Summary::default(), kept: Vec::new(), unclear: 0 }
    }
}

impl<T> Tally<T> {
    fn count(&mut self, grade: Grade) {
        let figure = match grade {
            Grade::Critical => &mut self.counted.critical_count,
            Grade::High => &mut self.counted.high_count,
            Grade::Medium => &mut self.counted.medium_count,
            Grade::Low => &mut self.counted.low_count,
            Grade::Unknown => &mut self.counted.unknown_count,
            Grade::Other => &mut self.unclear,
        };
        *figure = figure.saturating_add(1);
    }
}

struct Entries<E>(PhantomData<E>);

impl<'de, E: Entry<'de>> Visitor<'de> for Entries<E> {
    type Value = Tally<E::Kept>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut tally = Tally::default();
        while let Some(entry) = entries.next_element::<E>()? {
            let Some((grade, kept)) = entry.weigh() else { continue };
            tally.count(grade);
            tally.kept.extend(kept);
        }
        tally.kept.shrink_to_fit();
        Ok(tally)
    }
}

macro_rules! tallied {
    ($kept:ty, $entry:ty) => {
        impl<'de> Deserialize<'de> for Tally<$kept> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_seq(Entries::<$entry>(PhantomData))
            }
        }
    };
}

tallied!(Fixable, VulnerabilityEntry);
tallied!(ExposedSecret, SecretEntry);
tallied!(FailedCheck, CheckEntry);

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn ids_are_those_of_the_newest_version() {
        for (written, expected) in [
            ("KSV014", "KSV-0014"),
            ("AVD-KSV-0014", "KSV-0014"),
            ("KSV-0014", "KSV-0014"),
            ("KCV0020", "KCV-0020"),
            ("hostPIDSet", "hostPIDSet"),
            ("KSV-", "KSV-"),
            ("KSV-+14", "KSV-+14"),
            ("KSV-99999999999", "KSV-99999999999"),
            ("", ""),
        ] {
            assert_eq!(&*normal(written), expected, "{written}");
        }
    }
}
