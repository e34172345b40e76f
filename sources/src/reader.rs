//! Where objects come from.

use crate::{
    error::ReadError,
    listed::{Listed, One},
    objects::oidc::Discovery,
    page::Named,
    pushed::Pushed,
    request::{Log, Object, Path, Resource},
};
use chrono::TimeDelta;
use model::{scan::Read, source::Source};
use serde::{Deserialize, de::DeserializeOwned};
use std::{future::Future, sync::Arc};

/// A type that objects of a cluster are read into.
pub trait Readable: DeserializeOwned + Named + Send + Sync + 'static {}

impl<T: DeserializeOwned + Named + Send + Sync + 'static> Readable for T {}

/// Gives what a source asks for: an API server over the network, or manifests in a test.
///
/// A request that fails is a value that says so; only what concerns the cluster as a whole is an error.
pub trait Reader: Sync {
    /// All objects of a resource, over all namespaces.
    fn list<T: Readable>(&self, resource: &Resource) -> impl Future<Output = Listed<T>> + Send;

    /// The same for a list that several sources use: it is asked for once a round.
    fn shared<T: Readable>(&self, resource: &Resource) -> impl Future<Output = Arc<Listed<T>>> + Send;

    /// One object by name.
    fn one<T: Readable>(&self, object: &Object) -> impl Future<Output = One<T>> + Send;

    /// The end of a container's log, as text.
    fn log(&self, log: &Log) -> impl Future<Output = One<String>> + Send;

    /// The API groups that are served, once a round.
    fn groups(&self) -> impl Future<Output = Result<Arc<Groups>, ReadError>> + Send;

    /// The resources that a group serves in a version; a path of `/apis`.
    fn resources(&self, path: &Path) -> impl Future<Output = Resources> + Send;

    /// What an issuer says of itself at `<url>/.well-known/openid-configuration`: the only request that does not go to
    /// the API server. Only an address that the operator declared is asked, without a credential, without following
    /// redirects, with a limit of time and size. `Absent` where something answered and it was no such document
    /// (another status than 200, another body); `Unreachable` where nothing answered, or its certificate is not trusted.
    fn issuer(&self, url: &str) -> impl Future<Output = One<Discovery>> + Send;

    /// What the cluster sent of a source by itself.
    fn pushed(&self, source: Source) -> impl Future<Output = Result<Pushed, ReadError>> + Send;

    /// What the API server said of itself when the round began.
    fn hello(&self) -> &Hello;
}

/// What an API server says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hello {
    /// As `v1.32.1`; `None` where it may not be read.
    pub version: Option<String>,
    /// The minor version of Kubernetes 1.
    pub minor: Option<u32>,
    /// How far its clock is ahead of ours; `None` where it does not tell the time.
    pub ahead: Option<TimeDelta>,
}

/// The API groups that are served.
#[derive(Clone, Debug)]
pub struct Groups {
    /// How asking went.
    pub read: Read,
    /// The groups; `None` where they may not be read.
    pub served: Option<Vec<Group>>,
}

/// An API group.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its versions, in the server's order of preference.
    #[serde(default)]
    pub versions: Vec<Version>,
}

/// A version of an API group.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Version {
    /// As `v1alpha2`.
    pub version: String,
}

impl Groups {
    /// Whether a group is served; `None` where groups may not be read.
    pub fn serves(&self, group: &str) -> Option<bool> {
        Some(self.served.as_ref()?.iter().any(|served| served.name == group))
    }

    /// Whether a group is served in one of these versions, and else why not.
    pub fn serving<'a>(&self, group: &str, versions: &[&'a str]) -> Serving<'a> {
        let Some(served) = &self.served else { return Serving::Hidden };
        match (self.version(group, versions), served.iter().find(|served| served.name == group)) {
            (Some(version), _) => Serving::In(version),
            (None, None) => Serving::Absent,
            (None, Some(found)) => {
                let others: Vec<&str> = found.versions.iter().map(|version| version.version.as_str()).collect();
                Serving::Otherwise(others.join(", "))
            }
        }
    }

    /// The first of `versions` in which a group is served.
    pub fn version<'a>(&self, group: &str, versions: &[&'a str]) -> Option<&'a str> {
        let served = self.served.as_ref()?.iter().find(|served| served.name == group)?;
        versions.iter().find(|wanted| served.versions.iter().any(|version| version.version == **wanted)).copied()
    }
}

/// How a group is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Serving<'a> {
    /// In a version that is known.
    In(&'a str),
    /// In these versions only, which are not known: what is in it cannot be read, and may be there.
    Otherwise(String),
    /// Not at all.
    Absent,
    /// Groups may not be read.
    Hidden,
}

/// The resources that a group serves.
#[derive(Clone, Debug)]
pub struct Resources {
    /// How asking went.
    pub read: Read,
    /// The resources.
    pub served: Vec<Served>,
}

/// A resource that is served.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Served {
    /// In the plural; `name/status` is a part of another.
    pub name: String,
    /// Its kind.
    #[serde(default)]
    pub kind: String,
}
