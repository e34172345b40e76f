//! The objects of systems that are no part of Kubernetes, as far as the rules use them.
//!
//! Every field may be missing, and unknown ones are passed over: their versions come and go.

pub mod any;
pub mod cert_manager;
pub mod core;
pub mod meta;
pub mod node;
pub mod oidc;
pub mod policy;
pub mod velero;
pub mod workloads;
