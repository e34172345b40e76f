//! A page of a list, packed: to be understood later, or again in another round.

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use model::scan::ObjectRef;
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
    /// Names, versions and hashes of the objects that have a name.
    pub(super) refs: Vec<ObjectRef>,
    /// The uid of each, in order; none where not every object tells name, version and uid.
    uids: Option<Vec<String>>,
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
        let uids = page.versions().map(|versions| versions.into_iter().map(|version| version.uid).collect());
        Self { body, lengths, refs: page.refs(most), uids }
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
        Some(Page::of_objects(objects))
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
        let text = |object: &ObjectRef| object.name.len() + object.namespace.as_ref().map_or(0, String::len);
        // A reference, a uid and their texts.
        body.len() + self.refs.iter().map(|object| text(object) + 240).sum::<usize>()
    }

    /// The objects with their uids; `None` where not all of them can be known again.
    pub(super) fn known(&self) -> Option<impl ExactSizeIterator<Item = (&ObjectRef, &str)>> {
        let uids = self.uids.as_ref().filter(|uids| uids.len() == self.refs.len() && uids.len() == self.len())?;
        Some(self.refs.iter().zip(uids.iter().map(String::as_str)))
    }
}

/// Whether a reference and a uid are of that version of that object.
pub(super) fn is_same((object, uid): (&ObjectRef, &str), version: &Version) -> bool {
    object.version == version.version
        && uid == version.uid
        && object.name == version.name
        && object.namespace == version.namespace
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
