//! One version of one object, by which it is known again.

use serde::Deserialize;

/// A version of an object. Two that are equal are the same object with the same content: a uid is given once in all
/// clusters, and an object's `resourceVersion` changes with every write to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its namespace, where it has one.
    pub namespace: Option<String>,
    /// Its name.
    pub name: String,
    /// Its uid.
    pub uid: String,
    /// Its `resourceVersion`.
    pub version: String,
}

#[derive(Deserialize)]
struct Object {
    metadata: Metadata,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    name: String,
    #[serde(default)]
    namespace: Option<String>,
    uid: String,
    resource_version: String,
}

impl Version {
    /// That of an object, from its JSON; `None` where it does not tell all of it.
    pub fn of(text: &[u8]) -> Option<Self> {
        let Object { metadata } = serde_json::from_slice(text).ok()?;
        let Metadata { name, namespace, uid, resource_version: version } = metadata;
        let told = [&name, &uid, &version].into_iter().all(|part| !part.is_empty());
        told.then_some(Self { namespace, name, uid, version })
    }

    /// What an object is called, whichever version of it.
    pub fn key(&self) -> (Option<&str>, &str) {
        (self.namespace.as_deref(), &self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn an_object_that_does_not_tell_all_of_it_has_no_version() {
        let whole = r#"{"metadata":{"namespace":"a","name":"b","uid":"c","resourceVersion":"7"},"spec":1}"#;
        let version = Version::of(whole.as_bytes()).expect("it tells all");
        assert_eq!((version.key(), version.uid.as_str(), version.version.as_str()), ((Some("a"), "b"), "c", "7"));
        for part in [r#""b""#, r#""c""#, r#""7""#] {
            assert_eq!(Version::of(whole.replace(part, "\"\"").as_bytes()), None, "{part}");
            assert_eq!(Version::of(whole.replace(part, "null").as_bytes()), None, "{part}");
        }
        assert_eq!(Version::of(b"{}"), None);
    }
}
