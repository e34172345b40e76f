//! What of a finding's identity a list is narrowed to: words, a namespace, an object, a published vulnerability.

use crate::error::{Error, Result};
use frontend::i18n::{Language, Locale};
use model::{
    catalogue::Catalogue,
    search,
    views::{FindingFilter, WorkloadFilter},
};

/// A word of a search, with the checks that are called so in any language: what everybody finds is the same.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) word: String,
    pub(super) checks: Vec<String>,
}

/// Everything that a finding's identity must agree with. Written once with the finding, so that it is the same at any
/// instant.
#[derive(Clone, Debug, Default)]
pub(super) struct Sought {
    /// All of which a finding must have.
    pub(super) words: Vec<Word>,
    /// A namespace; [`model::views::NO_NAMESPACE`] for what lies in none.
    pub(super) namespace: Option<String>,
    pub(super) workload: Option<WorkloadFilter>,
    pub(super) cve: Option<String>,
}

impl Sought {
    /// What a filter seeks.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a search that is too long.
    pub(super) fn of(filter: &FindingFilter) -> Result<Self> {
        let text = filter.q.as_deref().unwrap_or_default();
        let too_long = |_| Error::Invalid { key: "error-search-long", value: text.chars().take(100).collect() };
        let words = search::words(text).map_err(too_long)?;
        Ok(Self {
            words: with_checks(words),
            namespace: filter.namespace.clone(),
            workload: filter.workload.clone(),
            cve: filter.cve.clone(),
        })
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.words.is_empty() && self.namespace.is_none() && self.workload.is_none() && self.cve.is_none()
    }

    /// Whether an index leads to what is sought, however little of everything that is.
    pub(super) fn is_indexed(&self) -> bool {
        self.namespace.is_some()
            || self.workload.is_some()
            || self.cve.is_some()
            || self.words.iter().any(|word| search::is_indexed(&word.word))
    }

    /// How badly a finding fits the words: the sum over all of them, 0 where it has each as a whole.
    pub(super) fn misfit(&self, check: &str, subject: &str) -> u8 {
        let of = |word: &Word| search::misfit(&word.word, subject, word.checks.iter().any(|known| known == check));
        self.words.iter().map(of).sum()
    }
}

/// Adds to each word the checks whose id or title has it.
fn with_checks(words: Vec<String>) -> Vec<Word> {
    if words.is_empty() {
        return Vec::new();
    }
    let said: Vec<(String, String)> = Catalogue::current()
        .checks()
        .iter()
        .map(|check| {
            let titles = Language::ALL
                .iter()
                .map(|language| Locale::new(*language, chrono_tz::UTC).check_title(&check.id).to_lowercase());
            let text = std::iter::once(check.id.0.to_lowercase()).chain(titles).collect::<Vec<_>>().join("\n");
            (check.id.0.clone(), text)
        })
        .collect();
    let called = |word: &str| said.iter().filter(|(_, text)| text.contains(word)).map(|(id, _)| id.clone()).collect();
    words.into_iter().map(|word| Word { checks: called(&word), word }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(q: &str) -> Result<Sought> {
        Sought::of(&FindingFilter { q: Some(q.into()), ..FindingFilter::default() })
    }

    #[test]
    fn a_check_is_found_by_its_title_in_any_language_and_by_its_id() {
        for word in ["vul.critical_fixable", "vulnerability", "sårbarhed"] {
            let sought = of(word).expect("a search");
            let [word] = sought.words.as_slice() else { panic!("one word") };
            assert!(word.checks.iter().any(|check| check == "vul.critical_fixable"), "{word:?}");
        }
    }

    #[test]
    fn what_fits_whole_is_before_what_fits_in_part() {
        let sought = of("cve-2026-1234 shop").expect("a search");
        let exact = sought.misfit("vul.critical_fixable", "deployment shop/web app cve-2026-1234 openssl");
        let longer = sought.misfit("vul.critical_fixable", "deployment shop/web app cve-2026-12345 openssl");
        assert!(exact < longer, "{exact} {longer}");
    }

    #[test]
    fn a_search_that_is_too_long_is_refused_in_words() {
        assert!(matches!(of(&"x".repeat(201)), Err(Error::Invalid { key: "error-search-long", .. })));
    }
}
