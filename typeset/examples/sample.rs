//! Typesets a document of every kind of block, to be looked at: `cargo run -p typeset --example sample -- out.pdf`.
#![expect(clippy::print_stdout, reason = "it talks to the person at the terminal")]

use std::path::PathBuf;
use typeset::document::{Badge, Block, Cell, Column, Date, Document, Fact, Part, Section, Table};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).map_or_else(|| PathBuf::from("sample.pdf"), PathBuf::from);
    let started = std::time::Instant::now();
    let pdf = typeset::pdf(&document(400))?;
    println!("{} bytes in {:?}", pdf.len(), started.elapsed());
    std::fs::write(path, pdf)?;
    Ok(())
}

const STATES: [&str; 10] = [
    "not_met",
    "unreachable",
    "not_visible",
    "stale",
    "not_assessed",
    "partly_covered",
    "needs_review",
    "accepted_risk",
    "met",
    "not_applicable",
];

fn badge(state: &str) -> Badge {
    Badge { shape: state.into(), word: state.replace('_', " ") }
}

fn document(rows: usize) -> Document {
    let parts = STATES.iter().zip(3..).map(|(state, count)| Part {
        badge: badge(state),
        count,
        shown: count.to_string(),
        meaning: "What the word means, in a sentence.".into(),
    });
    let row = |n: usize| {
        vec![
            Cell::code(format!(
                "ClusterRoleBinding team-{n}/a-very-long-name-that-goes-on-and-on-{n} #eval(\"1+1\") *x* $y$"
            )),
            Cell::State(badge(STATES[n % 10])),
            Cell::number(n.to_string()),
            Cell::Lines {
                lines: vec![Cell::strong("Anna Æblegaard"), Cell::text("Seen; a fix is on its way. 中文 \u{202e}")],
            },
        ]
    };
    let table = Table {
        caption: "Findings".into(),
        columns: [("Subject", 5), ("State", 3), ("Number", 1), ("Comment", 4)]
            .map(|(title, width)| Column { title: title.into(), width })
            .into(),
        rows: (0..rows).map(row).collect(),
        empty: "none".into(),
    };
    let note = Block::Note {
        title: "What was not measured".into(),
        lines: vec!["Velero on nord was not read: forbidden.".into()],
    };
    let section = |id: &str, inner: Vec<Section>, blocks: Vec<Block>| Section {
        id: id.into(),
        title: format!("A section ({id})"),
        badge: Some(badge("partly_covered")),
        new_page: false,
        blocks,
        sections: inner,
    };
    Document {
        language: "en".into(),
        title: "Evidence report".into(),
        subtitle: "ISO/IEC 27001:2022 Annex A".into(),
        author: "Bevis".into(),
        date: Date { year: 2026, month: 6, day: 30, hour: 12, minute: 0, second: 0 },
        identity: "sample".into(),
        header: "As of 30 Jun 2026, 14:00".into(),
        footer: "Ledger entry 12, hash 3fa9…".into(),
        page_words: ("Page".into(), "of".into()),
        contents: "Contents".into(),
        cover: vec![
            Block::Facts {
                facts: vec![Fact { name: "As of".into(), value: Cell::strong("30 Jun 2026, 14:00 (UTC+02:00)") }],
            },
            Block::Tally { title: "75 controls".into(), parts: parts.collect() },
            note,
        ],
        sections: vec![
            section(
                "one",
                vec![section("inner", vec![], vec![Block::Text { text: "A paragraph.\nOf two lines.".into() }])],
                vec![],
            ),
            section("two", vec![], vec![Block::Table(table)]),
        ],
    }
}
