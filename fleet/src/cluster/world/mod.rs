//! What simulated clusters hold: plain JSON objects, made from a story and an instant.

mod admission;
mod cast;
mod certificates;
mod chapter;
mod control_plane;
mod controllers;
mod gatekeeper;
mod inventory;
mod kube_bench;
mod kyverno;
mod large;
mod many;
mod namespaces;
mod network;
mod nodes;
mod object;
mod orders;
mod pod_security;
mod pods;
mod policy_report;
mod rbac;
mod rbac_builtin;
mod sent;
mod story;
mod systems;
mod trivy;
mod trivy_audit;
mod trivy_roles;
mod velero;
mod volumes;
mod workload;

pub use large::Size;
pub use object::Object;
pub use sent::{Delivery, Sender};
pub use story::{Profile, Story};

pub(super) use chapter::CHAPTERS;

use super::resources::by_plural;
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc};

/// The objects of a cluster at an instant, by plural. A resource is served where it has an entry, empty or not.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// The version of the server, as `1.33.4`.
    pub version: String,
    lists: BTreeMap<String, Vec<Arc<Object>>>,
    /// What containers have written, by namespace and pod.
    logs: BTreeMap<(String, String), Arc<str>>,
}

impl World {
    /// A server with nothing but the resources that every cluster has, all empty.
    pub fn empty(version: &str) -> Self {
        let mut world = Self { version: version.into(), ..Self::default() };
        world.serve(&[
            "namespaces",
            "nodes",
            "configmaps",
            "limitranges",
            "persistentvolumes",
            "persistentvolumeclaims",
            "pods",
            "resourcequotas",
            "serviceaccounts",
            "services",
            "deployments",
            "daemonsets",
            "replicasets",
            "statefulsets",
            "cronjobs",
            "jobs",
            "leases",
            "ingresses",
            "networkpolicies",
            "storageclasses",
            "poddisruptionbudgets",
            "clusterroles",
            "clusterrolebindings",
            "roles",
            "rolebindings",
            "customresourcedefinitions",
            "apiservices",
            "mutatingwebhookconfigurations",
            "validatingwebhookconfigurations",
        ]);
        world
    }

    /// A world of parts, each object in one of them.
    pub(super) fn of(version: &str, parts: impl Iterator<Item = Arc<Self>>) -> Self {
        let mut world = Self::empty(version);
        for part in parts {
            for (plural, objects) in &part.lists {
                world.lists.entry(plural.clone()).or_default().extend(objects.iter().map(Arc::clone));
            }
            world.logs.extend(part.logs.iter().map(|(pod, text)| (pod.clone(), Arc::clone(text))));
        }
        for list in world.lists.values_mut() {
            list.sort_by(|one, other| one.key().cmp(&other.key()));
        }
        world
    }

    /// Serves resources, empty until objects are put.
    pub fn serve(&mut self, plurals: &[&str]) {
        for plural in plurals {
            self.lists.entry((*plural).into()).or_default();
        }
    }

    /// Serves cert-manager's resources.
    pub fn serve_cert_manager(&mut self) {
        self.serve(&["certificates", "certificaterequests", "issuers", "clusterissuers", "orders", "challenges"]);
    }

    /// Serves Velero's resources.
    pub fn serve_velero(&mut self) {
        self.serve(&[
            "backups",
            "schedules",
            "restores",
            "backupstoragelocations",
            "volumesnapshotlocations",
            "backuprepositories",
            "podvolumebackups",
        ]);
    }

    /// Whether a resource is served.
    pub fn serves(&self, plural: &str) -> bool {
        self.lists.contains_key(plural)
    }

    /// The objects of a resource, ordered as etcd orders them: by namespace, then name.
    pub fn list(&self, plural: &str) -> &[Arc<Object>] {
        self.lists.get(plural).map_or(&[], Vec::as_slice)
    }

    /// Adds an object or replaces the one of its name. A custom resource's kind is filled in.
    pub fn put(&mut self, plural: &str, mut object: Value) {
        let custom = by_plural(plural).filter(|resource| resource.is_custom());
        if let (Some(resource), Some(fields)) = (custom, object.as_object_mut()) {
            fields.entry("kind").or_insert_with(|| resource.kind.into());
            fields.entry("apiVersion").or_insert_with(|| resource.api_version().into());
        }
        let object = Arc::new(Object::new(object));
        let list = self.lists.entry(plural.into()).or_default();
        match list.binary_search_by(|other| other.key().cmp(&object.key())) {
            Ok(at) => list[at] = object,
            Err(at) => list.insert(at, object),
        }
    }

    /// Adds many objects.
    pub fn put_all(&mut self, plural: &str, objects: impl IntoIterator<Item = Value>) {
        self.serve(&[plural]);
        for object in objects {
            self.put(plural, object);
        }
    }

    /// Takes an object away.
    pub fn remove(&mut self, plural: &str, namespace: Option<&str>, name: &str) {
        if let Some(list) = self.lists.get_mut(plural) {
            list.retain(|object| object.name != name || object.namespace.as_deref() != namespace);
        }
    }

    /// Gives a pod a log.
    pub fn put_log(&mut self, namespace: &str, pod: &str, text: String) {
        self.logs.insert((namespace.into(), pod.into()), text.into());
    }

    /// The log of a pod.
    pub fn log(&self, namespace: &str, pod: &str) -> Option<&str> {
        self.logs.get(&(namespace.to_owned(), pod.to_owned())).map(AsRef::as_ref)
    }
}
