//! A whole list, or what could be had of it: what could not be read is counted, never guessed.

use crate::{
    error::{LONGEST, ReadError, clean, problem},
    page::{Misread, Parsed},
    request::Resource,
};
use model::{
    problem::{Problem, ProblemWord},
    scan::{Coverage, ObjectBody, ObjectRef, Read},
};

/// What reading a list gave.
#[derive(Clone, Debug)]
pub struct Listed<T> {
    /// How it went.
    pub read: Read,
    /// The objects that were read and understood.
    pub items: Vec<T>,
    /// The objects for the record.
    pub noted: Noted,
    /// Objects that are there, or may be, and are not among `items`: malformed, or cut off.
    pub unread: u32,
}

/// Objects for the record, understood or not.
#[derive(Clone, Debug, Default)]
pub struct Noted {
    /// Their kind.
    pub kind: String,
    /// Names, versions and hashes.
    pub refs: Vec<ObjectRef>,
    /// Bodies that are not known to be kept already.
    pub bodies: Vec<ObjectBody>,
}

impl Noted {
    /// Adds what follows.
    pub fn extend(&mut self, more: Self) {
        self.kind = more.kind;
        self.refs.extend(more.refs);
        self.bodies.extend(more.bodies);
    }
}

impl<T> Listed<T> {
    /// A list of which nothing was read.
    pub fn failed(resource: &Resource, error: &ReadError) -> Self {
        let read = Read {
            resource: resource.name(),
            coverage: error.coverage(),
            objects: 0,
            malformed: 0,
            confirmed: 0,
            error: Some(error.sentence()),
            problems: vec![error.problem()],
        };
        Self { read, items: Vec::new(), noted: Noted::default(), unread: 0 }
    }

    /// A list whose group is served in these versions only, which Bevis does not read: whatever is in it is there unread.
    pub fn of_unknown_version(resource: &Resource, versions: &str) -> Self {
        let read = Read {
            resource: resource.name(),
            coverage: Coverage::Truncated,
            objects: 0,
            malformed: 0,
            confirmed: 0,
            error: Some(clean(&format!("served in versions only that Bevis does not read: {versions}"), LONGEST)),
            problems: vec![problem(ProblemWord::ServedOtherwise, &[("versions", &versions)])],
        };
        Self { read, items: Vec::new(), noted: Noted::default(), unread: 1 }
    }

    /// Whether it was read wholly, and there is nothing.
    pub fn is_empty(&self) -> bool {
        self.was_read() && self.items.is_empty() && self.unread == 0
    }

    /// Whether anything was read, be it that there is nothing.
    pub fn was_read(&self) -> bool {
        self.read.coverage.saw_something()
    }
}

/// An object asked for by name.
#[derive(Clone, Debug)]
pub struct One<T> {
    /// How it went; absent where there is no such object.
    pub read: Read,
    /// The object, where it was read and understood.
    pub object: Option<T>,
}

/// Why a list was not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// It has more objects than a list may have.
    Objects {
        /// The limit.
        most: usize,
    },
    /// The answers of this round have come to more bytes than they may.
    Bytes {
        /// The limit, in MB.
        limit_mb: usize,
    },
}

impl Cut {
    fn words(self, unread: u32) -> String {
        match self {
            Self::Objects { most } => {
                format!("more than {most} objects (scan.max_objects): {unread} were not read")
            }
            Self::Bytes { limit_mb } => format!(
                "the budget of this scan is used up ({limit_mb} MB, scan.max_scan_mb): {unread} or more were not read"
            ),
        }
    }

    fn problem(self, unread: u32) -> Problem {
        match self {
            Self::Objects { most } => problem(ProblemWord::CutObjects, &[("most", &most), ("unread", &unread)]),
            Self::Bytes { limit_mb } => problem(ProblemWord::CutBytes, &[("limit", &limit_mb), ("unread", &unread)]),
        }
    }
}

/// A list that is being put together from its pages.
#[derive(Debug)]
pub struct Gathering<T> {
    items: Vec<T>,
    noted: Noted,
    malformed: u32,
    first_problem: Option<Misread>,
    /// Why it was not read to its end, and how many objects were not read; none where it was.
    pub cut_off: Option<(Cut, u32)>,
}

impl<T> Default for Gathering<T> {
    fn default() -> Self {
        Self { items: Vec::new(), noted: Noted::default(), malformed: 0, first_problem: None, cut_off: None }
    }
}

impl<T> Gathering<T> {
    /// Objects so far.
    pub fn objects(&self) -> u32 {
        count(self.items.len())
    }

    /// Takes note of the objects of a page, for the record.
    pub fn note(&mut self, noted: Noted) {
        self.noted.extend(noted);
    }

    /// Takes the objects of a page.
    pub fn take(&mut self, parsed: Parsed<T>) {
        self.items.extend(parsed.items);
        self.malformed = self.malformed.saturating_add(parsed.malformed);
        self.first_problem = self.first_problem.take().or(parsed.first_problem);
    }

    /// The list.
    pub fn listed(self, resource: &Resource) -> Listed<T> {
        let (mut told, mut problems): (Vec<String>, Vec<Problem>) =
            self.cut_off.iter().map(|(cut, unread)| (cut.words(*unread), cut.problem(*unread))).unzip();
        if let Some(first) = &self.first_problem {
            let (object, why, column) = (first.object(), first.why(), first.column());
            told.push(format!("{} objects were not understood; the first is {first}", self.malformed));
            problems.push(problem(
                ProblemWord::Misread,
                &[("count", &self.malformed), ("object", &object), ("why", &why), ("column", &column)],
            ));
        }
        let read = Read {
            resource: resource.name(),
            coverage: if told.is_empty() { Coverage::Complete } else { Coverage::Truncated },
            objects: self.objects(),
            malformed: self.malformed,
            confirmed: 0,
            error: (!told.is_empty()).then(|| clean(&told.join("; "), LONGEST)),
            problems,
        };
        let cut_off = self.cut_off.map_or(0, |(_, unread)| unread);
        Listed { read, items: self.items, noted: self.noted, unread: self.malformed.saturating_add(cut_off) }
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
impl<T: serde::de::DeserializeOwned + crate::page::Named> Listed<T> {
    /// A list as one page of it would be read.
    pub(crate) fn of_page(resource: &Resource, body: &[u8]) -> Self {
        match crate::page::Page::split(bytes::Bytes::copy_from_slice(body), "GET /test") {
            Ok(page) => {
                let mut whole = Gathering::default();
                whole.take(page.parse(usize::MAX));
                whole.listed(resource)
            }
            Err(error) => Self::failed(resource, &error),
        }
    }
}
