//! A whole list: page after page, the next one asked for while the last is being understood.
//!
//! A list that changes under us (410) is started again once; what could not be read is counted, never guessed.

use super::{
    client::Client,
    error::{LONGEST, ReadError, clean},
    page::{Named, Page, Parsed},
    requests::Resource,
};
use crate::config::ScanSettings;
use model::scan::{Coverage, Read};
use serde::de::DeserializeOwned;
use url::form_urlencoded;

/// Pages without an object, one after the other, before we stop believing in an end.
const EMPTY_PAGES: u32 = 10;
/// How much larger pages are on the second attempt: fewer of them, so that the list has less time to change.
const LARGER: u32 = 4;
const JSON: &str = "application/json";
const METADATA_JSON: &str = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

/// What reading a list gave.
#[derive(Clone, Debug)]
pub struct Listed<T> {
    /// How it went.
    pub read: Read,
    /// The objects that were read and understood.
    pub items: Vec<T>,
    /// Objects that are there, or may be, and are not among `items`: malformed, or cut off.
    pub unread: u32,
}

impl<T> Listed<T> {
    /// A list of which nothing was read.
    pub fn failed(resource: &Resource, error: &ReadError) -> Self {
        let read = Read {
            resource: resource.name(),
            coverage: error.coverage(),
            objects: 0,
            malformed: 0,
            error: Some(error.sentence()),
        };
        Self { read, items: Vec::new(), unread: 0 }
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

/// Reads a list over all namespaces. `tell` is told how many objects have been read so far.
pub async fn list<T>(
    client: &Client,
    resource: &Resource,
    settings: &ScanSettings,
    tell: &(dyn Fn(u32) + Send + Sync),
) -> Listed<T>
where
    T: DeserializeOwned + Named + Send + 'static,
{
    let mut pages = Pages { client, resource, size: settings.page_size.max(1), most: settings.max_objects, tell };
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

struct Pages<'a> {
    client: &'a Client,
    resource: &'a Resource,
    size: u32,
    most: usize,
    tell: &'a (dyn Fn(u32) + Send + Sync),
}

struct Whole<T> {
    items: Vec<T>,
    malformed: u32,
    first_problem: Option<String>,
    cut_off: u32,
}

impl Pages<'_> {
    async fn read<T>(&self) -> Result<Whole<T>, ReadError>
    where
        T: DeserializeOwned + Named + Send + 'static,
    {
        let mut whole = Whole { items: Vec::new(), malformed: 0, first_problem: None, cut_off: 0 };
        let mut seen = 0;
        let mut empty = 0;
        let mut page = self.fetch(None).await?;
        loop {
            let room = self.most.saturating_sub(seen);
            seen += page.len();
            empty = if page.len() == 0 { empty + 1 } else { 0 };
            if empty > EMPTY_PAGES {
                return Err(ReadError::Endless { what: self.resource.name() });
            }
            let next = page.next.take();
            if seen > self.most || (seen == self.most && next.is_some()) {
                let after = page.remaining.unwrap_or_else(|| u64::from(next.is_some()));
                whole.cut_off = u32::try_from(after.saturating_add((seen - self.most) as u64)).unwrap_or(u32::MAX);
                whole.take(parse(page, room).await?);
                return Ok(whole);
            }
            let Some(token) = next else {
                whole.take(parse(page, room).await?);
                (self.tell)(count(whole.items.len()));
                return Ok(whole);
            };
            let (following, parsed) = tokio::join!(self.fetch(Some(&token)), parse(page, room));
            whole.take(parsed?);
            (self.tell)(count(whole.items.len()));
            page = following?;
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
}

fn query(size: u32, token: Option<&str>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("limit", &size.to_string());
    if let Some(token) = token {
        query.append_pair("continue", token);
    }
    query.finish()
}

async fn parse<T>(page: Page, most: usize) -> Result<Parsed<T>, ReadError>
where
    T: DeserializeOwned + Named + Send + 'static,
{
    blocking(move || page.parse(most)).await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ReadError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| ReadError::Internal)
}

impl<T> Whole<T> {
    fn take(&mut self, parsed: Parsed<T>) {
        self.items.extend(parsed.items);
        self.malformed = self.malformed.saturating_add(parsed.malformed);
        self.first_problem = self.first_problem.take().or(parsed.first_problem);
    }

    fn listed(self, resource: &Resource, most: usize) -> Listed<T> {
        let mut problems = Vec::new();
        if self.cut_off > 0 {
            problems.push(format!("more than {most} objects (scan.max_objects): {} were not read", self.cut_off));
        }
        if let Some(first) = &self.first_problem {
            problems.push(format!("{} objects were not understood; the first is {first}", self.malformed));
        }
        let read = Read {
            resource: resource.name(),
            coverage: if problems.is_empty() { Coverage::Complete } else { Coverage::Truncated },
            objects: count(self.items.len()),
            malformed: self.malformed,
            error: (!problems.is_empty()).then(|| clean(&problems.join("; "), LONGEST)),
        };
        Listed { read, items: self.items, unread: self.malformed.saturating_add(self.cut_off) }
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
impl<T: DeserializeOwned + Named> Listed<T> {
    /// A list as one page of it would be read.
    pub(super) fn of_page(resource: &Resource, body: &[u8]) -> Self {
        match Page::split(bytes::Bytes::copy_from_slice(body), "GET /test") {
            Ok(page) => {
                let mut whole = Whole { items: Vec::new(), malformed: 0, first_problem: None, cut_off: 0 };
                whole.take(page.parse(usize::MAX));
                whole.listed(resource, usize::MAX)
            }
            Err(error) => Self::failed(resource, &error),
        }
    }
}
