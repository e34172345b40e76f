//! A list as it came, for all who want to understand it, each in their own way, in this round or a later one.

use super::{
    keeper::{Holding, Notes},
    list::{Sink, blocking},
    packed::Packed,
};
use model::{Instant, scan::ObjectList};
use sources::{
    ReadError,
    listed::{Cut, Gathering, Listed, Noted},
    page::{Page, Parsed},
    reader::Readable,
    request::Resource,
};
use std::sync::Arc;

/// A list as it came.
#[derive(Clone, Debug, Default)]
pub(super) struct Raw {
    pub(super) pages: Vec<Arc<Packed>>,
    /// The version of the list as a whole, where the server tells.
    pub(super) version: Option<String>,
    /// What was not read of it.
    pub(super) cut: Option<(Cut, u32)>,
    /// Its objects that were not fetched for this reading, but confirmed by their versions.
    pub(super) confirmed: u32,
    /// When the server had given all of it.
    pub(super) fetched_at: Instant,
    /// When it confirmed it.
    pub(super) confirmed_at: Option<Instant>,
}

/// A list that was just fetched, with its objects for the record.
#[derive(Default)]
pub(super) struct Fetched {
    pub(super) raw: Raw,
    pub(super) noted: Noted,
}

impl Sink for Fetched {
    type Taken = (Packed, Option<String>, Noted);

    fn understand(page: &Page, room: usize, notes: &Notes) -> Self::Taken {
        (Packed::of(page, room), page.version.clone(), notes.take(page, room))
    }

    fn take(&mut self, (packed, version, noted): Self::Taken) {
        self.raw.pages.push(Arc::new(packed));
        // Pages of one list are of one version.
        self.raw.version = version;
        self.noted.extend(noted);
    }

    fn objects(&self) -> u32 {
        u32::try_from(self.raw.len()).unwrap_or(u32::MAX)
    }
}

/// A list that is understood and kept as it came, page by page.
pub(super) struct Both<T> {
    pub(super) typed: Gathering<T>,
    pub(super) fetched: Fetched,
}

impl<T> Default for Both<T> {
    fn default() -> Self {
        Self { typed: Gathering::default(), fetched: Fetched::default() }
    }
}

impl<T: Readable> Sink for Both<T> {
    type Taken = (Parsed<T>, <Fetched as Sink>::Taken);

    fn understand(page: &Page, room: usize, notes: &Notes) -> Self::Taken {
        (page.parse(room), Fetched::understand(page, room, notes))
    }

    fn take(&mut self, (parsed, fetched): Self::Taken) {
        self.typed.take(parsed);
        self.fetched.take(fetched);
    }

    fn objects(&self) -> u32 {
        self.typed.objects()
    }
}

impl Raw {
    /// How many objects.
    pub(super) fn len(&self) -> usize {
        self.pages.iter().map(|page| page.len()).sum()
    }

    /// Bytes of its objects, unpacked.
    pub(super) fn bytes(&self) -> usize {
        self.pages.iter().map(|page| page.bytes()).sum()
    }

    /// Takes note of its objects once more. They are told as kept only where the holding knows it, so that what an
    /// earlier round had no room for is made up for.
    pub(super) async fn noted(
        self: Arc<Self>,
        holding: &Arc<Holding>,
        resource: &Resource,
    ) -> Result<Noted, ReadError> {
        let notes = Notes::of(holding, resource.name());
        blocking(move || {
            let mut all = Noted::default();
            for page in &self.pages {
                all.extend(notes.take(&page.page().ok_or(ReadError::Internal)?, usize::MAX));
            }
            Ok(all)
        })
        .await?
    }

    /// Its objects, for the record.
    pub(super) fn object_list(&self, resource: String, noted: Noted) -> ObjectList {
        let Noted { kind, refs: objects, bodies } = noted;
        let (fetched_at, confirmed_at) = (self.fetched_at, self.confirmed_at);
        ObjectList { resource, kind, fetched_at, confirmed_at, objects, bodies }
    }

    /// Understands it as a list of `T`.
    pub(super) async fn listed<T: Readable>(self: Arc<Self>, resource: Resource) -> Result<Listed<T>, ReadError> {
        blocking(move || {
            let mut whole = Gathering::default();
            for page in &self.pages {
                let page = page.page().ok_or(ReadError::Internal)?;
                whole.take(page.parse(usize::MAX));
            }
            Ok(self.said(whole, &resource))
        })
        .await?
    }

    /// What was understood of it, with how it was read.
    pub(super) fn said<T>(&self, mut typed: Gathering<T>, resource: &Resource) -> Listed<T> {
        typed.cut_off = self.cut;
        let mut listed = typed.listed(resource);
        listed.read.confirmed = self.confirmed;
        listed
    }
}
