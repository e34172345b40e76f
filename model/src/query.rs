//! The written form of a findings filter: the URL is the state of the list.

use crate::{
    ids::{CheckId, ControlId},
    views::{FindingFilter, FindingSort},
};

/// A query that cannot be read as a filter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name}={value} is not a filter")]
pub struct BadFilter {
    /// The parameter.
    pub name: String,
    /// Its value, cut to 100 characters.
    pub value: String,
}

/// Text to search for at most, in characters.
const LONGEST_TEXT: usize = 200;

impl FindingFilter {
    /// Reads a query string. Empty values and parameters of the page itself (`cursor`, `notice`) are passed over;
    /// anything else that is not a filter is refused rather than silently ignored.
    pub fn from_query(query: &str) -> Result<Self, BadFilter> {
        let mut filter = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if value.is_empty() || matches!(&*name, "cursor" | "notice" | "limit") {
                continue;
            }
            let bad = || BadFilter { name: name.chars().take(100).collect(), value: value.chars().take(100).collect() };
            match &*name {
                "cluster" => filter.cluster.push(value.into_owned()),
                "source" => filter.source.push(value.parse().map_err(|_| bad())?),
                "severity" => filter.severity.push(value.parse().map_err(|_| bad())?),
                "state" => filter.state.push(value.parse().map_err(|_| bad())?),
                "control" => filter.control = Some(ControlId(value.into_owned())),
                "check" => filter.check = Some(CheckId(value.into_owned())),
                "sort" => filter.sort = value.parse().map_err(|_| bad())?,
                "text" if value.chars().count() <= LONGEST_TEXT => filter.text = Some(value.trim().to_owned()),
                _ => return Err(bad()),
            }
        }
        filter.text = filter.text.filter(|text| !text.is_empty());
        Ok(filter)
    }

    /// Writes the query string that [`FindingFilter::from_query`] reads back; empty for the default filter.
    pub fn to_query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.cluster.iter().map(|v| ("cluster", v.as_str())));
        query.extend_pairs(self.source.iter().map(|v| ("source", v.as_str())));
        query.extend_pairs(self.severity.iter().map(|v| ("severity", v.as_str())));
        query.extend_pairs(self.state.iter().map(|v| ("state", v.as_str())));
        query.extend_pairs(self.control.iter().map(|v| ("control", v.as_str())));
        query.extend_pairs(self.check.iter().map(|v| ("check", v.as_str())));
        query.extend_pairs(self.text.iter().map(|v| ("text", v.as_str())));
        if self.sort != FindingSort::default() {
            query.append_pair("sort", self.sort.as_str());
        }
        query.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{finding::FindingState, severity::Severity, source::Source};

    #[test]
    fn a_filter_survives_being_written_and_read() {
        let filter = FindingFilter {
            cluster: vec!["prod-cph".into(), "edge".into()],
            source: vec![Source::Velero],
            severity: vec![Severity::Critical, Severity::High],
            control: Some("A.8.13".into()),
            check: Some("bak.recent".into()),
            state: vec![FindingState::Closed],
            text: Some("ns/æøå & =".into()),
            sort: FindingSort::Oldest,
        };
        assert_eq!(FindingFilter::from_query(&filter.to_query()), Ok(filter));
        assert_eq!(FindingFilter::default().to_query(), "");
    }

    #[test]
    fn what_is_no_filter_is_refused_and_named() {
        for (query, name) in [("severity=awful", "severity"), ("colour=red", "colour"), ("sort=price", "sort")] {
            assert_eq!(FindingFilter::from_query(query).map_err(|bad| bad.name), Err(name.to_owned()));
        }
    }

    #[test]
    fn an_empty_form_field_is_no_restriction() {
        assert_eq!(FindingFilter::from_query("text=&control=&severity=&cursor=abc"), Ok(FindingFilter::default()));
    }
}
