//! A list as it came, for all who want to understand it, each in their own way, in this round or a later one.

use super::{
    list::{Sink, blocking},
    packed::Packed,
};
use model::{
    Instant,
    scan::{ObjectList, ObjectRef},
};
use sources::{
    ReadError,
    listed::{Cut, Gathering, Listed},
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

impl Sink for Raw {
    type Taken = (Packed, Option<String>);

    fn understand(page: &Page, room: usize) -> Self::Taken {
        (Packed::of(page, room), page.version.clone())
    }

    fn take(&mut self, (packed, version): Self::Taken) {
        self.pages.push(Arc::new(packed));
        // Pages of one list are of one version.
        self.version = version;
    }

    fn objects(&self) -> u32 {
        u32::try_from(self.len()).unwrap_or(u32::MAX)
    }
}

/// A list that is understood and kept as it came, page by page.
pub(super) struct Both<T> {
    pub(super) typed: Gathering<T>,
    pub(super) raw: Raw,
}

impl<T> Default for Both<T> {
    fn default() -> Self {
        Self { typed: Gathering::default(), raw: Raw::default() }
    }
}

impl<T: Readable> Sink for Both<T> {
    type Taken = (Parsed<T>, <Raw as Sink>::Taken);

    fn understand(page: &Page, room: usize) -> Self::Taken {
        (page.parse(room), Raw::understand(page, room))
    }

    fn take(&mut self, (parsed, raw): Self::Taken) {
        self.typed.take(parsed);
        Sink::take(&mut self.raw, raw);
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

    /// Names, versions and hashes of its objects.
    pub(super) fn refs(&self) -> Vec<ObjectRef> {
        self.pages.iter().flat_map(|page| page.refs.iter().cloned()).collect()
    }

    /// Its objects, for the record.
    pub(super) fn object_list(&self, resource: String) -> ObjectList {
        ObjectList { resource, fetched_at: self.fetched_at, confirmed_at: self.confirmed_at, objects: self.refs() }
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
