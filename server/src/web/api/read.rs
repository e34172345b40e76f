//! Reading: overview, clusters, controls, findings, ledger.

use super::{AsOf, InstantParameter};
use crate::{
    app::App,
    auth::Visitor,
    clusters, controls,
    error::{Error, Result},
    findings, ledger, visits,
    web::Told,
};
use axum::{
    Json,
    extract::{Path, Query, RawQuery, State},
};
use model::{
    ids::{CheckId, ControlId, FindingId},
    views::{
        CheckDetail, CheckStatus, ClusterName, ClusterStatus, ControlDetail, ControlStatus, FindingDetail,
        FindingFilter, FindingGroups, FindingPage, LedgerEntry, ListView, ObjectPage, Overview, RoundEntry, ScanEntry,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Rows of a list when the request does not say.
const DEFAULT_LIMIT: u32 = 50;
/// Rows of a list at most.
const MAX_LIMIT: u32 = 500;

/// Every cluster.
#[derive(Serialize, ToSchema)]
pub struct Clusters {
    clusters: Vec<ClusterStatus>,
}

/// One cluster, every check on it, its newest rounds and its newest scans.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the words of the API")]
pub struct Cluster {
    cluster: ClusterStatus,
    /// What was asked of it in each round, beside its budget; rounds from before this was counted are not there.
    rounds: Vec<RoundEntry>,
    checks: Vec<CheckStatus>,
    scans: Vec<ScanEntry>,
}

/// Every control; `controls[].clusters` is in the order of `clusters`.
#[derive(Serialize, ToSchema)]
pub struct Controls {
    clusters: Vec<ClusterName>,
    controls: Vec<ControlStatus>,
}

/// Every check on every cluster.
#[derive(Serialize, ToSchema)]
pub struct Checks {
    checks: Vec<CheckStatus>,
}

/// Entries of the ledger, oldest first.
#[derive(Serialize, ToSchema)]
pub struct Ledger {
    entries: Vec<LedgerEntry>,
    /// Pass it as `after` to read on; absent at the end.
    next: Option<i64>,
}

/// Control themes by clusters, open findings, and the last 30 days.
#[utoipa::path(get, path = "/api/v1/overview", tag = "read", params(InstantParameter),
    responses((status = 200, body = AsOf<Overview>)))]
pub async fn overview(State(app): State<App>, Told(at, known): Told) -> Result<Json<AsOf<Overview>>> {
    let mut db = app.db.acquire().await?;
    Ok(Json(AsOf::new(at, known, controls::overview(&mut db, at).await?)))
}

/// Every cluster with its sources.
#[utoipa::path(get, path = "/api/v1/clusters", tag = "read", params(InstantParameter),
    responses((status = 200, body = AsOf<Clusters>)))]
pub async fn clusters(State(app): State<App>, Told(at, known): Told) -> Result<Json<AsOf<Clusters>>> {
    let mut db = app.db.acquire().await?;
    Ok(Json(AsOf::new(at, known, Clusters { clusters: clusters::statuses(&mut db, at).await? })))
}

/// One cluster with its newest scans.
#[utoipa::path(get, path = "/api/v1/clusters/{name}", tag = "read", params(InstantParameter, ("name" = String, Path)),
    responses((status = 200, body = AsOf<Cluster>), (status = 404)))]
pub async fn cluster(
    State(app): State<App>,
    Told(at, known): Told,
    Path(name): Path<String>,
) -> Result<Json<AsOf<Cluster>>> {
    let mut db = app.db.acquire().await?;
    let (cluster, checks, scans) = clusters::status(&mut db, &name, at).await?.ok_or(Error::NotFound)?;
    let rounds = clusters::rounds(&mut db, cluster.cluster.id, at).await?;
    Ok(Json(AsOf::new(at, known, Cluster { cluster, rounds, checks, scans })))
}

/// Every control of ISO/IEC 27001:2022 Annex A with its state; `?cluster=` narrows, and may repeat.
#[utoipa::path(get, path = "/api/v1/controls", tag = "read", params(InstantParameter, ("cluster" = Option<Vec<String>>, Query)),
    responses((status = 200, body = AsOf<Controls>)))]
pub async fn controls(
    State(app): State<App>,
    Told(at, known): Told,
    RawQuery(query): RawQuery,
) -> Result<Json<AsOf<Controls>>> {
    let mut db = app.db.acquire().await?;
    let (clusters, controls) = controls::list(&mut db, at, &cluster_names(query.as_deref())?).await?;
    Ok(Json(AsOf::new(at, known, Controls { clusters, controls })))
}

/// One control with every check on every cluster.
#[utoipa::path(get, path = "/api/v1/controls/{id}", tag = "read",
    params(InstantParameter, ("id" = String, Path), ("cluster" = Option<Vec<String>>, Query)),
    responses((status = 200, body = AsOf<ControlDetail>), (status = 404)))]
pub async fn control(
    State(app): State<App>,
    Told(at, known): Told,
    Path(id): Path<ControlId>,
    RawQuery(query): RawQuery,
) -> Result<Json<AsOf<ControlDetail>>> {
    let mut db = app.db.acquire().await?;
    let detail = controls::detail(&mut db, &id, at, &cluster_names(query.as_deref())?).await?.ok_or(Error::NotFound)?;
    Ok(Json(AsOf::new(at, known, detail)))
}

/// Every check of the catalogue on every cluster.
#[utoipa::path(get, path = "/api/v1/checks", tag = "read", params(InstantParameter),
    responses((status = 200, body = AsOf<Checks>)))]
pub async fn checks(
    State(app): State<App>,
    Told(at, known): Told,
    RawQuery(query): RawQuery,
) -> Result<Json<AsOf<Checks>>> {
    let mut db = app.db.acquire().await?;
    let checks = controls::checks(&mut db, at, &cluster_names(query.as_deref())?).await?;
    Ok(Json(AsOf::new(at, known, Checks { checks })))
}

/// One check: its results, the lists of objects that they rest on, and its worst findings.
#[utoipa::path(get, path = "/api/v1/checks/{id}", tag = "read", params(InstantParameter, ("id" = String, Path)),
    responses((status = 200, body = AsOf<CheckDetail>), (status = 404)))]
pub async fn check(
    State(app): State<App>,
    Told(at, known): Told,
    Path(id): Path<CheckId>,
    RawQuery(query): RawQuery,
) -> Result<Json<AsOf<CheckDetail>>> {
    let mut db = app.db.acquire().await?;
    let detail = controls::check(&mut db, &id, at, &cluster_names(query.as_deref())?).await?.ok_or(Error::NotFound)?;
    Ok(Json(AsOf::new(at, known, detail)))
}

/// The objects of a list that a check rests on, 200 at a time.
#[utoipa::path(get, path = "/api/v1/objects/{digest}", tag = "read",
    params(InstantParameter, ("digest" = Uuid, Path), ("from" = Option<usize>, Query)),
    responses((status = 200, body = AsOf<ObjectPage>), (status = 404)))]
pub async fn objects(
    State(app): State<App>,
    Told(at, known): Told,
    Path(digest): Path<String>,
    Query(stretch): Query<Stretch>,
) -> Result<Json<AsOf<ObjectPage>>> {
    let digest: Uuid = digest.parse().map_err(|_| Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let page = controls::objects(&mut db, digest, stretch.from, at).await?.ok_or(Error::NotFound)?;
    Ok(Json(AsOf::new(at, known, page)))
}

/// Where a stretch of a list begins.
#[derive(Deserialize)]
pub struct Stretch {
    #[serde(default)]
    from: usize,
}

/// A page of findings. The filter's parameters may repeat; `cursor` comes from `next` or `previous`.
#[utoipa::path(get, path = "/api/v1/findings", tag = "read",
    params(InstantParameter, ("cluster" = Option<Vec<String>>, Query), ("source" = Option<Vec<String>>, Query),
        ("severity" = Option<Vec<String>>, Query), ("state" = Option<Vec<String>>, Query),
        ("control" = Option<String>, Query), ("check" = Option<String>, Query),
        ("changed" = Option<String>, Query, description = "what changed since an instant (RFC 3339), or `since_visit`: since your last visit of the pages"),
        ("namespace" = Option<String>, Query, description = "`-` for what lies in none"),
        ("workload" = Option<String>, Query, description = "`Kind/namespace/name`"), ("cve" = Option<String>, Query),
        ("text" = Option<String>, Query, description = "as it stands in kind, namespace, name or key"),
        ("q" = Option<String>, Query, description = "words, each in the subject or the check's title; 200 characters and 8 words at most"),
        ("assignee" = Option<Vec<String>>, Query), ("due" = Option<String>, Query), ("service" = Option<String>, Query), ("ticket" = Option<String>, Query),
        ("sort" = Option<String>, Query), ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = AsOf<FindingPage>), (status = 400)))]
pub async fn findings(
    State(app): State<App>,
    visitor: Visitor,
    Told(at, known): Told,
    RawQuery(query): RawQuery,
) -> Result<Json<AsOf<FindingPage>>> {
    let query = query.unwrap_or_default();
    let filter = FindingFilter::from_query(&query)?;
    let since = visits::since(&mut *app.db.acquire().await?, visitor.person).await?;
    let filter = filter.since_visit(since);
    let limit = match parameter(&query, "limit") {
        None => DEFAULT_LIMIT,
        Some(text) => match text.parse() {
            Ok(limit) if (1..=MAX_LIMIT).contains(&limit) => limit,
            _ => return Err(Error::Invalid { key: "error-invalid-limit", value: text }),
        },
    };
    let mut db = app.db.acquire().await?;
    let page = findings::page(&mut db, &filter, parameter(&query, "cursor").as_deref(), limit, at).await?;
    Ok(Json(AsOf::new(at, known, page)))
}

/// Findings in groups, the worst first: 200 groups at most, of the 50,000 worst findings. The filter is as of `/api/v1/findings`.
#[utoipa::path(get, path = "/api/v1/findings/groups", tag = "read",
    params(InstantParameter,
        ("group" = String, Query, description = "`check`, `workload`, `cve`, `owner`, `control`, `cluster` or `namespace`"),
        ("cluster" = Option<Vec<String>>, Query), ("severity" = Option<Vec<String>>, Query),
        ("state" = Option<Vec<String>>, Query), ("q" = Option<String>, Query)),
    responses((status = 200, body = AsOf<FindingGroups>), (status = 400)))]
pub async fn finding_groups(
    State(app): State<App>,
    visitor: Visitor,
    Told(at, known): Told,
    RawQuery(query): RawQuery,
) -> Result<Json<AsOf<FindingGroups>>> {
    let ListView { filter, group, columns: _ } = ListView::from_query(query.as_deref().unwrap_or_default())?;
    let by = group.ok_or_else(|| Error::Invalid { key: "error-invalid-filter", value: "group=".into() })?;
    let mut db = app.db.acquire().await?;
    let filter = filter.since_visit(visits::since(&mut db, visitor.person).await?);
    Ok(Json(AsOf::new(at, known, findings::groups(&mut db, &filter, by, at).await?)))
}

/// One finding with its timeline.
#[utoipa::path(get, path = "/api/v1/findings/{id}", tag = "read", params(InstantParameter, ("id" = uuid::Uuid, Path)),
    responses((status = 200, body = AsOf<FindingDetail>), (status = 404)))]
pub async fn finding(
    State(app): State<App>,
    Told(at, known): Told,
    Path(id): Path<String>,
) -> Result<Json<AsOf<FindingDetail>>> {
    let id: FindingId = id.parse().map_err(|_| Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let detail = findings::told(&mut db, id, at).await?;
    Ok(Json(AsOf::new(at, known, detail)))
}

/// The hash-chained ledger, oldest first; `?after=` is the number of the entry to read on from.
#[utoipa::path(get, path = "/api/v1/ledger", tag = "read", params(InstantParameter, ("after" = Option<i64>, Query)),
    responses((status = 200, body = AsOf<Ledger>)))]
pub async fn ledger(
    State(app): State<App>,
    Told(at, known): Told,
    RawQuery(query): RawQuery,
) -> Result<Json<AsOf<Ledger>>> {
    let after = match parameter(query.as_deref().unwrap_or_default(), "after") {
        None => 0,
        Some(text) => text.parse().map_err(|_| Error::Invalid { key: "error-invalid-cursor", value: text })?,
    };
    let mut db = app.db.acquire().await?;
    let entries = ledger::entries_known_at(&mut db, at, after, i64::from(MAX_LIMIT)).await?;
    let next = entries.last().filter(|_| entries.len() == MAX_LIMIT as usize).map(|entry| entry.seq);
    Ok(Json(AsOf::new(at, known, Ledger { entries, next })))
}

fn cluster_names(query: Option<&str>) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for (name, value) in url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        if name != "cluster" {
            return Err(Error::Invalid { key: "error-invalid-filter", value: name.into_owned() });
        }
        names.push(value.into_owned());
    }
    Ok(names)
}

pub(super) fn parameter(query: &str, name: &str) -> Option<String> {
    url::form_urlencoded::parse(query.as_bytes()).find(|(n, _)| n == name).map(|(_, value)| value.into_owned())
}
