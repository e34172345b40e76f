//! What goes into an evidence pack, and how a pack comes to be.
//!
//! Reads through the same loaders as pages and API, all of one snapshot, as of one instant. Writes packs, and in the
//! ledger who asked for, built and fetched them. Never: renders a state by rules of its own, or lets what was recorded
//! later change what an earlier instant's pack says.

mod access;
mod build;
mod commands;
mod csv;
mod document;
mod evidence;
mod files;
mod html;
mod queue;
mod scope;
mod signer;
mod store;
mod words;
mod work;

pub use access::access_csv;
pub(crate) use csv::written as csv_bytes;

pub use build::{BuildError, build};
pub use commands::{keygen_command, verify_command};
pub use queue::{Archive, archive, download, list, request, status};
pub use signer::{KeyError, Signer};

pub use work::{work, work_once};
