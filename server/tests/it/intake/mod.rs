//! What clusters send: over the router, into PostgreSQL, and from there to findings.

mod audit;
mod events;
mod reports;
mod senders;

use crate::harness::{TestApp, caller::Answer};
use http::{Request, header};
use model::{
    evaluation::{Evaluation, Outcome},
    ids::ClusterId,
    source::Source,
};
use server::{
    clusters::{self, Registered},
    collect::{Progress, ReadError, Session, Sisters, Standing, Target},
    config::{Config, ScanSettings},
    history::{self, Recorded},
    intake::{self, Inbox, NewToken},
};
use sqlx::PgPool;
use std::{path::Path, sync::Arc};
use tokio::sync::Semaphore;

/// A server that knows two clusters, `north` and `south`.
struct Fjord {
    app: TestApp,
    clusters: Vec<(ClusterId, String)>,
}

/// What a scan said, and what history made of it.
struct Seen {
    evaluation: Evaluation,
    recorded: Recorded,
}

impl Fjord {
    async fn new(pool: &PgPool) -> Self {
        Self::with(pool, |_| {}).await
    }

    async fn with(pool: &PgPool, change: impl FnOnce(&mut Config)) -> Self {
        let app = TestApp::with(pool, "http://127.0.0.1:9/nobody", change);
        let named = |name: &str| Registered {
            name: name.into(),
            title: name.into(),
            server: "https://x".into(),
            management: None,
        };
        let clusters = [named("north"), named("south")];
        let clusters = clusters::register(&app.app.db, &clusters, app.app.clock.now()).await.unwrap();
        Self { app, clusters }
    }

    /// A token of `north`.
    async fn token(&self, source: Source) -> String {
        self.token_of("north", source).await
    }

    async fn token_of(&self, cluster: &str, source: Source) -> String {
        let new = NewToken { cluster, source, name: "test", days: 90, by: "test" };
        intake::create(&self.app.app.db, &new, self.app.app.clock.now()).await.unwrap()
    }

    async fn send(&self, token: &str, source: Source, body: &str) -> Answer {
        let request = Request::post(format!("/intake/v1/{source}"))
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json");
        self.app.nobody().send_body(request, body).await
    }

    /// Judges a source of `north` and records it, though its API server does not answer.
    async fn look(&self, source: Source) -> Seen {
        self.look_at("north", source).await
    }

    async fn look_at(&self, cluster: &str, source: Source) -> Seen {
        let target = self.target(cluster);
        let session: Result<Session, ReadError> = Err(ReadError::Busy { tries: 1 });
        let scan = target.scan(source, &session).await;
        let recorded = history::record(&self.app.app.db, &scan, self.app.app.clock.now()).await.unwrap();
        Seen { evaluation: scan.evaluation, recorded }
    }

    fn target(&self, cluster: &str) -> Target {
        let text = format!(
            "public_url = 'http://localhost:8080'\n[database]\nurl = 'postgres://x'\n[signing]\nkey_file = 'x'\n\
             [login]\nissuer = 'x'\nclient_id = 'x'\nclient_secret = 'x'\n[login.roles]\n\
             [[cluster]]\nname = '{cluster}'\nkubeconfig = 'none'\n"
        );
        Target {
            id: self.clusters.iter().find(|(_, name)| name == cluster).unwrap().0,
            cluster: Config::parse(&text, Path::new("bevis.toml")).unwrap().clusters.remove(0),
            settings: ScanSettings::default(),
            standing: Standing::new(&ScanSettings::default()),
            clock: self.app.app.clock.clone(),
            progress: Progress::default(),
            in_all: Arc::new(Semaphore::new(1)),
            inbox: Inbox::of(self.app.app.db.clone()),
            sisters: Sisters::default(),
            keeper: Arc::default(),
        }
    }

    fn later(&self, by: chrono::TimeDelta) {
        self.app.app.clock.advance(by);
    }

    /// The time of now, as JSON has it.
    fn now(&self) -> String {
        self.app.app.clock.now().to_rfc3339_opts(chrono::SecondsFormat::Nanos, true)
    }
}

impl Seen {
    fn outcome(&self, check: &str) -> Outcome {
        self.evaluation.results.iter().find(|result| result.check.as_str() == check).unwrap().outcome
    }

    fn reason(&self, check: &str) -> Option<&str> {
        self.evaluation.results.iter().find(|result| result.check.as_str() == check).unwrap().reason.as_deref()
    }
}

/// A problem document (RFC 9457).
#[track_caller]
fn problem(answer: &Answer) -> serde_json::Value {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.body);
    let problem: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(problem["status"], answer.status.as_u16());
    for field in ["type", "title", "detail", "instance"] {
        assert!(problem[field].as_str().is_some_and(|text| !text.is_empty()), "{field}: {problem}");
    }
    problem
}

#[track_caller]
fn receipt(answer: &Answer) -> (u64, u64, u64) {
    assert_eq!(answer.status, http::StatusCode::OK, "{}", answer.body);
    let receipt: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let count = |name: &str| receipt[name].as_u64().unwrap();
    (count("taken"), count("repeated"), count("refused"))
}
