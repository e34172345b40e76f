//! What earlier rounds read of a cluster's large lists, so that what has not changed need not be fetched again.
//!
//! In memory alone: whoever starts anew reads everything. What is remembered is used only where the API server is known
//! to be the same cluster's, and confirms the version of every single object; see `unchanged`.

use super::raw::Raw;
use crate::config::ScanSettings;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Bytes that are remembered of one cluster at most.
const MOST: usize = 64 << 20;
/// Rounds, as a power of two, for which a list that keeps changing is at most read whole without asking first.
const MOST_MISSES: u32 = 3;

/// The lists of one cluster.
#[derive(Debug)]
pub(super) struct Memory {
    rounds: u64,
    from: usize,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Which cluster it is about.
    identity: Option<String>,
    round: u64,
    lists: HashMap<String, Entry>,
}

#[derive(Debug, Default)]
struct Entry {
    raw: Option<Arc<Raw>>,
    /// The round in which all of it was fetched.
    whole_in: u64,
    /// Until this round it is not asked for by versions first, since that was in vain.
    direct_until: u64,
    misses: u32,
}

impl Memory {
    pub(super) fn new(settings: &ScanSettings) -> Self {
        Self {
            rounds: settings.full_read_rounds.into(),
            from: settings.skip_from_kb.saturating_mul(1_000),
            state: Mutex::default(),
        }
    }

    /// Whether anything is ever remembered.
    pub(super) const fn is_wanted(&self) -> bool {
        self.rounds > 1
    }

    /// Begins a round with the cluster of that identity. Of another one, or one that does not tell, nothing is known.
    pub(super) fn begin(&self, identity: Option<String>) {
        let mut state = self.state();
        state.round += 1;
        if identity.is_none() || identity != state.identity {
            state.lists.clear();
            state.identity = identity;
        }
    }

    /// Whether it is known which cluster this is, so that something may be remembered.
    pub(super) fn is_on(&self) -> bool {
        self.is_wanted() && self.state().identity.is_some()
    }

    /// What is known of a list, where it may be asked for by versions now.
    pub(super) fn known(&self, list: &str) -> Option<Arc<Raw>> {
        let state = self.state();
        let entry = state.lists.get(list)?;
        let is_due = state.round.saturating_sub(entry.whole_in) >= self.rounds;
        entry.raw.clone().filter(|_| !is_due && state.round >= entry.direct_until)
    }

    /// Remembers a list all of which was fetched, where it is worth it and can be known again.
    pub(super) fn keep(&self, list: &str, raw: &Arc<Raw>) {
        let mut state = self.state();
        let round = state.round;
        let entry = state.lists.entry(list.to_owned()).or_default();
        entry.whole_in = round;
        entry.raw = None;
        self.place(&mut state, list, raw);
    }

    /// Remembers what a list is now that its versions were confirmed.
    pub(super) fn confirmed(&self, list: &str, raw: &Arc<Raw>) {
        let mut state = self.state();
        let Some(entry) = state.lists.get_mut(list) else { return };
        entry.misses = 0;
        entry.raw = None;
        self.place(&mut state, list, raw);
    }

    /// Forgets a list, since asking for its versions was in vain; it is not done again for a while.
    pub(super) fn missed(&self, list: &str) {
        let mut state = self.state();
        let round = state.round;
        let Some(entry) = state.lists.get_mut(list) else { return };
        entry.misses = (entry.misses + 1).min(MOST_MISSES);
        entry.direct_until = round + (1 << entry.misses);
        entry.raw = None;
    }

    /// Forgets a list: something about it was not as it should be.
    pub(super) fn forget(&self, list: &str) {
        self.state().lists.remove(list);
    }

    fn place(&self, state: &mut State, list: &str, raw: &Arc<Raw>) {
        let is_known = raw.cut.is_none() && raw.pages.iter().all(|page| page.known().is_some());
        let memory = |raw: &Raw| raw.pages.iter().map(|page| page.memory()).sum::<usize>();
        let others: usize = state.lists.values().filter_map(|entry| entry.raw.as_deref().map(memory)).sum();
        if is_known && raw.bytes() >= self.from && others + memory(raw) <= MOST {
            state.lists.entry(list.to_owned()).or_default().raw = Some(Arc::clone(raw));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
