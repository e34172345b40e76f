//! Heads sent outside: to a webhook, a file, and a time-stamping authority, which is `openssl ts`.

use super::{append, second};
use crate::harness::TestApp;
use axum::{Router, body::Bytes, extract::State, response::IntoResponse, routing::post};
use chrono::TimeDelta;
use hmac::{Hmac, Mac};
use http::{HeaderMap, StatusCode};
use model::{
    role::Role,
    views::{LedgerAnchor, LedgerFilter},
};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use serde_json::Value;
use server::{
    config::{Config, HeadFile, HeadTimestamp, HeadWebhook, Secret},
    ledger::{self, timestamp},
};
use sha2::Sha256;
use sqlx::PgPool;
use std::{
    num::NonZeroU32,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex},
};

const HOUR: NonZeroU32 = NonZeroU32::new(60).unwrap();

async fn anchors(app: &TestApp) -> Vec<LedgerAnchor> {
    let mut db = app.app.db.acquire().await.unwrap();
    ledger::page(&mut db, &LedgerFilter::default(), None, 1, app.app.clock.now()).await.unwrap().anchors
}

/// A server on loopback; its address.
async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}

/// What came, and the answer that each is given.
type Heard = (u16, Vec<(HeaderMap, Bytes)>);

#[derive(Clone, Default)]
struct Hook(Arc<Mutex<Heard>>);

async fn receive(State(hook): State<Hook>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let mut hook = hook.0.lock().unwrap();
    hook.1.push((headers, body));
    StatusCode::from_u16(hook.0).unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_webhook_gets_the_signed_head_once_and_what_fails_is_tried_again(pool: PgPool) {
    let hook = Hook::default();
    hook.0.lock().unwrap().0 = 500;
    let url = serve(Router::new().route("/", post(receive)).with_state(hook.clone())).await;
    let secret = Some(Secret::Value("canary-hook-secret".into()));
    let app = TestApp::with(&pool, "http://127.0.0.1:9/nobody", |config: &mut Config| {
        config.ledger.webhook = Some(HeadWebhook { url: url.parse().unwrap(), secret, every_minutes: HOUR });
    });
    ledger::send_due(&app.app).await.unwrap();
    assert!(hook.0.lock().unwrap().1.is_empty(), "there is no head yet");
    append(&app.app.db, second(1), "Anna", "test.entry").await;

    ledger::send_due(&app.app).await.unwrap();
    let failed = anchors(&app).await;
    assert_eq!((failed.len(), failed[0].fault.as_deref()), (1, Some("it answers with status 500")));
    ledger::send_due(&app.app).await.unwrap();
    assert_eq!(hook.0.lock().unwrap().1.len(), 1, "not at once again");

    hook.0.lock().unwrap().0 = 204;
    app.app.clock.advance(TimeDelta::minutes(10));
    ledger::send_due(&app.app).await.unwrap();
    app.app.clock.advance(TimeDelta::hours(2));
    ledger::send_due(&app.app).await.unwrap();
    assert_eq!(hook.0.lock().unwrap().1.len(), 2, "the same head is sent once");
    let (headers, body) = hook.0.lock().unwrap().1[1].clone();
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(b"canary-hook-secret").unwrap();
    mac.update(&body);
    let signature = format!("sha256={}", hex::encode(mac.finalize().into_bytes()));
    assert_eq!(headers["x-bevis-signature"], signature.as_str());
    let event: Value = serde_json::from_slice(&body).unwrap();
    let head = ledger::verify(&app.app.db).await.unwrap();
    assert_eq!((&event["type"], &event["data"]["seq"]), (&"bevis.ledger.head".into(), &1.into()));
    assert_eq!(event["data"]["hash"], head.hash.as_str());
    assert_eq!(anchors(&app).await[0].fault, None);

    append(&app.app.db, app.app.clock.now(), "Anna", "test.entry").await;
    ledger::send_due(&app.app).await.unwrap();
    assert_eq!(hook.0.lock().unwrap().1.len(), 3, "an hour is over, and there is another head");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_file_grows_by_a_line_a_head(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("heads.jsonl");
    let app = TestApp::with(&pool, "http://127.0.0.1:9/nobody", |config: &mut Config| {
        config.ledger.file = Some(HeadFile { path: path.clone(), every_minutes: HOUR });
    });
    for _ in 0..2 {
        append(&app.app.db, app.app.clock.now(), "Anna", "test.entry").await;
        ledger::send_due(&app.app).await.unwrap();
        app.app.clock.advance(TimeDelta::minutes(61));
    }
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.iter().map(|line| line["seq"].as_i64().unwrap()).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(lines[1]["hash"], ledger::verify(&app.app.db).await.unwrap().hash.as_str());
}

/// A time-stamping authority in a folder, with a root and an intermediate above it.
#[derive(Clone)]
struct Authority {
    folder: PathBuf,
}

fn openssl(folder: &Path, arguments: &[&str]) {
    let output = Command::new("openssl").args(arguments).current_dir(folder).output().expect("openssl is installed");
    assert!(output.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

impl Authority {
    /// With keys of a kind: `rsa` or `ec`.
    fn new(folder: &Path, key: &str) -> Self {
        let write = |name: &str, text: String| std::fs::write(folder.join(name), text).unwrap();
        let ca = "basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\n";
        write("ca.ext", ca.into());
        write(
            "tsa.ext",
            "keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\nsubjectKeyIdentifier=hash\n"
                .into(),
        );
        write(
            "tsa.cnf",
            "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\ncrypto_device=builtin\nsigner_cert=tsa.pem\ncerts=chain.pem\n\
             signer_key=tsa.key\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\ndigests=sha256,sha512\naccuracy=secs:1\n\
             ordering=yes\ntsa_name=yes\ness_cert_id_chain=no\ness_cert_id_alg=sha256\n"
                .into(),
        );
        write("serial", "01\n".into());
        let new_key: &[&str] = if key == "ec" {
            &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
        } else {
            &["-newkey", "rsa:2048"]
        };
        for (name, subject) in [("root", "/CN=Root"), ("sub", "/CN=Intermediate"), ("tsa", "/CN=Stamps")] {
            let files = [format!("{name}.key"), format!("{name}.csr")];
            let mut request = vec!["req", "-new", "-nodes", "-subj", subject, "-keyout", &files[0], "-out", &files[1]];
            request.extend(new_key);
            openssl(folder, &request);
        }
        let days = ["-days", "30"];
        let sign = |arguments: &[&str]| openssl(folder, &[&["x509", "-req"], arguments, &days[..]].concat());
        sign(&["-in", "root.csr", "-signkey", "root.key", "-extfile", "ca.ext", "-out", "root.pem"]);
        sign(&[
            "-in",
            "sub.csr",
            "-CA",
            "root.pem",
            "-CAkey",
            "root.key",
            "-CAcreateserial",
            "-extfile",
            "ca.ext",
            "-out",
            "sub.pem",
        ]);
        sign(&[
            "-in",
            "tsa.csr",
            "-CA",
            "sub.pem",
            "-CAkey",
            "sub.key",
            "-CAcreateserial",
            "-extfile",
            "tsa.ext",
            "-out",
            "tsa.pem",
        ]);
        let chain = ["tsa.pem", "sub.pem"].map(|name| std::fs::read_to_string(folder.join(name)).unwrap()).concat();
        write("chain.pem", chain);
        Self { folder: folder.to_owned() }
    }

    /// What `openssl ts -reply` answers.
    fn reply(&self, query: &[u8]) -> Vec<u8> {
        std::fs::write(self.folder.join("query.tsq"), query).unwrap();
        openssl(&self.folder, &["ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr"]);
        std::fs::read(self.folder.join("reply.tsr")).unwrap()
    }

    fn trusted(&self) -> Vec<CertificateDer<'static>> {
        CertificateDer::pem_file_iter(self.folder.join("root.pem")).unwrap().map(Result::unwrap).collect()
    }
}

async fn stamp(State(authority): State<Authority>, headers: HeaderMap, body: Bytes) -> impl IntoResponse {
    assert_eq!(headers["content-type"], "application/timestamp-query");
    ([("content-type", "application/timestamp-reply")], authority.reply(&body))
}

#[sqlx::test(migrations = "../migrations")]
async fn an_authority_stamps_the_head_and_openssl_verifies_what_is_downloaded(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::new(folder.path(), "rsa");
    let url = serve(Router::new().route("/", post(stamp)).with_state(authority)).await;
    let app = TestApp::with(&pool, "http://127.0.0.1:9/nobody", |config: &mut Config| {
        let ca_file = folder.path().join("root.pem");
        config.ledger.timestamp = Some(HeadTimestamp { url: url.parse().unwrap(), ca_file, every_minutes: HOUR });
    });
    append(&app.app.db, second(1), "Anna", "test.entry").await;
    ledger::send_due(&app.app).await.unwrap();
    let anchor = anchors(&app).await.pop().unwrap();
    assert_eq!((anchor.fault.as_deref(), anchor.has_receipt, anchor.seq), (None, true, 1));

    let mut auditor = app.as_role(Role::Auditor).await;
    let page = auditor.get("/ledger").await.body;
    let address = format!("/ledger/anchors/{}/receipt", anchor.id);
    assert!(page.contains(&address), "{page}");
    let request = tower::ServiceExt::oneshot(
        app.router(),
        http::Request::get(&address)
            .header("cookie", format!("{}={}", crate::harness::caller::SESSION, auditor.session().unwrap()))
            .body(axum::body::Body::empty())
            .unwrap(),
    );
    let answer = request.await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/timestamp-reply");
    assert_eq!(answer.headers()["content-disposition"], "attachment; filename=\"bevis-ledger-1.tsr\"");
    let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    std::fs::write(folder.path().join("downloaded.tsr"), bytes).unwrap();
    let verify = [
        "ts",
        "-verify",
        "-digest",
        &anchor.hash,
        "-in",
        "downloaded.tsr",
        "-CAfile",
        "root.pem",
        "-untrusted",
        "sub.pem",
    ];
    openssl(folder.path(), &verify);
    assert_eq!(app.as_role(Role::Viewer).await.get(&address).await.status, StatusCode::FORBIDDEN);
    assert_eq!(auditor.get("/ledger/anchors/none/receipt").await.status, StatusCode::NOT_FOUND);
}

#[test]
fn only_the_answer_to_this_request_by_this_authority_counts() {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (ours, other) = (Authority::new(folder.path(), "ec"), Authority::new(elsewhere.path(), "ec"));
    let (digest, nonce) = ([7; 32], timestamp::nonce());
    let answer = ours.reply(&timestamp::request(digest, nonce).unwrap());
    timestamp::verify(&answer, digest, nonce, &ours.trusted()).expect("it holds");

    let refused = |answer: &[u8], digest, nonce, authority: &Authority| {
        timestamp::verify(answer, digest, nonce, &authority.trusted()).expect_err("it must not count")
    };
    assert_eq!(refused(&answer, [8; 32], nonce, &ours), timestamp::Fault::OtherDigest);
    assert_eq!(refused(&answer, digest, timestamp::nonce(), &ours), timestamp::Fault::OtherNonce);
    assert_eq!(refused(&answer, digest, nonce, &other), timestamp::Fault::Untrusted);
    assert_eq!(timestamp::verify(&answer, digest, nonce, &[]), Err(timestamp::Fault::Untrusted));
    assert_eq!(refused(b"", digest, nonce, &ours), timestamp::Fault::Unreadable);
    assert_eq!(refused(b"<html>not found</html>", digest, nonce, &ours), timestamp::Fault::Unreadable);
    // Whatever is changed of the answer, it counts no more, or still says the same.
    let at = timestamp::verify(&answer, digest, nonce, &ours.trusted()).unwrap();
    for place in 0..answer.len() {
        let mut changed = answer.clone();
        changed[place] ^= 0x01;
        if let Ok(told) = timestamp::verify(&changed, digest, nonce, &ours.trusted()) {
            assert_eq!(told, at, "byte {place}");
        }
    }
}
