//! From manifests as people write them to the rules' inputs, by the same way as from an API server.

use crate::collect::{
    list::Listed,
    page::Named,
    requests::{self as ask, Resource},
    rules,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Objects by the order in which they were written.
#[derive(Clone, Debug, Default)]
pub(super) struct Manifests(pub(super) Vec<Value>);

impl Manifests {
    /// Reads YAML or JSON: several documents, lists among them.
    pub(super) fn read(text: &str) -> Self {
        let documents: Vec<Value> = serde_saphyr::from_multiple(text).expect("YAML");
        let mut objects = Vec::new();
        for document in documents {
            match document.get("items") {
                Some(Value::Array(items)) => objects.extend(items.iter().cloned()),
                _ if document.is_object() => objects.push(document),
                _ => {}
            }
        }
        Self(objects)
    }

    pub(super) fn with(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    fn list<T: DeserializeOwned + Named>(&self, kind: &str, resource: &Resource) -> Listed<T> {
        let items: Vec<&Value> = self.0.iter().filter(|object| object["kind"] == kind).collect();
        let body = json!({ "kind": format!("{kind}List"), "metadata": {}, "items": items });
        Listed::of_page(resource, body.to_string().as_bytes())
    }

    pub(super) fn rbac(&self) -> rules::rbac::Input {
        rules::rbac::Input {
            cluster_roles: self.list("ClusterRole", &ask::CLUSTER_ROLES),
            roles: self.list("Role", &ask::ROLES),
            cluster_role_bindings: self.list("ClusterRoleBinding", &ask::CLUSTER_ROLE_BINDINGS),
            role_bindings: self.list("RoleBinding", &ask::ROLE_BINDINGS),
        }
    }

    pub(super) fn pod_security(&self, minor: u32, groups: &[&str]) -> rules::pod_security::Input {
        rules::pod_security::Input {
            namespaces: self.list("Namespace", &ask::NAMESPACES),
            policies: self.list("PodSecurityPolicy", &ask::POD_SECURITY_POLICIES),
            bindings: self.list("ValidatingAdmissionPolicyBinding", &ask::POLICY_BINDINGS),
            groups: Some(groups.iter().map(ToString::to_string).collect()),
            minor: Some(minor),
        }
    }

    pub(super) fn cert_manager(&self) -> rules::cert_manager::Input {
        rules::cert_manager::Input {
            certificates: self.list("Certificate", &ask::CERTIFICATES),
            issuers: self.list("Issuer", &ask::ISSUERS),
            cluster_issuers: self.list("ClusterIssuer", &ask::CLUSTER_ISSUERS),
        }
    }

    pub(super) fn velero(&self) -> rules::velero::Input {
        rules::velero::Input {
            schedules: self.list("Schedule", &ask::SCHEDULES),
            backups: self.list("Backup", &ask::BACKUPS),
            locations: self.list("BackupStorageLocation", &ask::BACKUP_LOCATIONS),
            restores: self.list("Restore", &ask::RESTORES),
            namespaces: self.list("Namespace", &ask::NAMESPACES),
            claims: self.list("PersistentVolumeClaim", &ask::VOLUME_CLAIMS),
        }
    }
}
