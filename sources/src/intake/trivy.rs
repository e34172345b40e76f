//! The JSON of Trivy itself: `trivy image|fs|repo --format json` (schema 2), and `trivy k8s --report all --format json`.
//!
//! What was found of a secret (`Match`, `Code`) is never read.

use super::external::{At, Batch, ExternalFinding, Refusal, json, severity};
use crate::error::clean;
use model::{finding::Subject, severity::Severity};

/// Reads one entry of a list, about a subject, in a file of it.
type Reads = fn(&At<'_>, &Subject, &str) -> Result<Option<ExternalFinding>, Refusal>;

/// Reads what was pushed.
pub fn batch(body: &[u8]) -> Result<Batch, Refusal> {
    let document = json(body)?;
    let root = At::root(&document);
    let mut batch = Batch { tool: "Trivy".into(), ..Batch::default() };
    if let Some(name) = root.get("ArtifactName") {
        // Whatever else has a name and no results is no image in which nothing was found.
        root.need("SchemaVersion")?;
        let subject = plain("Image", None, name.name()?);
        batch.scope.insert(words(&subject));
        // An image in which there is nothing to look at has no results.
        results(&mut batch, &root, &subject);
        return Ok(batch);
    }
    let lists = ["Resources", "Findings", "Vulnerabilities", "Misconfigurations"];
    let lists: Vec<At<'_>> = lists.iter().filter_map(|key| root.get(key)).collect();
    if root.get("ClusterName").is_none() && lists.is_empty() {
        return Err(root.refusal("it is no result of Trivy: neither `ArtifactName` nor `Resources` is there"));
    }
    for list in lists {
        for resource in list.list()? {
            if let Err(refusal) = of_resource(&mut batch, &resource) {
                batch.refuse(refusal);
            }
        }
    }
    Ok(batch)
}

fn of_resource(batch: &mut Batch, resource: &At<'_>) -> Result<(), Refusal> {
    let (kind, name) = (resource.need("Kind")?.name()?, resource.need("Name")?.name()?);
    let subject = plain(&kind, resource.filled("Namespace")?, name);
    if let Some(error) = resource.get("Error").filter(|error| error.text() != Ok("")) {
        return Err(error.refusal("Trivy could not scan it"));
    }
    batch.scope.insert(words(&subject));
    results(batch, resource, &subject);
    Ok(())
}

fn results(batch: &mut Batch, at: &At<'_>, subject: &Subject) {
    let results = at.list_of("Results").unwrap_or_else(|refusal| {
        batch.refuse(refusal);
        Vec::new()
    });
    for result in results {
        // The file, or the image itself.
        let target = match result.need("Target").and_then(|target| target.prose()) {
            Ok(target) => target,
            Err(refusal) => {
                batch.refuse(refusal);
                continue;
            }
        };
        let kinds: [(&str, Reads); 3] =
            [("Vulnerabilities", vulnerability), ("Misconfigurations", misconfiguration), ("Secrets", secret)];
        for (key, read) in kinds {
            match result.list_of(key) {
                Ok(entries) => entries.iter().for_each(|entry| batch.take(read(entry, subject, &target))),
                Err(refusal) => batch.refuse(refusal),
            }
        }
    }
}

fn vulnerability(at: &At<'_>, subject: &Subject, target: &str) -> Result<Option<ExternalFinding>, Refusal> {
    let package = at.need("PkgName")?.name()?;
    let installed = at.prose_of("InstalledVersion")?;
    let fixed = at.prose_of("FixedVersion")?;
    let path = at.prose_of("PkgPath")?;
    let text =
        if fixed.is_empty() { format!("{package} {installed}") } else { format!("{package} {installed} → {fixed}") };
    Ok(Some(ExternalFinding {
        rule: at.need("VulnerabilityID")?.name()?,
        title: at.prose_of("Title")?,
        severity: graded(at)?,
        subject: Subject { key: Some(package), ..subject.clone() },
        text,
        location: Some(if path.is_empty() { target.to_owned() } else { path }).filter(|place| !place.is_empty()),
    }))
}

fn misconfiguration(at: &At<'_>, subject: &Subject, target: &str) -> Result<Option<ExternalFinding>, Refusal> {
    let status = at.need("Status")?;
    match status.text()? {
        "PASS" | "EXCEPTION" => return Ok(None),
        "FAIL" => {}
        _ => return Err(status.refusal("it is none of PASS, FAIL and EXCEPTION")),
    }
    let id = at.need("ID")?.name()?;
    Ok(Some(ExternalFinding {
        rule: crate::objects::trivy::normal(&id).into(),
        title: at.prose_of("Title")?,
        severity: graded(at)?,
        subject: subject.clone(),
        text: at.prose_of("Message")?,
        location: Some(target.to_owned()).filter(|place| !place.is_empty()),
    }))
}

fn secret(at: &At<'_>, subject: &Subject, target: &str) -> Result<Option<ExternalFinding>, Refusal> {
    let line = at.get("StartLine").map(|line| line.count()).transpose()?.filter(|line| *line > 0);
    let place = line.map_or_else(|| target.to_owned(), |line| format!("{target}:{line}"));
    let title = at.prose_of("Title")?;
    Ok(Some(ExternalFinding {
        rule: at.need("RuleID")?.name()?,
        text: title.clone(),
        title,
        severity: graded(at)?,
        // The line moves with every change of the file, the file does not.
        subject: Subject { key: Some(clean(target, 300)).filter(|key| !key.is_empty()), ..subject.clone() },
        location: Some(place).filter(|place| !place.is_empty()),
    }))
}

fn graded(at: &At<'_>) -> Result<Severity, Refusal> {
    let word = at.need("Severity")?;
    severity(word.text()?).ok_or_else(|| word.refusal("it is no severity of Trivy"))
}

fn plain(kind: &str, namespace: Option<String>, name: String) -> Subject {
    Subject { kind: kind.into(), namespace, name, key: None }
}

fn words(subject: &Subject) -> String {
    subject.to_string()
}
