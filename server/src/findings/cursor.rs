//! A place in a sorted list, as an opaque text.

use crate::error::Error;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::DateTime;
use model::{Instant, views::FindingSort};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What a list of findings is sorted by; unique, since it ends with the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) severity: i16,
    pub(super) opened_at: Instant,
    pub(super) finding: Uuid,
}

/// Which side of a row to go on from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// To the rows after it.
    Forward,
    /// To the rows before it.
    Backward,
}

/// A row of a list, and the direction to go on in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) sort: FindingSort,
    pub(super) direction: Direction,
    pub(super) key: Key,
}

/// Version, sort, direction, severity, microseconds, id, and a checksum against typing errors and edits.
const LENGTH: usize = 1 + 1 + 1 + 2 + 8 + 16 + CHECKSUM;
const CHECKSUM: usize = 6;
const VERSION: u8 = 1;

impl Cursor {
    /// The text of the cursor.
    pub(super) fn encode(&self) -> String {
        let mut bytes = Vec::with_capacity(LENGTH);
        bytes.extend([VERSION, sort_byte(self.sort), u8::from(self.direction == Direction::Backward)]);
        bytes.extend(self.key.severity.to_be_bytes());
        bytes.extend(self.key.opened_at.timestamp_micros().to_be_bytes());
        bytes.extend(self.key.finding.as_bytes());
        let checksum = Sha256::digest(&bytes);
        bytes.extend(&checksum[..CHECKSUM]);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a cursor of a list with this sort; anything that [`Cursor::encode`] did not write is refused.
    pub(super) fn decode(text: &str, sort: FindingSort) -> Result<Self, Error> {
        let refused = || Error::Invalid { key: "error-invalid-cursor", value: text.chars().take(100).collect() };
        let cursor = read(text).ok_or_else(refused)?;
        if cursor.sort == sort { Ok(cursor) } else { Err(refused()) }
    }
}

fn read(text: &str) -> Option<Cursor> {
    if text.len() > 2 * LENGTH {
        return None;
    }
    let bytes: [u8; LENGTH] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
    let (content, checksum) = bytes.split_at(LENGTH - CHECKSUM);
    if Sha256::digest(content)[..CHECKSUM] != *checksum || content[0] != VERSION {
        return None;
    }
    let sort = [FindingSort::Severity, FindingSort::Newest, FindingSort::Oldest]
        .into_iter()
        .find(|s| sort_byte(*s) == content[1])?;
    let direction = if content[2] == 0 { Direction::Forward } else { Direction::Backward };
    let severity = i16::from_be_bytes(content[3..5].try_into().ok()?);
    let opened_at = DateTime::from_timestamp_micros(i64::from_be_bytes(content[5..13].try_into().ok()?))?;
    let finding = Uuid::from_slice(&content[13..29]).ok()?;
    Some(Cursor { sort, direction, key: Key { severity, opened_at, finding } })
}

const fn sort_byte(sort: FindingSort) -> u8 {
    match sort {
        FindingSort::Severity => 0,
        FindingSort::Newest => 1,
        FindingSort::Oldest => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cursor() -> Cursor {
        let opened_at = DateTime::from_timestamp_micros(1_780_000_000_123_456).expect("a valid instant");
        let key = Key { severity: 4, opened_at, finding: Uuid::from_u128(0x1234) };
        Cursor { sort: FindingSort::Newest, direction: Direction::Backward, key }
    }

    #[test]
    fn a_cursor_reads_back() {
        assert_eq!(Cursor::decode(&cursor().encode(), FindingSort::Newest).ok(), Some(cursor()));
    }

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        assert!(Cursor::decode(&cursor().encode(), FindingSort::Severity).is_err());
    }

    #[test]
    fn every_changed_character_is_refused() {
        let text = cursor().encode();
        for place in 0..text.len() {
            for other in ["A", "z", "-", "!"] {
                let mut changed = text.clone();
                changed.replace_range(place..=place, other);
                assert!(changed == text || Cursor::decode(&changed, FindingSort::Newest).is_err(), "{changed}");
            }
            assert!(Cursor::decode(&text[..place], FindingSort::Newest).is_err());
        }
        assert!(Cursor::decode(&"A".repeat(100_000), FindingSort::Newest).is_err());
    }
}
