//! Whether what is stored of logs can be altered. That is kept by who runs the store, and no API of a cluster tells it.

use super::STORE;
use crate::{
    policy::Policy,
    rules::verdict::{Judge, Sentence, reason},
};
use model::{Instant, evaluation::Outcome};

const UNDECLARED: Sentence = reason(STORE, "undeclared", &[]);
const DECLARED: Sentence = reason(STORE, "declared", &["evidence", "expires", "store"]);
const EXPIRED: Sentence = reason(STORE, "expired", &["evidence", "expires", "store"]);

pub(super) const SENTENCES: &[Sentence] = &[UNDECLARED, DECLARED, EXPIRED];

/// `log.immutable_store`: as the organisation declares it, with evidence that has not expired. Never a pass: it is not measured.
pub(super) fn immutable(policy: &Policy, now: Instant) -> Judge {
    let mut judge = Judge::of(STORE);
    let Some(lock) = &policy.log_store_lock else {
        judge.otherwise(Outcome::NotVisible, &UNDECLARED, []);
        return judge;
    };
    let values =
        [("evidence", lock.evidence.clone()), ("expires", lock.expires.to_string()), ("store", lock.store.clone())];
    // Of its last day it still speaks.
    if now.date_naive() > lock.expires {
        judge.otherwise(Outcome::Stale, &EXPIRED, values);
    } else {
        judge.otherwise(Outcome::NeedsReview, &DECLARED, values);
    }
    judge
}
