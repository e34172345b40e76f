//! Whether the versions of the API server and of nodes still get fixes, and fit together.

use super::{Input, node_subject};
use crate::{
    objects::node::{Node, NodeInfo},
    platform::Distribution,
    reader::Hello,
    request::NODES,
    rules::verdict::{Judge, Sentence, fault, names, reason, subject},
};
use model::{Instant, evaluation::Outcome, finding::Subject, releases::Releases};
use std::collections::BTreeMap;

const SUPPORTED: &str = "cfg.version_supported";

const ENDED: Sentence = fault(SUPPORTED, "ended", &["ended", "version"]);
const NODE_ENDED: Sentence = fault(SUPPORTED, "node_ended", &["ended", "version"]);
const NODE_OLD: Sentence = fault(SUPPORTED, "node_old", &["api_server", "version"]);
const NODE_NEWER: Sentence = fault(SUPPORTED, "node_newer", &["api_server", "version"]);
const VENDOR: Sentence = reason(SUPPORTED, "vendor", &["ended", "platform", "version"]);
const UNKNOWN: Sentence = reason(SUPPORTED, "unknown", &["as_of", "version"]);
const FACTS: Sentence = reason(SUPPORTED, "facts", &["ends", "kernels", "kubelets", "systems", "version"]);

pub(super) const SENTENCES: &[Sentence] = &[ENDED, NODE_ENDED, NODE_OLD, NODE_NEWER, VENDOR, UNKNOWN, FACTS];

/// How many minor versions a kubelet may lag behind (Kubernetes version skew policy); before 1.25, one less.
const MAY_LAG: u32 = 3;
const MAY_LAG_MORE_SINCE: u32 = 25;

/// `cfg.version_supported`: the API server's version has not ended, and every node's fits to it.
pub(super) fn supported(input: &Input, hello: &Hello, now: Instant) -> Judge {
    let mut judge = Judge::of(SUPPORTED).needs(&NODES, &input.nodes);
    let Some(minor) = hello.minor else {
        judge.doubt();
        return judge;
    };
    if input.nodes.is_empty() {
        // Every cluster has some: not to see any is to have seen nothing.
        judge.doubt();
    }
    let vendor = input.platform().distribution.filter(|platform| platform.has_own_support());
    judge.examine();
    judge_end(&mut judge, minor, vendor, now);
    let mut told: BTreeMap<Subject, Misfit> = BTreeMap::new();
    for node in &input.nodes.items {
        let Some(kubelet) = node.info().and_then(|info| minor_of(info.kubelet_version.as_deref()?)) else {
            judge.doubt();
            continue;
        };
        judge.examine();
        if let Some(misfit) = misfit(kubelet, minor, vendor, now) {
            // Several nodes of a pool are one finding.
            told.entry(node_subject(node)).or_insert(misfit);
        }
    }
    for (subject, (fault, name, value, kubelet)) in told {
        judge.fail(fault, subject, [(name, value), ("version", in_words(kubelet))]);
    }
    if let Some(ends) = Releases::embedded().end_of(minor) {
        let info = || input.nodes.items.iter().filter_map(Node::info);
        let every = |part: fn(&NodeInfo) -> Option<&str>| names(info().filter_map(part));
        let values = [
            ("ends", ends.to_string()),
            ("kernels", every(|info| info.kernel_version.as_deref())),
            ("kubelets", every(|info| info.kubelet_version.as_deref())),
            ("systems", every(|info| info.os_image.as_deref())),
            ("version", hello.version.clone().unwrap_or_else(|| in_words(minor))),
        ];
        judge.otherwise(Outcome::Pass, &FACTS, values);
    }
    judge
}

fn judge_end(judge: &mut Judge, minor: u32, vendor: Option<Distribution>, now: Instant) {
    let releases = Releases::embedded();
    let version = in_words(minor);
    let Some(end) = releases.end_of(minor) else {
        let as_of = releases.as_of.to_string();
        return judge.otherwise(Outcome::NeedsReview, &UNKNOWN, [("as_of", as_of), ("version", version)]);
    };
    let ended = end.to_string();
    match vendor {
        _ if now.date_naive() <= end => {}
        Some(platform) => {
            let platform = platform.name().to_owned();
            judge.otherwise(
                Outcome::NeedsReview,
                &VENDOR,
                [("ended", ended), ("platform", platform), ("version", version)],
            );
        }
        None => judge.fail(&ENDED, subject("APIServer", None, "*"), [("ended", ended), ("version", version)]),
    }
}

/// A fault, the name and text of its value, and the kubelet's minor version.
type Misfit = (&'static Sentence, &'static str, String, u32);

fn misfit(kubelet: u32, api_server: u32, vendor: Option<Distribution>, now: Instant) -> Option<Misfit> {
    let may_lag = if kubelet >= MAY_LAG_MORE_SINCE { MAY_LAG } else { MAY_LAG - 1 };
    let ended = Releases::embedded().end_of(kubelet).filter(|end| now.date_naive() > *end);
    if kubelet > api_server {
        Some((&NODE_NEWER, "api_server", in_words(api_server), kubelet))
    } else if kubelet + may_lag < api_server {
        Some((&NODE_OLD, "api_server", in_words(api_server), kubelet))
    } else {
        // A node as old as the API server says nothing more than that does.
        let ended = ended.filter(|_| kubelet < api_server && vendor.is_none())?;
        Some((&NODE_ENDED, "ended", ended.to_string(), kubelet))
    }
}

fn in_words(minor: u32) -> String {
    format!("1.{minor}")
}

/// The minor version of Kubernetes 1 in `v1.32.1+rke2r1`.
pub(in crate::rules) fn minor_of(version: &str) -> Option<u32> {
    let digits = version.strip_prefix("v1.")?.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}
