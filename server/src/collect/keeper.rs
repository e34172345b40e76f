//! Which objects are kept behind a verdict, and what of them: secrets taken out, compressed, within bounds.
//!
//! What was kept by this process is remembered by what came, so that an object that did not change is neither
//! understood nor compressed again.

use crate::config::{ObjectSettings, WhichObjects};
use chrono::TimeDelta;
use flate2::{Compression, write::DeflateEncoder};
use model::{
    Instant,
    evaluation::Evaluation,
    finding::Subject,
    scan::{Keeping, ObjectBody, ObjectList, ObjectRef},
};
use sha2::{Digest, Sha256};
use sources::{identity::Identity, listed::Noted, page::Page, redact::redacted};
use std::{
    collections::{HashMap, HashSet},
    io::Write,
    mem,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};
use uuid::Uuid;

/// Objects remembered at most, twice over: 40 bytes each.
const MOST_REMEMBERED: usize = 250_000;
/// What was not asked for during this time, or twice it, is forgotten. Less than the month for which a policy of retention
/// keeps at least what was seen: what is remembered as kept has not been dropped.
const REMEMBERED_FOR: TimeDelta = TimeDelta::days(10);
const KB: u64 = 1 << 10;

type Half = [u8; 16];

/// What the process knows of objects that came before.
#[derive(Debug, Default)]
pub struct Keeper(Mutex<Memory>);

#[derive(Debug, Default)]
struct Memory {
    /// By what came: the address of what is kept of it, and whether it was kept.
    recent: HashMap<Half, (Uuid, bool)>,
    /// The same, of those that were not asked for lately.
    before: HashMap<Half, (Uuid, bool)>,
    /// Since when `recent` grows.
    since: Option<Instant>,
}

impl Memory {
    fn grow_older(&mut self, now: Instant) {
        let since = *self.since.get_or_insert(now);
        if now - since >= REMEMBERED_FOR {
            // Where nobody looked for long, not even what is recent is known to be there.
            let over = now - since >= REMEMBERED_FOR * 2;
            self.before = if over { HashMap::new() } else { mem::take(&mut self.recent) };
            self.recent = HashMap::new();
            self.since = Some(now);
        }
    }

    fn get(&mut self, came: Half) -> Option<(Uuid, bool)> {
        if let Some(known) = self.recent.get(&came) {
            return Some(*known);
        }
        let known = self.before.remove(&came)?;
        self.put(came, known);
        Some(known)
    }

    fn put(&mut self, came: Half, known: (Uuid, bool)) {
        if self.recent.len() >= MOST_REMEMBERED {
            self.before = mem::take(&mut self.recent);
        }
        self.recent.insert(came, known);
    }
}

impl Keeper {
    fn known(&self, came: Half) -> Option<(Uuid, bool)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(came)
    }

    fn remember(&self, came: Half, hash: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).put(came, (hash, false));
    }

    /// Takes note that the bodies of these lists are kept now.
    pub fn kept(&self, lists: &[ObjectList]) {
        let hashes: HashSet<Uuid> = lists.iter().flat_map(|list| &list.bodies).map(|body| body.hash).collect();
        if hashes.is_empty() {
            return;
        }
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Memory { recent, before, .. } = &mut *memory;
        for (hash, kept) in recent.values_mut().chain(before.values_mut()) {
            *kept |= hashes.contains(hash);
        }
    }
}

/// What one reading holds until it is recorded.
pub(super) struct Holding {
    keeper: Arc<Keeper>,
    settings: ObjectSettings,
    /// Compressed bytes that may still be held.
    room: AtomicU64,
}

impl Holding {
    pub(super) fn new(keeper: Arc<Keeper>, settings: &ObjectSettings, now: Instant) -> Self {
        keeper.0.lock().unwrap_or_else(PoisonError::into_inner).grow_older(now);
        let room = AtomicU64::new(settings.scan_kb.saturating_mul(KB));
        Self { keeper, settings: settings.clone(), room }
    }

    /// Takes note of the first `most` objects of a page that have a name, understood or not.
    pub(super) fn note(&self, resource: &str, page: &Page, most: usize) -> Noted {
        let mut noted = Noted { kind: page.kind.clone(), ..Noted::default() };
        let mut held = HashSet::new();
        for text in page.objects().take(most) {
            let Some(identity) = Identity::of(text, &page.kind) else { continue };
            let kind = identity.kind.clone().unwrap_or_else(|| page.kind.clone());
            if noted.kind.is_empty() {
                noted.kind.clone_from(&kind);
            }
            let (hash, kept, body) = self.body(resource, &kind, text);
            noted.bodies.extend(body.filter(|body| held.insert(body.hash)));
            noted.refs.push(ObjectRef {
                namespace: identity.namespace,
                name: identity.name,
                version: identity.version,
                hash: hash.map(|hash| hash.simple().to_string()).unwrap_or_default(),
                owner: identity.owner.map(|owner| (owner.kind, owner.name)),
                kept: Some(kept),
            });
        }
        noted
    }

    fn body(&self, resource: &str, kind: &str, text: &[u8]) -> (Option<Uuid>, Keeping, Option<ObjectBody>) {
        if text.len() as u64 > self.settings.object_kb.saturating_mul(KB) {
            return (None, Keeping::TooLarge, None);
        }
        let wanted =
            self.settings.keep != WhichObjects::None && !self.settings.leave_out.iter().any(|out| out == resource);
        let came = half(&[resource.as_bytes(), b"\0", text]);
        let known = self.keeper.known(came);
        match known {
            Some((hash, true)) if wanted => return (Some(hash), Keeping::Kept, None),
            Some((hash, _)) if !wanted => return (Some(hash), Keeping::Setting, None),
            _ => {}
        }
        let read = serde_json::from_slice(text).ok().and_then(|value| redacted(resource, kind, value));
        let Some(json) = read.and_then(|kept| serde_json::to_vec(&kept).ok()) else {
            return (None, Keeping::Unreadable, None);
        };
        let hash = Uuid::from_bytes(half(&[&json]));
        if known.is_none() {
            self.keeper.remember(came, hash);
        }
        if !wanted {
            return (Some(hash), Keeping::Setting, None);
        }
        match packed(&json).filter(|packed| self.take_room(packed.len())) {
            Some(packed) => {
                let size = u32::try_from(json.len()).unwrap_or(u32::MAX);
                (Some(hash), Keeping::Kept, Some(ObjectBody { hash, packed: packed.into(), size }))
            }
            None => (Some(hash), Keeping::OverBudget, None),
        }
    }

    fn take_room(&self, bytes: usize) -> bool {
        let take = |room: u64| room.checked_sub(bytes as u64);
        self.room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// Of what is held, keeps what the settings say: first what findings are about, then the rest within the budget of
    /// its list. Marks in the lists what is not kept.
    pub(super) fn choose(&self, lists: &mut [ObjectList], evaluation: &Evaluation) {
        let failing: HashSet<(&str, Option<&str>, &str)> =
            evaluation.observations.iter().map(|seen| about(&seen.subject)).collect();
        for list in lists.iter_mut().filter(|list| !list.bodies.is_empty()) {
            let fails = |object: &ObjectRef| {
                let namespace = object.namespace.as_deref();
                let owner = object.owner.as_ref();
                failing.contains(&(list.kind.as_str(), namespace, object.name.as_str()))
                    || owner.is_some_and(|(kind, name)| failing.contains(&(kind.as_str(), namespace, name.as_str())))
            };
            let failing: HashSet<Uuid> =
                list.objects.iter().filter(|object| fails(object)).filter_map(ObjectRef::address).collect();
            let mut room = self.settings.list_kb.saturating_mul(KB);
            let mut left_out = HashSet::new();
            list.bodies.retain(|body| {
                let cost = body.packed.len() as u64;
                let kept = failing.contains(&body.hash) || (self.settings.keep == WhichObjects::All && cost <= room);
                if !kept {
                    left_out.insert(body.hash);
                } else if !failing.contains(&body.hash) {
                    room -= cost;
                }
                kept
            });
            let why = if self.settings.keep == WhichObjects::All { Keeping::OverBudget } else { Keeping::Setting };
            let left = |object: &&mut ObjectRef| object.address().is_some_and(|hash| left_out.contains(&hash));
            list.objects.iter_mut().filter(left).for_each(|object| object.kept = Some(why));
        }
    }
}

/// Takes note of the objects of one list, for the record.
#[derive(Clone)]
pub(super) struct Notes {
    holding: Arc<Holding>,
    resource: String,
}

impl Notes {
    pub(super) fn of(holding: &Arc<Holding>, resource: String) -> Self {
        Self { holding: Arc::clone(holding), resource }
    }

    /// The first `most` objects of a page that have a name, understood or not.
    pub(super) fn take(&self, page: &Page, most: usize) -> Noted {
        self.holding.note(&self.resource, page, most)
    }
}

fn about(subject: &Subject) -> (&str, Option<&str>, &str) {
    (&subject.kind, subject.namespace.as_deref(), &subject.name)
}

fn half(parts: &[&[u8]]) -> Half {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    let digest: [u8; 32] = hasher.finalize().into();
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    half
}

fn packed(json: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(json).and_then(|()| encoder.finish()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use model::{evaluation::Observation, severity::Severity};
    use serde_json::json;

    const RESOURCE: &str = "v1/services";

    fn page(names: &[&str], size: usize) -> Page {
        let object = |name: &&str| json!({ "metadata": { "name": name, "namespace": "shop" }, "spec": { "text": "x".repeat(size) } });
        let list = json!({ "kind": "ServiceList", "items": names.iter().map(object).collect::<Vec<_>>() });
        Page::split(Bytes::from(list.to_string()), "GET /test").expect("a list")
    }

    fn list(noted: Noted) -> ObjectList {
        let fetched_at = Instant::default();
        ObjectList {
            resource: RESOURCE.into(),
            kind: noted.kind,
            fetched_at,
            confirmed_at: None,
            objects: noted.refs,
            bodies: noted.bodies,
        }
    }

    fn keeping(list: &ObjectList) -> Vec<Keeping> {
        list.objects.iter().filter_map(|object| object.kept).collect()
    }

    fn failing(name: &str) -> Evaluation {
        let subject = Subject { kind: "Service".into(), namespace: Some("shop".into()), name: name.into(), key: None };
        let seen = Observation {
            check: "a.b".into(),
            subject,
            severity: Severity::High,
            fault: "f".into(),
            detail: [].into(),
        };
        Evaluation { results: vec![], observations: vec![seen] }
    }

    #[test]
    fn an_object_that_was_kept_is_not_held_again() {
        let keeper = Arc::new(Keeper::default());
        let read = || {
            let holding = Holding::new(Arc::clone(&keeper), &ObjectSettings::default(), Instant::default());
            let mut lists = [list(holding.note(RESOURCE, &page(&["a", "b"], 9), 10))];
            holding.choose(&mut lists, &Evaluation::default());
            lists
        };
        let first = read();
        assert_eq!((first[0].bodies.len(), read()[0].bodies.len()), (2, 2), "nothing is recorded yet");
        keeper.kept(&first);
        let again = read();
        assert_eq!((again[0].bodies.len(), keeping(&again[0])), (0, vec![Keeping::Kept; 2]));
        assert_eq!(first[0].digest(), again[0].digest());
    }

    #[test]
    fn what_is_not_kept_says_why() {
        use Keeping::{Kept, OverBudget, Setting, TooLarge};
        let of = |settings: ObjectSettings, size: usize| {
            let holding = Holding::new(Arc::default(), &settings, Instant::default());
            let mut lists = [list(holding.note(RESOURCE, &page(&["a", "b"], size), 10))];
            holding.choose(&mut lists, &failing("b"));
            (keeping(&lists[0]), lists[0].bodies.len())
        };
        let default = ObjectSettings::default;
        assert_eq!(of(ObjectSettings { object_kb: 1, ..default() }, 2_000), (vec![TooLarge; 2], 0));
        assert_eq!(of(ObjectSettings { scan_kb: 0, ..default() }, 9), (vec![OverBudget; 2], 0));
        assert_eq!(
            of(ObjectSettings { list_kb: 0, ..default() }, 9),
            (vec![OverBudget, Kept], 1),
            "what fails comes first"
        );
        assert_eq!(of(ObjectSettings { keep: WhichObjects::Failing, ..default() }, 9), (vec![Setting, Kept], 1));
        assert_eq!(of(ObjectSettings { keep: WhichObjects::None, ..default() }, 9), (vec![Setting; 2], 0));
        assert_eq!(of(ObjectSettings { leave_out: vec![RESOURCE.into()], ..default() }, 9), (vec![Setting; 2], 0));
    }

    #[test]
    fn what_was_not_asked_for_is_forgotten_before_it_can_have_been_dropped() {
        let day = |days| Instant::default() + TimeDelta::days(days);
        let mut memory = Memory::default();
        memory.grow_older(day(0));
        memory.put([1; 16], (Uuid::nil(), true));
        memory.put([2; 16], (Uuid::nil(), true));
        memory.grow_older(day(11));
        assert!(memory.get([1; 16]).is_some(), "asked for again");
        memory.grow_older(day(22));
        assert!(memory.get([1; 16]).is_some() && memory.get([2; 16]).is_none());
        memory.grow_older(day(60));
        assert!(memory.get([1; 16]).is_none(), "nobody looked for a month");
    }

    #[test]
    fn memory_is_bounded() {
        let mut memory = Memory::default();
        for number in 0..600_000_u128 {
            memory.put(number.to_be_bytes(), (Uuid::nil(), false));
        }
        assert!(memory.recent.len() + memory.before.len() <= 2 * MOST_REMEMBERED);
        assert!(memory.get(599_999_u128.to_be_bytes()).is_some());
    }
}
