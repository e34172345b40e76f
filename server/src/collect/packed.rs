//! A page of a list, packed: to be understood later, or again in another round.

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use sources::{page::Page, version::Version};
use std::io::{Read, Write};

/// Smaller pages are kept as they are.
const PACKED_FROM: usize = 32 << 10;

/// The objects of a page.
#[derive(Debug)]
pub(super) struct Packed {
    body: Body,
    /// Bytes of each object.
    lengths: Vec<usize>,
    /// The version of each, in order; none where not every object tells all of it.
    versions: Option<Vec<Version>>,
    /// The kind of its objects.
    kind: String,
}

#[derive(Debug)]
enum Body {
    Plain(Vec<u8>),
    Deflated(Vec<u8>),
}

impl Packed {
    /// Packs the first `most` objects of a page.
    pub(super) fn of(page: &Page, most: usize) -> Self {
        let lengths: Vec<usize> = page.objects().take(most).map(<[u8]>::len).collect();
        let size = lengths.iter().sum();
        let body = if size < PACKED_FROM { None } else { deflated(page, most) };
        let body = body.unwrap_or_else(|| {
            let mut plain = Vec::with_capacity(size);
            page.objects().take(most).for_each(|object| plain.extend_from_slice(object));
            Body::Plain(plain)
        });
        let versions = page.objects().take(most).map(Version::of).collect();
        Self { body, lengths, versions, kind: page.kind.clone() }
    }

    /// The page with its objects, byte for byte as they came; `None` never, unless memory is broken.
    pub(super) fn page(&self) -> Option<Page> {
        let mut unpacked;
        let body: &[u8] = match &self.body {
            Body::Plain(plain) => plain,
            Body::Deflated(packed) => {
                unpacked = Vec::with_capacity(self.bytes());
                DeflateDecoder::new(packed.as_slice()).read_to_end(&mut unpacked).ok()?;
                &unpacked
            }
        };
        let mut rest = body;
        let mut objects = Vec::with_capacity(self.lengths.len());
        for length in &self.lengths {
            let (object, after) = rest.split_at_checked(*length)?;
            objects.push(object);
            rest = after;
        }
        Some(Page::of_objects(objects).of_kind(&self.kind))
    }

    /// How many objects.
    pub(super) const fn len(&self) -> usize {
        self.lengths.len()
    }

    /// Bytes of its objects, unpacked.
    pub(super) fn bytes(&self) -> usize {
        self.lengths.iter().sum()
    }

    /// About how many bytes of memory it takes.
    pub(super) fn memory(&self) -> usize {
        let (Body::Plain(body) | Body::Deflated(body)) = &self.body;
        let text = |version: &Version| version.name.len() + version.namespace.as_ref().map_or(0, String::len);
        // Four texts, of which uid and version are short.
        body.len() + self.versions.iter().flatten().map(|version| text(version) + 160).sum::<usize>()
    }

    /// The versions of its objects; `None` where not all of them can be known again.
    pub(super) fn known(&self) -> Option<&[Version]> {
        self.versions.as_deref()
    }

    /// The kind of its objects.
    pub(super) fn kind(&self) -> &str {
        &self.kind
    }
}

fn deflated(page: &Page, most: usize) -> Option<Body> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    for object in page.objects().take(most) {
        encoder.write_all(object).ok()?;
    }
    let mut packed = encoder.finish().ok()?;
    packed.shrink_to_fit();
    Some(Body::Deflated(packed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back_byte_for_byte() {
        for size in [1, 100, 4_000] {
            let object = |name: usize| {
                format!(
                    "{{\"metadata\":{{\"name\":\"{name}\",\"uid\":\"u{name}\",\"resourceVersion\":\"1\"}},\"x\":\"{}\"}}",
                    "y".repeat(size)
                )
            };
            let objects: Vec<String> = (0..20).map(object).collect();
            let page = Page::of_objects(objects.iter().map(String::as_bytes));
            let packed = Packed::of(&page, usize::MAX);
            let back = packed.page().expect("it comes back");
            assert!(back.objects().eq(objects.iter().map(String::as_bytes)), "{size}");
            assert_eq!(packed.known().expect("all are known").len(), 20);
            assert_eq!(Packed::of(&page, 7).page().expect("it comes back").len(), 7);
        }
        let nameless = Page::of_objects([b"{}".as_slice()]);
        assert!(Packed::of(&nameless, 9).known().is_none());
    }
}
