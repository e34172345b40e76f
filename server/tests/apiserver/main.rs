//! Bevis against a real kube-apiserver with etcd, loaded with the CRDs and objects of the projects that it reads.
//!
//! The programs are those of `BEVIS_APISERVER_BIN`, of `KUBEBUILDER_ASSETS`, or what `scripts/build-apiserver` made.
//! Where there are none the suite says so aloud, and counts as skipped, never as passed; so do single stories whose
//! input (the corpus) is not at hand. The closing line is the count.
#![expect(clippy::print_stdout, reason = "a suite tells how it goes")]

mod access;
mod api;
mod lists;
mod pki;
mod process;
mod reading;
mod rules;
mod served;
mod stories;
mod verdicts;

use process::ApiServer;
use std::{path::PathBuf, process::ExitCode};

/// How a story went.
enum Ending {
    Passed,
    Failed(String),
    Skipped(String),
}

/// Where the programs are, if they are.
#[expect(clippy::disallowed_methods, reason = "a test is told where its programs are")]
fn programs() -> Option<PathBuf> {
    let named = ["BEVIS_APISERVER_BIN", "KUBEBUILDER_ASSETS"].into_iter().filter_map(|name| std::env::var(name).ok());
    let built = std::env::var("HOME").ok().map(|home| format!("{home}/.cache/bevis-apiserver/bin"));
    let folders = named.chain(built).map(PathBuf::from);
    folders.into_iter().find(|folder| folder.join("kube-apiserver").is_file() && folder.join("etcd").is_file())
}

fn main() -> ExitCode {
    let Some(programs) = programs() else {
        println!("apiserver suite: SKIPPED: there is no kube-apiserver with etcd; scripts/build-apiserver makes them");
        println!("0 passed, 0 failed, 1 skipped");
        return ExitCode::SUCCESS;
    };
    // Fails only when something else has installed one, which is as good.
    let _already = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let (passed, failed, skipped) = runtime.block_on(async {
        match ApiServer::start(&programs).await {
            Ok(server) => run(server).await,
            Err(error) => {
                println!("apiserver suite: FAILED to start: {error:#}");
                (0, 1, 0)
            }
        }
    });
    println!("{passed} passed, {failed} failed, {skipped} skipped");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn run(server: ApiServer) -> (u32, u32, u32) {
    let server: &'static ApiServer = Box::leak(Box::new(server));
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for (name, story) in stories::all() {
        let began = std::time::Instant::now();
        // A story that panics fails; those after it are still told.
        let ending = tokio::spawn(story(server)).await.unwrap_or_else(|panic| Ending::Failed(panic.to_string()));
        let took = began.elapsed().as_secs_f32();
        match ending {
            Ending::Passed => {
                passed += 1;
                println!("apiserver: {name} ... ok ({took:.1} s)");
            }
            Ending::Skipped(why) => {
                skipped += 1;
                println!("apiserver: {name} ... SKIPPED: {why}");
            }
            Ending::Failed(why) => {
                failed += 1;
                println!("apiserver: {name} ... FAILED: {why}");
            }
        }
    }
    server.stop().await;
    (passed, failed, skipped)
}
