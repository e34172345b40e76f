//! The written form of a findings filter: the URL is the state of the list.

use crate::{
    disposition::Ticket,
    ids::{CheckId, ControlId},
    views::{ChangesFilter, FindingFilter, FindingSort},
};

/// The parameter with the instant that a page or an answer speaks of.
pub const AS_OF: &str = "as_of";

/// What an address says besides its instant: pairs that another instant of the same page has too. A place in a list and
/// what the last action did belong to the instant, and are left out.
pub fn lasting(address: &str) -> Vec<(String, String)> {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    form_urlencoded::parse(query.as_bytes())
        .filter(|(name, value)| name != AS_OF && name != "notice" && !name.ends_with("cursor") && !value.is_empty())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

/// The same page at another instant (as it stands in an address), or now.
pub fn at_instant(address: &str, as_of: Option<&str>) -> String {
    let path = address.split('?').next().unwrap_or_default();
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(lasting(address));
    query.extend_pairs(as_of.map(|as_of| (AS_OF, as_of)));
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

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

/// The id of a published vulnerability in capitals, as the database keeps them; nothing where it can be none.
fn advisory(text: &str) -> Option<String> {
    let plain = text.len() <= 40 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    plain.then(|| text.to_ascii_uppercase())
}

impl FindingFilter {
    /// Reads a query string. Empty values and parameters of the page itself (`cursor`, `notice`) are passed over;
    /// anything else that is not a filter is refused rather than silently ignored.
    pub fn from_query(query: &str) -> Result<Self, BadFilter> {
        let mut filter = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if value.is_empty() || matches!(&*name, "cursor" | "notice" | "limit" | AS_OF) {
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
                "changed" => filter.changed = Some(value.parse().map_err(|_| bad())?),
                "namespace" if !value.contains('\0') => filter.namespace = Some(value.into_owned()),
                "workload" => filter.workload = Some(value.parse().map_err(|_| bad())?),
                "cve" => filter.cve = Some(advisory(&value).ok_or_else(bad)?),
                "assignee" => filter.assignee.push(value.parse().map_err(|_| bad())?),
                "due" => filter.due = Some(value.parse().map_err(|_| bad())?),
                "service" => filter.service = Some(value.parse().map_err(|_| bad())?),
                "ticket" => filter.ticket = Some(Ticket::read(&value).ok_or_else(bad)?.address().to_owned()),
                "sort" => filter.sort = value.parse().map_err(|_| bad())?,
                "q" => filter.q = Some(value.trim().to_owned()),
                "text" if value.chars().count() <= LONGEST_TEXT => filter.text = Some(value.trim().to_owned()),
                _ => return Err(bad()),
            }
        }
        filter.text = filter.text.filter(|text| !text.is_empty());
        filter.q = filter.q.filter(|words| !words.is_empty());
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
        query.extend_pairs(self.assignee.iter().map(|v| ("assignee", v.to_string())));
        query.extend_pairs(self.due.iter().map(|v| ("due", v.as_str())));
        query.extend_pairs(self.service.iter().map(|v| ("service", v.as_str())));
        query.extend_pairs(self.ticket.iter().map(|v| ("ticket", v.as_str())));
        query.extend_pairs(self.changed.iter().map(|v| ("changed", v.to_string())));
        query.extend_pairs(self.namespace.iter().map(|v| ("namespace", v.as_str())));
        query.extend_pairs(self.workload.iter().map(|v| ("workload", v.to_string())));
        query.extend_pairs(self.cve.iter().map(|v| ("cve", v.as_str())));
        query.extend_pairs(self.text.iter().map(|v| ("text", v.as_str())));
        query.extend_pairs(self.q.iter().map(|v| ("q", v.as_str())));
        if self.sort != FindingSort::default() {
            query.append_pair("sort", self.sort.as_str());
        }
        query.finish()
    }
}

/// The parameters of a comparison that are not its filter.
const OF_COMPARISON: &[&str] =
    &["from", "to", "cursor", "decisions_cursor", "acceptances_cursor", "limit", "notice", AS_OF];

impl ChangesFilter {
    /// Reads a query string, as [`FindingFilter::from_query`] does.
    ///
    /// # Errors
    /// A parameter or a value that is none of the filter's.
    pub fn from_query(query: &str) -> Result<Self, BadFilter> {
        let mut filter = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if value.is_empty() || OF_COMPARISON.contains(&&*name) {
                continue;
            }
            let bad = || BadFilter { name: name.chars().take(100).collect(), value: value.chars().take(100).collect() };
            match &*name {
                "cluster" => filter.cluster.push(value.into_owned()),
                "source" => filter.source.push(value.parse().map_err(|_| bad())?),
                "severity" => filter.severity.push(value.parse().map_err(|_| bad())?),
                "kind" => filter.kind.push(value.parse().map_err(|_| bad())?),
                "control" => filter.control.push(ControlId(value.into_owned())),
                _ => return Err(bad()),
            }
        }
        Ok(filter)
    }

    /// Writes the query string that [`ChangesFilter::from_query`] reads back; empty for the default filter.
    pub fn to_query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.cluster.iter().map(|v| ("cluster", v.as_str())));
        query.extend_pairs(self.source.iter().map(|v| ("source", v.as_str())));
        query.extend_pairs(self.control.iter().map(|v| ("control", v.as_str())));
        query.extend_pairs(self.severity.iter().map(|v| ("severity", v.as_str())));
        query.extend_pairs(self.kind.iter().map(|v| ("kind", v.as_str())));
        query.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        disposition::Assignee,
        finding::FindingState,
        severity::Severity,
        source::Source,
        views::{AssigneeFilter, ChangedFilter, DueFilter, ServiceFilter, WorkloadFilter},
    };

    #[test]
    fn a_filter_survives_being_written_and_read() {
        let filter = FindingFilter {
            cluster: vec!["prod-cph".into(), "edge".into()],
            source: vec![Source::Velero],
            severity: vec![Severity::Critical, Severity::High],
            control: Some("A.8.13".into()),
            check: Some("bak.recent".into()),
            state: vec![FindingState::Closed],
            assignee: vec![AssigneeFilter::Nobody, AssigneeFilter::Of(Assignee::Team("drift & co".into()))],
            due: Some(DueFilter::Overdue),
            service: Some(ServiceFilter::DueSoon),
            ticket: Some("https://tickets.example/browse/OPS-1?a=b&c".into()),
            changed: Some(ChangedFilter::Since(chrono::DateTime::UNIX_EPOCH)),
            namespace: Some("shop".into()),
            workload: Some(WorkloadFilter { kind: "Role".into(), namespace: None, name: "a/b & c".into() }),
            cve: Some("CVE-2026-1234".into()),
            text: Some("ns/æøå & =".into()),
            q: Some("cve-2026 æøå & =".into()),
            sort: FindingSort::Oldest,
        };
        assert_eq!(FindingFilter::from_query(&filter.to_query()), Ok(filter));
        assert_eq!(FindingFilter::default().to_query(), "");
    }

    #[test]
    fn a_filter_of_changes_survives_being_written_and_read() {
        let filter = ChangesFilter {
            cluster: vec!["edge".into(), "prod-cph".into()],
            source: vec![Source::Velero],
            control: vec!["A.8.13".into()],
            severity: vec![Severity::High],
            kind: vec![crate::views::ChangeKind::Passing],
        };
        assert_eq!(ChangesFilter::from_query(&filter.to_query()), Ok(filter));
        let of_the_page =
            "from=2026-01-01&to=2026-02-01&cursor=x&decisions_cursor=y&acceptances_cursor=z&severity=&kind=";
        assert_eq!(ChangesFilter::from_query(of_the_page), Ok(ChangesFilter::default()));
        assert!(ChangesFilter::from_query("kind=better").is_err() && ChangesFilter::from_query("colour=red").is_err());
    }

    #[test]
    fn what_is_no_filter_is_refused_and_named() {
        for (query, name) in [
            ("severity=awful", "severity"),
            ("colour=red", "colour"),
            ("sort=price", "sort"),
            ("assignee=anna", "assignee"),
            ("due=soon", "due"),
            ("service=late", "service"),
            ("ticket=OPS-1", "ticket"),
            ("workload=web", "workload"),
            ("changed=yesterday", "changed"),
            ("changed=-262143-01-01T00:00:00Z", "changed"),
            ("workload=Deployment/shop/", "workload"),
            ("namespace=%00", "namespace"),
            ("cve=%27%20or%201", "cve"),
        ] {
            assert_eq!(FindingFilter::from_query(query).map_err(|bad| bad.name), Err(name.to_owned()));
        }
    }

    #[test]
    fn another_instant_of_a_page_keeps_its_filters_and_loses_its_place() {
        let address =
            "/findings?severity=high&text=a%26b&as_of=2026-06-30T00%3A00%3A00Z&cursor=x&decisions_cursor=y&notice=z";
        assert_eq!(at_instant(address, None), "/findings?severity=high&text=a%26b");
        assert_eq!(at_instant(address, Some("T")), "/findings?severity=high&text=a%26b&as_of=T");
        assert_eq!(at_instant("/", Some("T")), "/?as_of=T");
        assert_eq!(at_instant("/?as_of=T", None), "/");
    }

    #[test]
    fn an_empty_form_field_is_no_restriction() {
        assert_eq!(FindingFilter::from_query("text=&control=&severity=&cursor=abc"), Ok(FindingFilter::default()));
    }
}
