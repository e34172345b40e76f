//! The files of a pack: the report twice, the data twice.

use super::{access, csv, document, evidence::Evidence, html, words::Words};
use crate::trends;
use frontend::i18n::Locale;
use serde::Serialize;
use std::collections::BTreeMap;

/// Why a file of a pack cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The PDF.
    #[error("report.pdf: {0}")]
    Pdf(#[from] typeset::TypesetError),
    /// The HTML.
    #[error("report.html: {0}")]
    Html(#[from] askama::Error),
    /// A CSV file.
    #[error("writing CSV: {0}")]
    Csv(#[from] ::csv::Error),
    /// A JSON file.
    #[error("writing JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// Every file, by path.
pub(super) fn all(evidence: &Evidence, locale: Locale) -> Result<BTreeMap<String, Vec<u8>>, FileError> {
    let report = document::document(evidence, locale);
    let mut files = csv::tables(evidence, Words(locale))?;
    for trend in &evidence.trends {
        files.insert(format!("data/trends-{}.csv", trend.show), trends::csv(trend, locale)?);
    }
    files.insert("data/trends.json".into(), json(&evidence.trends)?);
    files.insert("report.pdf".into(), typeset::pdf(&report)?);
    files.insert("report.html".into(), html::page(&report)?.into_bytes());
    files.insert("data/controls.json".into(), json(&evidence.controls)?);
    files.insert("data/results.json".into(), json(&evidence.checks)?);
    files.insert("data/findings.json".into(), json(&evidence.findings)?);
    files.insert("data/acceptances.json".into(), json(&evidence.acceptances)?);
    files.insert("data/sources.json".into(), json(&evidence.sources)?);
    files.insert("data/coverage.json".into(), json(&evidence.coverage.rows)?);
    if let Some(objects) = &evidence.objects {
        files.insert("data/objects.json".into(), serde_json::to_vec(objects)?);
    }
    if let Some(changes) = &evidence.changes {
        let mut bytes = serde_json::to_vec_pretty(changes)?;
        bytes.push(b'\n');
        files.insert("data/changes.json".into(), bytes);
    }
    files.insert("data/clusters.json".into(), json(&evidence.platforms)?);
    if let Some(reviews) = &evidence.access {
        files.insert("data/access.csv".into(), access::access_csv(reviews, locale)?);
        files.insert("data/access.json".into(), json(&access::data(reviews))?);
    }
    Ok(files)
}

/// An array with an element a line: readable, comparable, and a quarter of the size of indented JSON.
fn json<T: Serialize>(values: &[T]) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = b"[".to_vec();
    for (index, value) in values.iter().enumerate() {
        bytes.extend(if index == 0 { b"\n" as &[u8] } else { b",\n" });
        serde_json::to_writer(&mut bytes, value)?;
    }
    bytes.extend(b"\n]\n");
    Ok(bytes)
}
