//! The first request of every round: whether there is an API server, which version, and what time it has.

use super::{
    client::{Client, found},
    error::ReadError,
    requests::{GROUPS, VERSION},
};
use chrono::TimeDelta;
use http::StatusCode;
use model::{
    Instant,
    scan::{Coverage, Read},
};
use serde::Deserialize;

const JSON: &str = "application/json";

/// What an API server says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hello {
    /// As `v1.32.1`; `None` where it may not be read.
    pub version: Option<String>,
    /// The minor version of Kubernetes 1.
    pub minor: Option<u32>,
    /// How far its clock is ahead of ours; zero where it does not tell the time.
    pub ahead: TimeDelta,
}

#[derive(Deserialize)]
struct Version {
    #[serde(rename = "gitVersion")]
    full: String,
    #[serde(default)]
    major: String,
    #[serde(default)]
    minor: String,
}

#[derive(Deserialize)]
struct Groups {
    // No default: an answer without groups is no answer of an API server.
    groups: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    name: String,
}

/// Asks for the version. `now` is Bevis' own time. Being forbidden to know it is no obstacle.
pub async fn hello(client: &Client, now: impl Fn() -> Instant) -> Result<Hello, ReadError> {
    let answer = match client.get(VERSION.path, JSON, &format!("get {}", VERSION.path)).await {
        Ok(answer) => answer,
        Err(ReadError::Forbidden { .. }) => return Ok(Hello { version: None, minor: None, ahead: TimeDelta::zero() }),
        Err(ReadError::Absent) => return Err(no_api_server(VERSION.path, StatusCode::NOT_FOUND, b"404")),
        Err(error) => return Err(error),
    };
    let version: Version =
        serde_json::from_slice(&answer.body).map_err(|_| no_api_server(VERSION.path, StatusCode::OK, &answer.body))?;
    // Hosted clusters write "29+".
    let digits = version.minor.trim_end_matches(|c: char| !c.is_ascii_digit());
    Ok(Hello {
        minor: digits.parse().ok().filter(|_| version.major == "1"),
        version: Some(version.full).filter(|version| version.len() <= 100),
        ahead: answer.date.map_or(TimeDelta::zero(), |date| date.signed_duration_since(now())),
    })
}

/// The names of the API groups served, as a read for the scan log; `None` where they may not be read.
pub async fn groups(client: &Client) -> Result<(Option<Vec<String>>, Read), ReadError> {
    let mut read =
        Read { resource: GROUPS.path.into(), coverage: Coverage::Complete, objects: 0, malformed: 0, error: None };
    let answer = match client.get(GROUPS.path, JSON, &format!("get {}", GROUPS.path)).await {
        Ok(answer) => answer,
        Err(error @ ReadError::Forbidden { .. }) => {
            read.coverage = Coverage::Forbidden;
            read.error = Some(error.sentence());
            return Ok((None, read));
        }
        Err(ReadError::Absent) => return Err(no_api_server(GROUPS.path, StatusCode::NOT_FOUND, b"404")),
        Err(error) => return Err(error),
    };
    let groups: Groups =
        serde_json::from_slice(&answer.body).map_err(|_| no_api_server(GROUPS.path, StatusCode::OK, &answer.body))?;
    let names: Vec<String> = groups.groups.into_iter().map(|group| group.name).collect();
    read.objects = u32::try_from(names.len()).unwrap_or(u32::MAX);
    Ok((Some(names), read))
}

fn no_api_server(path: &str, status: StatusCode, body: &[u8]) -> ReadError {
    ReadError::NotKubernetes { what: format!("GET {path}"), found: found(status, body) }
}
