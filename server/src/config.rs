//! The configuration file: one TOML file, every key known, every mistake named with its line.

mod acceptances;
mod audit_dates;
mod clusters;
mod freshness;
mod ledger;
mod login;
pub mod notify;
mod place;
mod retention;
mod scan;
mod secret;
mod service_levels;
#[cfg(test)]
mod tests;

pub use acceptances::{AcceptanceSettings, LARGEST_ATTACHMENT_MB};
pub use audit_dates::AuditDate;
pub use clusters::Cluster;
pub use freshness::FreshnessSettings;
pub use ledger::{HeadFile, HeadTimestamp, HeadWebhook, LedgerSettings, TokenSettings};
pub use login::{Login, Session};
pub use retention::RetentionSettings;
pub use scan::{Budget, ObjectSettings, ScanSettings, WhichObjects};
pub use secret::Secret;
pub use service_levels::{DayKind, HolidaysOf, SlaSettings, SlaTarget};
pub use sources::Policy;

use model::{
    catalogue::{Catalogue, CatalogueError},
    custom::Custom,
};
use place::{Place::Key, Wrong, key_at, line_of};
use serde::{Deserialize, Serialize};
use sources::custom::{self, Mistake};
use std::{
    net::SocketAddr,
    num::NonZeroU32,
    path::{Path, PathBuf},
};
use url::Url;

/// All of `bevis.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where to listen; loopback by default, since TLS ends in front of Bevis.
    #[serde(default = "default_listen")]
    pub listen: SocketAddr,
    /// The address that people use. Links, redirect URIs and the CSRF rule follow it, never the Host header.
    pub public_url: Url,
    /// Networks of proxies in front of Bevis; only they may name the visitor's address in `X-Forwarded-For`.
    #[serde(default)]
    pub trusted_proxies: Vec<ipnet::IpNet>,
    /// The organisation's time zone: trends count its days, and people who chose none see it.
    #[serde(default = "default_time_zone")]
    pub time_zone: chrono_tz::Tz,
    /// The language that people whose browser asks for none of ours see: `en` or `da`.
    #[serde(default = "default_language")]
    pub language: String,
    /// PostgreSQL.
    pub database: Database,
    /// The OIDC provider.
    pub login: Login,
    /// Session limits.
    #[serde(default)]
    pub session: Session,
    /// The key that signs evidence packs.
    pub signing: Signing,
    /// How clusters are read.
    #[serde(default)]
    pub scan: ScanSettings,
    /// Within how much time findings are to be acknowledged and fixed.
    #[serde(default)]
    pub sla: SlaSettings,
    /// For how long a risk may be accepted, and by how many.
    #[serde(default)]
    pub acceptances: AcceptanceSettings,
    /// Where tickets are.
    #[serde(default)]
    pub tickets: Tickets,
    /// What clusters send by themselves.
    #[serde(default)]
    pub intake: IntakeSettings,
    /// The ledger: how often it is verified, and where its head is sent.
    #[serde(default)]
    pub ledger: LedgerSettings,
    /// Tokens of the API.
    #[serde(default)]
    pub tokens: TokenSettings,
    /// How old what is known may be.
    #[serde(default)]
    pub freshness: FreshnessSettings,
    /// How long what is recorded is kept.
    #[serde(default)]
    pub retention: RetentionSettings,
    /// By which channels people are told of what happens.
    #[serde(default)]
    pub notify: notify::NotifySettings,
    /// What `/metrics` tells.
    #[serde(default)]
    pub metrics: MetricsSettings,
    /// Files of checks that the operator wrote, beside this one.
    #[serde(default)]
    pub custom_checks: Vec<toml::Spanned<PathBuf>>,
    /// The checks in those files.
    #[serde(skip)]
    pub customs: Vec<Custom>,
    /// Instants with a name that people come back to.
    #[serde(default, rename = "audit_date")]
    pub audit_dates: Vec<AuditDate>,
    /// The clusters.
    #[serde(default, rename = "cluster")]
    pub clusters: Vec<Cluster>,
}

/// `[database]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `postgres://user:password@host/name`.
    pub url: Secret,
    /// Connections at most.
    #[serde(default = "default_connections")]
    pub max_connections: u32,
}

/// `[signing]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Signing {
    /// A PEM file with an Ed25519 private key (PKCS #8); `bevis keygen` makes one.
    pub key_file: PathBuf,
}

/// `[tickets]`
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tickets {
    /// The address of a ticket, with `{key}` where its key stands: people may then write the key alone.
    pub address: Option<String>,
}

impl Tickets {
    fn check(&self) -> Result<(), Wrong> {
        let reads = |address: &String| model::disposition::Ticket::read(&address.replace("{key}", "KEY-1")).is_some();
        match &self.address {
            Some(address) if !address.contains("{key}") || !reads(address) => {
                Err((Key("tickets.address"), format!("tickets.address \"{address}\": write https://host/path/{{key}}")))
            }
            _ => Ok(()),
        }
    }
}

/// `[intake]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct IntakeSettings {
    /// Requests a minute from one token; a third of them may come at once.
    pub requests_per_minute: NonZeroU32,
    /// Days that bodies are kept as they came, with all the personal data in them; 0 keeps none.
    pub keep_raw_days: u32,
}

impl Default for IntakeSettings {
    fn default() -> Self {
        Self { requests_per_minute: NonZeroU32::new(1200).unwrap_or(NonZeroU32::MIN), keep_raw_days: 0 }
    }
}

/// `[metrics]`
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct MetricsSettings {
    /// Whether `/metrics`, which everybody can read, tells clusters apart by their names.
    pub clusters: bool,
}

/// Why a configuration is refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {}: {error}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A mistake at a line.
    #[error("{}:{line}: {message}", path.display())]
    Mistake {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong, with the key.
        message: String,
    },
}

impl Config {
    /// Reads a configuration file.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text =
            std::fs::read_to_string(path).map_err(|error| ConfigError::Unreadable { path: path.into(), error })?;
        Self::parse(&text, path)
    }

    /// Parses a configuration; `path` is for messages.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let mistake =
            |at: usize, message: String| ConfigError::Mistake { path: path.into(), line: line_of(text, at), message };
        let wrong = |(place, message): Wrong| mistake(place.in_text(text), message);
        let mut config: Self = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            mistake(at, with_key(text, at, error.message()))
        })?;
        config.check().map_err(wrong)?;
        audit_dates::read(&mut config.audit_dates).map_err(wrong)?;
        for file in &config.custom_checks {
            let checks = read_checks(&path.with_file_name(file.get_ref()), |why| mistake(file.span().start, why))?;
            config.customs.extend(checks);
            let all = Catalogue::embedded().with(config.customs.clone());
            all.map_err(|error| mistake(file.span().start, error.to_string()))?;
        }
        Ok(config)
    }

    /// Puts the operator's checks into the catalogue of this process; to be done before anything reads it.
    ///
    /// # Errors
    /// Where the process has other checks already.
    pub fn install_checks(&self) -> Result<(), CatalogueError> {
        Catalogue::install(&self.customs)
    }

    fn check(&self) -> Result<(), Wrong> {
        clusters::check(&self.clusters)?;
        self.ledger.check()?;
        self.acceptances.check()?;
        self.sla.check()?;
        self.freshness.check(self.scan.interval_seconds)?;
        self.notify.check()?;
        self.tickets.check()?;
        if !matches!(self.language.as_str(), "en" | "da") {
            return Err((Key("language"), format!("language \"{}\" is not one of en, da", self.language)));
        }
        if !matches!(self.public_url.scheme(), "http" | "https") || self.public_url.path() != "/" {
            return Err((Key("public_url"), "public_url must be http(s)://host[:port] without a path".into()));
        }
        Ok(())
    }
}

/// What the parser says, with the key that it says it of; what is missing is named in its words, and stands nowhere.
fn with_key(text: &str, at: usize, message: &str) -> String {
    let key = key_at(text, at).filter(|_| !message.starts_with("missing field"));
    key.map_or_else(|| message.to_owned(), |key| format!("{key}: {message}"))
}

/// Reads a file of checks. That it cannot be read is a mistake of the configuration that names it.
fn read_checks(path: &Path, unreadable: impl FnOnce(String) -> ConfigError) -> Result<Vec<Custom>, ConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| unreadable(format!("custom_checks: cannot read {}: {error}", path.display())))?;
    custom::parse(&text).map_err(|Mistake { at, message }| ConfigError::Mistake {
        path: path.into(),
        line: line_of(&text, at),
        message,
    })
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 63
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
}

fn default_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8080))
}

fn default_time_zone() -> chrono_tz::Tz {
    chrono_tz::Europe::Copenhagen
}

fn default_language() -> String {
    "en".into()
}

const fn default_connections() -> u32 {
    16
}
