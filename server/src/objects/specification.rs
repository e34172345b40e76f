//! What tells one specification of an object from another, whatever else of it moves.

use super::Written;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What tells what an object is to be from what it was: of a workload's pod, its images by container; of anything else, a
/// digest of all but its metadata, its status and how many replicas it has. `None` where there is nothing to tell by.
pub(crate) fn print(json: &[u8], is_itself: bool) -> Option<String> {
    let Written { object, .. } = serde_json::from_slice(json).ok()?;
    let Value::Object(object) = object else { return None };
    if is_itself { digest(object) } else { images(&object) }
}

fn digest(mut object: Map<String, Value>) -> Option<String> {
    for moving in ["apiVersion", "kind", "metadata", "status"] {
        object.remove(moving);
    }
    if let Some(Value::Object(specification)) = object.get_mut("spec") {
        specification.remove("replicas");
    }
    if object.is_empty() {
        return None;
    }
    let mut text = String::new();
    write(&Value::Object(object), &mut text);
    Some(hex::encode(Sha256::digest(text)).chars().take(32).collect())
}

/// With its fields in one order, whichever order they came in.
fn write(value: &Value, text: &mut String) {
    match value {
        Value::Object(fields) => {
            text.push('{');
            for (name, value) in fields.iter().collect::<BTreeMap<_, _>>() {
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                write(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write(item, text);
                text.push(',');
            }
            text.push(']');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

fn images(pod: &Map<String, Value>) -> Option<String> {
    let specification = pod.get("spec")?;
    let containers =
        ["initContainers", "containers"].into_iter().filter_map(|list| specification.get(list)?.as_array());
    let mut images: Vec<String> = containers
        .flatten()
        .filter_map(|container| {
            Some(format!("{}={}", container.get("name")?.as_str()?, container.get("image")?.as_str()?))
        })
        .collect();
    images.sort();
    (!images.is_empty()).then(|| images.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(object: &str, is_itself: bool) -> Option<String> {
        print(format!(r#"{{"object":{object},"redacted":[],"dropped":[]}}"#).as_bytes(), is_itself)
    }

    #[test]
    fn a_specification_is_another_only_where_what_is_to_be_is_another() {
        let of = |object: &str| of(object, true);
        let base = of(
            r#"{"kind":"Deployment","metadata":{"name":"a","resourceVersion":"1"},"spec":{"replicas":2,"template":{"x":1,"y":[2]}},"status":{"ready":1}}"#,
        );
        assert!(base.is_some());
        let moved = r#"{"metadata":{"resourceVersion":"9"},"spec":{"template":{"y":[2],"x":1},"replicas":5}}"#;
        assert_eq!(of(moved), base, "scaling, status and metadata count for nothing, nor does the order of fields");
        assert_ne!(of(r#"{"spec":{"template":{"y":[2],"x":2}}}"#), base);
        assert_eq!(of(r#"{"kind":"Namespace","metadata":{"name":"a"}}"#), None, "nothing to tell by");
        assert_eq!(of("[]"), None);
    }

    #[test]
    fn of_a_pod_its_images_count() {
        let pod = r#"{"spec":{"nodeName":"n1","containers":[{"name":"b","image":"b:1"},{"name":"a","image":"a:1"}]}}"#;
        assert_eq!(of(pod, false).as_deref(), Some("a=a:1,b=b:1"));
        assert_eq!(of(r#"{"spec":{"containers":[]}}"#, false), None);
    }
}
