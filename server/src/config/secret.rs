//! Secrets, in place or in a file.

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, Unexpected, Visitor, value::MapAccessDeserializer},
};
use std::path::PathBuf;

/// A secret given in place, or in a file (`{ file = "..." }`). Its `Debug` tells nothing, and what is
/// written of it is only that it is set.
#[derive(Clone)]
pub enum Secret {
    /// In place.
    Value(String),
    /// In a file, whose trailing line break is cut.
    File {
        /// The file.
        file: PathBuf,
    },
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("set")
    }
}

impl Secret {
    /// The secret itself.
    pub fn reveal(&self) -> std::io::Result<String> {
        match self {
            Self::Value(value) => Ok(value.clone()),
            Self::File { file } => Ok(std::fs::read_to_string(file)?.trim_end_matches(['\r', '\n']).to_owned()),
        }
    }
}

/// What a secret that is given in a file says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InFile {
    file: PathBuf,
}

// Not an untagged enum, whose errors tell neither what is wrong nor which key, and which takes any key beside `file`.
impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Secret;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text, or { file = \"…\" }")
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<Secret, E> {
                Ok(Secret::Value(value.to_owned()))
            }

            // A number may be the secret: it is not quoted, as it would be otherwise.
            fn visit_i64<E: Error>(self, _value: i64) -> Result<Secret, E> {
                Err(E::invalid_type(Unexpected::Other("number"), &self))
            }

            fn visit_u64<E: Error>(self, _value: u64) -> Result<Secret, E> {
                Err(E::invalid_type(Unexpected::Other("number"), &self))
            }

            fn visit_i128<E: Error>(self, _value: i128) -> Result<Secret, E> {
                Err(E::invalid_type(Unexpected::Other("number"), &self))
            }

            fn visit_u128<E: Error>(self, _value: u128) -> Result<Secret, E> {
                Err(E::invalid_type(Unexpected::Other("number"), &self))
            }

            fn visit_f64<E: Error>(self, _value: f64) -> Result<Secret, E> {
                Err(E::invalid_type(Unexpected::Other("number"), &self))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Secret, A::Error> {
                let InFile { file } = InFile::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Secret::File { file })
            }
        }

        deserializer.deserialize_any(Either)
    }
}
