//! What runs on every node, or beside it: forwarders of logs, Falco, and the jobs that keep logs in order.

pub mod core;
pub mod workloads;
