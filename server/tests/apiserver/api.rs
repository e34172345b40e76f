//! Loading the API server: what a person does with kubectl.

use crate::process::ApiServer;
use anyhow::{Context, Result, bail};
use reqwest::{Certificate, Method, StatusCode};
use serde_json::{Value, json};
use std::{collections::HashSet, sync::Arc, time::Duration};
use tokio::sync::Mutex;

/// A client that may write.
#[derive(Clone)]
pub(crate) struct Api {
    http: reqwest::Client,
    url: String,
    token: String,
    namespaces: Arc<Mutex<HashSet<String>>>,
    /// What the API server did not take, and why.
    pub(crate) refused: Arc<Mutex<Vec<String>>>,
}

/// Kinds that are loaded: their collection, and whether it is in a namespace.
const KINDS: &[(&str, &str, bool)] = &[
    ("Namespace", "/api/v1/namespaces", false),
    ("PersistentVolumeClaim", "/api/v1/namespaces/{}/persistentvolumeclaims", true),
    ("CustomResourceDefinition", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", false),
    ("ClusterRole", "/apis/rbac.authorization.k8s.io/v1/clusterroles", false),
    ("ClusterRoleBinding", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", false),
    ("Role", "/apis/rbac.authorization.k8s.io/v1/namespaces/{}/roles", true),
    ("RoleBinding", "/apis/rbac.authorization.k8s.io/v1/namespaces/{}/rolebindings", true),
    ("PodSecurityPolicy", "/apis/policy/v1beta1/podsecuritypolicies", false),
    ("Certificate", "/apis/cert-manager.io/v1/namespaces/{}/certificates", true),
    ("Issuer", "/apis/cert-manager.io/v1/namespaces/{}/issuers", true),
    ("ClusterIssuer", "/apis/cert-manager.io/v1/clusterissuers", false),
    ("Schedule", "/apis/velero.io/v1/namespaces/{}/schedules", true),
    ("Backup", "/apis/velero.io/v1/namespaces/{}/backups", true),
    ("BackupStorageLocation", "/apis/velero.io/v1/namespaces/{}/backupstoragelocations", true),
    ("Restore", "/apis/velero.io/v1/namespaces/{}/restores", true),
];

impl Api {
    pub(crate) fn new(server: &ApiServer, token: &str) -> Result<Self> {
        let authority = Certificate::from_pem(server.pki.text("ca.crt")?.as_bytes())?;
        let http = reqwest::Client::builder()
            .add_root_certificate(authority)
            .no_proxy()
            .timeout(Duration::from_secs(30))
            .build()?;
        Ok(Self {
            http,
            url: server.url.clone(),
            token: token.into(),
            namespaces: Arc::default(),
            refused: Arc::default(),
        })
    }

    pub(crate) async fn get_text(&self, path: &str) -> Result<String> {
        let answer = self.http.get(format!("{}{path}", self.url)).bearer_auth(&self.token).send().await?;
        Ok(answer.error_for_status()?.text().await?)
    }

    async fn send(&self, method: Method, path: &str, body: &Value) -> Result<(StatusCode, Value)> {
        let url = format!("{}{path}", self.url);
        let request = self.http.request(method, url).bearer_auth(&self.token);
        let request = request.header("Content-Type", "application/json").body(body.to_string());
        let answer = request.send().await?;
        let status = answer.status();
        Ok((status, serde_json::from_slice(&answer.bytes().await?).unwrap_or_default()))
    }

    /// Makes a namespace; that it is there already is as good.
    pub(crate) async fn namespace(&self, name: &str) -> Result<()> {
        if !self.namespaces.lock().await.insert(name.to_owned()) {
            return Ok(());
        }
        let namespace = json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": name } });
        let (status, answer) = self.send(Method::POST, "/api/v1/namespaces", &namespace).await?;
        if status.is_success() || status == StatusCode::CONFLICT { Ok(()) } else { bail!("{answer}") }
    }

    /// Makes or replaces an object with its status. `false`: of a kind that is not loaded, or refused by the server.
    pub(crate) async fn load(&self, object: &Value) -> Result<bool> {
        let kind = object["kind"].as_str().unwrap_or_default();
        let Some((_, collection, namespaced)) = KINDS.iter().find(|(known, ..)| *known == kind) else {
            return Ok(false);
        };
        let namespace = object["metadata"]["namespace"].as_str().unwrap_or("default");
        if *namespaced {
            self.namespace(namespace).await?;
        }
        self.make(&collection.replace("{}", namespace), object).await
    }

    /// Makes or replaces an object of a collection with its status. `false`: refused by the server.
    pub(crate) async fn make(&self, collection: &str, object: &Value) -> Result<bool> {
        let kind = object["kind"].as_str().unwrap_or_default();
        let mut object = object.clone();
        let metadata = object["metadata"].as_object_mut().context("an object without metadata")?;
        for of_another_server in
            ["resourceVersion", "uid", "generation", "managedFields", "ownerReferences", "selfLink"]
        {
            metadata.remove(of_another_server);
        }
        let name = object["metadata"]["name"].as_str().unwrap_or_default().to_owned();
        let (status, mut made) = self.send(Method::POST, collection, &object).await?;
        if status == StatusCode::CONFLICT {
            made = serde_json::from_str(&self.get_text(&format!("{collection}/{name}")).await?)?;
        } else if !status.is_success() {
            self.refused.lock().await.push(format!("{kind} {name}: {}", made["message"]));
            return Ok(false);
        }
        // Where status is a resource of its own, the first write has left it out.
        if !object["status"].is_null() && made["status"] != object["status"] {
            made["status"] = object["status"].clone();
            let path = format!("{collection}/{name}/status");
            let (status, answer) = self.send(Method::PUT, &path, &made).await?;
            if !status.is_success() && status != StatusCode::NOT_FOUND {
                bail!("the status of {kind} {name}: {answer}");
            }
        }
        Ok(true)
    }

    /// Replaces an object that is there, whatever it was.
    pub(crate) async fn replace(&self, path: &str, object: &Value) -> Result<()> {
        let (status, answer) = self.send(Method::PUT, path, object).await?;
        if status.is_success() { Ok(()) } else { bail!("{path}: {answer}") }
    }

    /// How a path is answered.
    pub(crate) async fn status(&self, path: &str) -> Result<StatusCode> {
        Ok(self.http.get(format!("{}{path}", self.url)).bearer_auth(&self.token).send().await?.status())
    }

    /// Loads documents of YAML; all must be taken.
    pub(crate) async fn load_all(&self, yaml: &str) -> Result<()> {
        for object in serde_saphyr::from_multiple::<Value>(yaml)? {
            if !self.load(&object).await? {
                bail!("refused: {object}");
            }
        }
        Ok(())
    }
}
