//! A whole list: page after page, the next one asked for while the last is being understood.
//!
//! A list that changes under us (410) is started again once; what could not be read is counted, never guessed.

use super::{client::Client, keeper::Holding};
use crate::config::ScanSettings;
use sources::{
    ReadError,
    listed::{Gathering, Listed, Noted},
    page::Page,
    reader::Readable,
    request::Resource,
};
use std::sync::Arc;
use url::form_urlencoded;

/// Pages without an object, one after the other, before we stop believing in an end.
const EMPTY_PAGES: u32 = 10;
/// How much larger pages are on the second attempt: fewer of them, so that the list has less time to change.
const LARGER: u32 = 4;
const JSON: &str = "application/json";
const METADATA_JSON: &str = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

/// Reads a list over all namespaces. `tell` is told how many objects have been read so far.
pub async fn list<T>(
    client: &Client,
    resource: &Resource,
    settings: &ScanSettings,
    holding: &Arc<Holding>,
    tell: &(dyn Fn(u32) + Send + Sync),
) -> Listed<T>
where
    T: Readable,
{
    let mut pages =
        Pages { client, resource, size: settings.page_size.max(1), most: settings.max_objects, holding, tell };
    let mut outcome = pages.read().await;
    if matches!(outcome, Err(ReadError::Expired)) {
        pages.size = pages.size.saturating_mul(LARGER);
        outcome = pages.read().await;
    }
    match outcome {
        Ok(whole) => whole.listed(resource, settings.max_objects),
        Err(error) => Listed::failed(resource, &error),
    }
}

/// A list as it came, for all who want to understand it, each in their own way.
pub(super) struct Raw {
    pages: Vec<Page>,
    noted: Noted,
    most: usize,
    cut_off: u32,
}

/// Reads a list over all namespaces, without understanding it.
pub(super) async fn raw(
    client: &Client,
    resource: &Resource,
    settings: &ScanSettings,
    holding: &Arc<Holding>,
    tell: &(dyn Fn(u32) + Send + Sync),
) -> Result<Raw, ReadError> {
    let mut pages =
        Pages { client, resource, size: settings.page_size.max(1), most: settings.max_objects, holding, tell };
    match pages.read_raw().await {
        Err(ReadError::Expired) => {
            pages.size = pages.size.saturating_mul(LARGER);
            pages.read_raw().await
        }
        outcome => outcome,
    }
}

impl Raw {
    /// Its objects, for the record; once.
    pub(super) fn take_noted(&mut self) -> Noted {
        std::mem::take(&mut self.noted)
    }

    /// Understands it as a list of `T`.
    pub(super) async fn listed<T: Readable>(self: Arc<Self>, resource: Resource) -> Result<Listed<T>, ReadError> {
        blocking(move || {
            let mut whole = Gathering::default();
            whole.cut_off = self.cut_off;
            let mut room = self.most;
            for page in &self.pages {
                whole.take(page.parse(room));
                room = room.saturating_sub(page.len());
            }
            whole.listed(&resource, self.most)
        })
        .await
    }
}

struct Pages<'a> {
    client: &'a Client,
    resource: &'a Resource,
    size: u32,
    most: usize,
    holding: &'a Arc<Holding>,
    tell: &'a (dyn Fn(u32) + Send + Sync),
}

impl Pages<'_> {
    async fn read<T>(&self) -> Result<Gathering<T>, ReadError>
    where
        T: Readable,
    {
        let mut whole = Gathering::default();
        let mut turn = Turn::default();
        let mut page = self.fetch(None).await?;
        loop {
            match turn.of(&mut page, self)? {
                Next::End { room, cut_off } => {
                    whole.cut_off = cut_off;
                    self.understand(&mut whole, page, room).await?;
                    (self.tell)(whole.objects());
                    return Ok(whole);
                }
                Next::Page { room, token } => {
                    let (following, understood) =
                        tokio::join!(self.fetch(Some(&token)), self.understand(&mut whole, page, room));
                    understood?;
                    (self.tell)(whole.objects());
                    page = following?;
                }
            }
        }
    }

    async fn read_raw(&self) -> Result<Raw, ReadError> {
        let mut raw = Raw { pages: Vec::new(), noted: Noted::default(), most: self.most, cut_off: 0 };
        let mut turn = Turn::default();
        let mut token = None;
        loop {
            let mut page = self.fetch(token.as_deref()).await?;
            let next = turn.of(&mut page, self)?;
            let (Next::End { room, .. } | Next::Page { room, .. }) = next;
            let (holding, resource) = (Arc::clone(self.holding), self.resource.name());
            let (page, noted) = blocking(move || {
                let noted = holding.note(&resource, &page, room);
                (page, noted)
            })
            .await?;
            raw.noted.extend(noted);
            raw.pages.push(page);
            (self.tell)(u32::try_from(raw.noted.refs.len()).unwrap_or(u32::MAX));
            match next {
                Next::End { cut_off, .. } => return Ok(Raw { cut_off, ..raw }),
                Next::Page { token: next, .. } => token = Some(next),
            }
        }
    }

    async fn fetch(&self, token: Option<&str>) -> Result<Page, ReadError> {
        let path = self.resource.path();
        let accept = if self.resource.metadata_only { METADATA_JSON } else { JSON };
        let asked = format!("{path}?{}", query(self.size, token));
        let answer = self.client.get(&asked, accept, &self.resource.permission()).await?;
        let what = format!("GET {path}");
        blocking(move || Page::split(answer.body, &what)).await?
    }

    async fn understand<T: Readable>(
        &self,
        whole: &mut Gathering<T>,
        page: Page,
        room: usize,
    ) -> Result<(), ReadError> {
        let (holding, resource) = (Arc::clone(self.holding), self.resource.name());
        let (parsed, noted) = blocking(move || (page.parse(room), holding.note(&resource, &page, room))).await?;
        whole.take(parsed);
        whole.note(noted);
        Ok(())
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
    End { room: usize, cut_off: u32 },
    Page { room: usize, token: String },
}

impl Turn {
    fn of(&mut self, page: &mut Page, pages: &Pages<'_>) -> Result<Next, ReadError> {
        let room = pages.most.saturating_sub(self.seen);
        self.seen += page.len();
        self.empty = if page.is_empty() { self.empty + 1 } else { 0 };
        if self.empty > EMPTY_PAGES {
            return Err(ReadError::Endless { what: pages.resource.name() });
        }
        let next = page.next.take();
        if self.seen > pages.most || (self.seen == pages.most && next.is_some()) {
            let after = page.remaining.unwrap_or_else(|| u64::from(next.is_some()));
            let cut_off = u32::try_from(after.saturating_add((self.seen - pages.most) as u64)).unwrap_or(u32::MAX);
            return Ok(Next::End { room, cut_off });
        }
        Ok(match next {
            Some(token) => Next::Page { room, token },
            None => Next::End { room, cut_off: 0 },
        })
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ReadError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| ReadError::Internal)
}
