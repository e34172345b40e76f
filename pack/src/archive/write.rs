//! Writes the archive.

use super::{MAX_ARCHIVE, MAX_FILE, MAX_FILES, is_name, record};
use record::Record;
use std::collections::BTreeMap;

/// The level of compression; part of the format, since other levels give other bytes.
const LEVEL: u8 = 6;

/// Why an archive cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unwritable {
    /// A name that a pack may not hold.
    #[error("\"{0}\" is not a file name for a pack")]
    Name(String),
    /// More than a pack may hold.
    #[error("{0} is more than a pack can hold; narrow its scope")]
    TooMuch(String),
}

/// The archive of some files, by name. The same files always give the same bytes.
pub fn write(files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, Unwritable> {
    let too_much = |what: &str| Unwritable::TooMuch(what.to_owned());
    let count = u16::try_from(files.len()).ok().filter(|n| usize::from(*n) <= MAX_FILES);
    let count = count.ok_or_else(|| too_much("the number of files"))?;
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        if !is_name(name) {
            return Err(Unwritable::Name(name.clone()));
        }
        let size =
            u32::try_from(content.len()).ok().filter(|_| content.len() <= MAX_FILE).ok_or_else(|| too_much(name))?;
        let (method, packed) = compress(content);
        let record = Record {
            name: name.clone(),
            method,
            crc: crc32fast::hash(content),
            packed: u32::try_from(packed.len()).map_err(|_| too_much(name))?,
            size,
            offset: u32::try_from(archive.len()).map_err(|_| too_much(name))?,
        };
        archive.extend(record.local());
        archive.extend(packed);
        directory.extend(record.directory());
    }
    if archive.len() + directory.len() + record::END_LEN > MAX_ARCHIVE {
        return Err(too_much("the whole"));
    }
    let length = |bytes: &[u8]| u32::try_from(bytes.len()).map_err(|_| too_much("the whole"));
    let end = record::end(count, length(&directory)?, length(&archive)?);
    archive.extend(directory);
    archive.extend(end);
    Ok(archive)
}

/// Compresses where that makes it smaller.
fn compress(content: &[u8]) -> (u16, Vec<u8>) {
    let packed = miniz_oxide::deflate::compress_to_vec(content, LEVEL);
    if packed.len() < content.len() { (record::DEFLATED, packed) } else { (record::STORED, content.to_vec()) }
}
