//! What a running simulated server is made of.

use super::{Fault, Profile, Settings, Story, World, fault::Armed, world::CHAPTERS};
use chrono::{DateTime, TimeZone as _, Utc};
use serde_json::Value;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Requests that are remembered at most.
const MOST_REQUESTS: usize = 10_000;

/// Where objects come from.
pub(super) enum Content {
    Story(Story),
    Fixed(Arc<World>),
}

/// What a server counts of the requests that it answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Requests.
    pub requests: u64,
    /// Bytes of the bodies of whole answers.
    pub bytes: u64,
    /// Lists that it was asked for and had not answered, at the same time and at most.
    pub lists_at_once: u32,
    /// Lists that are being answered.
    lists: u32,
}

impl Counted {
    pub(super) fn begin(&mut self, is_list: bool) {
        self.requests += 1;
        self.lists += u32::from(is_list);
        self.lists_at_once = self.lists_at_once.max(self.lists);
    }

    pub(super) fn end(&mut self, is_list: bool, bytes: u64) {
        self.lists = self.lists.saturating_sub(u32::from(is_list));
        self.bytes += bytes;
    }
}

/// All of a running server.
pub(super) struct Shared {
    pub(super) settings: Settings,
    content: Content,
    state: Mutex<State>,
}

/// The part that changes.
pub(super) struct State {
    pub(super) faults: HashMap<String, Armed>,
    /// Whether connections are closed as they come.
    pub(super) away: bool,
    pub(super) skew_seconds: i64,
    pub(super) token: String,
    pub(super) requests: Vec<String>,
    pub(super) counted: Counted,
    edits: Vec<Edit>,
    /// The worlds made last, by resource version: pages of one list are cut from the same one.
    made: Vec<(u64, Arc<World>)>,
    /// The chapters of the story as they were last made, each with the instant that it was made for.
    chapters: Vec<Option<(DateTime<Utc>, Arc<World>)>>,
}

enum Edit {
    Put(String, Value),
    Remove(String, Option<String>, String),
}

impl Shared {
    pub(super) fn new(settings: Settings, content: Content) -> Self {
        let state = State {
            faults: HashMap::new(),
            away: false,
            skew_seconds: 0,
            token: settings.token.clone(),
            requests: Vec::new(),
            counted: Counted::default(),
            edits: Vec::new(),
            made: Vec::new(),
            chapters: vec![None; CHAPTERS.len()],
        };
        Self { settings, content, state: Mutex::new(state) }
    }

    /// Locks what changes; never held over an await.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn put(&self, plural: &str, object: Value) {
        self.state().edits.push(Edit::Put(plural.into(), object));
    }

    pub(super) fn remove(&self, plural: &str, namespace: Option<&str>, name: &str) {
        self.state().edits.push(Edit::Remove(plural.into(), namespace.map(Into::into), name.into()));
    }

    /// The fault that a request for `plural` meets now: its own, or the server's. Counts it.
    pub(super) fn strike(&self, plural: &str) -> Option<Fault> {
        let mut state = self.state();
        let target = [plural, "*"].into_iter().find(|target| state.faults.contains_key(*target))?;
        let armed = state.faults.get_mut(target)?;
        let fault = armed.fault.clone();
        if let Some(left) = &mut armed.left {
            *left = left.saturating_sub(1);
            if *left == 0 {
                state.faults.remove(target);
            }
        }
        Some(fault)
    }

    /// The fault of a resource, without counting it: for discovery and access reviews.
    pub(super) fn fault_of(&self, plural: &str) -> Option<Fault> {
        self.state().faults.get(plural).map(|armed| armed.fault.clone())
    }

    /// Whether it cannot be reached now: by a switch, or because the story has an outage.
    pub(super) fn away(&self) -> bool {
        self.state().away || matches!(&self.content, Content::Story(story) if story.away(self.settings.now.get()))
    }

    /// Whether its story has outages.
    pub(super) const fn comes_and_goes(&self) -> bool {
        matches!(&self.content, Content::Story(story) if matches!(story.profile, Profile::Edge))
    }

    /// The permissions that the story withholds.
    pub(super) fn withheld(&self, plural: &str) -> bool {
        matches!(&self.content, Content::Story(story) if story.withheld(plural))
    }

    /// The version of the server, as `1.33.4`.
    pub(super) fn version(&self) -> String {
        match &self.content {
            Content::Story(story) => story.version(self.settings.now.get()).into(),
            Content::Fixed(world) => world.version.clone(),
        }
    }

    pub(super) fn log(&self, line: String) {
        let mut state = self.state();
        if state.requests.len() < MOST_REQUESTS {
            state.requests.push(line);
        }
    }

    /// The resource version of now: it grows with time and with edits.
    pub(super) fn resource_version(&self) -> u64 {
        let seconds = u64::try_from(self.settings.now.get().timestamp()).unwrap_or_default();
        seconds * 1000 + (self.state().edits.len() as u64).min(999)
    }

    /// The world at a resource version.
    pub(super) fn world(&self, resource_version: u64) -> Arc<World> {
        let mut state = self.state();
        if let Some((_, world)) = state.made.iter().find(|(version, _)| *version == resource_version) {
            return Arc::clone(world);
        }
        let world = self.make(&mut state, resource_version);
        if state.made.len() >= 4 {
            state.made.remove(0);
        }
        state.made.push((resource_version, Arc::clone(&world)));
        world
    }

    fn make(&self, state: &mut State, resource_version: u64) -> Arc<World> {
        let mut world = match &self.content {
            Content::Story(story) => state.told(story, at(resource_version)),
            Content::Fixed(world) if state.edits.is_empty() => return Arc::clone(world),
            Content::Fixed(world) => World::clone(world),
        };
        let edits = usize::try_from(resource_version % 1000).unwrap_or_default();
        for edit in state.edits.iter().take(edits) {
            match edit {
                Edit::Put(plural, object) => world.put(plural, object.clone()),
                Edit::Remove(plural, namespace, name) => world.remove(plural, namespace.as_deref(), name),
            }
        }
        Arc::new(world)
    }
}

impl State {
    /// The world of a story; of its chapters only those are made anew that are over.
    fn told(&mut self, story: &Story, at: DateTime<Utc>) -> World {
        let chapters = CHAPTERS.iter().zip(&mut self.chapters).map(|(chapter, last)| {
            let since = chapter.since(at);
            if let Some((_, made)) = last.as_ref().filter(|(for_instant, _)| *for_instant == since) {
                return Arc::clone(made);
            }
            let made = Arc::new(chapter.world(story, since));
            *last = Some((since, Arc::clone(&made)));
            made
        });
        World::of(story.version(at), chapters)
    }
}

/// The instant of a resource version.
pub(super) fn at(resource_version: u64) -> DateTime<Utc> {
    let seconds = i64::try_from(resource_version / 1000).unwrap_or_default();
    Utc.timestamp_opt(seconds, 0).single().unwrap_or_default()
}
