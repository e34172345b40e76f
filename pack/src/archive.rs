//! The archive: a ZIP file of which every byte outside the compressed content is prescribed.
//!
//! Any ZIP program reads it. Bevis reads only what Bevis writes: local headers, content and central directory follow each
//! other without gaps, names are sorted and plain ASCII, times are 1980-01-01, there are no comments, extra fields, flags,
//! encryption or ZIP64. So two programs cannot see different files in one archive, and no byte is free to change.

mod read;
mod record;
mod write;

pub use read::{Archive, Packed};
pub use write::{Unwritable, write};

/// Bytes of an archive at most.
pub const MAX_ARCHIVE: usize = 1 << 30;
/// Bytes of one file at most.
pub const MAX_FILE: usize = 512 << 20;
/// Bytes of all files together at most.
pub const MAX_CONTENT: usize = 2_000 << 20;
/// Files at most.
pub const MAX_FILES: usize = 1_000;
const MAX_NAME: usize = 120;

/// Whether a name may stand in a pack: plain segments of letters, digits, `.`, `_` and `-`, none of them starting with a dot.
pub fn is_name(name: &str) -> bool {
    name.len() <= MAX_NAME
        && name.split('/').all(|segment| {
            !segment.is_empty()
                && !segment.starts_with('.')
                && segment.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
        })
}
