//! Makes every text printable: PDF/A refuses characters that no font has, and long names must be breakable.

use crate::world::has_glyph;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{LazyLock, Mutex, PoisonError},
};

/// Letters in a row after which a line may break.
const UNBROKEN: usize = 18;
/// Where a line may break, without anything being printed.
const BREAK: char = '\u{200b}';

/// Fields whose values are words of ours that the template compares, not text.
const NAMES: [&str; 5] = ["block", "cell", "id", "language", "shape"];

static KNOWN: LazyLock<Mutex<BTreeMap<char, bool>>> = LazyLock::new(Mutex::default);

/// The same value with every text printable. A character that cannot be printed is shown by its number, as `[U+4E2D]`.
pub(crate) fn text_of(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(printable(&text)),
        Value::Array(values) => values.into_iter().map(text_of).collect(),
        Value::Object(fields) => {
            let field = |(name, value): (String, Value)| {
                if NAMES.contains(&name.as_str()) { (name, value) } else { (name, text_of(value)) }
            };
            fields.into_iter().map(field).collect()
        }
        other => other,
    }
}

fn printable(text: &str) -> String {
    let mut printed = String::with_capacity(text.len());
    let mut unbroken = 0;
    for character in text.chars() {
        if character.is_whitespace() {
            printed.push(if character == '\n' { '\n' } else { ' ' });
            unbroken = 0;
            continue;
        }
        if can_print(character) {
            printed.push(character);
        } else {
            // Writing to a string cannot fail.
            let _written = write!(printed, "[U+{:04X}]", u32::from(character));
        }
        unbroken += 1;
        let pause = matches!(character, '/' | '.' | ':' | '_' | '-' | '@' | ',') && unbroken > 8;
        if pause || unbroken >= UNBROKEN {
            printed.push(BREAK);
            unbroken = 0;
        }
    }
    printed
}

fn can_print(character: char) -> bool {
    if character.is_ascii_graphic() {
        return true;
    }
    // Control and format characters, private use: never printed, whatever a font says. U+200B..U+200F, U+202A..U+202E
    // and U+2060..U+206F would let a name look like another.
    let hidden = matches!(u32::from(character),
        0x00..=0x1F | 0x7F..=0x9F | 0xAD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
        | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xE000..=0xF8FF | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFF
        | 0xE0000..=0x10_FFFF);
    if hidden {
        return false;
    }
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    *known.entry(character).or_insert_with(|| has_glyph(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_printed_is_named() {
        assert_eq!(printable("Æblegrød på kø – „ok“"), "Æblegrød på kø – „ok“");
        assert_eq!(printable("a\u{202e}b\u{0}"), "a[U+202E]b[U+0000]");
        assert!(printable("中").starts_with("[U+4E2D]"));
        assert_eq!(printable("a\tb\r\nc"), "a b \nc");
    }

    #[test]
    fn long_names_may_break() {
        assert!(printable(&"x".repeat(40)).contains(BREAK));
        assert!(!printable("system:masters").contains(BREAK));
    }
}
