//! The configuration file: one TOML file, every key known, every mistake named with its line.

mod acceptances;
mod service_levels;

pub use acceptances::{AcceptanceSettings, LARGEST_ATTACHMENT_MB};
pub use service_levels::{DayKind, HolidaysOf, SlaSettings, SlaTarget};

use crate::{freshness, retention::Class};
use model::{
    Instant,
    catalogue::{Catalogue, CatalogueError},
    custom::Custom,
    ids::ControlId,
    role::Role,
    source::Source,
};
use serde::{Deserialize, Serialize, Serializer};
pub use sources::Policy;
use sources::custom::{self, Mistake};
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    num::{NonZeroU16, NonZeroU32},
    path::{Path, PathBuf},
};
use url::Url;

mod ledger;
pub mod notify;
mod scan;
pub use ledger::{HeadFile, HeadTimestamp, HeadWebhook, LedgerSettings, TokenSettings};
pub use scan::{Budget, ObjectSettings, ScanSettings, WhichObjects};

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

/// `[login]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// The issuer, character for character as the provider's discovery document has it.
    pub issuer: String,
    /// The client id.
    pub client_id: String,
    /// The client secret.
    pub client_secret: Secret,
    /// Scopes asked for besides `openid`.
    #[serde(default = "default_scopes")]
    pub scopes: Vec<String>,
    /// The claim that holds the groups.
    #[serde(default = "default_groups_claim")]
    pub groups_claim: String,
    /// Signature algorithms accepted; never taken from the provider.
    #[serde(default = "default_algorithms")]
    pub algorithms: Vec<String>,
    /// A PEM file of authorities to trust besides the public ones, for a provider with a certificate of one's own.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Allow a provider on plain http at a loopback address; for demos and tests.
    #[serde(default)]
    pub allow_http_loopback: bool,
    /// Which groups give which role. Nobody else has any.
    pub roles: BTreeMap<Role, Vec<String>>,
}

/// `[session]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Session {
    /// Minutes without a page before a session ends.
    pub idle_minutes: u32,
    /// Hours after which a session ends whatever happens.
    pub absolute_hours: u32,
    /// Sessions of one person at a time; the oldest ends.
    pub max_per_person: u32,
}

impl Default for Session {
    fn default() -> Self {
        Self { idle_minutes: 30, absolute_hours: 10, max_per_person: 5 }
    }
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
    fn check(&self) -> Result<(), (usize, String)> {
        let reads = |address: &String| model::disposition::Ticket::read(&address.replace("{key}", "KEY-1")).is_some();
        match &self.address {
            Some(address) if !address.contains("{key}") || !reads(address) => {
                Err((0, format!("tickets.address \"{address}\": write https://host/path/{{key}}")))
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

/// `[freshness]`: seconds after which what is known is stale. Pages of the past judge by what was in force then.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FreshnessSettings {
    /// By source; the catalogue's where it is not named.
    pub sources: BTreeMap<Source, toml::Spanned<u32>>,
    /// By control: the sources behind it must be as fresh as this where their own budgets are longer.
    pub controls: BTreeMap<ControlId, toml::Spanned<u32>>,
}

impl FreshnessSettings {
    /// Every budget in force.
    pub fn settings(&self) -> BTreeMap<freshness::Of, i32> {
        let seconds = |value: &toml::Spanned<u32>| *value.get_ref();
        let sources = self.sources.iter().map(|(source, value)| (*source, seconds(value))).collect();
        let controls = self.controls.iter().map(|(control, value)| (control.clone(), seconds(value))).collect();
        freshness::settings(&sources, &controls)
    }

    fn check(&self, interval: u64) -> Result<(), (usize, String)> {
        let sources = self.sources.iter().map(|(source, value)| (source.as_str(), value));
        let controls = self.controls.iter().map(|(control, value)| (control.as_str(), value));
        for (name, value) in sources.chain(controls) {
            let (seconds, at) = (*value.get_ref(), value.span().start);
            if u64::from(seconds) <= interval {
                let why = format!(
                    "freshness of {name}: {seconds} s is no longer than scan.interval_seconds ({interval}), so it would always be stale"
                );
                return Err((at, why));
            }
            if seconds > LONGEST_BUDGET {
                return Err((at, format!("freshness of {name}: {seconds} s is more than 366 days")));
            }
        }
        let unknown = self.controls.iter().find(|(control, _)| Catalogue::embedded().control(control).is_none());
        unknown.map_or(Ok(()), |(control, value)| {
            Err((value.span().start, format!("freshness of {control}: there is no such control in Annex A")))
        })
    }
}

/// `[retention]`: whole months that a class of data is kept; for ever where it is not named.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct RetentionSettings {
    /// The scan log, and with it which objects a reading rested on.
    pub scan_log_months: Option<NonZeroU16>,
    /// Who looked when: what the coverage of time is told from.
    pub coverage_months: Option<NonZeroU16>,
    /// Objects behind verdicts, from when they were last seen in that state.
    pub objects_months: Option<NonZeroU16>,
    /// Digests and counts of batches of audit events.
    pub audit_digests_months: Option<NonZeroU16>,
    /// Messages that were delivered, given up or dropped, with every attempt, from when that happened.
    pub messages_months: Option<NonZeroU16>,
    /// How findings failed and what checks said, from when that was over.
    pub findings_months: Option<NonZeroU16>,
}

impl RetentionSettings {
    /// The classes that are not kept for ever, with their months.
    pub fn policies(self) -> Vec<(Class, i32)> {
        let all = [
            (Class::ScanLog, self.scan_log_months),
            (Class::Coverage, self.coverage_months),
            (Class::Objects, self.objects_months),
            (Class::AuditDigests, self.audit_digests_months),
            (Class::Messages, self.messages_months),
            (Class::Findings, self.findings_months),
        ];
        all.into_iter().filter_map(|(class, months)| Some((class, i32::from(months?.get())))).collect()
    }
}

/// Seconds of a freshness budget at most.
const LONGEST_BUDGET: u32 = 366 * 86_400;

/// `[[audit_date]]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AuditDate {
    /// What people read in the menu.
    pub name: toml::Spanned<String>,
    /// The instant as it is written, with its offset from UTC.
    #[serde(skip_serializing)]
    pub at: toml::value::Datetime,
    /// The same, read.
    #[serde(skip_deserializing)]
    pub instant: Instant,
}

/// `[[cluster]]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cluster {
    /// The name in URLs: lower-case letters, digits, dashes.
    pub name: toml::Spanned<String>,
    /// Text for people; the name by default.
    #[serde(default)]
    pub title: Option<String>,
    /// A kubeconfig file; either this or `in_cluster`.
    #[serde(default)]
    pub kubeconfig: Option<PathBuf>,
    /// A context in it; its current one by default.
    #[serde(default)]
    pub context: Option<String>,
    /// Reach it by the service account of the pod that Bevis runs in.
    #[serde(default)]
    pub in_cluster: bool,
    /// What may be asked of it.
    #[serde(default)]
    pub budget: Budget,
    /// What is approved in it.
    #[serde(default)]
    pub policy: Policy,
}

/// A secret given in place, or in a file (`{ file = "..." }`). Its `Debug` tells nothing, and what is written of it is only
/// that it is set.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub enum Secret {
    /// In place.
    Value(String),
    /// In a file, whose trailing line break is cut.
    File {
        /// The file.
        file: PathBuf,
    },
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("set")
    }
}

impl Secret {
    /// The secret itself.
    pub fn reveal(&self) -> std::io::Result<String> {
        match self {
            Self::Value(value) => Ok(value.clone()),
            Self::File { file } => Ok(std::fs::read_to_string(file)?.trim_end_matches(['\r', '\n']).to_owned()),
        }
    }
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
        let mut config: Self =
            toml::from_str(text).map_err(|e| mistake(e.span().map_or(0, |span| span.start), e.message().to_owned()))?;
        config.check().map_err(|(at, message)| mistake(at, message))?;
        config.read_audit_dates().map_err(|(at, message)| mistake(at, message))?;
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

    /// Reads the named instants, and puts them in their order.
    fn read_audit_dates(&mut self) -> Result<(), (usize, String)> {
        for date in &mut self.audit_dates {
            let (name, at) = (date.name.get_ref(), date.name.span().start);
            if name.trim().is_empty() || name.chars().count() > LONGEST_NAME {
                return Err((at, format!("audit_date name \"{name}\": use 1 to {LONGEST_NAME} characters")));
            }
            let text = date.at.to_string();
            let instant = chrono::DateTime::parse_from_rfc3339(&text).map_err(|_| {
                (
                    at,
                    format!(
                        "audit_date \"{name}\": at = {text} needs a time and its offset, as 2026-06-30T23:59:59+02:00"
                    ),
                )
            })?;
            date.instant = instant.to_utc();
        }
        self.audit_dates.sort_by_key(|date| date.instant);
        Ok(())
    }

    fn check(&self) -> Result<(), (usize, String)> {
        let mut seen = std::collections::BTreeSet::new();
        for cluster in &self.clusters {
            let (name, at) = (cluster.name.get_ref(), cluster.name.span().start);
            if !is_name(name) {
                return Err((
                    at,
                    format!("cluster name \"{name}\": use lower-case letters, digits and dashes, 63 at most"),
                ));
            }
            if !seen.insert(name) {
                return Err((at, format!("cluster name \"{name}\" is used twice; every [[cluster]] needs its own")));
            }
            if cluster.in_cluster == cluster.kubeconfig.is_some() {
                return Err((at, format!("cluster \"{name}\" needs either kubeconfig = \"…\" or in_cluster = true")));
            }
        }
        self.ledger.check().map_err(|why| (0, why))?;
        self.acceptances.check()?;
        self.sla.check()?;
        self.freshness.check(self.scan.interval_seconds)?;
        self.notify.check()?;
        self.tickets.check()?;
        for cluster in &self.clusters {
            self.check_management(cluster)?;
        }
        if !matches!(self.language.as_str(), "en" | "da") {
            return Err((0, format!("language \"{}\" is not one of en, da", self.language)));
        }
        if !matches!(self.public_url.scheme(), "http" | "https") || self.public_url.path() != "/" {
            return Err((0, "public_url must be http(s)://host[:port] without a path".into()));
        }
        Ok(())
    }
}

/// Characters of the name of an audit date.
const LONGEST_NAME: usize = 60;

impl Config {
    /// A management cluster is another cluster of this configuration, and relies on none itself.
    fn check_management(&self, cluster: &Cluster) -> Result<(), (usize, String)> {
        let Some(management) = &cluster.policy.management_cluster else { return Ok(()) };
        let (name, at) = (cluster.name.get_ref(), cluster.name.span().start);
        let found = self.clusters.iter().find(|other| other.name.get_ref() == management);
        match found {
            Some(other) if management != name && other.policy.management_cluster.is_none() => Ok(()),
            Some(_) if management == name => {
                Err((at, format!("management_cluster of \"{name}\" is the cluster itself; name another, or none")))
            }
            Some(_) => Err((
                at,
                format!("management_cluster of \"{name}\" is \"{management}\", which names one itself; only one may"),
            )),
            None => Err((
                at,
                format!("management_cluster of \"{name}\" is \"{management}\", which is no [[cluster]] of this file"),
            )),
        }
    }
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

impl Cluster {
    /// The text for people.
    pub fn title(&self) -> &str {
        self.title.as_deref().unwrap_or_else(|| self.name.get_ref())
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 63
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
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

fn default_scopes() -> Vec<String> {
    ["profile", "email", "groups"].map(Into::into).to_vec()
}

fn default_groups_claim() -> String {
    "groups".into()
}

fn default_algorithms() -> Vec<String> {
    ["RS256", "ES256"].map(Into::into).to_vec()
}

#[cfg(test)]
mod tests;
