//! What the provider remembers, in memory.

use super::{Endpoint, Person, Settings, TokenFault, keys::SigningKey};
use crate::trouble::Trouble;
use chrono::{DateTime, Utc};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Log-ins on their way that are remembered at once; the demo never has more than a few.
const MOST: usize = 1000;

/// All of a running provider.
pub(super) struct Shared {
    pub(super) settings: Settings,
    pub(super) issuer: String,
    state: Mutex<Remembered>,
}

/// The part that changes.
pub(super) struct Remembered {
    /// The first one signs.
    pub(super) keys: Vec<Arc<SigningKey>>,
    pub(super) people: Vec<Person>,
    pub(super) requests: HashMap<String, LoginRequest>,
    pub(super) grants: HashMap<String, Grant>,
    /// Who an access token speaks for, until when.
    pub(super) access: HashMap<String, (Person, DateTime<Utc>)>,
    pub(super) token_fault: Option<TokenFault>,
    pub(super) troubles: HashMap<Endpoint, Trouble>,
    pub(super) asked: HashMap<Endpoint, u32>,
    /// Whether connections are closed as they come.
    pub(super) away: bool,
}

/// An authorization request that was accepted and waits for somebody to log in.
#[derive(Clone)]
pub(super) struct LoginRequest {
    pub(super) redirect_uri: url::Url,
    pub(super) scopes: Vec<String>,
    pub(super) state: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) code_challenge: String,
    pub(super) at: DateTime<Utc>,
}

/// A code that was given out.
#[derive(Clone)]
pub(super) struct Grant {
    pub(super) request: LoginRequest,
    pub(super) person: Person,
    pub(super) used: bool,
    pub(super) at: DateTime<Utc>,
}

impl Shared {
    pub(super) fn new(settings: Settings, issuer: String, key: SigningKey) -> Self {
        let state = Remembered {
            keys: vec![Arc::new(key)],
            people: settings.people.clone(),
            requests: HashMap::new(),
            grants: HashMap::new(),
            access: HashMap::new(),
            token_fault: None,
            troubles: HashMap::new(),
            asked: HashMap::new(),
            away: false,
        };
        Self { settings, issuer, state: Mutex::new(state) }
    }

    /// Locks what is remembered; never held over an await.
    pub(super) fn state(&self) -> MutexGuard<'_, Remembered> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Remembers `value` under `key`, forgetting everything first where it would grow without end.
pub(super) fn remember<T>(map: &mut HashMap<String, T>, key: String, value: T) {
    if map.len() >= MOST {
        map.clear();
    }
    map.insert(key, value);
}
