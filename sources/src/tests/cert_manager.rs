//! Certificates: the instant of the test is 2026-06-30T12:00:00Z.

use super::{Manifests, expect, now, said};
use crate::{
    error::ReadError,
    listed::Listed,
    request::{CERTIFICATES, CLUSTER_ISSUERS, ISSUERS},
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
    };
    expect(
        &said(&evaluate(&input, now())),
        "
cert.expiring not_evaluated 0/0 absent [resource=cert-manager.io/v1/certificates]
cert.issuers not_evaluated 0/0 absent [resource=cert-manager.io/v1/issuers]
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
