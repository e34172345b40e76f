//! How a list of findings is shown: grouped, and with which columns. Together with its filter it is a whole address.

use super::{Count, FindingFilter};
use crate::{ids::PersonId, query::BadFilter, severity::Severity, words::words};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

words! {
    /// By what findings are grouped.
    FindingGroupBy {
        /// The check that fails.
        Check = "check",
        /// The object that they are about, on its cluster.
        Workload = "workload",
        /// The published vulnerability.
        Cve = "cve",
        /// Who is to deal with them.
        Owner = "owner",
        /// The control that the check supports; a finding may be in several groups.
        Control = "control",
        /// The cluster.
        Cluster = "cluster",
        /// The namespace, on whatever cluster.
        Namespace = "namespace",
    }
}

words! {
    /// A column of a list of findings. What the finding is, is always there.
    FindingColumn {
        /// How bad it is.
        Severity = "severity",
        /// The id of the check.
        Check = "check",
        /// The source.
        Source = "source",
        /// What fails.
        Subject = "subject",
        /// Its namespace.
        Namespace = "namespace",
        /// The cluster.
        Cluster = "cluster",
        /// Where it stands.
        State = "state",
        /// Who is to deal with it.
        Owner = "owner",
        /// By when it is to be fixed.
        Due = "due",
        /// Its ticket.
        Ticket = "ticket",
        /// Since when it fails.
        Since = "since",
    }
}

impl FindingColumn {
    /// What is shown where nobody has chosen.
    pub const USUAL: &[Self] = &[Self::Severity, Self::Subject, Self::Cluster, Self::State, Self::Since];

    /// Reads columns as they are written: words with dots between them. Each once, in the order of all columns.
    ///
    /// # Errors
    /// The word that is no column.
    pub fn read<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Vec<Self>, String> {
        let mut columns = Vec::new();
        for word in texts.into_iter().flat_map(|text| text.split('.')).filter(|word| !word.is_empty()) {
            columns.push(word.parse().map_err(|_| word.chars().take(100).collect::<String>())?);
        }
        columns.sort_unstable();
        columns.dedup();
        Ok(columns)
    }

    /// Columns as [`FindingColumn::read`] reads them.
    pub fn written(columns: &[Self]) -> String {
        columns.iter().map(|column| column.as_str()).collect::<Vec<_>>().join(".")
    }
}

/// A list of findings as its address has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListView {
    /// Which findings, and in what order.
    pub filter: FindingFilter,
    /// By what they are grouped.
    pub group: Option<FindingGroupBy>,
    /// Which columns are shown; none where the address does not say.
    pub columns: Vec<FindingColumn>,
}

impl ListView {
    /// Reads a query string, as [`FindingFilter::from_query`] does.
    ///
    /// # Errors
    /// What is no part of a list's address.
    pub fn from_query(query: &str) -> Result<Self, BadFilter> {
        let (mut group, mut columns, mut rest) = (None, Vec::new(), form_urlencoded::Serializer::new(String::new()));
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let bad = |value: &str| BadFilter { name: name.to_string(), value: value.chars().take(100).collect() };
            match &*name {
                "group" if !value.is_empty() => group = Some(value.parse().map_err(|_| bad(&value))?),
                "columns" => columns.push(value.into_owned()),
                "group" => {}
                _ => drop(rest.append_pair(&name, &value)),
            }
        }
        let columns = FindingColumn::read(columns.iter().map(String::as_str))
            .map_err(|value| BadFilter { name: "columns".into(), value })?;
        Ok(Self { filter: FindingFilter::from_query(&rest.finish())?, group, columns })
    }

    /// Writes the query string that [`ListView::from_query`] reads back; empty for the usual list.
    pub fn to_query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(self.filter.to_query());
        query.extend_pairs(self.group.map(|group| ("group", group.as_str())));
        if !self.columns.is_empty() {
            query.append_pair("columns", &FindingColumn::written(&self.columns));
        }
        query.finish()
    }

    /// The same list of other findings.
    #[must_use]
    pub fn of(&self, filter: FindingFilter) -> Self {
        Self { filter, ..self.clone() }
    }
}

view! {
    /// How many findings of a group are how bad.
    SeverityCount {
        /// How bad.
        severity: Severity,
        /// How many.
        findings: i64,
    }
}

view! {
    /// Findings that have something in common.
    FindingGroup {
        /// What they have in common, as a filter has it: `A.8.8`, `Deployment/shop/web`, `team:shop`, `nobody`.
        value: String,
        /// What it is called, where that is not a text of the reader's language: a cluster's title, a person's name.
        name: Option<String>,
        /// The cluster, of an object on it.
        cluster: Option<super::ClusterName>,
        /// The filter that lists them, as the query of a list.
        query: String,
        /// How many.
        findings: i64,
        /// How many of each severity that there is, the worst first.
        severities: Vec<SeverityCount>,
    }
}

view! {
    /// Findings in groups.
    FindingGroups {
        /// What a group has in common.
        by: FindingGroupBy,
        /// The groups, the worst first: 200 at most.
        groups: Vec<FindingGroup>,
        /// Whether there are more groups.
        more: bool,
        /// How many findings were looked at: the worst, and 50,000 at most.
        count: Count,
        /// How many of those are in no group, as they name no vulnerability or support no control.
        ungrouped: i64,
        /// Where the groups tell of what was over: from when on that is retained; absent where nothing was ever dropped.
        retained_from: Option<DateTime<Utc>>,
    }
}

view! {
    /// A list that somebody gave a name.
    SavedView {
        /// Its id; `/views/{id}` leads to its list.
        id: Uuid,
        /// What its owner calls it.
        name: String,
        /// The query of its list.
        query: String,
        /// Whether everybody sees it.
        shared: bool,
        /// Whose it is.
        owner: PersonId,
        /// What they were called when they last said so.
        owner_name: String,
        /// Since when it says so.
        changed_at: DateTime<Utc>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_survives_being_written_and_read() {
        let list = ListView {
            filter: FindingFilter { q: Some("a & b".into()), ..FindingFilter::default() },
            group: Some(FindingGroupBy::Workload),
            columns: vec![FindingColumn::Severity, FindingColumn::Owner],
        };
        assert_eq!(list.to_query(), "q=a+%26+b&group=workload&columns=severity.owner");
        assert_eq!(ListView::from_query(&list.to_query()), Ok(list.clone()));
        assert_eq!(
            ListView::from_query("columns=owner&columns=severity&columns=owner&group=workload&q=a+%26+b"),
            Ok(list)
        );
        assert_eq!(ListView::default().to_query(), "");
        assert_eq!(ListView::from_query("group=&columns=&cursor=x&notice=y"), Ok(ListView::default()));
    }

    #[test]
    fn what_is_no_part_of_a_list_is_refused_and_named() {
        for (query, name) in
            [("group=colour", "group"), ("columns=severity.colour", "columns"), ("colour=red", "colour")]
        {
            assert_eq!(ListView::from_query(query).map_err(|bad| bad.name), Err(name.to_owned()), "{query}");
        }
        assert!(FindingFilter::from_query("group=check").is_err(), "a filter alone has no groups");
    }
}
