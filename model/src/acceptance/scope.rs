//! What an acceptance is about.

use crate::{
    ids::{CheckId, FindingId},
    labels::Selector,
};
use serde::{Deserialize, Deserializer, Serialize};

/// What an acceptance is about. Whatever falls under it later is covered too, as long as it is no worse than what was
/// accepted. Clusters are named as in the configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "scope", rename_all = "snake_case", deny_unknown_fields)]
pub enum AcceptanceScope {
    /// One finding.
    Finding {
        /// Which.
        finding: FindingId,
    },
    /// A check on a cluster.
    Cluster {
        /// The check.
        check: CheckId,
        /// The cluster.
        cluster: String,
    },
    /// A check in a namespace, and on the namespace itself.
    Namespace {
        /// The check.
        check: CheckId,
        /// The cluster.
        cluster: String,
        /// The namespace.
        namespace: String,
    },
    /// A check on a workload, or on any other object.
    Workload {
        /// The check.
        check: CheckId,
        /// The cluster.
        cluster: String,
        /// Its namespace, where its kind has one.
        namespace: Option<String>,
        /// Its kind, as `Deployment`.
        workload_kind: String,
        /// Its name.
        workload: String,
    },
    /// A check in every namespace that carries a team's label.
    Team {
        /// The check.
        check: CheckId,
        /// On one cluster; on all where none is named.
        cluster: Option<String>,
        /// The value of the label.
        team: String,
    },
    /// A check on everything that carries labels, by those of the subject and of its namespace that are kept.
    Labels {
        /// The check.
        check: CheckId,
        /// On one cluster; on all where none is named.
        cluster: Option<String>,
        /// The labels, in the syntax of Kubernetes: `environment in (test,dev),tier!=db`.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        selector: Selector,
    },
    /// A vulnerability, wherever it is.
    Cve {
        /// As `CVE-2026-0001`; in capitals, however it was asked for.
        #[serde(deserialize_with = "spelled_alike")]
        cve: String,
    },
}

impl AcceptanceScope {
    /// The word of its kind, in SQL, URLs and translation keys.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Finding { .. } => "finding",
            Self::Cluster { .. } => "cluster",
            Self::Namespace { .. } => "namespace",
            Self::Workload { .. } => "workload",
            Self::Team { .. } => "team",
            Self::Labels { .. } => "labels",
            Self::Cve { .. } => "cve",
        }
    }

    /// Every kind, in the order in which they are offered.
    pub const KINDS: &[&str] = &["finding", "workload", "namespace", "labels", "team", "cluster", "cve"];

    /// The check, where it is about one.
    pub const fn check(&self) -> Option<&CheckId> {
        match self {
            Self::Finding { .. } | Self::Cve { .. } => None,
            Self::Cluster { check, .. }
            | Self::Namespace { check, .. }
            | Self::Workload { check, .. }
            | Self::Team { check, .. }
            | Self::Labels { check, .. } => Some(check),
        }
    }

    /// The cluster, where it is about one.
    pub fn cluster(&self) -> Option<&str> {
        match self {
            Self::Finding { .. } | Self::Cve { .. } => None,
            Self::Cluster { cluster, .. } | Self::Namespace { cluster, .. } | Self::Workload { cluster, .. } => {
                Some(cluster)
            }
            Self::Team { cluster, .. } | Self::Labels { cluster, .. } => cluster.as_deref(),
        }
    }

    /// Whether it is about one object, so that a change of it can be told.
    pub const fn is_of_one_object(&self) -> bool {
        matches!(self, Self::Finding { .. } | Self::Workload { .. })
    }

    /// Reads it from named values, as a form or an address has them; `None` where something is missing or is not one.
    pub fn from_values<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Option<Self> {
        let given = |name: &str| value(name).map(str::trim).filter(|text| !text.is_empty()).map(ToOwned::to_owned);
        let check = || given("check").map(CheckId);
        Some(match given("scope")?.as_str() {
            "finding" => Self::Finding { finding: given("finding")?.parse().ok()? },
            "cluster" => Self::Cluster { check: check()?, cluster: given("cluster")? },
            "namespace" => {
                Self::Namespace { check: check()?, cluster: given("cluster")?, namespace: given("namespace")? }
            }
            "workload" => Self::Workload {
                check: check()?,
                cluster: given("cluster")?,
                namespace: given("namespace"),
                workload_kind: given("workload_kind")?,
                workload: given("workload")?,
            },
            "team" => Self::Team { check: check()?, cluster: given("cluster"), team: given("team")? },
            "labels" => {
                Self::Labels { check: check()?, cluster: given("cluster"), selector: given("selector")?.parse().ok()? }
            }
            "cve" => Self::Cve { cve: spelled(given("cve")?) },
            _ => return None,
        })
    }

    /// The named values that [`AcceptanceScope::from_values`] reads back.
    pub fn to_values(&self) -> Vec<(&'static str, String)> {
        let mut values = vec![("scope", self.kind().to_owned())];
        values.extend(self.check().map(|check| ("check", check.0.clone())));
        values.extend(self.cluster().map(|cluster| ("cluster", cluster.to_owned())));
        match self {
            Self::Finding { finding } => values.push(("finding", finding.to_string())),
            Self::Cluster { .. } => {}
            Self::Namespace { namespace, .. } => values.push(("namespace", namespace.clone())),
            Self::Workload { namespace, workload_kind, workload, .. } => {
                values.extend(namespace.clone().map(|namespace| ("namespace", namespace)));
                values.push(("workload_kind", workload_kind.clone()));
                values.push(("workload", workload.clone()));
            }
            Self::Team { team, .. } => values.push(("team", team.clone())),
            Self::Labels { selector, .. } => values.push(("selector", selector.to_string())),
            Self::Cve { cve } => values.push(("cve", cve.clone())),
        }
        values
    }

    /// The address of the page that asks for an acceptance of it.
    pub fn address(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.to_values());
        format!("/acceptances/new?{}", query.finish())
    }
}

/// The id of a published vulnerability (`CVE-2026-0001`, `GHSA-…`) in capitals, as findings are searched and accepted by it,
/// however it is written; `None` where a text is anything else. The same as `finding_cve` of the schema.
pub fn advisory(text: &str) -> Option<String> {
    let capitals = text.to_ascii_uppercase();
    let mut parts = capitals.split('-');
    let (family, rest) = (parts.next(), parts.collect::<Vec<_>>());
    let number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let word = |part: &&str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is = match family {
        Some("CVE") => {
            matches!(rest.as_slice(), [year, id] if year.len() == 4 && number(year) && (4..=19).contains(&id.len()) && number(id))
        }
        Some("GHSA") => rest.len() == 3 && rest.iter().all(word),
        _ => false,
    };
    is.then_some(capitals)
}

/// What is no id stays as it is, and is refused by who knows how to say so.
fn spelled(text: String) -> String {
    advisory(&text).unwrap_or(text)
}

fn spelled_alike<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    String::deserialize(from).map(spelled)
}
