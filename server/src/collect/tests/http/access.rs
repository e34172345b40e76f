//! Kubeconfigs of all kinds, and those that cannot be used.

use super::{
    expect_nothing,
    raw::{Raw, version},
    scan, settings, target,
};
use crate::collect::{dry_run, server};
use model::{problem::ProblemWord, scan::Coverage, source::Source};
use std::{fs, os::unix::fs::PermissionsExt, sync::Arc};
use tokio::{io::AsyncWriteExt, net::TcpListener};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

/// A kubeconfig with one context.
pub(super) fn kubeconfig(server: &str, cluster: &str, user: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Config\ncurrent-context: test\n\
         clusters: [{{name: c, cluster: {{server: \"{server}\"{cluster}}}}}]\n\
         users: [{{name: u, user: {{{user}}}}}]\n\
         contexts: [{{name: test, context: {{cluster: c, user: u}}}}]\n"
    )
}

async fn with(kubeconfig: &str) -> model::scan::Scan {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("kubeconfig");
    fs::write(&path, kubeconfig).expect("a kubeconfig");
    scan(&target(&path, settings()), Source::Rbac).await
}

#[tokio::test]
async fn an_unreadable_kubeconfig_says_which_and_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("nowhere");
    let scan = scan(&target(&missing, settings()), Source::Rbac).await;
    expect_nothing(&scan, Coverage::Unreachable, "nowhere cannot be read");
}

#[tokio::test]
async fn mistakes_in_a_kubeconfig_are_told_without_quoting_it() {
    let secret = "s3cr3t-canary";
    for (text, words) in [
        (format!("users: [{{name: u, user: {{token: [{secret}]}}}}]"), "is not YAML of the form that kubectl reads"),
        ("not a kubeconfig".into(), "is not YAML of the form that kubectl reads"),
        ("{}".into(), "has no current-context"),
        ("current-context: x".into(), "has no context \"x\""),
        (kubeconfig("http://127.0.0.1:1", "", &format!("token: \"{secret} \"")), "the token has a blank"),
        (kubeconfig("http://127.0.0.1:1", "", "tokenFile: /nowhere"), "the token file /nowhere cannot be read"),
        (kubeconfig("http://127.0.0.1:1", "", "client-certificate: /nowhere, client-key: /nowhere"), "client"),
        (kubeconfig("https://127.0.0.1:1", ", certificate-authority-data: aGVq", "token: t"), "certificate"),
        (kubeconfig("http://127.0.0.1:1", ", proxy-url: http://p:1", "token: t"), "proxy-url is not supported"),
        (kubeconfig("http://127.0.0.1:1", "", "auth-provider: {name: gcp}"), "auth-provider is no longer supported"),
        (kubeconfig("http://127.0.0.1:1", "", "exec: {apiVersion: v1, command: /nowhere}"), "cannot be started"),
        (kubeconfig("::::", "", "token: t"), "not an address"),
    ] {
        let scan = with(&text).await;
        expect_nothing(&scan, Coverage::Unreachable, words);
        assert!(!format!("{:?}", scan.problems).contains(secret));
        assert!(!scan.error.unwrap_or_default().contains(secret));
    }
}

#[tokio::test]
async fn nobody_at_the_address_is_unreachable() {
    let scan = with(&kubeconfig("http://127.0.0.1:1", "", "token: t")).await;
    expect_nothing(&scan, Coverage::Unreachable, "http://127.0.0.1:1 cannot be reached");
    assert_eq!(scan.problems[0].key, ProblemWord::Connect);
    assert_eq!(scan.problems[0].values["server"], "http://127.0.0.1:1");
    let scan = with(&kubeconfig("http://no-such-host.invalid", "", "token: t")).await;
    expect_nothing(&scan, Coverage::Unreachable, "cannot be reached");
}

#[tokio::test]
async fn an_exec_plugin_is_run_bounded_and_never_quoted() {
    let raw = Raw::start(|_| version()).await;
    let server = server(&super::cluster(&raw.kubeconfig(), "")).expect("an address");
    let folder = tempfile::tempdir().expect("a folder");
    let plugin = |body: &str| {
        let path = folder.path().join("plugin");
        fs::write(&path, format!("#!/bin/sh\n{body}\n")).expect("a plugin");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("permissions");
        kubeconfig(
            &server,
            "",
            &format!("exec: {{apiVersion: client.authentication.k8s.io/v1, command: {}}}", path.display()),
        )
    };
    let good = r#"echo '{"kind":"ExecCredential","status":{"token":"abc"}}'"#;
    let connected = {
        raw.write(&plugin(good));
        target(&raw.kubeconfig(), settings()).connect().await
    };
    assert_eq!(connected.map(|session| session.hello.minor).expect("connected"), Some(32));
    for (body, words) in [
        ("echo s3cr3t; exit 3", "failed (exit status: 3)"),
        ("echo s3cr3t", "did not print an ExecCredential"),
        ("echo '{\"kind\":\"ExecCredential\"}'", "printed no credential"),
        ("echo '{\"status\":{}}'", "neither a token nor a certificate"),
    ] {
        let scan = with(&plugin(body)).await;
        expect_nothing(&scan, Coverage::Unreachable, words);
        assert!(!scan.error.unwrap_or_default().contains("s3cr3t"));
    }
}

#[tokio::test]
async fn another_certificate_authority_is_told() {
    let certificate = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
    let other = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(certificate.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.cert.der().clone()], key)
        .expect("a server");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            if let Ok(mut stream) = acceptor.accept(stream).await {
                let _gone = stream.write_all(&version()).await;
                let _gone = stream.shutdown().await;
            }
        }
    });
    let folder = tempfile::tempdir().expect("a folder");
    let with_authority = |pem: String| {
        let path = folder.path().join("ca.crt");
        fs::write(&path, pem).expect("a certificate");
        let authority = format!(", certificate-authority: {}", path.display());
        kubeconfig(&format!("https://127.0.0.1:{port}"), &authority, "token: t")
    };
    let scan = with(&with_authority(other.cert.pem())).await;
    expect_nothing(&scan, Coverage::Unreachable, "is not trusted");
    let path = folder.path().join("kubeconfig");
    fs::write(&path, with_authority(certificate.cert.pem())).expect("a kubeconfig");
    assert!(target(&path, settings()).connect().await.is_ok());
}

#[test]
fn the_dry_run_tells_every_request_and_connects_to_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("kubeconfig");
    fs::write(&path, kubeconfig("https://user:password@10.0.0.1:6443", "", "token: s3cr3t")).expect("a kubeconfig");
    let text = dry_run(&super::cluster(&path, ""), &settings());
    assert!(text.contains("at https://10.0.0.1:6443: these requests would be made, none was"), "{text}");
    assert!(text.contains("GET /apis/velero.io/v1/schedules?limit=50"), "{text}");
    assert!(text.ends_with(&sources::cluster_role::cluster_role(Source::ALL, &sources::Policy::default())), "{text}");
    assert!(!text.contains("s3cr3t") && !text.contains("password"), "{text}");
}
