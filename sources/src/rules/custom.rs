//! The checks that the operator wrote. Their rules are expressions: see [`crate::custom`].

use super::verdict::{Judge, Sentence, evaluation, fault, reason};
use crate::{
    custom::{Budget, Rule, Verdict, Why},
    listed::Listed,
    objects::any::AnyObject,
    reader::Reader,
    reading::{Context, Part, Reading},
    request::Resource,
};
use model::{
    catalogue::Catalogue,
    custom::{Custom, ResourceName},
    evaluation::{Detail, Evaluation, Outcome},
    finding::{Extent, Subject},
    scan::Read,
};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use uuid::Uuid;

/// What the sentences of all of these checks belong to; their own ids are not known when texts are written.
pub const STEM: &str = "custom";

const FAILS: Sentence = fault(STEM, "fails", &[]);
const UNTRIED: Sentence = reason(STEM, "untried", &["check"]);
const MISSING: Sentence = reason(STEM, "missing", &["count", "subject", "field"]);
const LIMIT: Sentence = reason(STEM, "limit", &["count", "subject"]);
const FAILED: Sentence = reason(STEM, "failed", &["count", "subject"]);
const EMPTY: Sentence = reason(STEM, "empty", &[]);
const NONE_SELECTED: Sentence = reason(STEM, "none_selected", &[]);
const FORBIDDEN: Sentence = reason(STEM, super::verdict::FORBIDDEN.0, super::verdict::FORBIDDEN.1);
const ABSENT: Sentence = reason(STEM, super::verdict::ABSENT.0, super::verdict::ABSENT.1);
const UNREAD: Sentence = reason(STEM, super::verdict::UNREAD.0, super::verdict::UNREAD.1);

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] =
    &[&[FAILS, UNTRIED, MISSING, LIMIT, FAILED, EMPTY, NONE_SELECTED, FORBIDDEN, ABSENT, UNREAD]];

/// The list that a check is about.
pub fn resource(custom: &'static Custom) -> Resource {
    let ResourceName { group, version, plural, .. } = &custom.resource;
    Resource {
        group,
        version,
        plural: Cow::Borrowed(plural),
        metadata_only: false,
        why: "checks of your own (custom_checks)",
    }
}

/// The lists that the checks of this process are about, each once.
pub fn resources() -> Vec<Resource> {
    let lists = Catalogue::current().customs().iter().map(resource).map(|resource| (resource.name(), resource));
    lists.collect::<BTreeMap<_, _>>().into_values().collect()
}

/// What the rules look at: every check with its list. Objects are gone when they are judged.
#[derive(Debug)]
pub struct Input(Vec<(&'static Custom, Arc<Listed<AnyObject>>)>);

impl Input {
    /// Reads the lists of the operator's checks, each once.
    pub async fn read<R: Reader>(reader: &R) -> Self {
        Self::read_for(reader, Catalogue::current().customs()).await
    }

    /// The same for these checks.
    pub async fn read_for<R: Reader>(reader: &R, customs: &'static [Custom]) -> Self {
        let mut lists: BTreeMap<String, Arc<Listed<AnyObject>>> = BTreeMap::new();
        let mut read = Vec::with_capacity(customs.len());
        for custom in customs {
            let resource = resource(custom);
            // Not shared with other sources: they read the same list into another type.
            let list = match lists.get(&resource.name()) {
                Some(list) => Arc::clone(list),
                None => Arc::new(reader.list(&resource).await),
            };
            lists.insert(resource.name(), Arc::clone(&list));
            read.push((custom, list));
        }
        Self(read)
    }
}

impl Reading for Input {
    /// What one check is about may be absent, and says nothing of the others.
    fn parts(&self) -> Vec<(Part, &Read)> {
        let reads: BTreeMap<&str, &Read> =
            self.0.iter().map(|(_, list)| (list.read.resource.as_str(), &list.read)).collect();
        reads.into_values().map(|read| (Part::Optional, read)).collect()
    }

    fn evaluate(&self, _: &Context<'_>) -> Evaluation {
        evaluation(self.0.iter().map(|(custom, list)| judge(custom, list)))
    }
}

fn judge(custom: &'static Custom, list: &Listed<AnyObject>) -> Judge {
    let mut judge = Judge::of(custom.check.id.as_str()).needs(&resource(custom), list);
    let mut doubts: Vec<(Subject, Why)> = Vec::new();
    let mut selected = false;
    for (subject, judged) in judged(custom, list) {
        selected |= judged != Ok(Verdict::NotSelected);
        match judged {
            Ok(Verdict::NotSelected) => {}
            Ok(Verdict::Pass) => judge.examine(),
            Ok(Verdict::Fail { key }) => {
                judge.examine();
                judge.fail_as(custom.check.severity, &FAILS, Subject { key, ..subject }, []);
            }
            Err(why) => {
                doubts.push((subject, why));
            }
        }
    }
    if !selected && !custom.may_select_none {
        // Nothing was judged, be it for a slip of the pen: that is no pass, and closes nothing.
        let why = if list.items.is_empty() { &EMPTY } else { &NONE_SELECTED };
        judge.otherwise(Outcome::NotEvaluated, why, []);
    }
    // A finding of an object may have a key besides.
    let of_object = |subject: &Subject| Extent::of_object(&subject.kind, subject.namespace.as_deref(), &subject.name);
    let unseen: Vec<Extent> = doubts.iter().map(|(subject, _)| of_object(subject)).collect();
    unseen.iter().cloned().for_each(|extent| judge.doubt_in(extent));
    if let Some((subject, why)) = doubts.first() {
        let [count, subject] = [("count", doubts.len().to_string()), ("subject", subject.to_string())];
        match why {
            Why::Missing { field } => judge.disagree_in(&MISSING, [count, subject, ("field", field.clone())], unseen),
            Why::Limit => judge.disagree_in(&LIMIT, [count, subject], unseen),
            Why::Failed => judge.disagree_in(&FAILED, [count, subject], unseen),
        }
    }
    judge
}

/// What a check says of every object of a list, one after the other.
pub fn judged<'a>(
    custom: &'a Custom,
    list: &'a Listed<AnyObject>,
) -> impl Iterator<Item = (Subject, Result<Verdict, Why>)> + 'a {
    // Expressions are parsed when the configuration is read; what cannot be parsed here judges nothing.
    let rule = Rule::of(custom).ok();
    let budget = Budget::default();
    list.items.iter().map(move |object| {
        let subject = Subject {
            kind: custom.kind.clone(),
            namespace: object.namespace.clone().filter(|_| custom.resource.namespaced),
            name: object.name.clone(),
            key: None,
        };
        let judged = rule.as_ref().map_or(Err(Why::Failed), |rule| rule.judge(object.json.get(), &budget));
        (subject, judged)
    })
}

/// Takes back what checks say whose definition was never tried on a cluster: it does not count yet. What such a check
/// found earlier, by a definition that was tried, stays as it is.
#[must_use]
pub fn until_tried(mut evaluation: Evaluation, customs: &[Custom], tried: &BTreeSet<Uuid>) -> Evaluation {
    let untried: BTreeSet<&str> = customs
        .iter()
        .filter(|custom| !tried.contains(&custom.digest()))
        .map(|custom| custom.check.id.as_str())
        .collect();
    for result in evaluation.results.iter_mut().filter(|result| untried.contains(result.check.as_str())) {
        (result.examined, result.failed, result.unread) = (0, 0, 0);
        result.outcome = Outcome::NotEvaluated;
        result.reason = Some(UNTRIED.name.into());
        result.detail = Detail::from([("check".to_owned(), result.check.to_string())]);
    }
    evaluation.observations.retain(|seen| !untried.contains(seen.check.as_str()));
    evaluation
}
