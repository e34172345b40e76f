//! The first request of every round: whether there is an API server, which version, and what time it has.

use super::{client::Client, list::METADATA_JSON};
use http::StatusCode;
use model::{
    Instant,
    scan::{Coverage, Read},
};
use serde::Deserialize;
use sources::{
    ReadError,
    page::{Page, found},
    reader::{Group, Groups, Hello},
    request::{GROUPS, IDENTITY, NAMESPACES, VERSION},
};

const JSON: &str = "application/json";

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
struct GroupList {
    // No default: an answer without groups is no answer of an API server.
    groups: Vec<Group>,
}

/// Asks for the version. `now` is Bevis' own time. Being forbidden to know it is no obstacle.
pub async fn hello(client: &Client, now: impl Fn() -> Instant) -> Result<Hello, ReadError> {
    let answer = match client.get(VERSION.path, JSON, &format!("get {}", VERSION.path)).await {
        Ok(answer) => answer,
        Err(ReadError::Forbidden { .. }) => return Ok(Hello::default()),
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
        ahead: answer.date.map(|date| date.signed_duration_since(now())),
    })
}

/// Which cluster it is: the uid of a namespace that every cluster has. `None` where it does not tell, or may not.
pub(super) async fn identity(client: &Client) -> Option<String> {
    let answer = client.get(IDENTITY.path, METADATA_JSON, &NAMESPACES.permission()).await.ok()?;
    let page = Page::split(answer.body, IDENTITY.path).ok()?;
    let [version] = page.versions()?.try_into().ok()?;
    (version.key() == (None, "kube-system")).then_some(version.uid)
}

/// The API groups that are served.
pub async fn groups(client: &Client) -> Result<Groups, ReadError> {
    let mut read = Read {
        resource: GROUPS.path.into(),
        coverage: Coverage::Complete,
        objects: 0,
        malformed: 0,
        confirmed: 0,
        error: None,
        problems: Vec::new(),
    };
    let answer = match client.get(GROUPS.path, JSON, &format!("get {}", GROUPS.path)).await {
        Ok(answer) => answer,
        Err(error @ ReadError::Forbidden { .. }) => {
            read.coverage = Coverage::Forbidden;
            read.error = Some(error.sentence());
            read.problems = vec![error.problem()];
            return Ok(Groups { read, served: None });
        }
        Err(ReadError::Absent) => return Err(no_api_server(GROUPS.path, StatusCode::NOT_FOUND, b"404")),
        Err(error) => return Err(error),
    };
    let groups: GroupList =
        serde_json::from_slice(&answer.body).map_err(|_| no_api_server(GROUPS.path, StatusCode::OK, &answer.body))?;
    read.objects = u32::try_from(groups.groups.len()).unwrap_or(u32::MAX);
    Ok(Groups { read, served: Some(groups.groups) })
}

fn no_api_server(path: &str, status: StatusCode, body: &[u8]) -> ReadError {
    ReadError::NotKubernetes { what: format!("GET {path}"), found: found(status.as_u16(), body) }
}
