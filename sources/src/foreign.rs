//! Names and texts that a cluster makes up, brought into a form that can be stored and shown.
//!
//! Kubernetes keeps most names short and printable, but not all of them: a user's or a role's name may hold any character,
//! a NUL among them, which no PostgreSQL text can hold.

use crate::error::clean;
use model::{
    evaluation::{Detail, Evaluation},
    finding::Subject,
};
use sha2::{Digest, Sha256};

/// Characters of a part of a subject at most.
const LONGEST_NAME: usize = 1_000;
/// Characters of a value in a sentence at most.
const LONGEST_VALUE: usize = 2_000;

/// Makes every foreign text of an evaluation storable. Texts that are so already, nearly all, are left as they are.
pub(crate) fn storable(mut evaluation: Evaluation) -> Evaluation {
    for observation in &mut evaluation.observations {
        let Subject { kind, namespace, name, key } = &mut observation.subject;
        for part in [Some(kind), namespace.as_mut(), Some(name), key.as_mut()].into_iter().flatten() {
            tame_name(part);
        }
        tame_values(&mut observation.detail);
    }
    for result in &mut evaluation.results {
        tame_values(&mut result.detail);
    }
    evaluation
}

/// A name as [`storable`] makes it.
pub(crate) fn storable_name(name: &str) -> String {
    let mut name = name.to_owned();
    tame_name(&mut name);
    name
}

/// What had to be changed ends with a digest of what it was, so that two names never become one.
fn tame_name(name: &mut String) {
    if is_wild(name, LONGEST_NAME) {
        let digest = hex::encode(&Sha256::digest(name.as_bytes())[..8]);
        *name = format!("{}~{digest}", clean(name, LONGEST_NAME - digest.len() - 1));
    }
}

fn tame_values(detail: &mut Detail) {
    for value in detail.values_mut().filter(|value| is_wild(value, LONGEST_VALUE)) {
        *value = clean(value, LONGEST_VALUE);
    }
}

fn is_wild(text: &str, longest: usize) -> bool {
    // No character has fewer bytes than one.
    (text.len() > longest && text.chars().count() > longest) || text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::{storable_name as tamed, *};

    #[test]
    fn ordinary_names_stay_and_others_stay_apart() {
        assert_eq!(tamed("system:masters"), "system:masters");
        assert_eq!(tamed("blåbærgrød"), "blåbærgrød");
        let (with_nul, with_space) = (tamed("a\0b"), tamed("a b"));
        assert!(with_nul.starts_with("a b~") && with_nul != with_space);
        let long = "æ".repeat(5_000);
        assert_ne!(tamed(&long), tamed(&format!("{long}x")));
        assert!(tamed(&long).chars().count() <= LONGEST_NAME);
    }
}
