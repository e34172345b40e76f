//! OCSF (schema.ocsf.io): Vulnerability Finding 2002, Compliance Finding 2003 and Detection Finding 2004.
//!
//! Events are a stream: what is not in a batch is not gone. What an event says to be in order or resolved is told
//! one by one.

use super::external::{At, Batch, ExternalFinding, Refusal, json, severity};
use model::{finding::Subject, severity::Severity};

const VULNERABILITY: u64 = 2002;
const COMPLIANCE: u64 = 2003;
const DETECTION: u64 = 2004;

/// What an event says of its subject.
enum Verdict {
    Fails,
    /// A person must judge.
    Perhaps,
    InOrder,
}

/// Reads what was pushed: one event, or a list.
pub fn batch(body: &[u8]) -> Result<Batch, Refusal> {
    let document = json(body)?;
    let root = At::root(&document);
    let events = if root.is_list() { root.list()? } else { vec![root.clone()] };
    if !root.is_list() {
        // One thing that is no event at all is no batch.
        root.need("class_uid")?;
    }
    let mut batch = Batch::default();
    for event in events {
        if let Err(refusal) = of_event(&mut batch, &event) {
            batch.refuse(refusal);
        }
    }
    Ok(batch)
}

fn of_event(batch: &mut Batch, event: &At<'_>) -> Result<(), Refusal> {
    let class = event.need("class_uid")?;
    let number = class.count()?;
    let product = event.need("metadata")?.need("product")?;
    let tool = product.filled("name")?.or(product.filled("vendor_name")?);
    let tool = tool.ok_or_else(|| product.refusal("it has neither `name` nor `vendor_name`"))?;
    batch.version = product.filled("version")?;
    batch.tool.clone_from(&tool);
    let verdict = match number {
        COMPLIANCE => complies(event)?,
        VULNERABILITY | DETECTION => stands(event)?,
        _ => return Err(class.refusal("only the classes 2002, 2003 and 2004 are understood")),
    };
    let info = event.need("finding_info")?;
    info.object()?;
    for subject in subjects(event, &tool)? {
        let found = if number == VULNERABILITY {
            vulnerabilities(event, &info, &subject)?
        } else {
            vec![plain(event, &info, &subject)?]
        };
        match verdict {
            Verdict::InOrder => batch.in_order.extend(found.into_iter().map(|found| (found.rule, found.subject))),
            Verdict::Fails => batch.take(Ok(found)),
            Verdict::Perhaps => {
                let found = found.into_iter().map(|found| ExternalFinding { severity: Severity::Info, ..found });
                batch.take(Ok(found));
            }
        }
    }
    Ok(())
}

/// Whether a finding stands, or was resolved.
fn stands(event: &At<'_>) -> Result<Verdict, Refusal> {
    let id = |key: &str| event.get(key).map(|id| id.count()).transpose();
    if id("status_id")? == Some(4) || id("activity_id")? == Some(3) {
        return Ok(Verdict::InOrder);
    }
    // Some tools write results of checks as detections.
    let code = event.get("status_code").map(|code| code.text()).transpose()?;
    Ok(code.and_then(of_word).unwrap_or(Verdict::Fails))
}

/// What the result of a compliance check is.
fn complies(event: &At<'_>) -> Result<Verdict, Refusal> {
    if let Verdict::InOrder = stands(event)? {
        return Ok(Verdict::InOrder);
    }
    let compliance = event.need("compliance")?;
    match compliance.get("status_id").map(|id| id.count()).transpose()? {
        Some(1) => return Ok(Verdict::InOrder),
        Some(2) => return Ok(Verdict::Perhaps),
        Some(3) => return Ok(Verdict::Fails),
        _ => {}
    }
    let words = [compliance.get("status"), compliance.get("status_code"), event.get("status_code")];
    let verdict = words.into_iter().flatten().find_map(|word| of_word(word.text().ok()?));
    verdict.ok_or_else(|| compliance.refusal("it does not say whether it is met"))
}

fn of_word(word: &str) -> Option<Verdict> {
    Some(match word.to_ascii_uppercase().as_str() {
        "PASS" | "PASSED" => Verdict::InOrder,
        "FAIL" | "FAILED" => Verdict::Fails,
        "WARNING" | "MANUAL" => Verdict::Perhaps,
        _ => return None,
    })
}

fn plain(event: &At<'_>, info: &At<'_>, subject: &Subject) -> Result<ExternalFinding, Refusal> {
    // An id of the rule first: that of the finding itself may be another in every run.
    let analytic = info.get("analytic").map(|analytic| analytic.filled("uid")).transpose()?.flatten();
    let code = event.get("metadata").map(|metadata| metadata.filled("event_code")).transpose()?.flatten();
    let rule = match analytic.or(code) {
        Some(rule) => rule,
        None => info.need("uid")?.name()?,
    };
    let title = info.prose_of("title")?;
    let text = [event.prose_of("status_detail")?, event.prose_of("message")?, info.prose_of("desc")?];
    let text = text.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    Ok(ExternalFinding { rule, title, severity: graded(event)?, subject: subject.clone(), text, location: None })
}

fn vulnerabilities(event: &At<'_>, info: &At<'_>, subject: &Subject) -> Result<Vec<ExternalFinding>, Refusal> {
    let mut found = Vec::new();
    for at in event.need("vulnerabilities")?.list()? {
        at.object()?;
        let uid = |key: &str| at.get(key).map(|named| named.filled("uid")).transpose().map(Option::flatten);
        let rule = match uid("cve")?.or(uid("advisory")?).or(uid("cwe")?) {
            Some(rule) => rule,
            None => info.need("uid")?.name()?,
        };
        let title = at.prose_of("title")?;
        let title = if title.is_empty() { info.prose_of("title")? } else { title };
        let word = at.get("severity").map(|word| word.text()).transpose()?.and_then(severity);
        let severity = word.map_or_else(|| graded(event), Ok)?;
        let packages = at.list_of("affected_packages")?;
        let new = |key, text, location| ExternalFinding {
            rule: rule.clone(),
            title: title.clone(),
            severity,
            subject: Subject { key, ..subject.clone() },
            text,
            location,
        };
        if packages.is_empty() {
            found.push(new(subject.key.clone(), at.prose_of("desc")?, None));
        }
        for package in packages {
            let name = package.need("name")?.name()?;
            let (installed, fixed) = (package.prose_of("version")?, package.prose_of("fixed_in_version")?);
            let fixed = if fixed.is_empty() { fixed } else { format!(" → {fixed}") };
            let text = format!("{name} {installed}{fixed}");
            found.push(new(Some(name), text, package.filled("path")?));
        }
    }
    Ok(found)
}

fn subjects(event: &At<'_>, tool: &str) -> Result<Vec<Subject>, Refusal> {
    let mut resources = event.list_of("resources")?;
    resources.extend(event.get("resource"));
    let mut subjects = Vec::new();
    for resource in resources {
        let kind = resource.object()?.filled("type")?.unwrap_or_else(|| "Resource".into());
        let (name, uid) = (resource.filled("name")?, resource.filled("uid")?);
        let name = name.or(uid).ok_or_else(|| resource.refusal("it has neither `name` nor `uid`"))?;
        subjects.push(Subject { kind, namespace: resource.filled("namespace")?, name, key: None });
    }
    if subjects.is_empty() {
        subjects.push(Subject { kind: "Tool".into(), namespace: None, name: tool.to_owned(), key: None });
    }
    Ok(subjects)
}

/// `severity_id`, or the word where there is none.
fn graded(event: &At<'_>) -> Result<Severity, Refusal> {
    let Some(id) = event.get("severity_id") else {
        let word = event.get("severity").map(|word| word.text()).transpose()?;
        return Ok(word.and_then(severity).unwrap_or(Severity::Unknown));
    };
    Ok(match id.count()? {
        0 | 99 => Severity::Unknown,
        1 => Severity::Info,
        2 => Severity::Low,
        3 => Severity::Medium,
        4 => Severity::High,
        5 | 6 => Severity::Critical,
        _ => return Err(id.refusal("it is no severity of OCSF")),
    })
}
