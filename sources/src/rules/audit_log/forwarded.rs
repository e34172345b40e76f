//! Whether the API server's audit log can be read by a forwarder, on every node that has one.

use super::{FORWARDED, Forwarder, Input, paths};
use crate::{
    objects::agents::core::{Container, Pod},
    request::{DAEMON_SETS, NODES, PODS},
    rules::{
        daemons::{containers, is_running, is_young, node_of},
        verdict::{Judge, Sentence, fault, names, reason, subject},
    },
};
use model::{Instant, evaluation::Outcome};
use std::collections::BTreeSet;

const NOT_WRITTEN: Sentence = fault(FORWARDED, "not_written", &[]);
const NOT_ON_NODE: Sentence = fault(FORWARDED, "not_on_node", &["path"]);
const NOT_READ: Sentence = fault(FORWARDED, "not_read", &["path"]);
const HIDDEN: Sentence = reason(FORWARDED, "hidden", &[]);
const WEBHOOK: Sentence = reason(FORWARDED, "webhook", &["nodes"]);

pub(super) const SENTENCES: &[Sentence] = &[NOT_WRITTEN, NOT_ON_NODE, NOT_READ, HIDDEN, WEBHOOK];

/// Where the output of containers is on a node.
const OUTPUT_OF_CONTAINERS: &str = "/var/log/pods/kube-system_kube-apiserver";

/// Where an API server writes its audit log.
enum Writes<'a> {
    /// To a file of its container, or `-` for its output.
    To(&'a str),
    /// To a receiver that is named in a file of the node.
    Webhook,
    Nowhere,
    /// Its arguments are not where they are expected.
    Unknown,
}

/// `log.audit_forwarded`: on every node with an API server, a running forwarder can read the audit log.
pub(super) fn forwarded(input: &Input, forwarders: &[Forwarder<'_>], now: Instant) -> Judge {
    let mut judge = Judge::of(FORWARDED)
        .needs(&PODS, &input.pods)
        .needs(&NODES, &input.nodes)
        .needs(&DAEMON_SETS, &input.daemon_sets);
    let servers: Vec<&Pod> = input.pods.items.iter().filter(|pod| is_api_server(pod)).collect();
    if servers.is_empty() {
        judge.otherwise(Outcome::NotVisible, &HIDDEN, []);
        return judge;
    }
    let mut by_webhook = BTreeSet::new();
    for server in &servers {
        let (Some(spec), Some(node)) = (&server.spec, node_of(server)) else {
            judge.doubt();
            continue;
        };
        let Some(container) = api_server(server) else {
            judge.doubt();
            continue;
        };
        let subject = subject("Node", None, node);
        match writes(container) {
            Writes::Unknown => {
                judge.doubt();
                continue;
            }
            Writes::Nowhere => judge.fail(&NOT_WRITTEN, subject, []),
            Writes::Webhook => drop(by_webhook.insert(node)),
            Writes::To(path) => {
                let file = if path == "-" {
                    Some(OUTPUT_OF_CONTAINERS.to_owned())
                } else {
                    paths::on_node(path, container, spec)
                };
                let read = file.as_deref().map(|file| reads(forwarders, node, file, now));
                match read {
                    None => judge.fail(&NOT_ON_NODE, subject, [("path", path.into())]),
                    Some(Read::Yes) => {}
                    Some(Read::Perhaps) => {
                        judge.doubt();
                        continue;
                    }
                    // A pod or forwarder that could not be read may do it.
                    Some(Read::No) if input.pods.unread + input.daemon_sets.unread > 0 => continue,
                    Some(Read::No) => judge.fail(&NOT_READ, subject, [("path", file.unwrap_or_default())]),
                }
            }
        }
        judge.examine();
    }
    for _ in silent(input, &servers) {
        judge.doubt();
    }
    if !by_webhook.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &WEBHOOK, [("nodes", names(by_webhook))]);
    }
    judge
}

fn is_api_server(pod: &Pod) -> bool {
    pod.metadata.namespace.as_deref() == Some("kube-system")
        && pod.metadata.label("component") == Some("kube-apiserver")
}

fn api_server(pod: &Pod) -> Option<&Container> {
    let all = || containers(pod.spec.as_ref());
    all().find(|container| container.name.as_deref() == Some("kube-apiserver")).or_else(|| all().next())
}

/// Nodes of the control plane on which no API server was seen: it may be down, and its log is still there.
fn silent<'a>(input: &'a Input, servers: &[&Pod]) -> impl Iterator<Item = &'a str> {
    let seen: BTreeSet<String> = servers.iter().filter_map(|pod| node_of(pod)).map(Into::into).collect();
    let labels = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"];
    let of_control_plane =
        input.nodes.items.iter().filter(move |node| labels.iter().any(|label| node.metadata.label(label).is_some()));
    of_control_plane.map(|node| node.metadata.name()).filter(move |name| !seen.contains(*name))
}

fn writes(container: &Container) -> Writes<'_> {
    let words: Vec<&str> =
        container.command.iter().flatten().chain(container.args.iter().flatten()).map(String::as_str).collect();
    if !words.iter().any(|word| word.starts_with("--")) {
        return Writes::Unknown;
    }
    // Without a policy nothing is recorded, wherever it would be written.
    if flag(&words, "--audit-policy-file").is_none() {
        return Writes::Nowhere;
    }
    match flag(&words, "--audit-log-path") {
        Some(path) => Writes::To(path),
        None if flag(&words, "--audit-webhook-config-file").is_some() => Writes::Webhook,
        None => Writes::Nowhere,
    }
}

/// The value of a flag, as `--k=v` or `--k v`; the last counts, and an empty one is none.
fn flag<'a>(words: &[&'a str], name: &str) -> Option<&'a str> {
    let value = words.iter().enumerate().rev().find_map(|(at, word)| {
        let rest = word.strip_prefix(name)?;
        match rest.strip_prefix('=') {
            Some(value) => Some(value),
            None if rest.is_empty() => words.get(at + 1).copied(),
            None => None,
        }
    });
    value.filter(|value| !value.is_empty())
}

enum Read {
    Yes,
    /// A forwarder that could is starting there.
    Perhaps,
    No,
}

fn reads(forwarders: &[Forwarder<'_>], node: &str, file: &str, now: Instant) -> Read {
    let pods = forwarders.iter().flat_map(|forwarder| &forwarder.pods);
    let able: Vec<&&Pod> =
        pods.filter(|pod| node_of(pod) == Some(node) && paths::can_read(file, pod.spec.as_ref())).collect();
    if able.iter().any(|pod| is_running(pod)) {
        Read::Yes
    } else if able.iter().any(|pod| is_young(&pod.metadata, now)) {
        Read::Perhaps
    } else {
        Read::No
    }
}
