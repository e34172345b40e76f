//! The report as one HTML file: its own style sheet inside, no scripts, nothing fetched.

use askama::Template;
use typeset::document::{Block, Cell, Document, Section};

#[derive(Template)]
#[template(path = "report.html")]
struct Report<'a> {
    report: &'a Document,
    sections: Vec<Numbered<'a>>,
}

/// A section with its place, as the PDF numbers it.
struct Numbered<'a> {
    section: &'a Section,
    level: usize,
    number: String,
}

/// The page of a report.
pub(super) fn page(report: &Document) -> Result<String, askama::Error> {
    let mut sections = Vec::new();
    for (index, section) in report.sections.iter().enumerate() {
        number(section, 2, &format!("{}", index + 1), &mut sections);
    }
    Report { report, sections }.render()
}

/// Puts nested sections in a row; the first level is `<h2>`, under the report's own title.
fn number<'a>(section: &'a Section, level: usize, place: &str, all: &mut Vec<Numbered<'a>>) {
    all.push(Numbered { section, level: level.min(6), number: place.to_owned() });
    for (index, inner) in section.sections.iter().enumerate() {
        number(inner, level + 1, &format!("{place}.{}", index + 1), all);
    }
}
