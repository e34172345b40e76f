//! The login service Dex, and the issuer that people log in with: `auth.dex_*`, `auth.issuer_reachable`.
//!
//! Dex keeps keys, tokens and password hashes in Secrets and in objects of `dex.coreos.com`, so neither is ever read.
//! The issuer is asked only where the operator declares its address, never where a cluster names one.

mod issuer;
mod login;
mod ready;

use super::{
    api_server::{self, Issuers},
    installed,
    verdict::{Sentence, evaluation},
};
use crate::{
    listed::{Listed, One},
    objects::{
        control_plane::{ConfigMap, Pod},
        deployment::Deployment,
        network::Ingress,
        oidc::Discovery,
    },
    platform::{Welkin, recognise},
    policy::{ConfigMapKey, Policy},
    reader::Reader,
    reading::{Context, Part, Reading},
    request::{DEPLOYMENTS, INGRESSES, NAMESPACES, PODS, dex_config},
};
use k8s_openapi::api::core::v1::Namespace;
use model::{
    evaluation::Evaluation,
    platform::Login,
    scan::{Coverage, Facts, Read},
};
use std::{collections::BTreeSet, sync::Arc};

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct Input {
    /// Deployments; Dex is among them, if it is installed.
    pub deployments: Arc<Listed<Deployment>>,
    /// Namespaces: whether Dex is in another cluster.
    pub namespaces: Arc<Listed<Namespace>>,
    /// Whether Dex is installed, as far as deployments tell.
    pub installed: Read,
    /// How reading the pods went, which tell the issuer that the API servers trust.
    pub pods: Read,
    /// The issuers that the API servers trust.
    pub issuers: Issuers,
    /// Under which hosts it is served, where Dex is installed.
    pub ingresses: Option<Arc<Listed<Ingress>>>,
    /// Dex's configuration, where policy names it.
    pub config: Option<One<login::Config>>,
    /// What the issuer says of itself, where policy declares one.
    pub issuer: Option<One<Discovery>>,
}

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] = &[ready::SENTENCES, login::SENTENCES, issuer::SENTENCES];

impl Input {
    /// Reads deployments, what the API servers trust, and what policy names.
    pub async fn read<R: Reader>(reader: &R, policy: &Policy) -> Self {
        let deployments = reader.shared::<Deployment>(&DEPLOYMENTS).await;
        let pods = reader.shared::<Pod>(&PODS).await;
        Self {
            installed: installed(&deployments),
            ingresses: if deployments.items.iter().any(is_dex) { Some(reader.shared(&INGRESSES).await) } else { None },
            deployments,
            namespaces: reader.shared(&NAMESPACES).await,
            issuers: api_server::issuers(&pods),
            pods: pods.read.clone(),
            config: match &policy.dex_config {
                Some(key) => Some(config(reader, key).await),
                None => None,
            },
            issuer: match &policy.oidc_issuer {
                Some(url) => Some(reader.issuer(url).await),
                None => None,
            },
        }
    }

    /// The deployments that are Dex.
    pub(super) fn dex(&self) -> impl Iterator<Item = &Deployment> {
        self.deployments.items.iter().filter(|deployment| is_dex(deployment))
    }

    /// How people log in, where all was read that tells it.
    fn login(&self) -> Option<Login> {
        let has_read = |read: &Read| read.coverage == Coverage::Complete;
        let ingresses = self.ingresses.as_deref();
        if !has_read(&self.pods)
            || !has_read(&self.deployments.read)
            || ingresses.is_some_and(|list| !has_read(&list.read))
        {
            return None;
        }
        let namespaces: BTreeSet<&str> =
            self.dex().filter_map(|deployment| deployment.metadata.namespace.as_deref()).collect();
        let own = ingresses.into_iter().flat_map(|list| &list.items).filter(|ingress| {
            ingress.metadata.namespace.as_deref().is_some_and(|namespace| namespaces.contains(namespace))
        });
        let hosts = own.flat_map(|ingress| ingress.spec.rules.iter().flatten()).filter_map(|rule| rule.host.clone());
        Some(Login { trusted: self.issuers.trusted.clone(), served: hosts.collect() })
    }

    /// Whether people of this cluster log in through Dex in another: its management cluster.
    fn is_elsewhere(&self) -> bool {
        recognise(None, &[], &self.namespaces.items).welkin == Some(Welkin::Workload)
    }
}

/// Reads Dex's configuration, and keeps nothing of it but what a verdict needs: it may hold credentials.
async fn config<R: Reader>(reader: &R, key: &ConfigMapKey) -> One<login::Config> {
    let map = reader.one::<ConfigMap>(&dex_config(key)).await;
    One { read: map.read, object: map.object.and_then(|map| login::Config::of(map.entry(&key.key)?)) }
}

/// Dex by its label, name or image. Argo CD brings one of its own, by which nobody logs in to the cluster.
fn is_dex(deployment: &Deployment) -> bool {
    let metadata = &deployment.metadata;
    let is_part_of_argo = metadata.label("app.kubernetes.io/part-of") == Some("argocd");
    let is_named = metadata.label("app.kubernetes.io/name") == Some("dex") || metadata.name() == "dex";
    let is_image = |image: &str| {
        let repository = image.split(['@', ':']).next().unwrap_or_default();
        repository == "dexidp/dex" || repository.ends_with("/dexidp/dex")
    };
    !is_part_of_argo && (is_named || deployment.images().any(is_image))
}

fn installed(deployments: &Listed<Deployment>) -> Read {
    let found = deployments.items.iter().filter(|deployment| is_dex(deployment)).count();
    let is_absent = found == 0 && deployments.read.coverage == Coverage::Complete;
    Read {
        resource: "Dex".into(),
        coverage: if is_absent { Coverage::Absent } else { deployments.read.coverage },
        objects: u32::try_from(found).unwrap_or(u32::MAX),
        malformed: 0,
        confirmed: 0,
        error: None,
        problems: Vec::new(),
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        // An issuer that is declared can be judged wherever it runs.
        let dex = if self.issuer.is_some() { Part::Optional } else { Part::Own };
        let mut parts = vec![
            (dex, &self.installed),
            (Part::Beside, &self.deployments.read),
            (Part::Beside, &self.pods),
            (Part::Beside, &self.namespaces.read),
        ];
        parts.extend(self.ingresses.iter().map(|list| (Part::Optional, &list.read)));
        parts.extend(self.config.iter().map(|config| (Part::Beside, &config.read)));
        parts.extend(self.issuer.iter().map(|issuer| (Part::Outside, &issuer.read)));
        parts
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluate(self, context.policy)
    }

    fn facts(&self) -> Facts {
        Facts { login: self.login(), ..Facts::default() }
    }

    fn version(&self) -> Option<String> {
        installed::of_images(self.dex().flat_map(Deployment::images), |repository| repository.ends_with("dex"))
    }
}

/// Judges the checks of the login service.
pub fn evaluate(input: &Input, policy: &Policy) -> Evaluation {
    evaluation([ready::ready(input), login::static_login(input, policy), issuer::reachable(input, policy)])
}
