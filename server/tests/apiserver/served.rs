//! The program itself, from a configuration to what is on record and what its API answers.

use crate::{
    Ending,
    process::{ADMIN, ApiServer},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use model::role::Role;
use serde_json::Value;
use server::{auth::session, clock::Clock, config, reports::Signer};
use sqlx::{Connection, Executor, PgConnection, PgPool};
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::process::{Child, Command};
use uuid::Uuid;

/// How long a cluster may take to be read and recorded.
const PATIENCE: Duration = Duration::from_mins(2);
/// Where a pod finds its service account.
const SERVICE_ACCOUNT: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// A kubeconfig that holds all that it needs, as providers hand them out: authority, certificate and key as data.
pub(crate) async fn by_a_kubeconfig_with_data(server: &ApiServer) -> Ending {
    let data = |name: &str| STANDARD.encode(server.pki.text(name).expect("a file"));
    let text = format!(
        "apiVersion: v1\nkind: Config\ncurrent-context: real\n\
         clusters: [{{name: c, cluster: {{server: \"{}\", certificate-authority-data: {}}}}}]\n\
         users: [{{name: u, user: {{client-certificate-data: {}, client-key-data: {}}}}}]\n\
         contexts: [{{name: real, context: {{cluster: c, user: u}}}}]\n",
        server.url,
        data("ca.crt"),
        data("admin.crt"),
        data("admin.key")
    );
    let path = server.file("kubeconfig-with-data");
    fs::write(&path, text).expect("a kubeconfig");
    let bevis = Served::start(&format!("kubeconfig = '{}'", path.display()), &[]).await;
    bevis.expect_recorded().await;
    Ending::Passed
}

/// Bevis in a pod of the cluster that it reads, with nothing but its service account.
pub(crate) async fn by_the_service_account_of_its_pod(server: &ApiServer) -> Ending {
    let folder = Path::new(SERVICE_ACCOUNT);
    if folder.exists() {
        return Ending::Skipped(format!("this is a pod: {SERVICE_ACCOUNT} is there"));
    }
    if let Err(error) = fs::create_dir_all(folder) {
        return Ending::Skipped(format!("{SERVICE_ACCOUNT} cannot be made: {error}"));
    }
    let _gone_with_the_story = ServiceAccount;
    fs::write(folder.join("token"), ADMIN).expect("a token");
    fs::write(folder.join("namespace"), "bevis").expect("a namespace");
    fs::copy(server.pki.path("ca.crt"), folder.join("ca.crt")).expect("an authority");
    let (host, port) = server.url.trim_start_matches("https://").split_once(':').expect("host and port");
    let pod = [("KUBERNETES_SERVICE_HOST", host), ("KUBERNETES_SERVICE_PORT", port)];
    let bevis = Served::start("in_cluster = true", &pod).await;
    bevis.expect_recorded().await;
    Ending::Passed
}

/// The folder of the service account, which goes when the story ends.
struct ServiceAccount;

impl Drop for ServiceAccount {
    fn drop(&mut self) {
        let _gone = fs::remove_dir_all("/var/run/secrets/kubernetes.io");
    }
}

/// `bevis serve` that reads one cluster, with a database and a folder of its own.
struct Served {
    url: String,
    pool: PgPool,
    session: String,
    program: Child,
    _folder: TempDir,
}

impl Served {
    async fn start(access: &str, environment: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database = database().await;
        let key_file = folder.path().join("signing.pem");
        Signer::generate(&key_file).expect("a key");
        let port =
            std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
        let url = format!("http://127.0.0.1:{port}");
        let configuration = folder.path().join("bevis.toml");
        let text = format!(
            "public_url = '{url}'\nlisten = '127.0.0.1:{port}'\ndatabase.url = '{database}'\n\
             signing.key_file = '{}'\n[login]\nissuer = 'http://127.0.0.1:9/nobody'\nclient_id = 'x'\n\
             client_secret = 'x'\nallow_http_loopback = true\nroles.viewer = ['staff']\n\
             [[cluster]]\nname = 'real'\n{access}\n",
            key_file.display()
        );
        fs::write(&configuration, text).expect("a configuration");
        let mut command = Command::new(env!("CARGO_BIN_EXE_bevis"));
        command.args(["--log", "error", "--config"]).arg(&configuration).arg("serve").kill_on_drop(true);
        let program = command.envs(environment.iter().copied()).spawn().expect("the program");
        let pool = PgPool::connect(&database).await.expect("the database");
        let mut served = Self { url, pool, session: String::new(), program, _folder: folder };
        let began = Instant::now();
        while served.answers("/readyz").await.is_none() {
            pause(began, "the schema").await;
        }
        served.session = viewer(&served.pool).await;
        served
    }

    async fn answers(&self, path: &str) -> Option<String> {
        let browser = reqwest::Client::builder().no_proxy().build().expect("a client");
        let cookie = format!("bevis_session={0}; __Host-bevis_session={0}", self.session);
        let answer = browser.get(format!("{}{path}", self.url)).header("cookie", cookie).send().await.ok()?;
        if answer.status().is_success() { answer.text().await.ok() } else { None }
    }

    async fn json(&self, path: &str) -> Value {
        let text = self.answers(path).await.expect("an answer");
        serde_json::from_str(&text).expect("JSON")
    }

    /// That the cluster was read, is on record, and is what the API and the pages tell.
    async fn expect_recorded(mut self) {
        let every_source = i64::try_from(model::catalogue::Catalogue::current().sources().count()).expect("a number");
        let began = Instant::now();
        while scans(&self.pool).await < every_source {
            pause(began, "a round").await;
        }
        let cluster = self.json("/api/v1/clusters/real").await;
        let text = cluster.to_string();
        assert!(text.contains(r#""coverage":"complete""#), "{text}");
        let findings = self.json("/api/v1/findings?cluster=real").await;
        let rows = findings["rows"].as_array().expect("rows");
        assert!(!rows.is_empty() && rows.iter().all(|row| row["cluster"]["name"] == "real"), "{} rows", rows.len());
        let page = self.answers("/clusters/real").await.expect("a page");
        assert!(page.contains("RBAC"), "{page}");
        self.program.kill().await.expect("the program ends");
        self.pool.close().await;
    }
}

/// Waits a little, and not for ever.
async fn pause(began: Instant, what: &str) {
    assert!(began.elapsed() < PATIENCE, "{what} did not come to pass");
    tokio::time::sleep(Duration::from_millis(200)).await;
}

async fn scans(pool: &PgPool) -> i64 {
    sqlx::query_scalar!(r#"SELECT count(*) AS "rows!" FROM scan"#).fetch_one(pool).await.expect("a count")
}

/// A database of its own on the server of `DATABASE_URL`.
#[expect(clippy::disallowed_methods, reason = "a test is told where its database is")]
async fn database() -> String {
    let server = std::env::var("DATABASE_URL").expect("scripts/with-postgres names a database");
    let name = format!("apiserver_{}", Uuid::now_v7().simple());
    let mut owner = PgConnection::connect(&server).await.expect("a connection");
    owner.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.expect("a database");
    let (base, _) = server.rsplit_once('/').expect("a database's name");
    format!("{base}/{name}")
}

/// A session of somebody who may look.
async fn viewer(pool: &PgPool) -> String {
    let now = Clock::system().now();
    let mut db = pool.acquire().await.expect("a connection");
    let id = Uuid::now_v7();
    sqlx::query!(
        "INSERT INTO person (id, issuer, subject, name, created_at, last_login_at) VALUES ($1, 'test', $2, $3, $4, $4)",
        id,
        id.to_string(),
        "Viewer",
        now,
    )
    .execute(&mut *db)
    .await
    .expect("a person");
    let new = session::New { person: id.into(), roles: &[Role::Viewer], id_token: None, provider_sid: None };
    let begun = session::begin(&mut db, &config::Session::default(), &new, now).await.expect("a session");
    begun.id.reveal().to_owned()
}
