//! How the states come about, what the words mean, and where the ledger ends.

use super::{
    super::{evidence::Evidence, words::Words},
    fact, part, table, text,
};
use model::control::ControlState;
use typeset::document::{Block, Cell, Section};

pub(super) fn section(evidence: &Evidence, words: Words) -> Section {
    let (seq, hash) = evidence.head();
    let rows = ControlState::ALL
        .iter()
        .map(|state| vec![words.state_cell(*state), Cell::text(words.t(&format!("state-{state}-means")))])
        .collect();
    let columns = words.columns(&[("report-column-state", 1), ("report-column-meaning", 3)]);
    let catalogue = evidence.catalogue.map_or_else(
        || Cell::text(words.t("report-catalogue-unknown")),
        |digest| Cell::code(digest.simple().to_string()),
    );
    let blocks = vec![
        text(words.t("report-method-text")),
        text(words.t("report-method-as-of")),
        text(words.t("report-method-limits")),
        table(words.t("report-states-caption"), columns, rows, String::new()),
        text(words.t("report-method-verify")),
        Block::Facts {
            facts: vec![
                fact(words.t("report-catalogue"), catalogue),
                fact(words.t("report-ledger-entry"), Cell::text(seq.to_string())),
                fact(words.t("report-ledger-hash"), Cell::code(hash)),
            ],
        },
    ];
    part("method", words.t("report-method"), blocks)
}
