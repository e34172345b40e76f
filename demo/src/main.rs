//! `bevis-demo`: Bevis with everything that it needs, started and stopped as one program.
//!
//! A private PostgreSQL in a data folder, an OIDC provider with one person for each role, a simulated fleet, and months
//! of history read from that fleet. Everything listens on loopback. It is for looking around, never for production.

mod arguments;
mod configuration;
mod fleet;
mod folder;
mod past;
mod people;
mod ports;
mod postgres;
mod run;
mod say;
mod senders;

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    // What plays the clusters talks TLS before the server does.
    server::outbound::use_ring();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return refuse(&format!("The program's threads cannot be started: {error}.")),
    };
    // On this thread: PostgreSQL is started by it, and ends with it whatever happens.
    match runtime.block_on(run::run(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => refuse(&format!("{error:#}")),
    }
}

fn refuse(why: &str) -> ExitCode {
    say::problem(why);
    ExitCode::FAILURE
}
