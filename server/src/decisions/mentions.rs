//! Whom a text names: `@` and an e-mail address, what stands before its @, or a name with dots for spaces.

use super::store;
use model::ids::PersonId;
use sqlx::PgConnection;
use std::collections::{BTreeMap, BTreeSet};

/// Names looked up in one text at most.
const MOST: usize = 50;

/// The people whom a text names. A name that may mean several people means none of them.
pub(super) async fn people(db: &mut PgConnection, text: &str) -> Result<Vec<PersonId>, sqlx::Error> {
    let handles = handles(text);
    if handles.is_empty() {
        return Ok(Vec::new());
    }
    let mut meant: BTreeMap<String, BTreeSet<PersonId>> = BTreeMap::new();
    for (handle, person) in store::handles(db, &handles).await? {
        meant.entry(handle).or_default().insert(person);
    }
    let one = meant.into_values().filter(|people| people.len() == 1).flatten();
    Ok(one.collect::<BTreeSet<_>>().into_iter().collect())
}

/// What stands behind an `@` that begins a word, in lower case, each once.
fn handles(text: &str) -> Vec<String> {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '@');
    let mut handles = BTreeSet::new();
    for (at, _) in text.match_indices('@') {
        if text[..at].ends_with(part) {
            continue;
        }
        let rest = &text[at + 1..];
        let handle = &rest[..rest.find(|c: char| !part(c)).unwrap_or(rest.len())];
        let handle = handle.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if !handle.is_empty() && handles.len() < MOST {
            handles.insert(handle);
        }
    }
    handles.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_begins_a_word() {
        assert_eq!(handles("@Anna, (@erik@example.org.) see @søren.ø!"), ["anna", "erik@example.org", "søren.ø"]);
        assert_eq!(handles("mail anna@example.org, a@b, @, @@, @."), Vec::<String>::new());
    }
}
