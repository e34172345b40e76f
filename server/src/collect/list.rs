//! A whole list: page after page, the next one asked for while the last is being understood.
//!
//! A list that changes under us (410) is started again once; what could not be read is counted, never guessed.

use super::client::Client;
use crate::config::ScanSettings;
use sources::{
    ReadError,
    listed::{Gathering, Listed},
    page::{Page, Parsed},
    reader::Readable,
    request::Resource,
};
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
    tell: &(dyn Fn(u32) + Send + Sync),
) -> Listed<T>
where
    T: Readable,
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

impl Pages<'_> {
    async fn read<T>(&self) -> Result<Gathering<T>, ReadError>
    where
        T: Readable,
    {
        let mut whole = Gathering::default();
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
                (self.tell)(whole.objects());
                return Ok(whole);
            };
            let (following, parsed) = tokio::join!(self.fetch(Some(&token)), parse(page, room));
            whole.take(parsed?);
            (self.tell)(whole.objects());
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
    T: Readable,
{
    blocking(move || page.parse(most)).await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ReadError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| ReadError::Internal)
}
