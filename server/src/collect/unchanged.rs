//! What has changed of a list since it was read: asked for by versions, and only what changed is fetched.
//!
//! The API server gives the metadata of every object, which is a small part of most. An object whose uid and version are
//! those of before is what it was; of others, few are fetched one by one, and for many the list is read whole. There is
//! no shorter way that needs no other permission than `list`: to watch is a verb of its own, and lists have no `ETag`.

use super::{
    keeper::Notes,
    list::{Asked, JSON, Sink, blocking},
    packed::Packed,
    raw::Raw,
};
use model::Instant;
use sources::{ReadError, page::Page, version::Version};
use std::{collections::HashMap, sync::Arc};
use url::form_urlencoded;

/// Objects that are fetched one by one at most: one in so many, and never more than that.
const ONE_IN: usize = 50;
const MOST: usize = 50;

/// The versions of all objects of a list.
struct Versions {
    /// None where one of them does not tell its version.
    all: Option<Vec<Version>>,
    /// Whether the server gave metadata alone.
    is_metadata: bool,
    list: Option<String>,
    objects: usize,
}

impl Default for Versions {
    fn default() -> Self {
        Self { all: Some(Vec::new()), is_metadata: true, list: None, objects: 0 }
    }
}

impl Sink for Versions {
    type Taken = (Option<Vec<Version>>, bool, Option<String>, usize);

    fn understand(page: &Page, _room: usize, _notes: &Notes) -> Self::Taken {
        (page.versions(), page.is_metadata, page.version.clone(), page.len())
    }

    fn take(&mut self, (versions, is_metadata, list, objects): Self::Taken) {
        self.all = self.all.take().zip(versions).map(|(mut all, more)| {
            all.extend(more);
            all
        });
        self.is_metadata &= is_metadata;
        self.list = list;
        self.objects += objects;
    }

    fn objects(&self) -> u32 {
        u32::try_from(self.objects).unwrap_or(u32::MAX)
    }
}

/// The list as it is now, where that can be had from what is known of it; `None` where it must be read whole.
///
/// # Errors
/// What reading it whole would meet as well.
pub(super) async fn confirm(asked: &Asked<'_>, known: Arc<Raw>, now: Instant) -> Result<Option<Raw>, ReadError> {
    let versions = Asked { metadata_only: true, ..*asked };
    let versions = match versions.whole::<Versions>().await {
        Ok((versions, None)) if versions.is_metadata => versions,
        Ok(_) => return Ok(None),
        Err(error) if is_of_the_form(&error) => return Ok(None),
        Err(error) => return Err(error),
    };
    let Versions { all: Some(found), list, .. } = versions else { return Ok(None) };
    if is_earlier(list.as_deref(), known.version.as_deref()) {
        return Ok(None);
    }
    let Some(plan) = Plan::of(&known, &found) else { return Ok(None) };
    let Some(fresh) = fetched(asked, &plan.wanted).await? else { return Ok(None) };
    blocking(move || {
        let (pages, confirmed) = plan.carried_out(&known, &fresh)?;
        Some(Raw { pages, version: list, confirmed, confirmed_at: Some(now), cut: None, fetched_at: known.fetched_at })
    })
    .await
}

/// Whether an error may be of asking for metadata, and not of the list.
const fn is_of_the_form(error: &ReadError) -> bool {
    matches!(
        error,
        ReadError::Server { .. }
            | ReadError::NotKubernetes { .. }
            | ReadError::Interrupted { .. }
            | ReadError::CutShort { .. }
            | ReadError::TooLarge { .. }
            | ReadError::Expired
            | ReadError::Endless { .. }
    )
}

/// Whether a list is of an earlier version than another, as after a backup of the cluster's state was restored.
fn is_earlier(list: Option<&str>, than: Option<&str>) -> bool {
    let number = |version: Option<&str>| version.and_then(|version| version.parse::<u64>().ok());
    matches!((number(list), number(than)), (Some(now), Some(before)) if now < before)
}

/// How the list of now is put together.
struct Plan {
    parts: Vec<Part>,
    /// The objects that must be fetched, in order.
    wanted: Vec<Version>,
}

/// An object of the list of now.
#[derive(Clone, Copy)]
enum Part {
    /// As it is known: the page and the place in it.
    Known(usize, usize),
    /// The so-manieth of those that are fetched, and the page that it was in.
    Fetched(usize, Option<usize>),
}

impl Plan {
    /// `None` where it is better to read all.
    fn of(known: &Raw, found: &[Version]) -> Option<Self> {
        let mut places = HashMap::with_capacity(known.len());
        for (page, packed) in known.pages.iter().enumerate() {
            for (at, version) in packed.known()?.iter().enumerate() {
                places.insert(version.key(), (page, at, version));
            }
        }
        // Two objects of one name: whatever that is, it is nothing to build on.
        if places.len() != known.len() {
            return None;
        }
        let few = (1 + found.len() / ONE_IN).min(MOST);
        let mut plan = Self { parts: Vec::with_capacity(found.len()), wanted: Vec::new() };
        for version in found {
            let place = places.get(&version.key());
            plan.parts.push(match place {
                Some((page, at, known)) if *known == version => Part::Known(*page, *at),
                _ => {
                    plan.wanted.push(version.clone());
                    Part::Fetched(plan.wanted.len() - 1, place.map(|(page, ..)| *page))
                }
            });
            if plan.wanted.len() > few {
                return None;
            }
        }
        Some(plan)
    }

    /// The pages, in the order in which the server gives the objects, and how many of these were known.
    fn carried_out(&self, known: &Raw, fresh: &[Option<Page>]) -> Option<(Vec<Arc<Packed>>, u32)> {
        let mut pages = Vec::with_capacity(known.pages.len() + 1);
        let mut confirmed = 0;
        let mut rest = self.parts.as_slice();
        let mut within = None;
        while let Some(first) = rest.first() {
            within = first.page().or(within);
            // What is new goes to the page of what is before it.
            let end = rest.iter().position(|part| part.page().is_some_and(|page| Some(page) != within));
            let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
            confirmed += piece.iter().filter(|part| matches!(part, Part::Known(..))).count();
            pages.push(piece_of(piece, within.and_then(|page| known.pages.get(page)), fresh)?);
            rest = after;
        }
        Some((pages, u32::try_from(confirmed).unwrap_or(u32::MAX)))
    }
}

impl Part {
    const fn page(self) -> Option<usize> {
        match self {
            Self::Known(page, _) => Some(page),
            Self::Fetched(_, page) => page,
        }
    }
}

/// A page of the list of now, most of which is a page that is known.
fn piece_of(parts: &[Part], known: Option<&Arc<Packed>>, fresh: &[Option<Page>]) -> Option<Arc<Packed>> {
    let is_in_place = |(place, part): (usize, &Part)| matches!(part, Part::Known(_, at) if *at == place);
    if let Some(known) = known
        && parts.len() == known.len()
        && parts.iter().enumerate().all(is_in_place)
    {
        return Some(Arc::clone(known));
    }
    let unpacked = match known {
        Some(known) => known.page()?,
        None => Page::of_objects([]),
    };
    let old: Vec<&[u8]> = unpacked.objects().collect();
    let mut objects = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            Part::Known(_, at) => objects.push(*old.get(*at)?),
            // Gone since its version was told.
            Part::Fetched(at, _) => objects.extend(fresh.get(*at)?.iter().flat_map(Page::objects)),
        }
    }
    let kind = known.map(|known| known.kind().to_owned()).or_else(|| {
        let first = fresh.iter().flatten().next();
        first.map(|page| page.kind.clone())
    });
    let page = Page::of_objects(objects).of_kind(&kind.unwrap_or_default());
    Some(Arc::new(Packed::of(&page, usize::MAX)))
}

/// The objects that changed, one by one; none in the place of one that is gone. `None` where an answer is not clear.
async fn fetched(asked: &Asked<'_>, wanted: &[Version]) -> Result<Option<Vec<Option<Page>>>, ReadError> {
    let mut fresh = Vec::with_capacity(wanted.len());
    for version in wanted {
        let path = asked.resource.path_in(version.namespace.as_deref());
        let asked_for = format!("{path}?{}", query(&version.name));
        let answer = match asked.client.get(&asked_for, JSON, &asked.resource.permission()).await {
            Ok(answer) => answer,
            Err(error) if is_of_the_form(&error) || matches!(error, ReadError::Forbidden { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let Ok(page) = Page::split(answer.body, &format!("GET {path}")) else { return Ok(None) };
        fresh.push(match page.versions().as_deref() {
            Some([]) if page.next.is_none() => None,
            Some([one]) if one.key() == version.key() && page.next.is_none() && !page.is_metadata => Some(page),
            _ => return Ok(None),
        });
    }
    Ok(Some(fresh))
}

/// Selects one object by name, of a list that is all that may be read.
fn query(name: &str) -> String {
    // In a selector, these separate its parts.
    let name = name.replace('\\', "\\\\").replace(',', "\\,").replace('=', "\\=");
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("limit", "2").append_pair("fieldSelector", &format!("metadata.name={name}"));
    query.finish()
}
