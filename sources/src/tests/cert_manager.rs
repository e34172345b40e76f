//! Certificates: the instant of the test is 2026-06-30T12:00:00Z.

use super::{Manifests, about, expect, now, said};
use crate::{
    error::ReadError,
    listed::Listed,
    request::{CERTIFICATE_REQUESTS, CERTIFICATES, CLUSTER_ISSUERS, ISSUERS, ORDERS},
    rules::cert_manager::{Input, evaluate},
};

pub(super) const CERTIFICATES_OF_ALL_KINDS: &str = r#"
kind: Certificate
metadata: {name: good, namespace: shop, generation: 2}
status:
  conditions: [{type: Ready, status: "True", observedGeneration: 2}]
  notBefore: "2026-06-01T00:00:00Z"
  notAfter: "2026-08-30T00:00:00Z"
  renewalTime: "2026-07-31T00:00:00Z"
---
kind: Certificate
metadata: {name: ready-and-expired, namespace: shop}
status:
  conditions: [{type: Ready, status: "True"}]
  notBefore: "2026-03-01T00:00:00Z"
  notAfter: "2026-06-30T12:00:00Z"
---
kind: Certificate
metadata: {name: failing, namespace: shop, creationTimestamp: "2026-06-30T10:00:00Z"}
status:
  conditions: [{type: Ready, status: "False", reason: DoesNotExist, lastTransitionTime: "2026-06-30T11:00:00Z"}]
---
kind: Certificate
metadata: {name: being-issued, namespace: shop, creationTimestamp: "2026-06-30T11:55:00Z"}
---
kind: Certificate
metadata: {name: never-looked-at, namespace: shop, creationTimestamp: "2026-06-29T11:55:00Z"}
---
kind: Certificate
metadata: {name: soon, namespace: shop}
status:
  conditions: [{type: Ready, status: "True"}]
  notBefore: "2026-04-10T00:00:00Z"
  notAfter: "2026-07-09T00:00:00Z"
  renewalTime: "2026-06-30T11:00:00Z"
---
kind: Certificate
metadata: {name: stuck, namespace: shop}
status:
  conditions: [{type: Ready, status: "True"}]
  notBefore: "2026-05-01T00:00:00Z"
  notAfter: "2026-07-30T00:00:00Z"
  renewalTime: "2026-06-29T11:00:00Z"
---
kind: Certificate
metadata: {name: of-a-day, namespace: mesh}
status:
  conditions: [{type: Ready, status: "True"}]
  notBefore: "2026-06-30T00:00:00Z"
  notAfter: "2026-07-01T00:00:00Z"
  renewalTime: "2026-06-30T16:00:00Z"
---
kind: Certificate
metadata: {name: attempts-fail, namespace: shop}
status:
  conditions: [{type: Ready, status: "True"}]
  notBefore: "2026-06-01T00:00:00Z"
  notAfter: "2026-08-30T00:00:00Z"
  renewalTime: "2026-07-31T00:00:00Z"
  failedIssuanceAttempts: 3
---
kind: Certificate
metadata: {name: outdated-status, namespace: shop, generation: 3}
status:
  conditions: [{type: Ready, status: "True", observedGeneration: 2}]
  notBefore: "2026-06-01T00:00:00Z"
  notAfter: "2026-08-30T00:00:00Z"
  renewalTime: "2026-07-31T00:00:00Z"
---
kind: Certificate
metadata: {name: from-the-future, namespace: shop}
status:
  conditions: [{type: Ready, status: "True"}]
  notBefore: "2026-07-01T00:00:00Z"
  notAfter: "2026-09-30T00:00:00Z"
  renewalTime: "2026-08-31T00:00:00Z"
"#;

#[test]
fn validity_is_computed_and_ready_alone_is_not_believed() {
    expect(
        &said(&evaluate(&Manifests::read(CERTIFICATES_OF_ALL_KINDS).cert_manager(), now())),
        "
cert.expiring fail 4/8 unread 3
  high Certificate shop/attempts-fail: failing
  high Certificate shop/ready-and-expired: soon [not_after=2026-06-30T12:00:00Z]
  high Certificate shop/soon: soon [not_after=2026-07-09T00:00:00Z]
  high Certificate shop/stuck: stuck [renewal_time=2026-06-29T11:00:00Z]
cert.issuers not_applicable 0/0 none
cert.key_strength error 0/0 unread 11 unread
cert.requests not_applicable 0/0 none
cert.valid fail 4/9 unread 2
  high Certificate shop/failing: not_ready [reason=DoesNotExist]
  high Certificate shop/from-the-future: not_yet_valid [not_before=2026-07-01T00:00:00Z]
  high Certificate shop/never-looked-at: not_ready [reason=-]
  critical Certificate shop/ready-and-expired: expired [not_after=2026-06-30T12:00:00Z]
",
    );
}

#[test]
fn issuers_must_be_ready_and_real() {
    let issuers = r#"
kind: Issuer
metadata: {name: good, namespace: shop}
spec: {acme: {server: "https://acme-v02.api.letsencrypt.org/directory"}}
status: {conditions: [{type: Ready, status: "True"}]}
---
kind: ClusterIssuer
metadata: {name: trial}
spec: {acme: {server: "https://acme-staging-v02.api.letsencrypt.org/directory"}}
status: {conditions: [{type: Ready, status: "True"}]}
---
kind: ClusterIssuer
metadata: {name: broken, creationTimestamp: "2026-06-01T00:00:00Z"}
spec: {ca: {secretName: ca}}
status: {conditions: [{type: Ready, status: "False", reason: ErrGetKeyPair, lastTransitionTime: "2026-06-02T00:00:00Z"}]}
---
kind: ClusterIssuer
metadata: {name: new, creationTimestamp: "2026-06-30T11:59:00Z"}
spec: {selfSigned: {}}
"#;
    expect(
        &said(&evaluate(&Manifests::read(issuers).cert_manager(), now())),
        "
cert.expiring not_applicable 0/0 none
cert.issuers fail 2/3 unread 1
  high ClusterIssuer broken: not_ready [reason=ErrGetKeyPair]
  medium ClusterIssuer trial: staging [server=https://acme-staging-v02.api.letsencrypt.org/directory]
cert.key_strength not_applicable 0/0 none
cert.requests not_applicable 0/0 none
cert.valid not_applicable 0/0 none
",
    );
}

#[test]
fn not_installed_is_not_in_order() {
    let input = Input {
        certificates: Listed::failed(&CERTIFICATES, &ReadError::Absent),
        issuers: Listed::failed(&ISSUERS, &ReadError::Absent),
        cluster_issuers: Listed::failed(&CLUSTER_ISSUERS, &ReadError::Absent),
        requests: Listed::failed(&CERTIFICATE_REQUESTS, &ReadError::Absent),
        orders: Listed::failed(&ORDERS, &ReadError::Absent),
        deployments: None,
    };
    expect(
        &said(&evaluate(&input, now())),
        "
cert.expiring not_evaluated 0/0 absent [resource=cert-manager.io/v1/certificates]
cert.issuers not_evaluated 0/0 absent [resource=cert-manager.io/v1/issuers]
cert.key_strength not_evaluated 0/0 absent [resource=cert-manager.io/v1/certificates]
cert.requests not_evaluated 0/0 absent [resource=cert-manager.io/v1/certificaterequests]
cert.valid not_evaluated 0/0 absent [resource=cert-manager.io/v1/certificates]
",
    );
}

#[test]
fn nothing_said_of_a_certificate_changes_from_scan_to_scan() {
    let input = Manifests::read(CERTIFICATES_OF_ALL_KINDS).cert_manager();
    let later = now() + chrono::TimeDelta::minutes(4);
    assert_eq!(evaluate(&input, now()).digest(), evaluate(&input, later).digest());
}

#[test]
fn keys_are_long_enough_for_how_long_they_live() {
    for (spec, status, expected) in [
        ("{privateKey: {rotationPolicy: Always}}", "{}", "pass 0/1"),
        ("{privateKey: {algorithm: ECDSA, rotationPolicy: Always}}", "{}", "pass 0/1"),
        ("{privateKey: {algorithm: Ed25519, rotationPolicy: Always, size: 1}}", "{}", "pass 0/1"),
        ("{}", "{}", "needs_review 0/1 rotation_unset [certificates=Certificate shop/c; count=1]"),
        ("{privateKey: {rotationPolicy: Never}}", "{}", "fail 1/1\n  low Certificate shop/c (rotation): not_rotated"),
        (
            "{privateKey: {rotationPolicy: Always, size: 1024}}",
            "{}",
            "fail 1/1\n  low Certificate shop/c: weak [algorithm=RSA; least=2048; size=1024]",
        ),
        (
            "{duration: 43800h, privateKey: {rotationPolicy: Always}}",
            "{}",
            "fail 1/1\n  low Certificate shop/c: weak [algorithm=RSA; least=3072; size=2048]",
        ),
        // What was issued counts for more than what was asked for.
        (
            "{duration: 43800h, privateKey: {rotationPolicy: Always}}",
            "{notBefore: '2026-06-01T00:00:00Z', notAfter: '2026-09-01T00:00:00Z'}",
            "pass 0/1",
        ),
        ("{privateKey: {algorithm: DSA, rotationPolicy: Always}}", "{}", "error 0/0 unread 1 unread"),
        ("{duration: long, privateKey: {rotationPolicy: Always}}", "{}", "error 0/0 unread 1 unread"),
        ("{privateKey: {rotationPolicy: Sometimes}}", "{}", "error 0/0 unread 1 unread"),
        ("{privateKey: {size: many}}", "{}", "error 0/0 unread 1 unread"),
    ] {
        let certificate =
            format!("{{kind: Certificate, metadata: {{name: c, namespace: shop}}, spec: {spec}, status: {status}}}");
        let text = about("cert.key_strength", &evaluate(&Manifests::read(&certificate).cert_manager(), now()));
        expect(&text, &format!("cert.key_strength {expected}"));
    }
}

pub(super) const REQUESTS_OF_ALL_KINDS: &str = r#"
kind: CertificateRequest
metadata: {name: good-1, namespace: shop, creationTimestamp: "2026-06-01T00:00:00Z", ownerReferences: [{kind: Certificate, name: good}]}
status: {conditions: [{type: Ready, status: "False", reason: Failed}]}
---
kind: CertificateRequest
metadata: {name: good-2, namespace: shop, creationTimestamp: "2026-06-02T00:00:00Z", ownerReferences: [{kind: Certificate, name: good}]}
status: {conditions: [{type: Approved, status: "True"}, {type: Ready, status: "True", reason: Issued}]}
---
kind: CertificateRequest
metadata: {name: denied-1, namespace: shop, creationTimestamp: "2026-06-30T11:00:00Z", ownerReferences: [{kind: Certificate, name: denied}]}
status: {conditions: [{type: Denied, status: "True"}, {type: Ready, status: "False", reason: Denied}]}
---
kind: CertificateRequest
metadata: {name: failed-1, namespace: shop, creationTimestamp: "2026-06-30T11:00:00Z", ownerReferences: [{kind: Certificate, name: failed}]}
status: {conditions: [{type: Ready, status: "False", reason: Failed}]}
---
kind: CertificateRequest
metadata: {name: waiting-1, namespace: shop, creationTimestamp: "2026-06-30T11:00:00Z", ownerReferences: [{kind: Certificate, name: waiting}]}
status: {conditions: [{type: Ready, status: "False", reason: Pending}]}
---
kind: CertificateRequest
metadata: {name: ordered-1, namespace: shop, creationTimestamp: "2026-06-30T11:00:00Z", ownerReferences: [{kind: Certificate, name: ordered}]}
status: {conditions: [{type: Ready, status: "False", reason: Pending}]}
---
kind: CertificateRequest
metadata: {name: stuck-1, namespace: shop, creationTimestamp: "2026-06-28T11:00:00Z", ownerReferences: [{kind: Certificate, name: stuck}]}
---
kind: CertificateRequest
metadata: {name: 0a1b2c, namespace: mesh, creationTimestamp: "2026-06-28T11:00:00Z", ownerReferences: [{kind: Pod, name: web-x7k2p}]}
status: {conditions: [{type: InvalidRequest, status: "True"}]}
---
kind: CertificateRequest
metadata: {name: from-the-future, namespace: shop, creationTimestamp: "2027-06-28T11:00:00Z", ownerReferences: [{kind: Certificate, name: failed}]}
status: {conditions: [{type: Ready, status: "True"}]}
---
kind: Order
metadata: {name: good-1-123, namespace: shop, creationTimestamp: "2026-06-01T00:00:00Z", ownerReferences: [{kind: CertificateRequest, name: good-1}]}
status: {state: invalid}
---
kind: Order
metadata: {name: good-2-123, namespace: shop, creationTimestamp: "2026-06-02T00:00:00Z", ownerReferences: [{kind: CertificateRequest, name: good-2}]}
status: {state: valid}
---
kind: Order
metadata: {name: ordered-1-123, namespace: shop, creationTimestamp: "2026-06-30T11:00:00Z", ownerReferences: [{kind: CertificateRequest, name: ordered-1}]}
status: {state: errored, reason: "dns"}
---
kind: Order
metadata: {name: alone, namespace: mesh, creationTimestamp: "2026-06-28T11:00:00Z"}
status: {state: pending}
---
kind: Order
metadata: {name: odd, namespace: mesh, creationTimestamp: "2026-06-28T11:00:00Z"}
status: {state: whatever}
"#;

#[test]
fn of_every_certificate_the_newest_request_counts() {
    let requests = Manifests::read(REQUESTS_OF_ALL_KINDS);
    expect(
        &about("cert.requests", &evaluate(&requests.cert_manager(), now())),
        "
cert.requests fail 6/11 unread 2
  medium Certificate shop/denied: denied
  medium Certificate shop/failed: failed
  medium Certificate shop/ordered: order_failed [state=errored]
  medium Certificate shop/stuck: stuck
  medium CertificateRequest mesh/*: failed
  medium Order mesh/*: order_stuck
",
    );
}

#[test]
fn an_installation_without_acme_has_no_orders() {
    let mut input = Manifests::read(
        r#"
kind: CertificateRequest
metadata: {name: good-2, namespace: shop, creationTimestamp: "2026-06-02T00:00:00Z", ownerReferences: [{kind: Certificate, name: good}]}
status: {conditions: [{type: Ready, status: "True", reason: Issued}]}
"#,
    )
    .cert_manager();
    input.orders = Listed::failed(&ORDERS, &ReadError::Absent);
    expect(&about("cert.requests", &evaluate(&input, now())), "cert.requests pass 0/1");
    input.orders = Listed::failed(&ORDERS, &ReadError::Forbidden { permission: String::new() });
    expect(
        &about("cert.requests", &evaluate(&input, now())),
        "cert.requests not_visible 0/1 forbidden [permission=list orders in acme.cert-manager.io]",
    );
}
