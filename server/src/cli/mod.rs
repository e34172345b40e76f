//! `bevis findings`: the API from a terminal, as `docs/command-line.md` describes.
//!
//! Talks to a server over HTTP with a token, and to nothing else: no configuration file, no database.

mod client;
mod findings;
mod table;

pub use client::Connection;
pub use findings::FindingsCommand;

use std::{io::Write, process::ExitCode};

/// What a command needs of the environment; only the program itself reads it.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// `BEVIS_URL`.
    pub url: Option<String>,
    /// `BEVIS_TOKEN`.
    pub token: Option<String>,
    /// Whether output goes to a terminal and `NO_COLOR` is not set.
    pub colour: bool,
}

/// Why a command came to nothing: a sentence that says what to do, and the exit code.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The server, the network, or an answer that cannot be read.
    #[error("{0}")]
    Failed(String),
    /// What was typed cannot be done.
    #[error("{0}")]
    Usage(String),
    /// The token opens nothing, or not this.
    #[error("{0}")]
    Denied(String),
    /// There is no such thing.
    #[error("{0}")]
    Missing(String),
    /// It contradicts what is, or cannot be understood.
    #[error("{0}")]
    Refused(String),
}

impl Failure {
    const fn code(&self) -> u8 {
        match self {
            Self::Failed(_) => 1,
            Self::Usage(_) => 2,
            Self::Denied(_) => 3,
            Self::Missing(_) => 4,
            Self::Refused(_) => 5,
        }
    }

    /// The same failure, after what was done before it.
    fn after(self, done: &str) -> Self {
        let told = |text: String| format!("{done}{text}");
        match self {
            Self::Failed(text) => Self::Failed(told(text)),
            Self::Usage(text) => Self::Usage(told(text)),
            Self::Denied(text) => Self::Denied(told(text)),
            Self::Missing(text) => Self::Missing(told(text)),
            Self::Refused(text) => Self::Refused(told(text)),
        }
    }
}

/// Runs a command: what it finds goes to standard output, what goes wrong to standard error.
pub async fn run(command: FindingsCommand, surroundings: &Surroundings) -> ExitCode {
    match findings::run(command, surroundings).await {
        Ok(text) => {
            // A reader that has seen enough, as `head`, closes the pipe: nothing is wrong then.
            let _closed = std::io::stdout().lock().write_all(text.as_bytes());
            ExitCode::SUCCESS
        }
        Err(failure) => {
            let _closed = writeln!(std::io::stderr().lock(), "bevis: {failure}");
            ExitCode::from(failure.code())
        }
    }
}
