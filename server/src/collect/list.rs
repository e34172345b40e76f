//! A whole list: page after page, the next one asked for while the last is being understood.
//!
//! A list that changes under us (410) is started again once; what could not be read is counted, never guessed.

use super::{
    client::Client,
    keeper::{Holding, Notes},
};
use crate::config::ScanSettings;
use sources::{
    ReadError,
    listed::{Cut, Gathering, Listed, Noted},
    page::{Page, Parsed},
    reader::Readable,
    request::Resource,
};
use std::sync::Arc;
use url::form_urlencoded;

/// Pages without an object, one after the other, before we stop believing in an end.
const EMPTY_PAGES: u32 = 10;
/// How much larger pages are on the second attempt: fewer of them, so that the list has less time to change.
const LARGER: u32 = 4;
pub(super) const JSON: &str = "application/json";
pub(super) const METADATA_JSON: &str =
    "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

/// Reads a list over all namespaces, by itself. `tell` is told how many objects have been read so far.
pub async fn list<T>(
    client: &Client,
    resource: &Resource,
    settings: &ScanSettings,
    tell: &(dyn Fn(u32) + Send + Sync),
) -> Listed<T>
where
    T: Readable,
{
    let holding = Arc::new(Holding::new(Arc::default(), &settings.objects, model::Instant::default()));
    held(client, resource, settings, &holding, tell).await
}

/// The same, with its objects held for the record.
pub(super) async fn held<T>(
    client: &Client,
    resource: &Resource,
    settings: &ScanSettings,
    holding: &Arc<Holding>,
    tell: &(dyn Fn(u32) + Send + Sync),
) -> Listed<T>
where
    T: Readable,
{
    let asked = Asked { client, resource, settings, metadata_only: resource.metadata_only, holding, tell };
    match asked.whole::<Gathering<T>>().await {
        Ok((mut whole, cut)) => {
            whole.cut_off = cut;
            whole.listed(resource)
        }
        Err(error) => Listed::failed(resource, &error),
    }
}

/// What becomes of the pages of a list.
pub(super) trait Sink: Default + Send + 'static {
    /// What a page gives.
    type Taken: Send + 'static;

    /// Understands the first `room` objects of a page; takes as long as it takes, on a thread for that.
    fn understand(page: &Page, room: usize, notes: &Notes) -> Self::Taken;

    /// Adds what a page gave.
    fn take(&mut self, taken: Self::Taken);

    /// Objects so far.
    fn objects(&self) -> u32;
}

impl<T: Readable> Sink for Gathering<T> {
    type Taken = (Parsed<T>, Noted);

    fn understand(page: &Page, room: usize, notes: &Notes) -> Self::Taken {
        (page.parse(room), notes.take(page, room))
    }

    fn take(&mut self, (parsed, noted): Self::Taken) {
        self.take(parsed);
        self.note(noted);
    }

    fn objects(&self) -> u32 {
        self.objects()
    }
}

/// A list that is asked for.
pub(super) struct Asked<'a> {
    pub(super) client: &'a Client,
    pub(super) resource: &'a Resource,
    pub(super) settings: &'a ScanSettings,
    /// Names, labels and versions only.
    pub(super) metadata_only: bool,
    pub(super) holding: &'a Arc<Holding>,
    pub(super) tell: &'a (dyn Fn(u32) + Send + Sync),
}

impl Asked<'_> {
    /// All of its pages, and what was cut off.
    pub(super) async fn whole<S: Sink>(&self) -> Result<(S, Option<(Cut, u32)>), ReadError> {
        let size = self.settings.page_size.max(1);
        let mut pages = Pages { asked: self, size, most: self.settings.max_objects };
        match pages.read().await {
            Err(ReadError::Expired) => {
                pages.size = size.saturating_mul(LARGER);
                pages.read().await
            }
            outcome => outcome,
        }
    }
}

struct Pages<'a> {
    asked: &'a Asked<'a>,
    size: u32,
    most: usize,
}

impl Pages<'_> {
    async fn read<S: Sink>(&self) -> Result<(S, Option<(Cut, u32)>), ReadError> {
        let mut sink = S::default();
        let mut turn = Turn::default();
        let mut page = self.fetch(None).await?;
        loop {
            match turn.of(&mut page, self)? {
                Next::End { room, cut } => {
                    sink.take(self.understood::<S>(page, room).await?);
                    (self.asked.tell)(sink.objects());
                    return Ok((sink, cut));
                }
                Next::Page { room, token } => {
                    let after = page.remaining.map_or(1, |after| u32::try_from(after).unwrap_or(u32::MAX));
                    let (following, taken) = tokio::join!(self.fetch(Some(&token)), self.understood::<S>(page, room));
                    sink.take(taken?);
                    (self.asked.tell)(sink.objects());
                    page = match following {
                        // What was read is there; that the rest is not is said, and nothing is concluded from it.
                        Err(ReadError::OverBudget { limit_mb }) => {
                            return Ok((sink, Some((Cut::Bytes { limit_mb }, after.max(1)))));
                        }
                        following => following?,
                    };
                }
            }
        }
    }

    async fn understood<S: Sink>(&self, page: Page, room: usize) -> Result<S::Taken, ReadError> {
        let notes = Notes::of(self.asked.holding, self.asked.resource.name());
        blocking(move || S::understand(&page, room, &notes)).await
    }

    async fn fetch(&self, token: Option<&str>) -> Result<Page, ReadError> {
        let Asked { client, resource, metadata_only, .. } = self.asked;
        let path = resource.path();
        let accept = if *metadata_only { METADATA_JSON } else { JSON };
        let asked = format!("{path}?{}", query(self.size, token));
        let answer = client.get(&asked, accept, &resource.permission()).await?;
        let what = format!("GET {path}");
        blocking(move || Page::split(answer.body, &what)).await?
    }
}

fn query(size: u32, token: Option<&str>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("limit", &size.to_string());
    if let Some(token) = token {
        query.append_pair("continue", token);
    }
    query.finish()
}

/// How far a list has been read.
#[derive(Default)]
struct Turn {
    seen: usize,
    empty: u32,
}

/// What follows a page, of which `room` objects may be read.
enum Next {
    End { room: usize, cut: Option<(Cut, u32)> },
    Page { room: usize, token: String },
}

impl Turn {
    fn of(&mut self, page: &mut Page, pages: &Pages<'_>) -> Result<Next, ReadError> {
        let room = pages.most.saturating_sub(self.seen);
        self.seen += page.len();
        self.empty = if page.is_empty() { self.empty + 1 } else { 0 };
        if self.empty > EMPTY_PAGES {
            return Err(ReadError::Endless { what: pages.asked.resource.name() });
        }
        let next = page.next.take();
        if self.seen > pages.most || (self.seen == pages.most && next.is_some()) {
            let after = page.remaining.unwrap_or_else(|| u64::from(next.is_some()));
            let cut_off = u32::try_from(after.saturating_add((self.seen - pages.most) as u64)).unwrap_or(u32::MAX);
            return Ok(Next::End { room, cut: Some((Cut::Objects { most: pages.most }, cut_off)) });
        }
        Ok(match next {
            Some(token) => Next::Page { room, token },
            None => Next::End { room, cut: None },
        })
    }
}

pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ReadError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| ReadError::Internal)
}
