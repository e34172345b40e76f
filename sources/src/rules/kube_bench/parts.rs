//! Which parts of the benchmark apply to a node, and which of them were run there.
//!
//! kube-bench runs what it is told to (`--targets`, `--check`), and says nothing of what it left out. Every node has the
//! part `node`; one of the control plane has `master` and `controlplane` besides, and `etcd` where it runs there. A part
//! of which only some sections were run was not run: the sections below are in every version of the CIS benchmark and
//! of what is derived from it. How many tests a section has differs from version to version.

use super::Newest;
use crate::{intake::kube_bench::Control, objects::running::Node};
use std::collections::{BTreeMap, BTreeSet};

/// A part of the benchmark.
struct Part {
    /// Its `node_type`.
    name: &'static str,
    /// The number of its control, where a report does not name the type.
    id: &'static str,
    /// Sections that it has at least.
    sections: usize,
}

/// Files of the node, and the kubelet.
const NODE: Part = Part { name: "node", id: "4", sections: 2 };
/// Files, the API server, the controller manager and the scheduler.
const MASTER: Part = Part { name: "master", id: "1", sections: 4 };
const ETCD: Part = Part { name: "etcd", id: "2", sections: 1 };
const CONTROL_PLANE: Part = Part { name: "controlplane", id: "3", sections: 1 };

/// The label of nodes that run etcd, where it does not run on every node of the control plane.
const ETCD_ROLE: &str = "node-role.kubernetes.io/etcd";

/// The nodes that were examined, of which a part was not run, or not wholly; each with these parts.
pub(super) fn missing<'a>(nodes: &'a [Node], newest: &Newest<'_>) -> BTreeMap<&'a str, Vec<&'static str>> {
    let mut controls: BTreeMap<&str, Vec<&Control>> = BTreeMap::new();
    for ((node, ..), (_, control)) in newest {
        controls.entry(node).or_default().push(control);
    }
    let etcd_is_labelled = nodes.iter().any(|node| node.metadata.label(ETCD_ROLE).is_some());
    let mut missing = BTreeMap::new();
    for node in nodes {
        let Some(controls) = controls.get(node.metadata.name()) else { continue };
        let lacks = |part: &&Part| !part.was_run(controls);
        let lacking: Vec<&str> = expected(node, etcd_is_labelled).filter(lacks).map(|part| part.name).collect();
        if !lacking.is_empty() {
            missing.insert(node.metadata.name(), lacking);
        }
    }
    missing
}

/// The parts that apply to a node.
fn expected(node: &Node, etcd_is_labelled: bool) -> impl Iterator<Item = &'static Part> {
    let is_control_plane = node.metadata.is_of_control_plane();
    let has_etcd = if etcd_is_labelled { node.metadata.label(ETCD_ROLE).is_some() } else { is_control_plane };
    [(&MASTER, is_control_plane), (&ETCD, has_etcd), (&CONTROL_PLANE, is_control_plane), (&NODE, true)]
        .into_iter()
        .filter_map(|(part, applies)| applies.then_some(part))
}

impl Part {
    fn was_run(&self, controls: &[&Control]) -> bool {
        let is_this = |control: &&&Control| match control.node_type.as_str() {
            "" => control.id == self.id,
            named => named.eq_ignore_ascii_case(self.name),
        };
        let tests = || controls.iter().filter(is_this).flat_map(|control| &control.tests);
        let sections: BTreeSet<&str> = tests().filter_map(|test| section(&test.number)).collect();
        let is_numbered = tests().all(|test| section(&test.number).is_some());
        tests().next().is_some() && (!is_numbered || sections.len() >= self.sections)
    }
}

/// The section of a test: `4.1` of `4.1.10`, `2` of `2.7`; none where tests are not numbered by sections, as in a STIG.
fn section(number: &str) -> Option<&str> {
    let is_number = number.starts_with(|first: char| first.is_ascii_digit());
    is_number.then(|| number.rsplit_once('.')).flatten().map(|(section, _)| section)
}
