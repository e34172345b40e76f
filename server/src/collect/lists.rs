//! Lists, whole or as far as they have changed since an earlier round.

use super::{
    client::Client,
    keeper::Holding,
    list::{Asked, held},
    memory::Memory,
    raw::{Both, Fetched, Raw},
    unchanged::confirm,
};
use crate::{clock::Clock, config::ScanSettings};
use model::scan::ObjectList;
use sources::{
    ReadError,
    listed::{Listed, Noted},
    reader::Readable,
    request::Resource,
};
use std::sync::Arc;

/// Reads the lists of a cluster, one after the other.
pub(super) struct Lists<'a> {
    pub(super) client: &'a Client,
    pub(super) settings: &'a ScanSettings,
    pub(super) memory: &'a Memory,
    pub(super) clock: &'a Clock,
    pub(super) holding: &'a Arc<Holding>,
    pub(super) tell: &'a (dyn Fn(u32) + Send + Sync),
}

impl Lists<'_> {
    /// A list that one source uses, understood, and its objects for the record.
    pub(super) async fn typed<T: Readable>(&self, resource: &Resource) -> (Listed<T>, ObjectList) {
        let name = resource.name();
        if !self.memory.is_on() {
            let mut listed = held(self.client, resource, self.settings, self.holding, self.tell).await;
            let noted = std::mem::take(&mut listed.noted);
            let now = Raw { fetched_at: self.clock.now(), ..Raw::default() };
            return (listed, now.object_list(name, noted));
        }
        match self.remembered(resource).await {
            Ok((listed, objects)) => {
                if listed.unread > 0 {
                    self.memory.forget(&name);
                }
                (listed, objects)
            }
            Err(error) => {
                self.memory.forget(&name);
                (Listed::failed(resource, &error), Raw::default().object_list(name, Noted::default()))
            }
        }
    }

    async fn remembered<T: Readable>(&self, resource: &Resource) -> Result<(Listed<T>, ObjectList), ReadError> {
        let name = resource.name();
        if let Some(raw) = self.confirmed(resource).await? {
            let listed = Arc::clone(&raw).listed(resource.clone()).await?;
            let noted = Arc::clone(&raw).noted(self.holding, resource).await?;
            return Ok((listed, raw.object_list(name, noted)));
        }
        let (Both { typed, fetched }, cut) = self.asked(resource).whole::<Both<T>>().await?;
        let raw = Arc::new(Raw { cut, fetched_at: self.clock.now(), ..fetched.raw });
        self.memory.keep(&name, &raw);
        Ok((raw.said(typed, resource), raw.object_list(name, fetched.noted)))
    }

    /// A list that several sources use, as it came, and its objects for the record.
    pub(super) async fn raw(&self, resource: &Resource) -> Result<(Arc<Raw>, ObjectList), ReadError> {
        let name = resource.name();
        let read = async {
            if self.memory.is_on()
                && let Some(raw) = self.confirmed(resource).await?
            {
                let noted = Arc::clone(&raw).noted(self.holding, resource).await?;
                let objects = raw.object_list(name.clone(), noted);
                return Ok((raw, objects));
            }
            let (fetched, cut) = self.asked(resource).whole::<Fetched>().await?;
            let raw = Arc::new(Raw { cut, fetched_at: self.clock.now(), ..fetched.raw });
            if self.memory.is_on() {
                self.memory.keep(&name, &raw);
            }
            let objects = raw.object_list(name.clone(), fetched.noted);
            Ok((raw, objects))
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
        let Self { client, settings, holding, tell, .. } = *self;
        Asked { client, resource, settings, metadata_only: resource.metadata_only, holding, tell }
    }
}
