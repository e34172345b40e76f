//! Reads the archive, and refuses everything that the writer would not have written.

use super::{MAX_ARCHIVE, MAX_CONTENT, MAX_FILE, MAX_FILES, is_name, record};
use crate::fault::Fault;
use miniz_oxide::inflate::{
    TINFLStatus,
    core::{DecompressorOxide, decompress, inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF},
};
use record::Record;

/// Deflate cannot compress better than this; whoever claims so lies, and would cost memory.
const MAX_RATIO: usize = 1_040;

/// An archive whose structure is in order. Contents are decompressed and compared one at a time, when asked for.
#[derive(Clone, Debug)]
pub struct Archive<'a> {
    files: Vec<Packed<'a>>,
}

/// A file in an archive, still compressed.
#[derive(Clone, Debug)]
pub struct Packed<'a> {
    record: Record,
    bytes: &'a [u8],
}

impl<'a> Archive<'a> {
    /// Reads the structure: every byte outside the files' contents must be the prescribed one.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Fault> {
        if bytes.len() > MAX_ARCHIVE {
            return Err(broken("the archive", "it is larger than a pack can be"));
        }
        if !bytes.starts_with(b"PK\x03\x04") {
            return Err(broken("the archive", "this is not an evidence pack: it does not begin as a ZIP file does"));
        }
        let records = directory(bytes)?;
        let mut files = Vec::with_capacity(records.len());
        let mut at = 0;
        let mut content = 0usize;
        for record in records {
            check(&record, at, files.last())?;
            let local = record.local();
            let begin = at + local.len();
            let end = begin.saturating_add(record.packed as usize);
            if bytes.get(at..begin) != Some(&local[..]) {
                return Err(broken(&record.name, "its header differs from its entry in the directory"));
            }
            let packed = bytes.get(begin..end).ok_or_else(|| broken(&record.name, "it is cut off"))?;
            content = content.saturating_add(record.size as usize);
            at = end;
            files.push(Packed { record, bytes: packed });
        }
        if content > MAX_CONTENT {
            return Err(broken("the archive", "its files are together larger than a pack can be"));
        }
        // The directory begins where the last file ends: nothing is hidden in between.
        let expected: usize =
            at + files.iter().map(|file| record::DIRECTORY_LEN + file.record.name.len()).sum::<usize>();
        if expected + record::END_LEN != bytes.len() {
            return Err(broken("the archive", "it holds bytes that belong to no file"));
        }
        Ok(Self { files })
    }

    /// Every file, in order of name.
    pub fn files(&self) -> &[Packed<'a>] {
        &self.files
    }

    /// One file.
    pub fn file(&self, name: &str) -> Option<&Packed<'a>> {
        self.files.iter().find(|file| file.record.name == name)
    }
}

impl Packed<'_> {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.record.name
    }

    /// Its size in bytes, as the archive claims; [`Packed::content`] gives exactly as many or fails.
    pub const fn size(&self) -> u32 {
        self.record.size
    }

    /// Its content, with the archive's own checksum compared.
    pub fn content(&self) -> Result<Vec<u8>, Fault> {
        let changed = || Fault::Changed { path: self.record.name.clone() };
        let content = if self.record.method == record::STORED {
            self.bytes.to_vec()
        } else {
            inflate(self.bytes, self.record.size as usize).ok_or_else(changed)?
        };
        if crc32fast::hash(&content) == self.record.crc { Ok(content) } else { Err(changed()) }
    }
}

/// Exactly `size` bytes from all of `packed`, or nothing.
fn inflate(packed: &[u8], size: usize) -> Option<Vec<u8>> {
    let mut content = vec![0; size];
    let mut state = Box::<DecompressorOxide>::default();
    let (status, read, written) =
        decompress(&mut state, packed, &mut content, 0, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF);
    (status == TINFLStatus::Done && read == packed.len() && written == size).then_some(content)
}

/// The central directory's records, after the end record.
fn directory(bytes: &[u8]) -> Result<Vec<Record>, Fault> {
    let cut = || broken("the archive", "its end is missing or damaged; it may have been cut off on its way");
    let end_at = bytes.len().checked_sub(record::END_LEN).ok_or_else(cut)?;
    let end = bytes.get(end_at..).ok_or_else(cut)?;
    let short = |at: usize| Some(u16::from_le_bytes(end.get(at..at + 2)?.try_into().ok()?));
    let long = |at: usize| Some(u32::from_le_bytes(end.get(at..at + 4)?.try_into().ok()?));
    let (count, length, begin) =
        short(8).zip(long(12)).zip(long(16)).map(|((count, length), begin)| (count, length, begin)).ok_or_else(cut)?;
    if end != record::end(count, length, begin) || (begin as usize).checked_add(length as usize) != Some(end_at) {
        return Err(cut());
    }
    if usize::from(count) > MAX_FILES {
        return Err(broken("the archive", "it has more files than a pack can have"));
    }
    let mut rest = bytes.get(begin as usize..end_at).ok_or_else(cut)?;
    let mut records = Vec::with_capacity(count.into());
    for _ in 0..count {
        let damaged = || broken("the archive", "its directory is damaged");
        let record = Record::from_directory(rest).ok_or_else(damaged)?;
        let written = record.directory();
        if !rest.starts_with(&written) {
            return Err(broken(&shown(&record.name), "its entry in the directory is not written as a pack's is"));
        }
        rest = rest.get(written.len()..).ok_or_else(damaged)?;
        records.push(record);
    }
    if rest.is_empty() { Ok(records) } else { Err(broken("the archive", "its directory holds more than it says")) }
}

fn check(record: &Record, at: usize, before: Option<&Packed<'_>>) -> Result<(), Fault> {
    let broken = |what| Err(broken(&shown(&record.name), what));
    if !is_name(&record.name) {
        return broken("this name may not stand in a pack");
    }
    if before.is_some_and(|before| before.record.name >= record.name) {
        return broken("it is there twice, or out of order");
    }
    if record.offset as usize != at {
        return broken("it does not begin where the file before it ends");
    }
    if record.size as usize > MAX_FILE {
        return broken("it is larger than a file of a pack can be");
    }
    match record.method {
        record::STORED if record.packed == record.size => Ok(()),
        record::STORED => broken("its two sizes contradict each other"),
        record::DEFLATED if record.size as usize <= (record.packed as usize).saturating_mul(MAX_RATIO) => Ok(()),
        record::DEFLATED => broken("it claims to unpack to more than it can"),
        _ => broken("it is compressed in a way that packs do not use"),
    }
}

fn broken(place: &str, what: &'static str) -> Fault {
    Fault::Archive { place: place.to_owned(), what }
}

/// A hostile name, made fit to print.
fn shown(name: &str) -> String {
    name.chars().take(80).map(|c| if c.is_ascii_graphic() { c } else { '?' }).collect()
}
