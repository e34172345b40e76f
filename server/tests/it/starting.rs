//! `bevis serve` from its start: while the database is away it says so, and works once that is there.

use crate::harness::way::Way;
use server::{clock::Clock, config::Config, reports::Signer, serve};
use sqlx::PgPool;
use std::{
    net::TcpListener,
    path::Path,
    time::{Duration, Instant},
};
use tokio_util::sync::CancellationToken;

fn configuration(port: u16, database: &str, key_file: &Path) -> Config {
    let text = format!(
        "public_url = 'http://127.0.0.1:{port}'\nlisten = '127.0.0.1:{port}'\ndatabase.url = '{database}'\n\
         signing.key_file = '{}'\n[login]\nissuer = 'http://127.0.0.1:9/nobody'\nclient_id = 'x'\n\
         client_secret = 'x'\nallow_http_loopback = true\nroles.viewer = ['staff']\n",
        key_file.display()
    );
    Config::parse(&text, Path::new("bevis.toml")).unwrap()
}

/// The status and the text of a page, once the server answers at all.
async fn page(port: u16, path: &str) -> (u16, String) {
    server::outbound::use_ring();
    let browser = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let begun = Instant::now();
    loop {
        let asked = browser.get(format!("http://127.0.0.1:{port}{path}")).header("cookie", session());
        let asked = asked.header("accept", "text/html").send().await;
        match asked {
            Ok(answer) => return (answer.status().as_u16(), answer.text().await.unwrap()),
            Err(error) => assert!(begun.elapsed() < Duration::from_mins(1), "{error}"),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// A session that nobody has: without the database nobody knows that.
fn session() -> String {
    format!("bevis_session={0}; __Host-bevis_session={0}", "A".repeat(43))
}

#[sqlx::test(migrations = "../migrations")]
async fn a_database_that_is_away_at_the_start_is_waited_for(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let key_file = folder.path().join("signing.pem");
    Signer::generate(&key_file).unwrap();
    let way = Way::to_database(&pool).await;
    let through = way.options(&pool);
    let database = format!(
        "postgres://{}@127.0.0.1:{}/{}",
        through.get_username(),
        through.get_port(),
        through.get_database().unwrap()
    );
    way.close().await;
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let stop = CancellationToken::new();
    let serving = tokio::spawn(serve::serve(configuration(port, &database, &key_file), Clock::system(), stop.clone()));

    assert_eq!(page(port, "/healthz").await.0, 200, "the program lives");
    let (status, text) = page(port, "/readyz").await;
    assert_eq!(status, 503, "{text}");
    let (status, text) = page(port, "/clusters").await;
    assert_eq!(status, 503);
    assert!(text.contains("The database does not answer"), "{text}");

    way.open().await;
    let begun = Instant::now();
    while page(port, "/readyz").await.0 != 200 {
        assert!(begun.elapsed() < Duration::from_mins(1), "it is not ready though the database is back");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let (status, _) = page(port, "/clusters").await;
    assert_eq!(status, 303, "nobody has that session: they are sent to log in");
    stop.cancel();
    serving.await.unwrap().unwrap();
}
