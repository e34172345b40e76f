//! Figures by name, for a sentence.

use std::{cmp::Reverse, collections::BTreeMap};

/// What stands where there is nothing to name.
pub(super) const NOTHING: &str = "–";

/// The names with the highest figures, then how many more there are.
pub(super) fn most(counts: &BTreeMap<String, u32>) -> String {
    const SHOWN: usize = 5;
    if counts.is_empty() {
        return NOTHING.into();
    }
    let mut sorted: Vec<(&String, &u32)> = counts.iter().collect();
    sorted.sort_by_key(|(name, count)| (Reverse(**count), *name));
    let shown: Vec<String> = sorted.iter().take(SHOWN).map(|(name, count)| format!("{name} ({count})")).collect();
    let more = sorted.len().saturating_sub(SHOWN);
    if more == 0 { shown.join(", ") } else { format!("{}, … (+{more})", shown.join(", ")) }
}
