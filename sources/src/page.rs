//! One page of a list: told apart from anything else, and taken apart object by object,
//! so that one object that cannot be understood does not lose the others.

use crate::{error::ReadError, version::Version};
use bytes::Bytes;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;
use std::{borrow::Cow, ops::Range};

/// An object with a name; nothing can be said of one without.
pub trait Named {
    /// Its name.
    fn name(&self) -> Option<&str>;
}

impl<T: k8s_openapi::Metadata<Ty = k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta>> Named for T {
    fn name(&self) -> Option<&str> {
        self.metadata().name.as_deref()
    }
}

/// A page as it came, with the places of its objects.
#[derive(Debug)]
pub struct Page {
    body: Bytes,
    items: Vec<Range<usize>>,
    /// The kind of its objects, as `Pod`; empty for an object that was asked for by name, which tells its own.
    pub kind: String,
    /// The token of the next page, if there is one.
    pub next: Option<String>,
    /// Objects after this page, where the server tells.
    pub remaining: Option<u64>,
    /// The version of the list as a whole, where the server tells.
    pub version: Option<String>,
    /// Whether its objects are cut down to their metadata.
    pub is_metadata: bool,
}

#[derive(Deserialize)]
struct List<'a> {
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(default)]
    metadata: Option<ListMeta>,
    // No default: an answer without `items` is no list, and must not read as an empty one. `null` is empty.
    #[serde(borrow, deserialize_with = "Option::deserialize")]
    items: Option<Vec<&'a RawValue>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListMeta {
    #[serde(default, rename = "continue")]
    next: Option<String>,
    #[serde(default)]
    remaining_item_count: Option<i64>,
    #[serde(default)]
    resource_version: Option<String>,
}

/// The objects of a page that were understood, and how many were not.
#[derive(Debug)]
pub struct Parsed<T> {
    /// The objects.
    pub items: Vec<T>,
    /// Objects that were not understood.
    pub malformed: u32,
    /// Which object was not understood first, and why.
    pub first_problem: Option<Misread>,
}

/// An object that was not understood, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// Its name, if it has one.
    object: Option<String>,
    why: Misfit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Misfit {
    Nameless,
    /// A field has another type than documented; the column where it is.
    Type(usize),
    /// It is not JSON, from that column on.
    Syntax(usize),
}

impl Misread {
    /// The name of the object; a question mark where it has none.
    pub fn object(&self) -> &str {
        self.object.as_deref().unwrap_or("?")
    }

    /// Why, in a word.
    pub const fn why(&self) -> &'static str {
        match self.why {
            Misfit::Nameless => "nameless",
            Misfit::Type(_) => "type",
            Misfit::Syntax(_) => "syntax",
        }
    }

    /// The column where it is seen; 0 where it is missing.
    pub const fn column(&self) -> usize {
        match self.why {
            Misfit::Nameless => 0,
            Misfit::Type(column) | Misfit::Syntax(column) => column,
        }
    }
}

impl std::fmt::Display for Misread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: ", self.object.as_deref().unwrap_or("an object without a name"))?;
        match self.why {
            Misfit::Nameless => f.write_str("it has no name"),
            Misfit::Type(column) => write!(f, "a field has another type than documented (column {column})"),
            Misfit::Syntax(column) => write!(f, "it is not JSON (column {column})"),
        }
    }
}

impl Page {
    /// Finds the objects of a page and the token of the next; `what` is the request, for errors.
    pub fn split(body: Bytes, what: &str) -> Result<Self, ReadError> {
        let list: List<'_> = serde_json::from_slice(&body).map_err(|error| not_a_list(&body, what, &error))?;
        let Some(kind) = list.kind.strip_suffix("List").map(str::to_owned) else {
            return Err(ReadError::NotKubernetes { what: what.into(), found: Found::NoList });
        };
        let start = body.as_ptr() as usize;
        let place = |item: &&RawValue| {
            let from = item.get().as_ptr() as usize - start;
            from..from + item.get().len()
        };
        let items = list.items.unwrap_or_default().iter().map(place).collect();
        let metadata = list.metadata.unwrap_or_default();
        let next = metadata.next.filter(|token| !token.is_empty());
        let remaining = metadata.remaining_item_count.and_then(|count| u64::try_from(count).ok());
        let is_metadata = kind == "PartialObjectMetadata";
        Ok(Self { body, items, kind, next, remaining, version: metadata.resource_version, is_metadata })
    }

    /// An object that was asked for by name, as a page of one.
    pub fn of_object(body: &[u8]) -> Self {
        Self::of_objects([body.trim_ascii()])
    }

    /// Objects that were taken out of pages, as one page without an end of its own.
    pub fn of_objects<'a>(objects: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut body = Vec::new();
        let mut items = Vec::new();
        for object in objects {
            let from = body.len();
            body.extend_from_slice(object);
            items.push(from..body.len());
        }
        Self {
            body: body.into(),
            items,
            kind: String::new(),
            next: None,
            remaining: None,
            version: None,
            is_metadata: false,
        }
    }

    /// The same page, told of which kind its objects are.
    #[must_use]
    pub fn of_kind(self, kind: &str) -> Self {
        Self { kind: kind.to_owned(), ..self }
    }

    /// Its objects, as they came.
    pub fn objects(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.items.iter().map(|place| &self.body[place.clone()])
    }

    /// How many objects it has.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Which versions of which objects it holds; `None` where one does not tell, so that it could not be known again.
    pub fn versions(&self) -> Option<Vec<Version>> {
        self.objects().map(Version::of).collect()
    }

    /// Understands the first `most` objects, each by itself.
    pub fn parse<T: DeserializeOwned + Named>(&self, most: usize) -> Parsed<T> {
        let mut parsed = Parsed { items: Vec::with_capacity(self.items.len()), malformed: 0, first_problem: None };
        for place in self.items.iter().take(most) {
            let text = &self.body[place.clone()];
            match serde_json::from_slice::<T>(text) {
                Ok(object) if object.name().is_some_and(|name| !name.is_empty()) => parsed.items.push(object),
                Ok(_) => parsed.miss(text, Misfit::Nameless),
                Err(error) => parsed.miss(text, kind_of(&error)),
            }
        }
        parsed
    }
}

impl<T> Parsed<T> {
    fn miss(&mut self, text: &[u8], why: Misfit) {
        self.malformed = self.malformed.saturating_add(1);
        self.first_problem.get_or_insert_with(|| Misread { object: label(text), why });
    }
}

/// Where and why an object is not of its type. Never the library's own words: they quote values.
fn kind_of(error: &serde_json::Error) -> Misfit {
    if error.is_data() { Misfit::Type(error.column()) } else { Misfit::Syntax(error.column()) }
}

/// The name of an object that was not understood, if it has one.
fn label(text: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Labelled {
        metadata: Name,
    }
    #[derive(Deserialize)]
    struct Name {
        name: String,
        #[serde(default)]
        namespace: Option<String>,
    }
    match serde_json::from_slice::<Labelled>(text) {
        Ok(Labelled { metadata: Name { name, namespace: Some(namespace) } }) => Some(format!("{namespace}/{name}")),
        Ok(Labelled { metadata: Name { name, .. } }) => Some(name),
        Err(_) => None,
    }
}

fn not_a_list(body: &[u8], what: &str, error: &serde_json::Error) -> ReadError {
    let what = what.to_owned();
    if error.is_eof() && body.first() == Some(&b'{') {
        return ReadError::CutShort { what };
    }
    ReadError::NotKubernetes { what, found: found(200, body) }
}

/// What an answer looks like that is none of an API server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is no HTTP.
    NoHttp,
    /// It is JSON, and no list.
    NoList,
    /// An answer of HTTP.
    Answer {
        /// Its status.
        status: u16,
        /// What its body looks like.
        form: Form,
    },
}

/// What a body looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// There is none.
    Nothing,
    /// A web page.
    WebPage,
    /// JSON.
    Json,
    /// Text.
    Text,
}

impl Form {
    /// The word that chooses among the texts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::WebPage => "web_page",
            Self::Json => "json",
            Self::Text => "text",
        }
    }
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self::Answer { status, form } = self else {
            return f.write_str(if *self == Self::NoHttp { "no HTTP" } else { "JSON that is no list" });
        };
        let form = match form {
            Form::Nothing => "nothing",
            Form::WebPage => "a web page",
            Form::Json => "other JSON",
            Form::Text => "other text",
        };
        write!(f, "status {status}, {form}")
    }
}

/// What an answer looks like that is none of an API server.
pub fn found(status: u16, body: &[u8]) -> Found {
    let form = match body.trim_ascii_start().first() {
        None => Form::Nothing,
        Some(b'<') => Form::WebPage,
        Some(b'{' | b'[') => Form::Json,
        Some(_) => Form::Text,
    };
    Found::Answer { status, form }
}
