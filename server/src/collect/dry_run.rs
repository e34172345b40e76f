//! What a scan would ask for, without asking.

use super::access;
use crate::config::{Cluster, ScanSettings};
use model::{catalogue::Catalogue, source::Source};
use sources::{
    cluster_role::cluster_role,
    request::{Ask, IDENTITY, VERSION, asks},
};
use std::fmt::Write;

/// The requests that a scan of a cluster makes, and the ClusterRole that they need, as text for a terminal.
pub fn dry_run(cluster: &Cluster, settings: &ScanSettings) -> String {
    let server = access::server(cluster).unwrap_or_else(|error| format!("(unknown: {})", error.sentence()));
    let mut text =
        format!("Cluster {} at {server}: these requests would be made, none was.\n\n", cluster.name.get_ref());
    line(&mut text, VERSION.path, VERSION.why);
    line(&mut text, IDENTITY.path, IDENTITY.why);
    for source in Catalogue::current().sources().filter(|source| !source.is_pushed()) {
        // Writing to a String cannot fail.
        let _always_fits = writeln!(text, "\n{source}");
        for ask in asks(source, &cluster.policy) {
            match ask {
                Ask::List(list) => {
                    let path = format!("{}?limit={}", list.path(), settings.page_size);
                    let metadata = if list.metadata_only { "; metadata only" } else { "" };
                    line(&mut text, &path, &format!("{}{metadata}", list.why));
                }
                Ask::One(object) => line(&mut text, &object.path(), object.why),
                Ask::Path(path) => line(&mut text, path.path, path.why),
                Ask::Issuer(url) => line(
                    &mut text,
                    &format!("{url}/.well-known/openid-configuration"),
                    "whether people can log in; asked at the issuer itself, without a credential",
                ),
                Ask::Log(log) => {
                    line(&mut text, &format!("/api/v1/namespaces/{}/pods/{}/log", log.namespace, log.pod), log.why);
                }
            }
        }
    }
    let _always_fits = write!(
        text,
        "\nLists go on in pages of {}; each answer is at most {} MB and {} s, each source at most {} s, a round of all \
         sources at most {} MB, with at most {} requests a second.\nLists that had {} kB or more are asked for by \
         metadata first, and then only what has changed, by name, as lists of one; whole every {} rounds.\n\n---\n{}",
        settings.page_size,
        settings.max_answer_mb,
        settings.request_seconds,
        settings.scan_seconds,
        settings.max_scan_mb,
        settings.requests_per_second,
        settings.skip_from_kb,
        settings.full_read_rounds.max(1),
        cluster_role(Source::ALL, &cluster.policy)
    );
    text
}

fn line(text: &mut String, path: &str, why: &str) {
    let _always_fits = writeln!(text, "  GET {path}\n      {why}");
}
