//! Where in a configuration something is wrong: at a place in the text, or at a key.

use toml::de::{DeTable, DeValue};

/// Where a mistake is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// At this byte of the text.
    At(usize),
    /// At this key, with dots between its parts.
    Key(&'static str),
}

/// A mistake: where, and what.
pub(super) type Wrong = (Place, String);

impl Place {
    /// Its byte in the text.
    pub(super) fn in_text(self, text: &str) -> usize {
        match self {
            Self::At(at) => at,
            Self::Key(key) => place_of(text, key),
        }
    }
}

/// The line of a byte, from 1.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
}

/// Where a key stands; as much of it as is there.
fn place_of(text: &str, key: &str) -> usize {
    let Ok(root) = DeTable::parse(text) else { return 0 };
    let (mut table, mut at) = (root.get_ref(), 0);
    for part in key.split('.') {
        let Some((name, value)) = table.iter().find(|(name, _)| name.get_ref() == part) else { break };
        at = name.span().start;
        let DeValue::Table(inner) = value.get_ref() else { break };
        table = inner;
    }
    at
}

/// The key that stands at a byte, or whose value does, with dots between its parts.
pub(super) fn key_at(text: &str, at: usize) -> Option<String> {
    let root = DeTable::parse(text).ok()?;
    let mut path = Vec::new();
    find(root.get_ref(), at, &mut path).then(|| path.join("."))
}

fn find(table: &DeTable<'_>, at: usize, path: &mut Vec<String>) -> bool {
    for (name, value) in table {
        path.push(name.get_ref().to_string());
        let deeper = match value.get_ref() {
            DeValue::Table(inner) => find(inner, at, path),
            DeValue::Array(items) => {
                items.iter().any(|item| matches!(item.get_ref(), DeValue::Table(inner) if find(inner, at, path)))
            }
            _ => false,
        };
        if deeper || (name.span().start.min(value.span().start) <= at && at < value.span().end) {
            return true;
        }
        path.pop();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "language = 'en'\n[ledger.webhook]\nurl = 'https://a'\nsecret = { fil = 'b' }\n[[cluster]]\nname = 'prod'\n";

    #[test]
    fn a_key_has_a_line_and_a_line_a_key() {
        for (key, line) in [("language", 1), ("ledger.webhook.url", 3), ("ledger.webhook.secret.fil", 4)] {
            assert_eq!(line_of(TEXT, place_of(TEXT, key)), line, "{key}");
            assert_eq!(key_at(TEXT, place_of(TEXT, key)).as_deref(), Some(key));
        }
        assert_eq!(key_at(TEXT, TEXT.find("prod").unwrap_or_default()).as_deref(), Some("cluster.name"));
        assert_eq!(line_of(TEXT, place_of(TEXT, "ledger.webhook.every")), 2, "as much of it as is there");
        assert_eq!(key_at("no = toml = ", 3), None);
    }
}
