//! What was asked of issuers lately: requests, and orders of ACME.

use super::{
    World,
    object::{Meta, time},
    story::{Profile, Story},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// Puts the newest request of each certificate that is in order, and those that failed.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    for (_, namespace) in story.profile.teams() {
        put(world, story, (namespace, "web-tls"), story.day(-20), true);
    }
    if story.profile == Profile::Troubled && story.hours(at) >= 8 * 24 {
        put(world, story, ("warehouse", "scanner-tls"), story.day(8), false);
    }
    // A name was mistyped, and the order refused; a day later it was put right.
    if story.profile == Profile::Healthy && story.between(at, 50, 37..38) {
        let round = story.hours(at).div_euclid(50 * 24);
        put(world, story, ("newsletter", "campaign-tls"), story.day(round * 50 + 37), false);
    }
}

fn put(world: &mut World, story: &Story, (namespace, certificate): (&str, &str), made: DateTime<Utc>, done: bool) {
    let name = format!("{certificate}-1");
    let meta = |kind| Meta { kind, namespace: Some(namespace), name: &name, created: made, labels: Value::Null };
    let mut metadata = meta("CertificateRequest").json(story.seed);
    metadata["annotations"] =
        json!({ "cert-manager.io/certificate-name": certificate, "cert-manager.io/certificate-revision": "1" });
    let (status, reason, message) = if done {
        ("True", "Issued", "Certificate fetched from issuer successfully")
    } else {
        ("False", "Failed", "Failed to wait for order resource to become ready: order is in \"invalid\" state")
    };
    let since = time(made + TimeDelta::minutes(2));
    let issuer = super::certificates::issuer(story.profile);
    let issuer = json!({ "group": "cert-manager.io", "kind": "ClusterIssuer", "name": issuer });
    let mut state = json!({ "conditions": [
        { "type": "Approved", "status": "True", "reason": "cert-manager.io", "lastTransitionTime": time(made) },
        { "type": "Ready", "status": status, "reason": reason, "message": message, "lastTransitionTime": since },
    ] });
    if !done {
        state["failureTime"] = since.clone().into();
    }
    let request = json!({ "metadata": metadata, "spec": { "issuerRef": issuer, "request": "", "duration": "2160h0m0s" }, "status": state });
    world.put_all("certificaterequests", [request]);
    if story.profile == Profile::Edge {
        return;
    }
    let host = format!("{namespace}.{}", story.domain);
    let reason = if done { "" } else { "Failed to finalize Order: 400 urn:ietf:params:acme:error:rejectedIdentifier" };
    let order = json!({
        "metadata": meta("Order").json(story.seed),
        "spec": { "issuerRef": issuer, "dnsNames": [host], "request": "" },
        "status": { "state": if done { "valid" } else { "invalid" }, "reason": reason },
    });
    world.put_all("orders", [order]);
}
