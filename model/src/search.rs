//! Words that somebody looks for among findings: how they are read, and how well a finding fits them.

/// Characters of a search at most.
pub const LONGEST: usize = 200;
/// Words of a search at most.
pub const MOST_WORDS: usize = 8;

/// A search that is longer than one may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a search has at most {LONGEST} characters and {MOST_WORDS} words")]
pub struct TooLong;

/// The words of a search, in lower case, each once; none where there is nothing to look for.
///
/// # Errors
/// [`TooLong`].
pub fn words(text: &str) -> Result<Vec<String>, TooLong> {
    let text = text.trim();
    if text.chars().count() > LONGEST {
        return Err(TooLong);
    }
    let mut words: Vec<String> = Vec::new();
    // NUL is the one character that PostgreSQL's text cannot hold.
    for word in text.split(|c: char| c.is_whitespace() || c == '\0').filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        if !words.contains(&word) {
            words.push(word);
        }
    }
    if words.len() > MOST_WORDS { Err(TooLong) } else { Ok(words) }
}

/// Whether an index of groups of three letters can find a word: it needs three letters or digits in a row.
pub fn is_indexed(word: &str) -> bool {
    let mut run = 0;
    word.chars().any(|c| {
        run = if c.is_alphanumeric() { run + 1 } else { 0 };
        run >= 3
    })
}

/// How well a word fits what a finding is about, in lower case: 0 is best. `titled` is whether the check is called so.
///
/// A whole part of the subject (a CVE, a namespace, a name) before the beginning of one, before the title, before the
/// middle of a part.
pub fn misfit(word: &str, subject: &str, titled: bool) -> u8 {
    let mut parts = subject.split([' ', '/']).filter(|part| !part.is_empty());
    let mut begins = false;
    let whole = parts.any(|part| {
        begins |= part.starts_with(word);
        part == word
    });
    match (whole, begins, titled) {
        (true, ..) => 0,
        (_, true, _) => 1,
        (.., true) => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_read_as_words_and_bounded() {
        assert_eq!(words("  CVE-2026-1 \u{0}shop  SHOP "), Ok(vec!["cve-2026-1".to_owned(), "shop".to_owned()]));
        assert_eq!(words(" \u{0} "), Ok(vec![]));
        assert_eq!(words(&"æ".repeat(LONGEST)), Ok(vec!["æ".repeat(LONGEST)]));
        assert_eq!(words(&"æ".repeat(LONGEST + 1)), Err(TooLong));
        assert_eq!(words("a b c d e f g h i"), Err(TooLong));
        assert!(words("a b c d e f g h h").is_ok(), "the same word twice is one");
    }

    #[test]
    fn what_has_no_three_letters_in_a_row_is_not_indexed() {
        for (word, indexed) in [("abc", true), ("ab", false), ("a-b-c", false), ("x/abc", true), ("%_%", false)] {
            assert_eq!(is_indexed(word), indexed, "{word}");
        }
    }

    #[test]
    fn the_whole_is_better_than_its_beginning_and_that_than_its_middle() {
        let subject = "deployment shop/web-1 app cve-2026-1234 openssl";
        for (word, titled, misfits) in [
            ("cve-2026-1234", false, 0),
            ("shop", true, 0),
            ("cve-2026", true, 1),
            ("eb-1", true, 2),
            ("eb-1", false, 3),
            ("wildcard", true, 2),
        ] {
            assert_eq!(misfit(word, subject, titled), misfits, "{word}");
        }
    }
}
