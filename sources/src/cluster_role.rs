//! The permissions that the declared requests need, as manifests.

use crate::{
    policy::Policy,
    request::{Ask, GROUPS, VERSION, asks},
};
use model::source::Source;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// One rule of a ClusterRole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Lists of a group.
    List {
        /// The group.
        group: String,
        /// The resources.
        resources: Vec<String>,
    },
    /// Objects by name.
    Get {
        /// The group.
        group: String,
        /// The resource.
        resource: String,
        /// The names.
        names: Vec<String>,
    },
    /// Paths that are no resources.
    Paths(Vec<String>),
}

/// The rules that these sources need, a list rule a group.
pub fn rules(sources: &[Source], policy: &Policy) -> Vec<Rule> {
    let mut lists: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut names: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    let mut paths = BTreeSet::from([VERSION.path.to_owned(), GROUPS.path.to_owned()]);
    for ask in sources.iter().flat_map(|source| asks(*source, policy)) {
        match ask {
            Ask::List(list) => drop(lists.entry(list.group.into()).or_default().insert(list.plural.into_owned())),
            Ask::One(object) => {
                names.entry((object.group.into(), object.plural.into())).or_default().insert(object.name.into_owned());
            }
            Ask::Path(path) => drop(paths.insert(path.path.into())),
            // A Role of its own, in one namespace: see `log_roles`.
            // An issuer is not asked of the cluster.
            Ask::Log(_) | Ask::Issuer(_) => {}
        }
    }
    let lists =
        lists.into_iter().map(|(group, resources)| Rule::List { group, resources: resources.into_iter().collect() });
    let names = names.into_iter().map(|((group, resource), names)| Rule::Get {
        group,
        resource,
        names: names.into_iter().collect(),
    });
    lists.chain(names).chain([Rule::Paths(paths.into_iter().collect())]).collect()
}

/// The ClusterRole that lets Bevis make exactly the requests of these sources, and a Role for each log that the policy names.
pub fn cluster_role(sources: &[Source], policy: &Policy) -> String {
    let mut yaml = String::from(HEADER);
    for rule in rules(sources, policy) {
        yaml.push_str(&rule.yaml());
    }
    yaml.push_str(&log_roles(sources, policy));
    yaml
}

impl Rule {
    /// The rule as an entry of `rules`.
    pub fn yaml(&self) -> String {
        match self {
            Self::List { group, resources } => {
                format!("  - apiGroups: [\"{group}\"]\n    resources: [{}]\n    verbs: [list]\n", quoted(resources))
            }
            Self::Get { group, resource, names } => format!(
                "  - apiGroups: [\"{group}\"]\n    resources: [{resource}]\n    resourceNames: [{}]\n    verbs: [get]\n",
                names.join(", ")
            ),
            Self::Paths(paths) => format!("  - nonResourceURLs: [{}]\n    verbs: [get]\n", paths.join(", ")),
        }
    }
}

fn quoted(resources: &[String]) -> String {
    let quoted = |name: &String| if name == "*" { "\"*\"".to_owned() } else { name.clone() };
    resources.iter().map(quoted).collect::<Vec<_>>().join(", ")
}

fn log_roles(sources: &[Source], policy: &Policy) -> String {
    let asks = sources.iter().flat_map(|source| asks(*source, policy));
    let namespaces: BTreeSet<String> =
        asks.filter_map(|ask| if let Ask::Log(log) = ask { Some(log.namespace) } else { None }).collect();
    let mut yaml = String::new();
    for namespace in namespaces {
        // Writing to a String cannot fail.
        let _always_fits = write!(
            yaml,
            "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: bevis-reader\n  \
             namespace: {namespace}\nrules:\n  - apiGroups: [\"\"]\n    resources: [pods/log]\n    verbs: [get]\n"
        );
    }
    yaml
}

const HEADER: &str = "\
# Everything that Bevis may do in a cluster: read these lists and named objects. No Secret, no log, no write, no watch.
# Written by `bevis scan --cluster NAME --dry-run` from the table of requests; a test keeps the two alike.
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: bevis-reader
rules:
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_cluster_role_is_the_generated_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/clusterrole.yaml");
        let generated = cluster_role(Source::ALL, &Policy::default());
        if std::env::var_os("BEVIS_WRITE").is_some() {
            std::fs::write(path, &generated).expect("deploy/clusterrole.yaml");
        }
        assert_eq!(std::fs::read_to_string(path).expect("deploy/clusterrole.yaml"), generated);
    }

    #[test]
    fn the_cluster_role_grants_no_secret_and_no_write() {
        let role: serde_json::Value =
            serde_saphyr::from_str(&cluster_role(Source::ALL, &Policy::default())).expect("YAML");
        for rule in role["rules"].as_array().expect("rules") {
            let words = |key: &str| rule[key].as_array().cloned().unwrap_or_default();
            assert!(!words("resources").iter().any(|r| r == "secrets" || r == "nodes/proxy"));
            assert!(words("verbs").iter().all(|v| v == "list" || v == "get"));
        }
    }
}
