//! Long lists: one that is compacted under us, and one of ten thousand objects.

use crate::{
    Ending,
    api::Api,
    process::{ADMIN, ApiServer},
    reading::{target, with_token},
};
use anyhow::{Context, Result};
use base64::{Engine, engine::general_purpose::STANDARD};
use futures::{StreamExt, TryStreamExt, stream};
use model::scan::Coverage;
use serde_json::{Value, json};
use server::{
    collect::{
        client::{Client, connect},
        list::list,
    },
    config::ScanSettings,
};
use sources::{listed::Listed, objects::cert_manager::Certificate, request::CERTIFICATES};
use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

const OBJECTS: usize = 10_000;

/// Moves etcd's history on and forgets what was before, so that continue tokens are too old. Blocks: it is called from a callback.
fn compact(etcd: &str) -> Result<()> {
    let key = STANDARD.encode("bevis-test");
    let put = post(etcd, "/v3/kv/put", &json!({ "key": key, "value": key }))?;
    let revision = put["header"]["revision"].as_str().context("a revision")?.to_owned();
    post(etcd, "/v3/kv/compaction", &json!({ "revision": revision }))?;
    Ok(())
}

fn post(etcd: &str, path: &str, body: &Value) -> Result<Value> {
    let mut stream = TcpStream::connect(etcd.trim_start_matches("http://"))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let body = body.to_string();
    let length = body.len();
    write!(stream, "POST {path} HTTP/1.0\r\nHost: etcd\r\nContent-Length: {length}\r\n\r\n{body}")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (_, body) = answer.split_once("\r\n\r\n").context("an answer")?;
    Ok(serde_json::from_str(body)?)
}

async fn client(server: &ApiServer, settings: &ScanSettings) -> Client {
    let target = target(server, &with_token(server, ADMIN), settings.clone()).expect("a target");
    connect(&target.cluster, settings).await.expect("a client")
}

/// A real 410: once is survived, time and again is a failure that says so.
pub(crate) async fn compacted(server: &ApiServer) -> Ending {
    let api = Api::new(server, ADMIN).expect("a client");
    if api.get_text("/apis/cert-manager.io/v1/certificates?limit=1").await.is_err() {
        return Ending::Skipped("cert-manager's CRDs were not loaded".into());
    }
    load(&api, "paged", 0..120).await.expect("loaded");
    let settings = ScanSettings { page_size: 10, ..ScanSettings::default() };
    let client = client(server, &settings).await;
    let pages = AtomicU32::new(0);
    let once = |_| {
        if pages.fetch_add(1, Ordering::SeqCst) == 2 {
            compact(&server.etcd).expect("compacted");
        }
    };
    let listed: Listed<Certificate> = list(&client, &CERTIFICATES, &settings, &once).await;
    assert_eq!(listed.read.coverage, Coverage::Complete, "{:?}", listed.read.error);
    assert!(listed.items.len() >= 120, "{}", listed.items.len());
    // Three pages of ten, the two asked for meanwhile, then the whole again in pages of forty.
    assert!(pages.load(Ordering::SeqCst) >= 6);
    let always = |_| compact(&server.etcd).expect("compacted");
    let settings = ScanSettings { page_size: 5, ..settings };
    let listed: Listed<Certificate> = list(&client, &CERTIFICATES, &settings, &always).await;
    assert_eq!(listed.read.coverage, Coverage::Failed);
    assert!(listed.read.error.is_some_and(|error| error.contains("(410)")));
    Ending::Passed
}

/// Ten thousand certificates of about 3 kB, in pages of 500, beside the time that the API server takes alone.
pub(crate) async fn ten_thousand(server: &ApiServer) -> Ending {
    let api = Api::new(server, ADMIN).expect("a client");
    if api.get_text("/apis/cert-manager.io/v1/certificates?limit=1").await.is_err() {
        return Ending::Skipped("cert-manager's CRDs were not loaded".into());
    }
    load(&api, "many", 0..OBJECTS).await.expect("loaded");
    let settings = ScanSettings::default();
    let client = client(server, &settings).await;
    let (mut alone, mut read) = (Duration::MAX, Duration::MAX);
    let mut objects = 0;
    for _ in 0..3 {
        let began = Instant::now();
        pages_alone(&client).await.expect("read");
        alone = alone.min(began.elapsed());
        let began = Instant::now();
        let listed: Listed<Certificate> = list(&client, &CERTIFICATES, &settings, &|_| {}).await;
        read = read.min(began.elapsed());
        assert_eq!(listed.read.coverage, Coverage::Complete, "{:?}", listed.read.error);
        objects = listed.items.len();
    }
    assert!(objects >= OBJECTS, "{objects}");
    let ratio = read.as_secs_f64() / alone.as_secs_f64();
    let build = if cfg!(debug_assertions) { "unoptimised" } else { "optimised" };
    println!(
        "apiserver: {objects} objects read in {} ms; the API server alone takes {} ms; {ratio:.2} times ({build} build)",
        read.as_millis(),
        alone.as_millis()
    );
    Ending::Passed
}

/// The pages one after the other, looking only for the token of the next.
async fn pages_alone(client: &Client) -> Result<()> {
    let mut token = String::new();
    loop {
        let path = format!("{}?limit=500&continue={token}", CERTIFICATES.path());
        let answer = client.get(&path, "application/json", "").await?;
        // Native lists begin with their metadata, those of custom resources end with it.
        let edge = 2000.min(answer.body.len());
        let edges = [&answer.body[..edge], &answer.body[answer.body.len() - edge..]].map(String::from_utf8_lossy);
        let after = edges.iter().find_map(|edge| edge.split_once("\"continue\":\"")).map(|(_, rest)| rest);
        let next = after.and_then(|rest| rest.split('"').next()).unwrap_or_default();
        if next.is_empty() {
            return Ok(());
        }
        next.clone_into(&mut token);
    }
}

async fn load(api: &Api, namespace: &str, numbers: std::ops::Range<usize>) -> Result<()> {
    api.namespace(namespace).await?;
    let loads = stream::iter(numbers.map(|number| {
        let object = certificate(namespace, number);
        async move { api.load(&object).await.map(|_| ()) }
    }));
    loads.buffer_unordered(16).try_collect::<()>().await
}

fn certificate(namespace: &str, number: usize) -> Value {
    let names: Vec<String> =
        (0..40).map(|n| format!("service-{n}.of-certificate-{number}.{namespace}.example.org")).collect();
    json!({
        "apiVersion": "cert-manager.io/v1",
        "kind": "Certificate",
        "metadata": { "name": format!("certificate-{number:05}"), "namespace": namespace },
        "spec": {
            "secretName": format!("certificate-{number:05}-tls"),
            "issuerRef": { "name": "ca", "kind": "ClusterIssuer" },
            "dnsNames": names,
        },
    })
}
