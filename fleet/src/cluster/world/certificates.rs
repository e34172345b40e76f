//! cert-manager: issuers, and certificates that are renewed after two thirds of their life, or are not.

use super::{
    World,
    object::{Meta, time},
    story::{Profile, Story},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

const LIFE: TimeDelta = TimeDelta::days(90);
const RENEWED_AFTER_DAYS: i64 = 60;

/// Puts issuers and certificates.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    world.serve_cert_manager();
    issuers(world, story, at);
    for (_, namespace) in story.profile.teams() {
        let certificate = renewed(story, namespace, at);
        world.put_all("certificates", [certificate.json(story)]);
    }
    if story.profile == Profile::Management {
        let dex = Certificate { name: "dex-tls", ..renewed(story, "dex", at) };
        world.put_all("certificates", [dex.json(story)]);
    }
    if story.profile == Profile::Troubled {
        // Its renewal is stuck; it expires on day 21, and somebody mends it on day 24.
        let mended = story.day(24);
        let stuck = if at < mended {
            Certificate { failed: 9, ..Certificate::new("legacy-booking", "booking-tls", story.day(21) - LIFE, 3) }
        } else {
            Certificate::new("legacy-booking", "booking-tls", mended, 4)
        };
        world.put_all("certificates", [stuck.json(story)]);
        // Ready to this day, and expired all the same since day 27: nobody renews it.
        let forgotten =
            Certificate { renewal: false, ..Certificate::new("reporting", "partner-api-tls", story.day(27) - LIFE, 1) };
        world.put_all("certificates", [forgotten.json(story)]);
        // The newest order fails: the name does not resolve any more.
        if story.hours(at) >= 8 * 24 {
            let refused = Certificate {
                failed: 4,
                ready: false,
                ..Certificate::new("warehouse", "scanner-tls", story.day(8), 1)
            };
            world.put_all("certificates", [refused.json(story)]);
        }
    }
}

struct Certificate<'a> {
    namespace: &'a str,
    name: &'a str,
    not_before: DateTime<Utc>,
    revision: i64,
    failed: i64,
    ready: bool,
    /// Whether cert-manager plans to renew it.
    renewal: bool,
}

impl<'a> Certificate<'a> {
    const fn new(namespace: &'a str, name: &'a str, not_before: DateTime<Utc>, revision: i64) -> Self {
        Self { namespace, name, not_before, revision, failed: 0, ready: true, renewal: true }
    }

    fn json(&self, story: &Story) -> Value {
        let created = self.not_before - TimeDelta::days(RENEWED_AFTER_DAYS * (self.revision - 1));
        let meta = Meta {
            kind: "Certificate",
            namespace: Some(self.namespace),
            name: self.name,
            created,
            labels: Value::Null,
        };
        let host = format!("{}.{}", self.namespace, story.domain);
        let spec = json!({
            "secretName": self.name,
            "commonName": host,
            "dnsNames": [host, format!("www.{}.{}", self.namespace, story.domain)],
            "duration": "2160h0m0s",
            "renewBefore": "720h0m0s",
            "issuerRef": { "group": "cert-manager.io", "kind": "ClusterIssuer", "name": issuer(story.profile) },
            "privateKey": { "algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always" },
            "usages": ["digital signature", "key encipherment"],
        });
        json!({ "metadata": meta.json(story.seed), "spec": spec, "status": self.status() })
    }

    fn status(&self) -> Value {
        let renewal = self.not_before + TimeDelta::days(RENEWED_AFTER_DAYS);
        let (state, reason, message) = if self.ready {
            ("True", "Ready", "Certificate is up to date and has not expired")
        } else {
            ("False", "DoesNotExist", "Issuing certificate as Secret does not exist")
        };
        let mut conditions = vec![json!({
            "type": "Ready", "status": state, "reason": reason, "message": message,
            "lastTransitionTime": time(self.not_before), "observedGeneration": 1,
        })];
        let mut status = json!({ "revision": self.revision });
        if self.ready {
            status["notBefore"] = time(self.not_before).into();
            status["notAfter"] = time(self.not_before + LIFE).into();
        }
        if self.ready && self.renewal {
            status["renewalTime"] = time(renewal).into();
        }
        if self.failed > 0 {
            let since = if self.ready { renewal } else { self.not_before };
            conditions.push(json!({
                "type": "Issuing", "status": "False", "reason": "Failed", "lastTransitionTime": time(since), "observedGeneration": 1,
                "message": "The certificate request has failed to complete and will be retried: Failed to wait for order resource to become ready",
            }));
            status["lastFailureTime"] = time(since + TimeDelta::hours(self.failed)).into();
            status["failedIssuanceAttempts"] = self.failed.into();
        }
        status["conditions"] = conditions.into();
        status
    }
}

/// A certificate that is renewed on its day, which differs from name to name.
fn renewed<'a>(story: &Story, namespace: &'a str, at: DateTime<Utc>) -> Certificate<'a> {
    let first = story.day(-300 - story.pick(&format!("{namespace}/certificate"), RENEWED_AFTER_DAYS.unsigned_abs()));
    let times = (at - first).num_days().max(0) / RENEWED_AFTER_DAYS;
    Certificate::new(namespace, "web-tls", first + TimeDelta::days(times * RENEWED_AFTER_DAYS), times + 1)
}

pub(super) const fn issuer(profile: Profile) -> &'static str {
    match profile {
        Profile::Staging => "letsencrypt-staging",
        Profile::Edge => "plant-ca",
        Profile::Healthy | Profile::Management | Profile::Troubled | Profile::Managed => "letsencrypt",
    }
}

fn issuers(world: &mut World, story: &Story, at: DateTime<Utc>) {
    let acme = |server: &str| {
        json!({ "acme": { "server": server, "email": "platform@nordlys.example", "privateKeySecretRef": { "name": "acme-account" },
            "solvers": [{ "http01": { "ingress": { "ingressClassName": "nginx" } } }] } })
    };
    let spec = match story.profile {
        Profile::Healthy | Profile::Management | Profile::Troubled | Profile::Managed => {
            acme("https://acme-v02.api.letsencrypt.org/directory")
        }
        Profile::Staging => acme("https://acme-staging-v02.api.letsencrypt.org/directory"),
        Profile::Edge => json!({ "ca": { "secretName": "plant-ca" } }),
    };
    let main = cluster_issuer(story, issuer(story.profile), &spec, story.day(-380), None);
    world.put_all("clusterissuers", [main]);
    if story.profile == Profile::Troubled {
        let broken = (story.hours(at) >= 11 * 24)
            .then_some("Failed to verify ACME account: 401 urn:ietf:params:acme:error:unauthorized");
        let vault = json!({ "vault": { "server": "https://vault.nordlys.example:8200", "path": "pki/sign/internal" } });
        let since = if broken.is_some() { story.day(11) } else { story.day(-100) };
        world.put_all("clusterissuers", [cluster_issuer(story, "internal-vault", &vault, since, broken)]);
    }
}

/// An issuer that has been ready, or broken with a message, since an instant.
fn cluster_issuer(story: &Story, name: &str, spec: &Value, since: DateTime<Utc>, broken: Option<&str>) -> Value {
    let meta = Meta { kind: "ClusterIssuer", namespace: None, name, created: story.day(-380), labels: Value::Null };
    let (state, reason, message) = match broken {
        None => ("True", "ACMEAccountRegistered", "The ACME account was registered with the ACME server"),
        Some(message) => ("False", "ErrRegisterACMEAccount", message),
    };
    let condition = json!({
        "type": "Ready", "status": state, "reason": reason, "message": message,
        "lastTransitionTime": time(since), "observedGeneration": 1,
    });
    json!({ "metadata": meta.json(story.seed), "spec": spec, "status": { "conditions": [condition] } })
}
