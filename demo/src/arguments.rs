//! The command line and the environment: the only place of the demo that reads them.

use crate::run::STORY_DAYS;
use std::{net::IpAddr, path::PathBuf};

/// Starts Bevis with everything that it needs, for looking around.
#[derive(clap::Parser, Debug)]
#[command(name = "bevis-demo", version)]
pub(crate) struct Arguments {
    /// The port that Bevis listens on.
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    /// The address that Bevis and the identity provider listen on.
    #[arg(long, default_value = "127.0.0.1")]
    pub(crate) listen: IpAddr,
    /// Where the demo keeps its data [default: /var/lib/bevis-demo for root, else ~/.local/share/bevis-demo]
    #[arg(long, env = "BEVIS_DEMO_DATA")]
    pub(crate) data: Option<PathBuf>,
    /// The port of the identity provider. It is part of who people are: change it and they become other people.
    #[arg(long, env = "BEVIS_DEMO_OIDC_PORT", default_value_t = 5556)]
    pub(crate) oidc_port: u16,
    /// Days of history to make at the first start, of the 120 that the clusters' story goes back.
    #[arg(long, default_value_t = STORY_DAYS, value_parser = clap::value_parser!(u32).range(1..=i64::from(STORY_DAYS)))]
    pub(crate) history_days: u32,
    /// What to log, as in `RUST_LOG`.
    #[arg(long, env = "RUST_LOG", default_value = "error,kube_client=off")]
    pub(crate) log: String,
    /// The home folder.
    #[arg(long, env = "HOME", hide = true, hide_env = true)]
    pub(crate) home: Option<PathBuf>,
}
