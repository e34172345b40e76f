//! A check that an operator wrote: it counts once it was tried, opens and closes findings, and shows its own words.
//!
//! The program itself runs: the catalogue of a process is set once, and the other tests have theirs.

use crate::harness::{TestApp, people};
use fleet::{
    cluster::{Settings, SimCluster, World},
    now::Now,
};
use model::role::Role;
use serde_json::{Value, json};
use sqlx::PgPool;
use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::Output,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::process::{Child, Command};

const EXAMPLE: &str = include_str!("../../../deploy/checks/example.toml");
const PAGE: &str = "/checks/custom.two_replicas";

/// The program `bevis` with a folder of its own, and somebody who may look.
struct Bevis {
    folder: TempDir,
    port: u16,
    cookie: String,
    serving: Option<Child>,
}

impl Bevis {
    async fn new(pool: &PgPool, cluster: &SimCluster) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        cluster.write_kubeconfig(&folder.path().join("kubeconfig")).unwrap();
        let options = pool.connect_options();
        let database = format!(
            "postgres://{}@{}:{}/{}",
            options.get_username(),
            options.get_host(),
            options.get_port(),
            options.get_database().unwrap()
        );
        fs::write(folder.path().join("bevis.toml"), configuration(port, &database, folder.path())).unwrap();
        let session = TestApp::in_earnest(pool, "http://127.0.0.1:9/nobody", |_| {}).as_role(Role::Admin).await;
        let id = session.session().unwrap();
        let bevis =
            Self { folder, port, cookie: format!("bevis_session={id}; __Host-bevis_session={id}"), serving: None };
        bevis.write_checks(EXAMPLE);
        assert!(bevis.run(&["keygen", &bevis.path("signing.pem")]).await.status.success());
        bevis
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn write_checks(&self, text: &str) {
        fs::create_dir_all(self.path("checks")).unwrap();
        fs::write(self.path("checks/team.toml"), text).unwrap();
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bevis"));
        command.args(["--log", "error", "--config", &self.path("bevis.toml")]).kill_on_drop(true);
        command
    }

    async fn run(&self, arguments: &[&str]) -> Output {
        self.command().args(arguments).output().await.unwrap()
    }

    /// Begins to serve, anew where it does.
    async fn serve(&mut self) {
        if let Some(mut serving) = self.serving.take() {
            // As it should be stopped: it gives the cluster back, which the next would have to wait for.
            let id = serving.id().unwrap().to_string();
            assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
            serving.wait().await.unwrap();
        }
        self.serving = Some(self.command().arg("serve").spawn().unwrap());
    }

    async fn page(&self, language: &str) -> String {
        let asked = reqwest::Client::builder()
            .no_proxy()
            .build()
            .unwrap()
            .get(format!("http://127.0.0.1:{}{PAGE}", self.port))
            .header("cookie", &self.cookie)
            .header("accept-language", language)
            .send();
        match asked.await {
            Ok(answer) => answer.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Waits until the check's page is as it should be.
    async fn until(&self, language: &str, is_so: impl Fn(&str) -> bool) -> String {
        let begun = Instant::now();
        loop {
            let page = self.page(language).await;
            if is_so(&page) {
                return page;
            }
            assert!(begun.elapsed() < Duration::from_secs(90), "{page}");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}

fn configuration(port: u16, database: &str, folder: &Path) -> String {
    let folder = folder.display();
    format!(
        "public_url = 'http://127.0.0.1:{port}'\nlisten = '127.0.0.1:{port}'\ncustom_checks = ['checks/team.toml']\n\
         database.url = '{database}'\nsigning.key_file = '{folder}/signing.pem'\nscan.interval_seconds = 1\nscan.requests_per_second = 1000\n\
         [login]\nissuer = 'http://127.0.0.1:9/nobody'\nclient_id = 'x'\nclient_secret = 'x'\n\
         allow_http_loopback = true\nroles.viewer = ['staff']\n\
         [[cluster]]\nname = 'alpha'\nkubeconfig = '{folder}/kubeconfig'\n"
    )
}

fn deployment(name: &str, replicas: u32) -> Value {
    let metadata = json!({ "name": name, "namespace": "shop", "labels": { "tier": "customer" } });
    json!({ "metadata": metadata, "spec": { "replicas": replicas } })
}

const FAULT: &str = "The rule of this check is not fulfilled.";
const UNTRIED: &str = "has not been tried on any cluster yet";

#[sqlx::test(migrations = "../migrations")]
async fn a_check_of_ones_own_counts_once_it_was_tried(pool: PgPool) {
    let cluster = SimCluster::hold(Settings::new("alpha", Now::system()), World::empty("v1.32.0")).await.unwrap();
    cluster.put("deployments", deployment("portal", 1));
    cluster.put("deployments", deployment("shop", 3));
    let mut bevis = Bevis::new(&pool, &cluster).await;

    // It is read, and says nothing yet.
    bevis.serve().await;
    let page = bevis.until("en", |page| page.contains(UNTRIED)).await;
    assert!(page.contains("Services for customers have two replicas") && !page.contains(FAULT), "{page}");
    let page = bevis.until("da", |page| page.contains("endnu ikke prøvet på nogen klynge")).await;
    assert!(page.contains("Tjenester til kunder har to replikaer"), "{page}");
    assert!(page.contains("Med én replika tager en node"), "{page}");

    // Tried, it counts.
    let tried = bevis.run(&["check", "try", "custom.two_replicas", "--cluster", "alpha"]).await;
    let told = String::from_utf8_lossy(&tried.stdout);
    assert!(tried.status.success(), "{told}{}", String::from_utf8_lossy(&tried.stderr));
    assert!(told.contains("fail          Deployment shop/portal\npass          Deployment shop/shop\n"), "{told}");
    assert!(told.contains("1 pass, 1 fail, 0 not selected, 0 could not be judged"), "{told}");
    let entries = people::ledger(&pool).await;
    let entry = entries.iter().find(|(action, _)| action == "check.try").unwrap();
    assert!(entry.1.contains(r#""check":"custom.two_replicas""#) && entry.1.contains(r#""failed":1"#), "{}", entry.1);
    bevis.until("en", |page| page.contains(FAULT) && page.contains("portal")).await;
    bevis.until("da", |page| page.contains("Reglen i dette tjek er ikke opfyldt.")).await;

    // A mended object closes its finding.
    cluster.put("deployments", deployment("portal", 2));
    bevis.until("en", |page| page.contains("Services for customers") && !page.contains(FAULT)).await;

    // A changed rule is another: what it says does not count before it was tried.
    bevis.write_checks(&EXAMPLE.replace("replicas >= 2'", "replicas > 1'"));
    bevis.serve().await;
    bevis.until("en", |page| page.contains(UNTRIED)).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn what_cannot_be_tried_is_said_and_not_recorded(pool: PgPool) {
    let cluster = SimCluster::hold(Settings::new("alpha", Now::system()), World::empty("v1.32.0")).await.unwrap();
    let bevis = Bevis::new(&pool, &cluster).await;
    let told = |output: Output| String::from_utf8_lossy(&output.stderr).into_owned();
    let unknown = told(bevis.run(&["check", "try", "custom.nothing", "--cluster", "alpha"]).await);
    assert!(unknown.contains("there are: custom.two_replicas"), "{unknown}");
    cluster.set_away(true);
    let away = told(bevis.run(&["check", "try", "custom.two_replicas", "--cluster", "alpha"]).await);
    assert!(!away.is_empty());
    assert!(people::ledger(&pool).await.iter().all(|(action, _)| action != "check.try"));

    let dry = bevis.run(&["scan", "--cluster", "alpha", "--dry-run"]).await;
    let dry = String::from_utf8_lossy(&dry.stdout).into_owned();
    assert!(dry.contains("GET /apis/apps/v1/deployments?limit=500\n      checks of your own"), "{dry}");

    bevis.write_checks(&EXAMPLE.replace("replicas >= 2'", "replicas >= 9'"));
    let refused = told(bevis.run(&["check-config"]).await);
    assert!(
        refused.contains("checks/team.toml:") && refused.contains("this sample should pass, and fails"),
        "{refused}"
    );
}
