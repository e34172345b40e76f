//! The objects of a cluster, as far as the rules use them.
//! The objects of Kubernetes and of other systems, as far as the rules use them.
//!
//! Every field may be missing, and unknown ones are passed over: their versions come and go.

pub mod agents;
pub mod any;
pub mod arguments;
pub mod cert_manager;
pub mod control_plane;
pub mod core;
pub mod deployment;
pub mod gatekeeper;
pub mod kube_bench;
pub mod kyverno;
pub mod logging;
pub mod meta;
pub mod network;
pub mod node;
pub mod oidc;
pub mod openshift;
pub mod policy;
pub mod reports;
pub mod running;
pub mod selector;
pub mod service_account;
pub mod storage;
pub mod trivy;
pub mod velero;
pub mod workloads;
