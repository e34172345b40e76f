//! Access reviews as a table for spreadsheets, and as data.

use super::{
    csv::{header, instant, written},
    words::Words,
};
use crate::access::Reviewed;
use frontend::i18n::Locale;
use model::{
    access::{AccessReview, Grant},
    views::AccessReading,
};
use serde::Serialize;

/// A review in a data file: the reading that it came from, and every grant.
#[derive(Serialize)]
pub(super) struct Data<'a> {
    cluster: &'a str,
    /// `null` where no reading has ever given a review, or where it is not retained.
    reading: Option<&'a AccessReading>,
    not_retained: bool,
    grants: &'a [Grant],
}

/// Reviews as data.
pub(super) fn data(reviews: &[Reviewed]) -> Vec<Data<'_>> {
    reviews.iter().map(of_reviewed).collect()
}

fn of_reviewed(Reviewed { cluster, found, not_retained }: &Reviewed) -> Data<'_> {
    let (reading, grants) = match found {
        Some((reading, review)) => (Some(reading), review.grants.as_slice()),
        None => (None, &[][..]),
    };
    Data { cluster: &cluster.name, reading, not_retained: *not_retained, grants }
}

/// Reviews as a table in the reader's language: each grant a row, and a row that says so where grants may be missing.
pub fn access_csv(reviews: &[Reviewed], locale: Locale) -> Result<Vec<u8>, ::csv::Error> {
    let words = Words(locale);
    let first = header(
        words,
        &[
            "cluster",
            "subject-kind",
            "subject",
            "place",
            "powers",
            "role",
            "binding",
            "subject-system",
            "read",
            "complete",
        ],
    );
    let rows = reviews.iter().flat_map(|reviewed| {
        if let Some((reading, review)) = &reviewed.found {
            return of_review(&reviewed.cluster.name, reading, review, words);
        }
        let said = if reviewed.not_retained { "gap-not_retained" } else { "access-csv-none" };
        vec![note(&reviewed.cluster.name, words.t(said), None)]
    });
    written(&std::iter::once(first).chain(rows).collect::<Vec<_>>())
}

fn of_review(cluster: &str, reading: &AccessReading, review: &AccessReview, words: Words) -> Vec<Vec<String>> {
    let grants = review.worst_first().into_iter().map(|grant| of_grant(cluster, reading, grant, words));
    let mut rows: Vec<Vec<String>> = grants.collect();
    if !reading.is_complete {
        rows.push(note(cluster, words.t("access-incomplete"), Some(reading)));
    }
    if reading.left_out > 0 {
        let left_out = words.tx("access-left-out", &[("count", reading.left_out.into())]);
        rows.push(note(cluster, left_out, Some(reading)));
    }
    rows
}

fn of_grant(cluster: &str, reading: &AccessReading, grant: &Grant, words: Words) -> Vec<String> {
    let powers: Vec<String> = grant.rights.iter().map(|right| words.word("right", right.as_str())).collect();
    vec![
        cluster.to_owned(),
        words.word("subject-kind", grant.kind.as_str()),
        grant.subject.clone(),
        grant.namespace.clone().unwrap_or_else(|| words.t("access-whole-cluster")),
        powers.join("; "),
        grant.role.clone(),
        grant.binding.clone(),
        yes_or_no(grant.is_system, words),
        instant(Some(reading.read_at)),
        yes_or_no(reading.is_complete, words),
    ]
}

fn yes_or_no(is_so: bool, words: Words) -> String {
    words.t(if is_so { "access-yes" } else { "access-no" })
}

/// A row that says something of the review as a whole, where a subject would stand.
fn note(cluster: &str, text: String, reading: Option<&AccessReading>) -> Vec<String> {
    let mut row = vec![String::new(); 10];
    cluster.clone_into(&mut row[0]);
    row[2] = text;
    row[8] = instant(reading.map(|reading| reading.read_at));
    row
}
