//! Where data is kept: the instant of the test is 2026-06-30T12:00:00Z.

use super::{Manifests, about, expect, said};
use crate::{error::ReadError, policy::Policy, reading::coverage};
use model::{scan::Coverage, source::Source};

pub(super) const VOLUMES: &str = r#"
{kind: StorageClass, metadata: {name: aws}, parameters: {encrypted: "true"}}
---
{kind: StorageClass, metadata: {name: plain}, parameters: {encrypted: "false", kmsKeyId: x}}
---
{kind: StorageClass, metadata: {name: azure}, parameters: {diskEncryptionSetID: /subscriptions/1}}
---
{kind: StorageClass, metadata: {name: local}}
---
{kind: StorageClass, metadata: {name: unused}}
---
{kind: PersistentVolume, metadata: {name: pvc-1}, spec: {storageClassName: aws}, status: {phase: Bound}}
---
{kind: PersistentVolume, metadata: {name: pvc-2}, spec: {storageClassName: aws}, status: {phase: Bound}}
---
{kind: PersistentVolume, metadata: {name: pvc-3}, spec: {storageClassName: azure}, status: {phase: Available}}
---
{kind: PersistentVolume, metadata: {name: pvc-4}, spec: {storageClassName: local}, status: {phase: Bound}}
---
{kind: PersistentVolume, metadata: {name: pvc-5}, spec: {storageClassName: gone}, status: {phase: Bound}}
---
{kind: PersistentVolume, metadata: {name: nfs}, status: {phase: Bound}}
---
kind: PersistentVolume
metadata: {name: left}
spec: {storageClassName: aws, claimRef: {namespace: shop, name: data}}
status: {phase: Released, lastPhaseTransitionTime: "2026-05-01T10:00:00Z"}
---
kind: PersistentVolume
metadata: {name: yesterday}
spec: {storageClassName: aws, claimRef: {namespace: shop, name: data}}
status: {phase: Released, lastPhaseTransitionTime: "2026-06-29T10:00:00Z"}
"#;

const SINCE_WHEN: &str = r#"
{kind: PersistentVolume, metadata: {name: old}, spec: {storageClassName: aws}, status: {phase: Released}}
---
kind: PersistentVolume
metadata: {name: future}
spec: {storageClassName: aws}
status: {phase: Failed, lastPhaseTransitionTime: "2027-05-01T10:00:00Z"}
"#;

fn judged(check: &str, manifests: &str, policy: &Policy) -> String {
    about(check, &Manifests::read(manifests).cluster(32, &[]).evaluate(Source::Storage, policy))
}

#[test]
fn classes_ask_for_encryption_or_are_listed() {
    expect(
        &judged("enc.storage", VOLUMES, &Policy::default()),
        "enc.storage needs_review 0/5 not_shown [count=3; storage=PersistentVolume nfs, StorageClass gone, StorageClass local]",
    );
    let policy = Policy { encrypted_storage: Some(vec!["local".into()]), ..Policy::default() };
    expect(
        &judged("enc.storage", VOLUMES, &policy),
        "
enc.storage fail 2/5
  medium PersistentVolume nfs: not_listed
  medium StorageClass gone: not_listed
",
    );
    let off = VOLUMES.replace("storageClassName: azure", "storageClassName: plain");
    let policy = Policy { encrypted_storage: Some(vec!["plain".into(), "gone".into(), "local".into()]), ..policy };
    expect(
        &judged(
            "enc.storage",
            &off.replace("metadata: {name: nfs}", "metadata: {name: nfs}, spec: {storageClassName: aws}"),
            &policy,
        ),
        "
enc.storage fail 1/4
  medium StorageClass plain: switched_off
",
    );
}

#[test]
fn volumes_that_nobody_claims_are_gone_after_a_while() {
    expect(
        &judged("out.released_volumes", VOLUMES, &Policy::default()),
        "
out.released_volumes fail 1/8
  medium PersistentVolume left: left_over [claim=shop/data; days=30; since=2026-05-01]
",
    );
    let policy = Policy { released_volume_days: 90, ..Policy::default() };
    expect(&judged("out.released_volumes", VOLUMES, &policy), "out.released_volumes pass 0/8");
    expect(
        &judged("out.released_volumes", SINCE_WHEN, &Policy::default()),
        "out.released_volumes needs_review 0/2 since_unknown [count=2; volumes=future, old]",
    );
}

#[test]
fn a_cluster_without_volumes_has_none_to_judge() {
    let reading = Manifests::default().cluster(32, &[]).reading(Source::Storage, &Policy::default());
    assert_eq!(coverage(&*reading).0, Coverage::Complete);
    expect(
        &said(&Manifests::default().cluster(32, &[]).evaluate(Source::Storage, &Policy::default())),
        "
enc.storage not_applicable 0/0 no_volumes
out.released_volumes not_applicable 0/0 none
",
    );
}

#[test]
fn what_was_not_read_passes_nothing_and_fails_nothing() {
    let policy = Policy { encrypted_storage: Some(vec!["local".into(), "gone".into()]), ..Policy::default() };
    let broken = "
{kind: StorageClass, metadata: {name: azure}, parameters: [encrypted]}
---
{kind: PersistentVolume, metadata: {name: pvc-3}, spec: {storageClassName: azure}, status: {phase: Available}}
---
{kind: PersistentVolume, metadata: {name: pvc-4}, spec: {storageClassName: local}, status: {phase: Melted}}
---
{kind: PersistentVolume, metadata: {name: pvc-5}, spec: {storageClassName: local}}
";
    expect(&judged("enc.storage", broken, &policy), "enc.storage pass 0/1 unread 2");
    expect(&judged("out.released_volumes", broken, &policy), "out.released_volumes pass 0/1 unread 2");
    let forbidden = ReadError::Forbidden { permission: "x".into() };
    let manifests = Manifests::read(VOLUMES);
    let cluster = manifests.cluster(32, &[]).failing("storage.k8s.io/v1/storageclasses", forbidden);
    expect(
        &about("enc.storage", &cluster.evaluate(Source::Storage, &Policy::default())),
        "enc.storage not_visible 0/5 forbidden [permission=list storageclasses in storage.k8s.io]",
    );
}
