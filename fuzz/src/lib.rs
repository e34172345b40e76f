//! What must hold of every batch, whatever was sent.

use sources::intake::external::{Batch, LONGEST_NAME, LONGEST_TEXT, MOST_ENTRIES, MOST_REFUSALS};

/// Panics where a batch is too large for those who show it.
pub fn check(batch: &Batch) {
    assert!(batch.findings.len() <= MOST_ENTRIES && batch.refused.len() <= MOST_REFUSALS);
    for found in &batch.findings {
        let texts = [&found.rule, &found.title, &found.text, &found.subject.name];
        assert!(texts.iter().all(|text| text.chars().count() <= 2 * LONGEST_NAME + LONGEST_TEXT));
        assert!(texts.iter().all(|text| !text.chars().any(char::is_control)));
        assert!(!found.rule.is_empty() && !found.subject.kind.is_empty() && !found.subject.name.is_empty());
    }
}
