//! The records of a ZIP file (APPNOTE 4.3), as the exact bytes that a pack has.

/// 1980-01-01, the first day that a ZIP file can tell; 00:00.
const DATE: u16 = 0x0021;
const TIME: u16 = 0;
/// ZIP 2.0: deflate, nothing newer.
const VERSION: u16 = 20;
/// ZIP 2.0, written on Unix, so that the permissions below are read.
const MADE_BY: u16 = 0x0314;
/// A regular file, `rw-r--r--`.
const ATTRIBUTES: u32 = 0o100_644 << 16;

/// Not compressed.
pub(super) const STORED: u16 = 0;
/// Compressed with deflate.
pub(super) const DEFLATED: u16 = 8;

/// Bytes of a directory entry without its name.
pub(super) const DIRECTORY_LEN: usize = 46;
/// Bytes of the end record.
pub(super) const END_LEN: usize = 22;

/// What the headers say of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) name: String,
    pub(super) method: u16,
    pub(super) crc: u32,
    pub(super) packed: u32,
    pub(super) size: u32,
    /// Where its local header begins.
    pub(super) offset: u32,
}

impl Record {
    fn name_len(&self) -> [u8; 2] {
        // Names are checked to be at most MAX_NAME bytes.
        u16::try_from(self.name.len()).unwrap_or(u16::MAX).to_le_bytes()
    }

    /// Version, flags, method, time, date, checksum, sizes, length of name, length of extra field.
    fn common(&self, bytes: &mut Vec<u8>) {
        for short in [VERSION, 0, self.method, TIME, DATE] {
            bytes.extend(short.to_le_bytes());
        }
        for long in [self.crc, self.packed, self.size] {
            bytes.extend(long.to_le_bytes());
        }
        bytes.extend(self.name_len());
        bytes.extend([0, 0]);
    }

    /// The local header, with the name.
    pub(super) fn local(&self) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04".to_vec();
        self.common(&mut bytes);
        bytes.extend(self.name.as_bytes());
        bytes
    }

    /// The entry in the central directory, with the name.
    pub(super) fn directory(&self) -> Vec<u8> {
        let mut bytes = b"PK\x01\x02".to_vec();
        bytes.extend(MADE_BY.to_le_bytes());
        self.common(&mut bytes);
        // No comment, disk 0, no internal attributes.
        bytes.extend([0; 6]);
        bytes.extend(ATTRIBUTES.to_le_bytes());
        bytes.extend(self.offset.to_le_bytes());
        bytes.extend(self.name.as_bytes());
        bytes
    }

    /// What a directory entry says; only its variable fields are read, the writer above prescribes the rest.
    pub(super) fn from_directory(bytes: &[u8]) -> Option<Self> {
        let name_len = usize::from(u16::from_le_bytes(bytes.get(28..30)?.try_into().ok()?));
        let long = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        Some(Self {
            name: String::from_utf8(bytes.get(DIRECTORY_LEN..DIRECTORY_LEN + name_len)?.to_vec()).ok()?,
            method: u16::from_le_bytes(bytes.get(10..12)?.try_into().ok()?),
            crc: long(16)?,
            packed: long(20)?,
            size: long(24)?,
            offset: long(42)?,
        })
    }
}

/// The end record.
pub(super) fn end(files: u16, directory_len: u32, directory_at: u32) -> Vec<u8> {
    let mut bytes = b"PK\x05\x06\0\0\0\0".to_vec();
    bytes.extend(files.to_le_bytes());
    bytes.extend(files.to_le_bytes());
    bytes.extend(directory_len.to_le_bytes());
    bytes.extend(directory_at.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}
