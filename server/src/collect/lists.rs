//! Lists, whole or as far as they have changed since an earlier round.

use super::{
    client::Client,
    list::{Asked, list},
    memory::Memory,
    raw::{Both, Raw},
    unchanged::confirm,
};
use crate::{clock::Clock, config::ScanSettings};
use model::scan::ObjectList;
use sources::{ReadError, listed::Listed, reader::Readable, request::Resource};
use std::sync::Arc;

/// Reads the lists of a cluster, one after the other.
pub(super) struct Lists<'a> {
    pub(super) client: &'a Client,
    pub(super) settings: &'a ScanSettings,
    pub(super) memory: &'a Memory,
    pub(super) clock: &'a Clock,
    pub(super) tell: &'a (dyn Fn(u32) + Send + Sync),
}

impl Lists<'_> {
    /// A list that one source uses, understood, and its objects for the record.
    pub(super) async fn typed<T: Readable>(&self, resource: &Resource) -> (Listed<T>, ObjectList) {
        let name = resource.name();
        if !self.memory.is_on() {
            let mut listed = list(self.client, resource, self.settings, self.tell).await;
            let objects = std::mem::take(&mut listed.refs);
            let fetched_at = self.clock.now();
            return (listed, ObjectList { resource: name, fetched_at, confirmed_at: None, objects });
        }
        match self.remembered(resource).await {
            Ok((listed, raw)) => {
                if listed.unread > 0 {
                    self.memory.forget(&name);
                }
                (listed, raw.object_list(name))
            }
            Err(error) => {
                self.memory.forget(&name);
                let none = ObjectList {
                    resource: name,
                    fetched_at: self.clock.now(),
                    confirmed_at: None,
                    objects: Vec::new(),
                };
                (Listed::failed(resource, &error), none)
            }
        }
    }

    async fn remembered<T: Readable>(&self, resource: &Resource) -> Result<(Listed<T>, Arc<Raw>), ReadError> {
        if let Some(raw) = self.confirmed(resource).await? {
            let listed = Arc::clone(&raw).listed(resource.clone()).await?;
            return Ok((listed, raw));
        }
        let (Both { typed, raw }, cut) = self.asked(resource).whole::<Both<T>>().await?;
        let raw = Arc::new(Raw { cut, fetched_at: self.clock.now(), ..raw });
        self.memory.keep(&resource.name(), &raw);
        Ok((raw.said(typed, resource), raw))
    }

    /// A list that several sources use, as it came.
    pub(super) async fn raw(&self, resource: &Resource) -> Result<Arc<Raw>, ReadError> {
        let read = async {
            if self.memory.is_on()
                && let Some(raw) = self.confirmed(resource).await?
            {
                return Ok(raw);
            }
            let (raw, cut) = self.asked(resource).whole::<Raw>().await?;
            let raw = Arc::new(Raw { cut, fetched_at: self.clock.now(), ..raw });
            if self.memory.is_on() {
                self.memory.keep(&resource.name(), &raw);
            }
            Ok(raw)
        };
        read.await.inspect_err(|_| self.memory.forget(&resource.name()))
    }

    /// What an earlier round read, brought up to now; `None` where there is nothing of that kind.
    async fn confirmed(&self, resource: &Resource) -> Result<Option<Arc<Raw>>, ReadError> {
        let name = resource.name();
        let Some(known) = self.memory.known(&name).filter(|_| !resource.metadata_only) else { return Ok(None) };
        let Some(raw) = confirm(&self.asked(resource), known, self.clock.now()).await? else {
            self.memory.missed(&name);
            return Ok(None);
        };
        let raw = Arc::new(raw);
        self.memory.confirmed(&name, &raw);
        Ok(Some(raw))
    }

    fn asked<'a>(&'a self, resource: &'a Resource) -> Asked<'a> {
        let Self { client, settings, tell, .. } = *self;
        Asked { client, resource, settings, metadata_only: resource.metadata_only, tell }
    }
}
