//! The stories, in the order in which they are told: later ones build on what earlier ones have loaded.

use crate::{Ending, access, lists, process::ApiServer, rules, served, verdicts};
use futures::future::BoxFuture;

type Story = fn(&'static ApiServer) -> BoxFuture<'static, Ending>;

/// Every story with its name.
pub(crate) fn all() -> Vec<(&'static str, Story)> {
    vec![
        ("a cluster as it is made is read", |s| Box::pin(verdicts::as_made(s))),
        ("token, token file, certificate and exec plugin let us in", |s| Box::pin(access::ways_in(s))),
        ("a wrong authority, a wrong token and a stranger's certificate do not", |s| Box::pin(access::shut_out(s))),
        ("a user without rights sees nothing and is told what is missing", |s| Box::pin(access::without_rights(s))),
        ("the generated ClusterRole is enough", |s| Box::pin(access::with_the_cluster_role(s))),
        ("what is not installed is absent, then never ran", |s| Box::pin(verdicts::installed(s))),
        ("the corpus is loaded and judged", |s| Box::pin(verdicts::corpus(s))),
        ("what a kubeconfig with data opens is recorded and shown", |s| Box::pin(served::by_a_kubeconfig_with_data(s))),
        ("what a pod's service account opens is recorded and shown", |s| {
            Box::pin(served::by_the_service_account_of_its_pod(s))
        }),
        ("with any rule of the ClusterRole removed, what rests on it is forbidden", |s| Box::pin(rules::removed(s))),
        ("a list that is compacted while it is read is read again, once", |s| Box::pin(lists::compacted(s))),
        ("ten thousand objects are read while they come", |s| Box::pin(lists::ten_thousand(s))),
    ]
}
