//! Whether every namespace that holds data is backed up.

use super::{
    COVERAGE, Input,
    backups::{BySchedule, is_active},
};
use crate::{
    objects::{
        meta::Bare,
        velero::{BackupSpec, LabelSelector, Schedule},
    },
    request::{BACKUPS, NAMESPACES, SCHEDULES, VOLUME_CLAIMS},
    rules::verdict::{Judge, Sentence, fault, names, reason, subject},
};
use model::{Instant, evaluation::Outcome};
use std::collections::{BTreeMap, BTreeSet};

const NOT_COVERED: Sentence = fault(COVERAGE, "not_covered", &[]);
const LABELLED_OUT: Sentence = fault(COVERAGE, "labelled_out", &[]);
const UNCERTAIN: Sentence = reason(COVERAGE, "uncertain", &["count", "namespaces"]);
const NO_COPIES: Sentence = reason(COVERAGE, "no_copies", &["count", "namespaces"]);
const NO_DATA: Sentence = reason(COVERAGE, "no_data", &[]);

pub(super) const SENTENCES: &[Sentence] = &[NOT_COVERED, LABELLED_OUT, UNCERTAIN, NO_COPIES, NO_DATA];

/// The label by which Velero leaves an object out.
const LEFT_OUT: &str = "velero.io/exclude-from-backup";

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Admits {
    No,
    /// Depends on labels, volume policies or annotations that are not judged here.
    Perhaps,
    /// Its objects. Volumes are snapshotted where Velero knows how, and left out without a word where it does not.
    IfSnapshotted,
    /// With the files of its volumes.
    Yes,
}

/// `bak.coverage`: every namespace with a claim for storage is admitted by an active schedule that copies volumes: file by
/// file, or by snapshots, of which the newest completed backup has some.
pub(super) fn coverage(input: &Input, now: Instant) -> Judge {
    let mut judge = Judge::of(COVERAGE)
        .needs(&SCHEDULES, &input.schedules)
        .needs(&BACKUPS, &input.backups)
        .needs(&NAMESPACES, &input.namespaces)
        .needs(&VOLUME_CLAIMS, &input.claims);
    let left_out = left_out(input);
    let active: Vec<&Schedule> = input.schedules.items.iter().filter(|schedule| is_active(schedule)).collect();
    let backups = BySchedule::of(&input.backups.items, now);
    let (mut uncertain, mut without_copies) = (Vec::new(), Vec::new());
    for (namespace, claims) in by_namespace(&input.claims.items) {
        let subject = subject("Namespace", None, namespace);
        let admitting = active.iter().map(|schedule| match admits(schedule, namespace) {
            Admits::IfSnapshotted if backups.copies_volumes(schedule) => Admits::Yes,
            admits => admits,
        });
        let admitted = admitting.max().unwrap_or(Admits::No);
        let claim_out = claims.iter().any(|claim| claim.metadata.label(LEFT_OUT) == Some("true"));
        match admitted {
            _ if left_out.contains(namespace) || claim_out => judge.fail(&LABELLED_OUT, subject, []),
            Admits::Yes => {}
            Admits::Perhaps => uncertain.push(namespace),
            Admits::IfSnapshotted => without_copies.push(namespace),
            // A schedule that could not be read may admit it.
            Admits::No if input.schedules.unread > 0 => {
                judge.doubt();
                continue;
            }
            Admits::No => judge.fail(&NOT_COVERED, subject, []),
        }
        judge.examine();
    }
    if !without_copies.is_empty() {
        let values = [("count", without_copies.len().to_string()), ("namespaces", names(without_copies))];
        judge.otherwise(Outcome::NeedsReview, &NO_COPIES, values);
    } else if !uncertain.is_empty() {
        let values = [("count", uncertain.len().to_string()), ("namespaces", names(uncertain))];
        judge.otherwise(Outcome::NeedsReview, &UNCERTAIN, values);
    } else if input.claims.items.is_empty() {
        judge.otherwise(Outcome::NotApplicable, &NO_DATA, []);
    }
    judge
}

fn by_namespace(claims: &[Bare]) -> BTreeMap<&str, Vec<&Bare>> {
    let mut of_namespace: BTreeMap<&str, Vec<&Bare>> = BTreeMap::new();
    for claim in claims {
        of_namespace.entry(claim.metadata.namespace.as_deref().unwrap_or_default()).or_default().push(claim);
    }
    of_namespace
}

fn left_out(input: &Input) -> BTreeSet<&str> {
    let labelled = input.namespaces.items.iter().filter(|namespace| {
        let labels = namespace.metadata.labels.as_ref();
        labels.and_then(|labels| labels.get(LEFT_OUT)).is_some_and(|value| value == "true")
    });
    labelled.filter_map(|namespace| namespace.metadata.name.as_deref()).collect()
}

fn admits(schedule: &Schedule, namespace: &str) -> Admits {
    let everything = BackupSpec::default();
    let spec = schedule.spec.template.as_ref().unwrap_or(&everything);
    if !selected(spec.included_namespaces.as_ref(), spec.excluded_namespaces.as_ref(), &[namespace]) {
        return Admits::No;
    }
    let claims = &["persistentvolumeclaims", "persistentvolumeclaim", "pvc", "persistentvolumeclaims."];
    let scoped = (&spec.included_namespace_scoped_resources, &spec.excluded_namespace_scoped_resources);
    if !selected(spec.included_resources.as_ref(), spec.excluded_resources.as_ref(), claims)
        || !selected(scoped.0.as_ref(), scoped.1.as_ref(), claims)
    {
        return Admits::No;
    }
    let by_label = spec.label_selector.as_ref().is_some_and(|selector| !selector.is_empty())
        || spec
            .or_label_selectors
            .as_ref()
            .is_some_and(|some| !some.is_empty() && !some.iter().any(LabelSelector::is_empty));
    let by_file = spec.default_volumes_to_fs_backup == Some(true) || spec.default_volumes_to_restic == Some(true);
    // Without snapshots and without copies by default, volumes are taken only where a pod's annotation asks for it.
    let without_volumes = spec.snapshot_volumes == Some(false) && !by_file;
    if by_label || without_volumes || spec.resource_policy.is_some() {
        Admits::Perhaps
    } else if by_file {
        Admits::Yes
    } else {
        Admits::IfSnapshotted
    }
}

/// Whether any of the names of a thing is included (all are where nothing is), and none excluded.
fn selected(included: Option<&Vec<String>>, excluded: Option<&Vec<String>>, thing: &[&str]) -> bool {
    let among = |patterns: &Vec<String>| patterns.iter().any(|pattern| thing.iter().any(|name| matches(pattern, name)));
    included.is_none_or(|included| included.is_empty() || among(included)) && !excluded.is_some_and(among)
}

/// Whether a name matches a pattern in which `*` stands for anything and `?` for one character.
fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.as_bytes(), name.as_bytes());
    let (mut p, mut n) = (0, 0);
    // Where the last star was, and how much it has swallowed: on a mismatch it swallows one more.
    let mut star = None;
    while n < name.len() {
        if p < pattern.len() && pattern[p] == b'*' {
            star = Some((p, n));
            p += 1;
        } else if p < pattern.len() && (pattern[p] == b'?' || pattern[p].eq_ignore_ascii_case(&name[n])) {
            p += 1;
            n += 1;
        } else if let Some((at, swallowed)) = star {
            star = Some((at, swallowed + 1));
            p = at + 1;
            n = swallowed + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn globs_are_those_of_velero() {
        for (pattern, name, expected) in [
            ("*", "shop", true),
            ("shop", "shop", true),
            ("shop", "shop-2", false),
            ("shop-*", "shop-2", true),
            ("*-prod", "shop-prod", true),
            ("*-prod", "shop-production", false),
            ("s*p*d", "shop-prod", true),
            ("sho?", "shop", true),
            ("", "shop", false),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} on {name}");
        }
    }
}
