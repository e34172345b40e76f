//! Report values -> PDF. typst lives here alone.
//!
//! A [`document::Document`] is plain values in the reader's language: sections of paragraphs, facts, tables and tallies.
//! The template decides how they look. Values reach it as data, never as markup, so no value can become an instruction.
//! The same document always gives the same bytes. Reads no files, no network, no clock, no fonts of the machine.
#![warn(missing_docs)]

pub mod document;
mod printable;
mod world;

use document::Document;
use typst::{comemo, diag::SourceDiagnostic, foundations::Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// Why a document cannot be typeset.
#[derive(Debug, thiserror::Error)]
pub enum TypesetError {
    /// The document cannot be written as JSON.
    #[error("writing the document as data: {0}")]
    Data(#[from] serde_json::Error),
    /// The document's date is not one.
    #[error("the document's date does not exist")]
    Date,
    /// typst refused.
    #[error("typesetting: {0}")]
    Typst(String),
}

/// The PDF of a document: PDF/A-2a and PDF/UA-1, tagged, A4.
///
/// Takes a second or more of one core for a hundred pages: call it where that blocks nobody.
pub fn pdf(document: &Document) -> Result<Vec<u8>, TypesetError> {
    let date = document.date;
    let date = typst::foundations::Datetime::from_ymd_hms(
        date.year,
        date.month,
        date.day,
        date.hour,
        date.minute,
        date.second,
    )
    .ok_or(TypesetError::Date)?;
    let printable = printable::text_of(serde_json::to_value(document)?);
    let world = world::ReportWorld::new(serde_json::to_vec(&printable)?);
    let paged = typst::compile::<PagedDocument>(&world).output.map_err(|errors| refused(&errors))?;
    let options = PdfOptions {
        ident: Smart::Custom(document.identity.clone()),
        creator: Smart::Custom(Some(document.author.clone())),
        timestamp: Some(Timestamp::new_utc(date)),
        standards: PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .map_err(|error| TypesetError::Typst(error.message().to_string()))?,
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&paged, &options).map_err(|errors| refused(&errors));
    // typst keeps what it laid out for the next document, which here is always another one.
    comemo::evict(0);
    pdf
}

fn refused(errors: &[SourceDiagnostic]) -> TypesetError {
    let message = |error: &SourceDiagnostic| {
        let hints = error.hints.iter().map(|hint| hint.v.to_string());
        std::iter::once(error.message.to_string()).chain(hints).collect::<Vec<_>>().join(" - ")
    };
    TypesetError::Typst(errors.iter().map(message).collect::<Vec<_>>().join("; "))
}
