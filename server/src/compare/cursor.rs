//! A place in a list that is sorted by time, as an opaque text.

use crate::error::{Error, Result};
use chrono::DateTime;
use model::Instant;
use uuid::Uuid;

/// A row: when, and its id where several are of one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) at: Instant,
    pub(super) id: Uuid,
}

/// Past the year 9000, and well within what PostgreSQL takes.
const END_OF_TIME: Instant = match DateTime::from_timestamp(222_000_000_000, 0) {
    Some(instant) => instant,
    None => DateTime::UNIX_EPOCH,
};

impl Cursor {
    /// After every row.
    pub(super) const END: Self = Self { at: END_OF_TIME, id: Uuid::max() };

    pub(super) fn write(self) -> String {
        format!("{:x}.{}", self.at.timestamp_micros(), self.id.simple())
    }

    /// Reads what [`Cursor::write`] wrote.
    pub(super) fn read(text: &str) -> Result<Self> {
        let read = || {
            let (micros, id) = text.split_once('.')?;
            let at = DateTime::from_timestamp_micros(i64::from_str_radix(micros, 16).ok()?)?;
            let cursor = Self { at, id: Uuid::try_parse(id).ok()? };
            (at <= END_OF_TIME && cursor.write() == text).then_some(cursor)
        };
        read().ok_or_else(|| Error::Invalid { key: "error-invalid-cursor", value: text.chars().take(100).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_nothing_else_does() {
        let at = DateTime::from_timestamp_micros(1_780_000_000_123_456).expect("a valid instant");
        let cursor = Cursor { at, id: Uuid::from_u128(0x1234) };
        assert_eq!(Cursor::read(&cursor.write()).ok(), Some(cursor));
        assert_eq!(Cursor::read(&Cursor::END.write()).ok(), Some(Cursor::END));
        for text in ["", ".", "x", "1.2", "7fffffffffffffff.00000000000000000000000000001234", &"1".repeat(1000)] {
            assert!(Cursor::read(text).is_err(), "{text}");
        }
    }
}
