//! An object of any kind, as the API server sent it: kept as text, which is a tenth of what it would be as values.

use crate::page::Named;
use serde::{Deserialize, Deserializer, de::Error};
use serde_json::value::RawValue;

/// An object of any kind.
#[derive(Clone, Debug)]
pub struct AnyObject {
    /// Its namespace, if it has one.
    pub namespace: Option<String>,
    /// Its name.
    pub name: String,
    /// All of it.
    pub json: Box<RawValue>,
}

impl Named for AnyObject {
    fn name(&self) -> Option<&str> {
        Some(&self.name)
    }
}

impl<'de> Deserialize<'de> for AnyObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Object {
            metadata: Metadata,
        }
        #[derive(Deserialize)]
        struct Metadata {
            name: String,
            #[serde(default)]
            namespace: Option<String>,
        }
        let json = Box::<RawValue>::deserialize(deserializer)?;
        let object: Object = serde_json::from_str(json.get()).map_err(|_| D::Error::custom("no metadata"))?;
        let Metadata { name, namespace } = object.metadata;
        Ok(Self { namespace, name, json })
    }
}
