//! Label selectors.

use serde::Deserialize;
use std::collections::BTreeMap;

/// A label selector; an empty one selects everything.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LabelSelector {
    /// Labels with their values.
    pub match_labels: Option<BTreeMap<String, String>>,
    /// Anything else.
    pub match_expressions: Option<Vec<Requirement>>,
}

/// What a label must be.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Requirement {
    /// The label.
    pub key: Option<String>,
    /// `In`, `NotIn`, `Exists`, `DoesNotExist`.
    pub operator: Option<String>,
    /// Its values.
    pub values: Option<Vec<String>>,
}

impl LabelSelector {
    /// Whether it selects everything.
    pub fn is_empty(&self) -> bool {
        self.match_labels.as_ref().is_none_or(BTreeMap::is_empty)
            && self.match_expressions.as_ref().is_none_or(Vec::is_empty)
    }

    /// Whether it selects an object with these labels; `None` where it is not understood.
    pub fn selects(&self, labels: &BTreeMap<String, String>) -> Option<bool> {
        let mut all = self.match_labels.iter().flatten().all(|(key, value)| labels.get(key) == Some(value));
        for requirement in self.match_expressions.iter().flatten() {
            all &= requirement.holds(labels)?;
        }
        Some(all)
    }
}

impl Requirement {
    fn holds(&self, labels: &BTreeMap<String, String>) -> Option<bool> {
        let label = labels.get(self.key.as_ref()?);
        let among = || label.is_some_and(|label| self.values.iter().flatten().any(|value| value == label));
        match self.operator.as_deref()? {
            "In" => Some(among()),
            "NotIn" => Some(!among()),
            "Exists" => Some(label.is_some()),
            "DoesNotExist" => Some(label.is_none()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_are_those_of_kubernetes() {
        let labels = BTreeMap::from([("app".to_owned(), "web".to_owned())]);
        for (selector, expected) in [
            ("{}", Some(true)),
            (r#"{"matchLabels": {"app": "web"}}"#, Some(true)),
            (r#"{"matchLabels": {"app": "db"}}"#, Some(false)),
            (r#"{"matchExpressions": [{"key": "app", "operator": "In", "values": ["db", "web"]}]}"#, Some(true)),
            (r#"{"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["web"]}]}"#, Some(false)),
            (r#"{"matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["web"]}]}"#, Some(true)),
            (r#"{"matchExpressions": [{"key": "app", "operator": "Exists"}]}"#, Some(true)),
            (r#"{"matchExpressions": [{"key": "app", "operator": "DoesNotExist"}]}"#, Some(false)),
            (r#"{"matchExpressions": [{"key": "app", "operator": "Resembles"}]}"#, None),
            (r#"{"matchExpressions": [{"operator": "Exists"}]}"#, None),
        ] {
            let parsed: LabelSelector = serde_json::from_str(selector).expect("a selector");
            assert_eq!(parsed.selects(&labels), expected, "{selector}");
        }
    }
}
