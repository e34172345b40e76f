//! Discovery: the old kind, a document for each group version, and the aggregated one.

use super::{Fault, Resource, World, resources::RESOURCES, state::Shared};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, header};
use serde_json::{Value, json};

const AGGREGATED: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/// Served resources: what the world has, without what a fault hides.
pub(super) fn served<'a>(shared: &'a Shared, world: &'a World) -> impl Iterator<Item = &'static Resource> + 'a {
    RESOURCES.iter().filter(move |resource| {
        let hidden = matches!(shared.fault_of(resource.plural), Some(Fault::Absent | Fault::Unavailable));
        world.serves(resource.plural) && !hidden
    })
}

/// `GET /api` and `GET /apis`.
pub(super) fn roots(shared: &Shared, world: &World, core: bool, headers: &HeaderMap) -> Response {
    let resources: Vec<_> = served(shared, world).filter(|resource| resource.group.is_empty() == core).collect();
    let accepted = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    if shared.settings.aggregated_discovery && accepted.contains("APIGroupDiscoveryList") && accepted.contains("v=v2") {
        return ([(header::CONTENT_TYPE, AGGREGATED)], aggregated(&resources).to_string()).into_response();
    }
    if core {
        return Json(json!({ "kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs": [] }))
            .into_response();
    }
    let groups: Vec<Value> = groups(&resources)
        .into_iter()
        .map(|(group, versions)| {
            let versions: Vec<Value> = versions
                .into_iter()
                .map(|version| json!({ "groupVersion": format!("{group}/{version}"), "version": version }))
                .collect();
            json!({ "name": group, "preferredVersion": versions[0], "versions": versions })
        })
        .collect();
    Json(json!({ "kind": "APIGroupList", "apiVersion": "v1", "groups": groups })).into_response()
}

/// `GET /api/v1` and `GET /apis/{group}/{version}`; `None` where that is not served.
pub(super) fn of_group(shared: &Shared, world: &World, group: &str, version: &str) -> Option<Response> {
    let resources: Vec<Value> = served(shared, world)
        .filter(|resource| resource.group == group && resource.version == version)
        .map(|resource| {
            json!({
                "name": resource.plural, "singularName": resource.kind.to_lowercase(), "namespaced": resource.namespaced,
                "kind": resource.kind, "verbs": ["get", "list", "watch"],
            })
        })
        .collect();
    let name = if group.is_empty() { version.to_owned() } else { format!("{group}/{version}") };
    let document =
        json!({ "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": name, "resources": resources });
    (!resources.is_empty()).then(|| Json(document).into_response())
}

fn aggregated(resources: &[&Resource]) -> Value {
    let items: Vec<Value> = groups(resources)
        .into_iter()
        .map(|(group, versions)| {
            let versions: Vec<Value> = versions
                .into_iter()
                .map(|version| {
                    let own = resources.iter().filter(|own| (own.group, own.version) == (group, version));
                    let members: Vec<Value> = own.map(|resource| member(resource)).collect();
                    json!({ "version": version, "resources": members, "freshness": "Current" })
                })
                .collect();
            json!({ "metadata": { "name": group, "creationTimestamp": null }, "versions": versions })
        })
        .collect();
    json!({ "kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "metadata": {}, "items": items })
}

fn member(resource: &Resource) -> Value {
    json!({
        "resource": resource.plural,
        "responseKind": { "group": resource.group, "version": resource.version, "kind": resource.kind },
        "scope": if resource.namespaced { "Namespaced" } else { "Cluster" },
        "singularResource": resource.kind.to_lowercase(),
        "verbs": ["get", "list", "watch"],
    })
}

/// Groups with their versions, in order.
fn groups(resources: &[&Resource]) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut groups: Vec<(_, Vec<_>)> = Vec::new();
    for resource in resources {
        match groups.last_mut() {
            Some((group, versions)) if *group == resource.group => versions.push(resource.version),
            _ => groups.push((resource.group, vec![resource.version])),
        }
    }
    for (_, versions) in &mut groups {
        versions.dedup();
    }
    groups
}
