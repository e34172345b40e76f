//! `bevis findings`, the program itself, against a server over HTTP.

use crate::{
    harness::{TestApp, people},
    packs::seed,
};
use http::Method;
use model::role::Role;
use serde_json::{Value, json};
use sqlx::PgPool;
use std::{net::SocketAddr, process::Output};
use tokio::process::Command;

struct Served {
    app: TestApp,
    url: String,
    token: String,
}

impl Served {
    async fn new(pool: &PgPool) -> Self {
        let app = TestApp::new(pool);
        let ids = seed::clusters(&app.app.db, "Cluster").await;
        // More findings than the API gives at once.
        let names: Vec<String> = (0..620).map(|n| format!("role-{n:03}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        for (id, names) in [(ids[0], &names[..]), (ids[1], &["south\u{1b}[2J"])] {
            let scan = seed::rbac(id, seed::at(1), names);
            server::history::record(&app.app.db, &scan, seed::at(1)).await.unwrap();
        }
        let mut engineer = app.as_role(Role::Engineer).await;
        let body = json!({ "name": "cli", "scopes": ["view", "decide"], "days": 1 }).to_string();
        let made: Value =
            serde_json::from_str(&engineer.json(Method::POST, "/api/v1/tokens", &body).await.body).unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let service = app.router().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Self { app, url, token: made["secret"].as_str().unwrap().to_owned() }
    }

    async fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        self.run_with(&self.token, arguments).await
    }

    async fn run_with(&self, token: &str, arguments: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bevis"));
        command.arg("findings").args(arguments).env_clear().env("BEVIS_URL", &self.url).env("BEVIS_TOKEN", token);
        told(command.output().await.unwrap())
    }
}

fn told(output: Output) -> (i32, String, String) {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[sqlx::test(migrations = "../migrations")]
async fn findings_are_listed_shown_and_acknowledged(pool: PgPool) {
    let served = Served::new(&pool).await;
    let (code, all, errors) = served.run(&["list"]).await;
    assert_eq!((code, errors.as_str(), all.lines().count()), (0, "", 622), "all pages, and the headings");
    assert!(!all.contains('\u{1b}'), "no colour where there is no terminal, and nothing that a terminal obeys");
    assert!(all.contains("south\\u{1b}[2J"));
    let mut lines = all.lines();
    let heading = lines.next().unwrap();
    let column = heading.find("CLUSTER").unwrap();
    assert!(lines.all(|line| line[column..].starts_with("nord") || line[column..].starts_with("syd")), "aligned");

    let (code, json, _) = served.run(&["list", "--json", "--cluster", "syd", "--severity", "high"]).await;
    let listed: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((code, listed["findings"].as_array().unwrap().len()), (0, 1));
    assert_eq!(listed["as_of"], "2026-11-02T09:00:00Z");
    let id = listed["findings"][0]["id"].as_str().unwrap();
    let (_, few, _) = served.run(&["list", "--limit", "3"]).await;
    assert_eq!(few.lines().count(), 4);
    let (_, long, _) = served.run(&["list", "--json", "--limit", "610"]).await;
    let long: Value = serde_json::from_str(&long).unwrap();
    let ids: std::collections::BTreeSet<_> =
        long["findings"].as_array().unwrap().iter().map(|row| row["id"].to_string()).collect();
    assert_eq!(ids.len(), 610, "each once");
    let (_, none, _) = served.run(&["list", "--text", "nothing-like-it"]).await;
    assert_eq!(none, "No finding matches.\n");

    let (code, done, errors) = served.run(&["ack", id, "--comment", "seen by the command line"]).await;
    assert_eq!((code, errors.as_str()), (0, ""));
    assert!(done.starts_with("Acknowledged: 1 (decision "), "{done}");
    let (_, shown, _) = served.run(&["show", id]).await;
    for part in ["acknowledged", "rbac.no_wildcards", "Test Person (token cli) seen by the command line"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let entries = people::ledger(&served.app.app.db).await;
    assert!(entries.iter().any(|(action, entry)| action == "finding.acknowledge" && entry.contains("command line")));
}

#[sqlx::test(migrations = "../migrations")]
async fn risks_are_asked_to_be_accepted_and_what_was_asked_before_a_refusal_is_said(pool: PgPool) {
    let served = Served::new(&pool).await;
    let (_, json, _) = served.run(&["list", "--json", "--cluster", "syd"]).await;
    let listed: Value = serde_json::from_str(&json).unwrap();
    let id = listed["findings"][0]["id"].as_str().unwrap();
    let asking = |ids: &[&str], more: &[&str]| {
        let words =
            ["--reason", "no time", "--compensating-control", "closed net", "--expires-at", "2026-11-20T12:00:00Z"];
        [&["accept"], ids, &words, more].concat().into_iter().map(ToOwned::to_owned).collect::<Vec<String>>()
    };
    let run =
        async |arguments: Vec<String>| served.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let (code, asked, errors) = run(asking(&[id], &["--ends-on", "severity_rises"])).await;
    assert_eq!((code, errors.as_str()), (0, ""));
    assert!(asked.starts_with(&format!("Asked for {id}: acceptance ")), "{asked}");
    let nobody = "00000000-0000-7000-8000-000000000000";
    let (code, _, errors) = run(asking(&[id, nobody], &[])).await;
    assert_ne!(code, 0);
    assert!(errors.starts_with(&format!("bevis: Asked for {id}: acceptance ")), "{errors}");
    let (code, _, errors) = run(asking(&[id], &["--ends-on", "tomorrow"])).await;
    assert!(code == 2 && errors.contains("fix_available"), "{errors}");
    let by_labels = |labels| asking(&[], &["--check", "bak.enabled", "--labels", labels]);
    let (code, _, errors) = run(by_labels("env=test")).await;
    assert!(code != 0 && errors.contains("has not read labels"), "it was asked for: {errors}");
    let (code, _, errors) = run(by_labels("env test")).await;
    assert!(code == 2 && errors.contains("no label selector"), "{errors}");
    let (code, _, _) = run(asking(&[], &["--labels", "env=test"])).await;
    assert_eq!(code, 2, "of which check");
    let entries = people::ledger(&served.app.app.db).await;
    assert_eq!(entries.iter().filter(|(action, _)| action == "acceptance.requested").count(), 2, "{entries:?}");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_goes_wrong_is_said_with_its_exit_code(pool: PgPool) {
    let served = Served::new(&pool).await;
    let nobody = "00000000-0000-7000-8000-000000000000";
    let (code, out, errors) = served.run_with("bevis_api_wrong", &["list"]).await;
    assert_eq!((code, out.as_str()), (3, ""));
    assert!(errors.starts_with("bevis: The Authorization header must be"), "{errors}");
    let cases: [(&[&str], i32, &str); 6] = [
        (&["show", nobody], 4, "bevis: "),
        (&["list", "--severity", "awful"], 5, "severity=awful"),
        (&["ack", nobody, "--comment", "x"], 4, "bevis: "),
        (&["list", "--url", "http://bevis.example"], 2, "https only"),
        (&["list", "--token-file", "/nowhere"], 2, "cannot be read"),
        (&["ack", nobody], 2, "--comment"),
    ];
    for (arguments, expected, part) in cases {
        let (code, out, errors) = served.run(arguments).await;
        assert_eq!((code, out.as_str()), (expected, ""), "{arguments:?}: {errors}");
        assert!(errors.contains(part), "{arguments:?}: {errors}");
        assert!(!errors.contains(&served.token), "{arguments:?}");
    }
    let bare = Command::new(env!("CARGO_BIN_EXE_bevis")).args(["findings", "list"]).env_clear().output().await.unwrap();
    let (code, _, errors) = told(bare);
    assert!(code == 2 && errors.contains("BEVIS_URL"), "{errors}");
    let (code, _, errors) = served.run(&["list", "--url", "http://127.0.0.1:9"]).await;
    assert!(code == 1 && errors.contains("cannot be reached"), "{errors}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_token_file_will_do(pool: PgPool) {
    let served = Served::new(&pool).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, format!("{}\n", served.token)).unwrap();
    let (code, out, _) =
        served.run_with("not-looked-at", &["list", "--limit", "1", "--token-file", file.to_str().unwrap()]).await;
    assert_eq!((code, out.lines().count()), (0, 2));
}
