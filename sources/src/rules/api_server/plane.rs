//! The control plane as its pods show it, and how verdicts of its replicas become one.

use super::{Input, OpenShift, flags::Flags, k3s};
use crate::{
    objects::{
        control_plane::{Container, Pod},
        node::Node,
    },
    platform::{Distribution, Platform},
    request::PODS,
    rules::verdict::{Judge, Sentence, fault, names, reason, subject},
};
use model::{evaluation::Outcome, finding::Subject, severity::Severity};

/// The namespace of static pods.
pub(super) const SYSTEM: &str = "kube-system";
pub(super) const SERVER: &str = "kube-apiserver";
const ETCD: &str = "etcd";

/// One process of a program, on one node.
pub(super) struct Replica<'a> {
    /// The node.
    pub node: &'a str,
    /// Its flags; `None` where its command line is not understood.
    pub flags: Option<Flags>,
    /// Whether variables may set what flags do not: etcd reads those that begin with `ETCD_`.
    pub has_variables: bool,
}

/// The control plane.
pub(super) struct Plane<'a> {
    input: &'a Input,
    /// API servers.
    pub servers: Vec<Replica<'a>>,
    /// Members of etcd.
    pub etcd: Vec<Replica<'a>>,
    /// Nodes of the control plane whose API server is not among the pods, or may not be.
    unseen: usize,
    platform: Platform,
}

/// What every check of the API server may say.
pub(super) struct Words {
    pub check: &'static str,
    mixed: Sentence,
    managed: Sentence,
    in_process: Sentence,
    elsewhere: Sentence,
    openshift: Sentence,
    arguments: Sentence,
}

impl Words {
    pub(super) const fn of(check: &'static str) -> Self {
        Self {
            check,
            mixed: fault(check, "mixed", &["nodes"]),
            managed: reason(check, "managed", &["platform"]),
            in_process: reason(check, "in_process", &[]),
            elsewhere: reason(check, "elsewhere", &[]),
            openshift: reason(check, "openshift", &[]),
            arguments: reason(check, "arguments", &[]),
        }
    }

    pub(super) const fn all(&self) -> [Sentence; 6] {
        [self.mixed, self.managed, self.in_process, self.elsewhere, self.openshift, self.arguments]
    }
}

/// What the flags of one replica mean for a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// In order. All replicas must share the fact.
    Good(String),
    /// A fault, with its value, and a severity of its own where it is not the check's.
    Bad(&'static Sentence, Option<(&'static str, String)>, Option<Severity>),
    /// A person must judge.
    Unclear(&'static Sentence),
    /// Does not apply.
    Moot(&'static Sentence),
    /// Not understood.
    Opaque,
}

impl Seen {
    pub(super) const GOOD: Self = Self::Good(String::new());

    pub(super) const fn bad(fault: &'static Sentence) -> Self {
        Self::Bad(fault, None, None)
    }
}

/// Whether a pod is one of a program of the control plane, by the labels of kubeadm, which RKE2 shares.
pub(super) fn is_part(pod: &Pod, component: &str) -> bool {
    pod.metadata.namespace.as_deref() == Some(SYSTEM) && pod.metadata.label("component") == Some(component)
}

fn replicas<'a>(input: &'a Input, program: &str) -> Vec<Replica<'a>> {
    let parts = input.pods.items.iter().filter(|pod| is_part(pod, program));
    let replica = |pod: &'a Pod| {
        let containers: &[Container] = pod.spec.containers.as_deref().unwrap_or_default();
        let variables = containers.iter().filter_map(|container| container.env.as_ref()).flatten();
        let mut names = variables.filter_map(|variable| variable.name.as_deref());
        let has_more =
            containers.iter().any(|container| container.env_from.as_ref().is_some_and(|from| !from.is_empty()));
        Replica {
            node: pod.spec.node_name.as_deref().unwrap_or(pod.metadata.name()),
            flags: containers.iter().find_map(|container| Flags::of(container, program)),
            has_variables: has_more || names.any(|name| name.starts_with("ETCD_")),
        }
    };
    parts.map(replica).collect()
}

impl<'a> Plane<'a> {
    pub(super) fn of(input: &'a Input) -> Self {
        let platform = input.platform();
        let is_managed = platform.distribution.is_some_and(Distribution::is_managed);
        // Where a provider runs the control plane, or it is no pods, a pod with its labels is somebody else's.
        let is_elsewhere = is_managed || platform.distribution == Some(Distribution::K3s);
        let of = |program| if is_elsewhere { Vec::new() } else { replicas(input, program) };
        let servers = if platform.distribution == Some(Distribution::K3s) {
            k3s::servers(&input.nodes.items)
        } else {
            of(SERVER)
        };
        let lacks = |node: &&Node| node.has_api_server() && servers.iter().all(|s| s.node != node.metadata.name());
        let unseen = input.nodes.items.iter().filter(lacks).count();
        let unread = usize::from(!input.nodes.was_read() || input.nodes.unread > 0);
        Self { input, etcd: of(ETCD), unseen: unseen + unread, servers, platform }
    }

    /// Whether the control plane exists, and cannot be seen from here.
    pub(super) fn is_hidden(&self) -> bool {
        self.servers.is_empty() && self.openshift().is_none_or(|openshift| openshift.settings.object.is_none())
    }

    /// What OpenShift is told of its API servers, where they run here.
    pub(super) const fn openshift(&self) -> Option<&OpenShift> {
        self.input.openshift.as_ref()
    }

    /// Whether its settings are seen as arguments of K3s, and not as flags of pods.
    pub(super) fn is_told_by_arguments(&self) -> bool {
        self.platform.distribution == Some(Distribution::K3s) && !self.servers.is_empty()
    }

    /// Whether the distribution writes by itself how Secrets are encrypted.
    pub(super) fn makes_encryption(&self) -> bool {
        matches!(self.platform.distribution, Some(Distribution::K3s | Distribution::Rke2))
    }

    /// Begins with a check of the API server.
    pub(super) fn begin(&self, words: &Words) -> Judge {
        Judge::of(words.check).needs(&PODS, &self.input.pods)
    }

    /// What cannot be seen, whatever else of the control plane can be.
    pub(super) fn not_visible(&self, words: &Words) -> Judge {
        let mut judge = self.begin(words);
        self.say_hidden(&mut judge, words);
        judge
    }

    /// Judges the API servers: all must be in order, and agree. `uses` are the flags that `see` looks at.
    pub(super) fn judge(&self, words: &Words, uses: &[&str], see: impl Fn(&Flags) -> Seen) -> Judge {
        if self.servers.is_empty() {
            return self.not_visible(words);
        }
        let mut judge = self.begin(words);
        (0..self.unseen).for_each(|_| judge.doubt());
        let seen = self.servers.iter().map(|server| {
            let flags = server.flags.as_ref().filter(|flags| !flags.any_from_environment(uses));
            (server.node, flags.map_or(Seen::Opaque, &see))
        });
        if self.is_told_by_arguments() {
            // The program is the server of K3s itself.
            agree(&mut judge, &subject("Server", None, "k3s"), &words.mixed, seen.collect());
            judge.remark(&words.arguments, []);
        } else {
            agree(&mut judge, &program(SERVER), &words.mixed, seen.collect());
        }
        judge
    }

    /// Judges the members of etcd, for a check that has judged the API servers.
    pub(super) fn judge_etcd(&self, judge: &mut Judge, words: &Words, see: impl Fn(&Replica<'_>, &Flags) -> Seen) {
        let seen = self
            .etcd
            .iter()
            .map(|member| (member.node, member.flags.as_ref().map_or(Seen::Opaque, |flags| see(member, flags))));
        agree(judge, &program(ETCD), &words.mixed, seen.collect());
    }

    /// Says why it cannot be seen.
    pub(super) fn say_hidden(&self, judge: &mut Judge, words: &Words) {
        match self.platform.distribution {
            Some(Distribution::K3s) => judge.otherwise(Outcome::NotVisible, &words.in_process, []),
            Some(platform) if platform.is_managed() => {
                let platform = platform.name().to_owned();
                judge.otherwise(Outcome::NotVisible, &words.managed, [("platform", platform)]);
            }
            Some(Distribution::OpenShift) if self.openshift().is_some() => {
                judge.otherwise(Outcome::NotVisible, &words.openshift, []);
            }
            _ => judge.otherwise(Outcome::NotVisible, &words.elsewhere, []),
        }
    }
}

/// The finding is about the program, whatever node it runs on: nodes come and go.
fn program(name: &str) -> Subject {
    subject("StaticPod", Some(SYSTEM), name)
}

/// One verdict from those of all replicas. Where they differ, that is said, and not the verdict of whichever came first.
fn agree(judge: &mut Judge, of: &Subject, mixed: &Sentence, seen: Vec<(&str, Seen)>) {
    let (opaque, seen): (Vec<_>, Vec<_>) = seen.into_iter().partition(|(_, seen)| *seen == Seen::Opaque);
    for _ in &opaque {
        judge.doubt();
    }
    for _ in &seen {
        judge.examine();
    }
    let Some((_, first)) = seen.first() else { return };
    if seen.iter().all(|(_, other)| other == first) {
        return say(judge, of, first);
    }
    let bad = seen.iter().filter(|(_, seen)| matches!(seen, Seen::Bad(..)));
    let mut nodes: Vec<&str> = bad.map(|(node, _)| *node).collect();
    if let (true, Some((_, unclear))) = (nodes.is_empty(), seen.iter().find(|(_, s)| matches!(s, Seen::Unclear(_)))) {
        return say(judge, of, unclear);
    }
    if nodes.is_empty() {
        // Each in order by itself, but not alike: what holds depends on which of them answers.
        nodes = seen.iter().map(|(node, _)| *node).collect();
    }
    judge.fail(mixed, of.clone(), [("nodes", names(nodes))]);
}

fn say(judge: &mut Judge, of: &Subject, seen: &Seen) {
    match seen {
        Seen::Good(_) | Seen::Opaque => {}
        Seen::Bad(fault, value, severity) => match (value.clone(), severity) {
            (None, None) => judge.fail(fault, of.clone(), []),
            (None, Some(severity)) => judge.fail_as(*severity, fault, of.clone(), []),
            (Some(value), None) => judge.fail(fault, of.clone(), [value]),
            (Some(value), Some(severity)) => judge.fail_as(*severity, fault, of.clone(), [value]),
        },
        Seen::Unclear(why) => judge.otherwise(Outcome::NeedsReview, why, []),
        Seen::Moot(why) => judge.otherwise(Outcome::NotApplicable, why, []),
    }
}
