//! The audit log of the API server: whether there is one, and whether it outlives a pause of what collects it.

use super::{
    flags::Flags,
    openshift,
    plane::{Plane, Seen, Words},
};
use crate::{
    policy::Policy,
    rules::verdict::{Judge, Sentence, fault, reason},
};

pub(super) const POLICY: &str = "log.audit_policy";
const BACKEND: &str = "log.audit_backend";
const ROTATION: &str = "log.audit_rotation";

pub(super) const POLICY_WORDS: Words = Words::of(POLICY);
pub(super) const BACKEND_WORDS: Words = Words::of(BACKEND);
pub(super) const ROTATION_WORDS: Words = Words::of(ROTATION);

const NO_POLICY: Sentence = fault(POLICY, "none", &[]);
const NO_BACKEND: Sentence = fault(BACKEND, "none", &[]);
const SHORT: Sentence = fault(ROTATION, "short", &["settings"]);
const UNSET: Sentence = reason(ROTATION, "unset", &[]);
const STDOUT: Sentence = reason(ROTATION, "stdout", &[]);
const NO_FILE: Sentence = reason(ROTATION, "no_file", &[]);

pub(super) const SENTENCES: &[Sentence] = &[NO_POLICY, NO_BACKEND, SHORT, UNSET, STDOUT, NO_FILE];

const POLICY_FILE: &str = "audit-policy-file";
const PATH: &str = "audit-log-path";
const WEBHOOK: &str = "audit-webhook-config-file";
const DAYS: &str = "audit-log-maxage";
const FILES: &str = "audit-log-maxbackup";
const MEGABYTES: &str = "audit-log-maxsize";
/// Megabytes of a file where nothing is said, or 0.
const DEFAULT_MEGABYTES: u32 = 100;

/// `log.audit_policy`: a policy says what is logged. Without one nothing is.
pub(super) fn policy(plane: &Plane<'_>) -> Judge {
    if let Some(settings) = plane.openshift() {
        return openshift::audit_policy(plane, settings);
    }
    plane.judge(
        &POLICY_WORDS,
        &[],
        |flags| {
            if flags.value(POLICY_FILE).is_some() { Seen::GOOD } else { Seen::bad(&NO_POLICY) }
        },
    )
}

/// `log.audit_backend`: what is logged goes to a file or to a receiver.
pub(super) fn backend(plane: &Plane<'_>) -> Judge {
    plane.judge(&BACKEND_WORDS, &[], |flags| {
        let is_set = flags.value(PATH).or(flags.value(WEBHOOK)).is_some();
        if is_set { Seen::GOOD } else { Seen::bad(&NO_BACKEND) }
    })
}

/// `log.audit_rotation`: the files on the node are kept for as long as policy asks, so that nothing is lost while they are not collected.
pub(super) fn rotation(plane: &Plane<'_>, policy: &Policy) -> Judge {
    plane.judge(&ROTATION_WORDS, &[PATH, DAYS, FILES, MEGABYTES], |flags| match flags.value(PATH) {
        None => Seen::Moot(&NO_FILE),
        Some("-") => Seen::Unclear(&STDOUT),
        Some(_) => kept(flags, policy).unwrap_or(Seen::Opaque),
    })
}

/// Whether what is kept is enough; 0 is without limit for days and files. `None` where a number is none.
fn kept(flags: &Flags, policy: &Policy) -> Option<Seen> {
    let number = |flag: &str| flags.number(flag).ok();
    let (days, files, megabytes) = (number(DAYS)?, number(FILES)?, number(MEGABYTES)?);
    if days.is_none() && files.is_none() {
        return Some(Seen::Unclear(&UNSET));
    }
    let megabytes = megabytes.filter(|size| *size > 0).unwrap_or(DEFAULT_MEGABYTES);
    let limit = |value: Option<u32>| value.filter(|value| *value > 0);
    let checks = [
        (DAYS, limit(days), policy.audit_log_days_min),
        (FILES, limit(files), policy.audit_log_files_min),
        (MEGABYTES, Some(megabytes), policy.audit_log_mb_min),
    ];
    let short: Vec<String> = checks
        .into_iter()
        .filter_map(|(flag, value, least)| Some((flag, value?, least)).filter(|(_, value, least)| value < least))
        .map(|(flag, value, least)| format!("{flag}={value} (< {least})"))
        .collect();
    Some(if short.is_empty() { Seen::GOOD } else { Seen::Bad(&SHORT, Some(("settings", short.join(", "))), None) })
}
