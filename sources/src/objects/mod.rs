//! The objects of Kubernetes and of other systems, as far as the rules use them.
//!
//! Every field may be missing, and unknown ones are passed over: their versions come and go.

pub mod cert_manager;
pub mod service_account;
pub mod meta;
pub mod network;
pub mod policy;
pub mod selector;
pub mod storage;
pub mod velero;
pub mod workloads;
