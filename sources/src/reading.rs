//! What a source gave: how much of it was read, and how it is judged.

use crate::{
    error::{LONGEST, ReadError, clean, problem},
    foreign::{storable, storable_name},
    listed::Listed,
    policy::Policy,
    reader::{Hello, Reader},
    rules,
};
use model::{
    Instant,
    evaluation::Evaluation,
    labels::{KeptLabels, LabelKeys, LabelsOfKind},
    problem::{Problem, ProblemWord},
    scan::{Coverage, Facts, Read},
    source::Source,
};
use std::collections::BTreeMap;

/// How a read counts towards its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The source is absent where all of these are.
    Own,
    /// Not served by every version; its absence is no gap.
    Optional,
    /// Needed beside the source's own.
    Beside,
    /// Tells what nothing is judged by, as the version of the system: whether it was read makes no other difference.
    Aside,
    /// Asked of something that is not the cluster: it counts for its own check, and says nothing of the cluster.
    Outside,
}

/// What verdicts depend on besides the objects.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What is approved in the cluster.
    pub policy: &'a Policy,
    /// The cluster's own time; Bevis' own where the API server does not tell its.
    pub now: Instant,
    /// What its API server says of itself.
    pub hello: &'a Hello,
}

impl Context<'_> {
    /// Bevis' own time, by which it is noted when something arrives.
    pub fn received_now(&self) -> Instant {
        self.now - self.hello.ahead.unwrap_or_default()
    }
}

/// All that was read of a source.
pub trait Reading: Send + 'static {
    /// Every read, in order.
    fn parts(&self) -> Vec<(Part, &Read)>;

    /// Judges every check of the source. [`judge`] is what may be recorded.
    fn evaluate(&self, context: &Context<'_>) -> Evaluation;

    /// Whether the system is installed, and has never done anything.
    fn never_ran(&self) -> bool {
        false
    }

    /// Whether it exists and cannot be seen from here, as a control plane that the provider runs.
    fn is_hidden(&self) -> bool {
        false
    }

    /// The version of the system, where it tells one; several, where several are installed.
    fn version(&self) -> Option<String> {
        None
    }

    /// The team that each namespace names as its own; `None` where not all namespaces were read.
    fn teams(&self, _policy: &Policy) -> Option<BTreeMap<String, String>> {
        None
    }

    /// The kept labels of the objects of each kind of which all were read.
    fn labels(&self, _keys: &LabelKeys) -> Vec<LabelsOfKind> {
        Vec::new()
    }

    /// What it tells beside verdicts.
    fn facts(&self) -> Facts {
        Facts::default()
    }
}

/// The kept labels of the objects of a kind, each with its namespace, its name, and what is kept of its labels; `None` where
/// not all of them were read, so that what was known of them stays.
pub(crate) fn labels_of<'a, T>(
    kind: &str,
    list: &'a Listed<T>,
    of: impl Fn(&'a T) -> Option<(Option<&'a str>, &'a str, KeptLabels)>,
) -> Option<LabelsOfKind> {
    if list.read.coverage != Coverage::Complete || list.read.malformed > 0 || list.unread > 0 {
        return None;
    }
    let named = list.items.iter().filter_map(of);
    let objects: BTreeMap<(String, String), KeptLabels> = named
        .map(|(namespace, name, labels)| ((storable_name(namespace.unwrap_or_default()), storable_name(name)), labels))
        .collect();
    let objects = objects.into_iter().map(|((namespace, name), labels)| (namespace, name, labels)).collect();
    Some(LabelsOfKind { kind: kind.to_owned(), objects })
}

/// Reads a source.
pub async fn read<R: Reader>(source: Source, reader: &R, policy: &Policy) -> Result<Box<dyn Reading>, ReadError> {
    Ok(match source {
        Source::Rbac => Box::new(rules::rbac::Input::read(reader).await),
        Source::PodSecurity => Box::new(rules::pod_security::Input::read(reader).await?),
        Source::Pods => Box::new(rules::pods::Input::read(reader).await),
        Source::Gatekeeper => Box::new(rules::gatekeeper::Input::read(reader).await?),
        Source::Kyverno => Box::new(rules::kyverno::Input::read(reader).await?),
        Source::PolicyReport => Box::new(rules::policy_report::Input::read(reader).await?),
        Source::CertManager => Box::new(rules::cert_manager::Input::read(reader).await),
        Source::Velero => Box::new(rules::velero::Input::read(reader).await),
        Source::ApiServer => Box::new(rules::api_server::Input::read(reader, policy).await),
        Source::Dex => Box::new(rules::dex::Input::read(reader, policy).await),
        Source::Nodes => Box::new(rules::nodes::Input::read(reader).await),
        Source::AuditLog => Box::new(rules::audit_log::Input::read(reader).await?),
        Source::Falco => Box::new(rules::falco::Input::read(reader).await),
        Source::Workloads => Box::new(rules::workloads::Input::read(reader).await?),
        Source::Storage => Box::new(rules::storage::Input::read(reader).await),
        Source::Inventory => Box::new(rules::inventory::Input::read(reader).await),
        Source::Network => Box::new(rules::network::Input::read(reader).await?),
        Source::FalcoEvents => Box::new(rules::falco_events::Input::read(reader).await?),
        Source::AuditEvents => Box::new(rules::audit_events::Input::read(reader).await?),
        Source::External => Box::new(rules::external::Input::read(reader, policy).await?),
        Source::Trivy => Box::new(rules::trivy::Input::read(reader).await),
        Source::KubeBench => Box::new(rules::kube_bench::Input::read(reader, policy).await),
        Source::Custom => Box::new(rules::custom::Input::read(reader).await),
    })
}

/// Judges every check of a source, with every foreign text in a form that can be stored.
pub fn judge(reading: &dyn Reading, context: &Context<'_>) -> Evaluation {
    storable(reading.evaluate(context))
}

/// How much of the source was read, and why not all of it.
pub fn coverage(reading: &dyn Reading) -> (Coverage, Option<String>) {
    let parts = reading.parts();
    let any = |coverage| parts.iter().any(|(part, read)| counted(*part, read) && read.coverage == coverage);
    let mut own = parts.iter().filter(|(part, _)| *part == Part::Own).peekable();
    let coverage = if any(Coverage::Unreachable) {
        Coverage::Unreachable
    } else if any(Coverage::Failed) {
        Coverage::Failed
    } else if own.peek().is_some() && own.all(|(_, read)| read.coverage == Coverage::Absent) {
        Coverage::Absent
    } else if any(Coverage::Forbidden) {
        Coverage::Forbidden
    } else if any(Coverage::Stale) {
        Coverage::Stale
    } else if any(Coverage::Absent) || any(Coverage::Truncated) {
        Coverage::Truncated
    } else if reading.is_hidden() {
        Coverage::Hidden
    } else if reading.never_ran() {
        Coverage::NeverRan
    } else {
        Coverage::Complete
    };
    let told: Vec<String> = gaps(&parts)
        .map(|read| format!("{}: {}", read.resource, read.error.as_deref().unwrap_or(read.coverage.as_str())))
        .collect();
    (coverage, (!told.is_empty()).then(|| clean(&told.join("; "), LONGEST)))
}

/// Why not all of the source was read, for the reader's language; the reads have all of it.
pub fn problems(reading: &dyn Reading) -> Vec<Problem> {
    let parts = reading.parts();
    let mut told: Vec<Problem> = gaps(&parts).flat_map(problems_of).collect();
    let more = told.len().saturating_sub(MOST_TOLD);
    if more > 0 {
        told.truncate(MOST_TOLD);
        told.push(problem(ProblemWord::More, &[("count", &more)]));
    }
    told
}

/// Problems that a scan tells of itself at most.
const MOST_TOLD: usize = 20;

fn problems_of(read: &Read) -> Vec<Problem> {
    let gap = || vec![problem(ProblemWord::Gap, &[("coverage", &read.coverage)])];
    let problems = if read.problems.is_empty() { gap() } else { read.problems.clone() };
    let resource = clean(&read.resource, LONGEST);
    problems.into_iter().map(|problem| Problem { resource: Some(resource.clone()), ..problem }).collect()
}

/// Whether a read says anything of the cluster.
fn counted(part: Part, read: &Read) -> bool {
    match part {
        Part::Optional => read.coverage != Coverage::Absent,
        Part::Aside | Part::Outside => false,
        Part::Own | Part::Beside => true,
    }
}

/// The reads that count and were not complete.
fn gaps<'a>(parts: &'a [(Part, &'a Read)]) -> impl Iterator<Item = &'a Read> {
    let open = parts.iter().filter(|(part, read)| counted(*part, read) && read.coverage != Coverage::Complete);
    open.map(|(_, read)| *read)
}
