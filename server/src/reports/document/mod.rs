//! Evidence -> the report, as a plain document that PDF and HTML are printed from.

mod acceptances;
mod access;
mod changes;
mod controls;
mod cover;
mod decisions;
mod findings;
mod method;
mod sources;
mod summary;
mod trends;
mod unmeasured;

use super::{evidence::Evidence, words::Words};
use chrono::{Datelike, Timelike};
use frontend::i18n::Locale;
use typeset::document::{Block, Cell, Column, Date, Document, Fact, Section, Table};

/// The report of some evidence.
pub(super) fn document(evidence: &Evidence, locale: Locale) -> Document {
    let words = Words(locale);
    let at = evidence.at();
    let (seq, hash) = evidence.head();
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    let short: String = hash.chars().take(16).collect();
    Document {
        language: locale.language.tag().to_owned(),
        title: words.t("report-title"),
        subtitle: words.t("report-subtitle"),
        author: format!("Bevis {}", env!("CARGO_PKG_VERSION")),
        date: Date {
            year: at.year(),
            month: part(at.month()),
            day: part(at.day()),
            hour: part(at.hour()),
            minute: part(at.minute()),
            second: part(at.second()),
        },
        identity: format!("bevis/{}/{hash}/{:?}", at.timestamp_micros(), evidence.scope),
        header: words.tx("report-header", &[("at", words.exact(at).into())]),
        footer: words.tx("report-footer", &[("seq", seq.to_string().into()), ("hash", short.into())]),
        page_words: (words.t("report-page"), words.t("report-page-of")),
        contents: words.t("report-contents"),
        cover: cover::blocks(evidence, words),
        sections: sections(evidence, words),
    }
}

fn sections(evidence: &Evidence, words: Words) -> Vec<Section> {
    let mut sections = vec![summary::section(evidence, words), unmeasured::section(evidence, words)];
    sections.extend(changes::section(evidence, words));
    sections.extend([
        controls::section(evidence, words),
        findings::section(evidence, words),
        Section { new_page: false, ..decisions::section(evidence, words) },
        Section { new_page: false, ..acceptances::section(evidence, words) },
    ]);
    sections.extend(evidence.access.as_deref().map(|reviews| access::section(evidence, reviews, words)));
    sections.extend([
        trends::section(evidence, words),
        sources::section(evidence, words),
        Section { new_page: false, ..method::section(evidence, words) },
    ]);
    sections
}

/// A section on a new page.
fn part(id: &str, title: String, blocks: Vec<Block>) -> Section {
    Section { id: id.to_owned(), title, badge: None, new_page: true, blocks, sections: vec![] }
}

fn text(text: String) -> Block {
    Block::Text { text }
}

fn fact(name: String, value: Cell) -> Fact {
    Fact { name, value }
}

fn table(caption: String, columns: Vec<Column>, rows: Vec<Vec<Cell>>, empty: String) -> Block {
    Block::Table(Table { caption, columns, rows, empty })
}
