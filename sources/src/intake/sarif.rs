//! SARIF 2.1.0 (OASIS), as code scanners write it.
//!
//! Results that were suppressed in the tool are taken all the same: what is accepted is decided in Bevis, visibly.

use super::external::{At, Batch, ExternalFinding, Refusal, json};
use model::{finding::Subject, severity::Severity};
use std::collections::BTreeMap;

/// A rule, as far as results refer to it.
struct Rule {
    id: String,
    title: String,
    severity: Option<Severity>,
}

/// Reads what was pushed.
pub fn batch(body: &[u8]) -> Result<Batch, Refusal> {
    let document = json(body)?;
    let root = At::root(&document);
    let version = root.need("version")?;
    if version.text()? != "2.1.0" {
        return Err(version.refusal("only SARIF 2.1.0 is understood"));
    }
    let mut batch = Batch::default();
    for run in root.need("runs")?.list()? {
        if let Err(refusal) = of_run(&mut batch, &run) {
            batch.refuse(refusal);
        }
    }
    Ok(batch)
}

fn of_run(batch: &mut Batch, run: &At<'_>) -> Result<(), Refusal> {
    let driver = run.need("tool")?.need("driver")?;
    let tool = driver.need("name")?.name()?;
    batch.version = driver.filled("semanticVersion")?.or(driver.filled("version")?);
    batch.tool.clone_from(&tool);
    let category = run.get("automationDetails").map(|details| details.filled("id")).transpose()?.flatten();
    // What follows the last slash tells one run from the next.
    let category = category.as_deref().map_or("", |id| id.rsplit_once('/').map_or(id, |(category, _)| category));
    batch.scope.insert(format!("{tool} {category}").trim_end().to_owned());
    for invocation in run.list_of("invocations")? {
        if let Some(success) = invocation.object()?.get("executionSuccessful")
            && !success.flag()?
        {
            batch.refuse(success.refusal("the tool did not run to its end"));
        }
    }
    if let Some(elsewhere) = run.get("externalPropertyFileReferences").and_then(|files| files.get("results")) {
        batch.refuse(elsewhere.refusal("the results are in another file"));
    }
    let (by_index, by_id) = rules(&driver)?;
    for result in run.need("results")?.list()? {
        batch.take(finding(&result, &by_index, &by_id, &tool));
    }
    Ok(())
}

type ById = BTreeMap<String, usize>;

fn rules(driver: &At<'_>) -> Result<(Vec<Rule>, ById), Refusal> {
    let (mut rules, mut by_id) = (Vec::new(), ById::new());
    for at in driver.list_of("rules")? {
        let text = |key: &str| at.get(key).and_then(|text| text.prose_of("text").ok()).filter(|text| !text.is_empty());
        let id = at.need("id")?.name()?;
        let title = text("shortDescription").or_else(|| at.prose_of("name").ok()).unwrap_or_default();
        let score = at.get("properties").and_then(|properties| properties.get("security-severity")?.decimal());
        let level = at.get("defaultConfiguration").and_then(|configuration| configuration.get("level"));
        let severity = match (score, level) {
            (Some(score), _) => Some(of_score(score)),
            (None, Some(level)) => Some(of_level(&level)?),
            (None, None) => None,
        };
        by_id.insert(id.clone(), rules.len());
        rules.push(Rule { id, title, severity });
    }
    Ok((rules, by_id))
}

fn finding(at: &At<'_>, by_index: &[Rule], by_id: &ById, tool: &str) -> Result<Option<ExternalFinding>, Refusal> {
    let is_gone = at.get("baselineState").is_some_and(|state| state.text() == Ok("absent"));
    let kind = at.get("kind").map(|kind| kind.text()).transpose()?.unwrap_or("fail");
    if is_gone || matches!(kind, "pass" | "notApplicable" | "informational") {
        return Ok(None);
    }
    let reference = at.get("rule");
    let index = at.get("ruleIndex").or_else(|| reference.as_ref()?.get("index"));
    let index = index.and_then(|index| usize::try_from(index.count().ok()?).ok());
    let id = match at.filled("ruleId")? {
        Some(id) => Some(id),
        None => reference.map(|reference| reference.filled("id")).transpose()?.flatten(),
    };
    let rule = match &id {
        Some(id) => by_id.get(id).and_then(|index| by_index.get(*index)),
        None => index.and_then(|index| by_index.get(index)),
    };
    let Some(id) = id.or_else(|| Some(rule?.id.clone())) else {
        return Err(at.refusal("it does not say which rule it is of"));
    };
    let severity = match (kind, at.get("level"), rule.and_then(|rule| rule.severity)) {
        // A person must judge.
        ("open" | "review", ..) => Severity::Info,
        ("fail", Some(level), None) => of_level(&level)?,
        ("fail", _, Some(severity)) => severity,
        ("fail", None, None) => Severity::Medium,
        _ => return Err(at.refusal("its `kind` is none of SARIF's")),
    };
    let (subject, location) = place(at, tool)?;
    let text = at.need("message")?.prose_of("text")?;
    let title = rule.map(|rule| rule.title.clone()).unwrap_or_default();
    Ok(Some(ExternalFinding { rule: id, title, severity, subject, text, location }))
}

/// What a result is about: the first place that it names. The line is no part of it: it moves.
fn place(at: &At<'_>, tool: &str) -> Result<(Subject, Option<String>), Refusal> {
    let mut prints = at.get("partialFingerprints").map(|prints| prints.texts()).unwrap_or_default();
    prints.sort_unstable();
    let key = prints.first().map(|(_, print)| crate::error::clean(print, 300)).filter(|key| !key.is_empty());
    let about = |kind: &str, name: String| Subject { kind: kind.into(), namespace: None, name, key: key.clone() };
    let Some(location) = at.list_of("locations")?.into_iter().next() else {
        return Ok((about("Tool", tool.to_owned()), None));
    };
    if let Some(physical) = location.object()?.get("physicalLocation")
        && let Some(uri) =
            physical.get("artifactLocation").map(|artifact| artifact.filled("uri")).transpose()?.flatten()
    {
        let line = physical.get("region").and_then(|region| region.get("startLine")?.count().ok());
        let place = line.map_or_else(|| uri.clone(), |line| format!("{uri}:{line}"));
        return Ok((about("File", uri), Some(place)));
    }
    let logical = location.list_of("logicalLocations")?.into_iter().next();
    let name = logical.map(|place| place.filled("fullyQualifiedName")).transpose()?.flatten();
    Ok(name.map_or_else(|| (about("Tool", tool.to_owned()), None), |name| (about("Code", name.clone()), Some(name))))
}

fn of_level(level: &At<'_>) -> Result<Severity, Refusal> {
    Ok(match level.text()? {
        "error" => Severity::High,
        "warning" => Severity::Medium,
        "note" => Severity::Low,
        "none" => Severity::Info,
        _ => return Err(level.refusal("it is none of error, warning, note and none")),
    })
}

/// The score by which tools tell how bad a weakness is, from 0 to 10.
fn of_score(score: f64) -> Severity {
    match score {
        9.0.. => Severity::Critical,
        7.0.. => Severity::High,
        4.0.. => Severity::Medium,
        0.1.. => Severity::Low,
        _ => Severity::Info,
    }
}
