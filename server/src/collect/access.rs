//! How a cluster is reached: a kubeconfig as kubectl reads it, or the service account of our own pod.
//!
//! Reads files and runs the kubeconfig's exec plugin; never shows what is in them.

use super::exec;
use crate::config::{Cluster, ScanSettings};
use kube::config::{AuthInfo, Config, KubeConfigOptions, Kubeconfig, KubeconfigError};
use model::problem::ProblemWord;
use secrecy::{ExposeSecret, SecretString};
use sources::{ReadError, error::Told};
use std::{fmt::Display, path::Path, time::Duration};

/// Seconds that a connection may take to be made.
const CONNECT_SECONDS: u64 = 10;

/// Reads the access to a cluster anew, so that rotated files and short-lived credentials are seen.
pub(super) async fn config(cluster: &Cluster, settings: &ScanSettings) -> Result<Config, ReadError> {
    let mut config = match &cluster.kubeconfig {
        Some(path) => from_kubeconfig(path, cluster.context.as_deref()).await?,
        None => Config::incluster().map_err(|error| {
            let sentence = format!("in_cluster = true, but this pod's service account cannot be used: {error}");
            access(sentence, ProblemWord::PodAccount, &[("cause", &error)])
        })?,
    };
    config.auth_info = with_token(config.auth_info)?;
    if config.root_cert.is_none() && config.cluster_url.scheme_str() == Some("http") {
        // Nothing is checked without TLS, and the library would read the system's trust store at every connect.
        config.root_cert = Some(Vec::new());
    }
    let request = Duration::from_secs(settings.request_seconds.max(1));
    config.connect_timeout = Some(Duration::from_secs(CONNECT_SECONDS).min(request));
    config.read_timeout = Some(request);
    config.write_timeout = Some(request);
    config.reset_reader_on_write = true;
    // We retry ourselves, within the deadline; the library would try 15 times.
    config.default_retry = false;
    Ok(config)
}

/// The address of a cluster's API server, without credentials. Connects to nothing.
pub fn server(cluster: &Cluster) -> Result<String, ReadError> {
    let Some(path) = &cluster.kubeconfig else {
        return Config::incluster().map(|config| shown(&config.cluster_url)).map_err(|error| {
            let sentence = format!("in_cluster = true, but this is no pod with a service account: {error}");
            access(sentence, ProblemWord::PodAccount, &[("cause", &error)])
        });
    };
    let kubeconfig = Kubeconfig::read_from(path).map_err(|error| unusable(path, &error))?;
    let server = cluster_entry(&kubeconfig, cluster.context.as_deref()).and_then(|entry| entry.server.clone());
    let no_server = || of_file(path, "the context names no cluster with a server", ProblemWord::NoServer);
    let no_address = |_| of_file(path, "server is not an address", ProblemWord::ServerAddress);
    let url = server.ok_or_else(no_server)?.parse().map_err(no_address)?;
    Ok(shown(&url))
}

/// An address without user information.
pub(super) fn shown(url: &http::Uri) -> String {
    let scheme = url.scheme_str().unwrap_or("https");
    let port = url.port_u16().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{scheme}://{}{port}{}", url.host().unwrap_or_default(), url.path().trim_end_matches('/'))
}

async fn from_kubeconfig(path: &Path, context: Option<&str>) -> Result<Config, ReadError> {
    let kubeconfig = Kubeconfig::read_from(path).map_err(|error| unusable(path, &error))?;
    let proxy = cluster_entry(&kubeconfig, context).and_then(|entry| entry.proxy_url.clone());
    if proxy.is_some_and(|proxy| !proxy.is_empty()) {
        let sentence = "proxy-url is not supported; use an address that is reached directly";
        return Err(of_file(path, sentence, ProblemWord::Proxy));
    }
    let options = KubeConfigOptions { context: context.map(Into::into), ..KubeConfigOptions::default() };
    let mut config =
        Config::from_custom_kubeconfig(kubeconfig, &options).await.map_err(|error| unusable(path, &error))?;
    // The library would take a proxy from the environment, where nobody who reads the kubeconfig looks for it.
    config.proxy_url = None;
    if config.root_cert.as_ref().is_some_and(Vec::is_empty) {
        let sentence = "certificate-authority holds no PEM certificate";
        return Err(of_file(path, sentence, ProblemWord::AuthorityEmpty));
    }
    config.auth_info = credentials(config.auth_info, path).await?;
    Ok(config)
}

fn cluster_entry<'a>(kubeconfig: &'a Kubeconfig, context: Option<&str>) -> Option<&'a kube::config::Cluster> {
    let context = context.or(kubeconfig.current_context.as_deref())?;
    let context = kubeconfig.contexts.iter().find(|named| named.name == context)?.context.as_ref()?;
    kubeconfig.clusters.iter().find(|named| named.name == context.cluster)?.cluster.as_ref()
}

/// Runs the exec plugin if there is one, and refuses what would make the client fail later and less clearly.
async fn credentials(mut auth: AuthInfo, path: &Path) -> Result<AuthInfo, ReadError> {
    if auth.auth_provider.is_some() {
        let sentence = "auth-provider is no longer supported; use an exec plugin or a token";
        return Err(of_file(path, sentence, ProblemWord::AuthProvider));
    }
    if let Some(plugin) = auth.exec.take() {
        let issued = exec::run(&plugin, path).await.map_err(ReadError::Access)?;
        auth.token = issued.token.or(auth.token);
        auth.client_certificate_data = issued.certificate.or(auth.client_certificate_data);
        auth.client_key_data = issued.key.or(auth.client_key_data);
    }
    Ok(auth)
}

/// Reads the token file, and refuses a token that no header can hold.
///
/// As kubectl: the file wins over a token in place, and blanks around its token do not count. Every round reads it
/// anew, so that a token that was renewed is seen.
fn with_token(mut auth: AuthInfo) -> Result<AuthInfo, ReadError> {
    if let Some(file) = auth.token_file.take().filter(|file| !file.is_empty()) {
        let text = std::fs::read_to_string(&file).map_err(|error| {
            let sentence = format!("the token file {file} cannot be read: {error}");
            access(sentence, ProblemWord::TokenFile, &[("file", &file), ("cause", &error)])
        })?;
        auth.token = Some(SecretString::from(text.trim()));
    }
    auth.token = auth.token.filter(|token| !token.expose_secret().is_empty());
    if auth.token.as_ref().is_some_and(|token| !token.expose_secret().bytes().all(|byte| byte.is_ascii_graphic())) {
        let sentence = "the token has a blank, a line break or another character that no token has";
        return Err(access(sentence, ProblemWord::TokenForm, &[]));
    }
    Ok(auth)
}

fn access(sentence: impl Into<String>, word: ProblemWord, values: &[(&str, &dyn Display)]) -> ReadError {
    ReadError::Access(Told::new(sentence, word, values))
}

/// What is wrong with a kubeconfig, of which nothing but its name is told.
fn of_file(path: &Path, sentence: &str, word: ProblemWord) -> ReadError {
    let file = path.display();
    access(format!("{file}: {sentence}"), word, &[("file", &file)])
}

/// Why a kubeconfig cannot be used. Its text is never quoted: a mistake in it may be next to a credential.
fn unusable(path: &Path, error: &KubeconfigError) -> ReadError {
    let file = path.display();
    let (word, sentence) = match error {
        KubeconfigError::ReadConfig(error, _) => {
            let sentence = format!("the kubeconfig {file} cannot be read: {error}");
            return access(sentence, ProblemWord::KubeconfigUnreadable, &[("file", &file), ("cause", error)]);
        }
        KubeconfigError::LoadContext(name) => {
            let sentence = format!("the kubeconfig {file} has no context \"{name}\"");
            return access(sentence, ProblemWord::NoContext, &[("file", &file), ("name", name)]);
        }
        KubeconfigError::LoadClusterOfContext(name) => {
            let sentence = format!("the kubeconfig {file} has no cluster \"{name}\"");
            return access(sentence, ProblemWord::NoCluster, &[("file", &file), ("name", name)]);
        }
        KubeconfigError::Parse(_) => {
            (ProblemWord::KubeconfigForm, format!("the kubeconfig {file} is not YAML of the form that kubectl reads"))
        }
        KubeconfigError::CurrentContextNotSet => (
            ProblemWord::NoCurrentContext,
            format!("the kubeconfig {file} has no current-context; name one with context = \"…\""),
        ),
        KubeconfigError::LoadCertificateAuthority(_) | KubeconfigError::ParseCertificates(_) => (
            ProblemWord::AuthorityUnreadable,
            format!("the certificate-authority of the kubeconfig {file} is not a readable PEM certificate"),
        ),
        KubeconfigError::LoadClientCertificate(_) => (
            ProblemWord::CertificateUnreadable,
            format!("the client-certificate of the kubeconfig {file} cannot be read"),
        ),
        KubeconfigError::LoadClientKey(_) => {
            (ProblemWord::KeyUnreadable, format!("the client-key of the kubeconfig {file} cannot be read"))
        }
        KubeconfigError::MissingClusterUrl | KubeconfigError::ParseClusterUrl(_) => {
            (ProblemWord::ServerAddress, format!("the server in the kubeconfig {file} is not an address"))
        }
        _ => (ProblemWord::KubeconfigUnusable, format!("the kubeconfig {file} cannot be used")),
    };
    access(sentence, word, &[("file", &file)])
}
