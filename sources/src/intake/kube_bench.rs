//! The JSON of kube-bench (`kube-bench run --json`, also with `--nototals`), and the reports that Starboard made of it.
//!
//! Shape: `check/controls.go` and `check/check.go` of kube-bench. Logs have lines before the JSON, and several
//! documents where several targets were examined. What a test saw (`actual_value`, `audit`) is never read: it may
//! hold whole command lines.

use super::external::{At, Batch, ExternalFinding, LONGEST_NAME, MOST_BYTES, Refusal, not_json};
use model::{finding::Subject, severity::Severity};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a run came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    /// The parts of the benchmark that were run.
    pub controls: Vec<Control>,
    /// What was not understood.
    pub refused: Vec<Refusal>,
    /// Figures that are not what the results come to.
    pub contradictions: Vec<Refusal>,
}

/// A part of a benchmark, as run on a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Control {
    /// As `4`.
    pub id: String,
    /// The benchmark and its version, as `cis-1.12`.
    pub version: String,
    /// As `master`, `node`, `etcd`, `policies`.
    pub node_type: String,
    /// Its tests.
    pub tests: Vec<Test>,
}

/// A test of a benchmark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Test {
    /// As `4.1.1`; it moves from version to version.
    pub number: String,
    /// What it asks.
    pub title: String,
    /// What to do where it fails.
    pub remediation: String,
    /// Its outcome.
    pub status: Status,
    /// Whether the benchmark counts it.
    pub scored: bool,
}

/// The outcome of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// In order.
    Pass,
    /// Not in order.
    Fail,
    /// A person must judge.
    Warn,
    /// It was skipped.
    Info,
}

impl Status {
    const ALL: [(Self, &'static str); 4] =
        [(Self::Pass, "pass"), (Self::Fail, "fail"), (Self::Warn, "warn"), (Self::Info, "info")];
}

impl Test {
    /// How bad a failure is: kube-bench itself does not say.
    pub const fn severity(&self) -> Severity {
        if self.scored { Severity::High } else { Severity::Medium }
    }
}

/// Reads the output of kube-bench, with whatever is written around it.
pub fn read(text: &str) -> Result<Results, Refusal> {
    let mut results = Results::default();
    for document in documents(text)? {
        results.add(&At::root(&document));
    }
    results.or_nothing()
}

/// Reads one document, as the `report` of a `CISKubeBenchReport`.
pub fn read_document(document: &Value) -> Result<Results, Refusal> {
    let mut results = Results::default();
    results.add(&At::root(document));
    results.or_nothing()
}

/// Reads what was pushed for a node, or for a cluster as a whole.
pub fn batch(body: &[u8], node: Option<&str>) -> Result<Batch, Refusal> {
    let whole = |problem: &str| Refusal { pointer: String::new(), problem: problem.into() };
    if body.len() > MOST_BYTES {
        return Err(whole(&format!("it is larger than {} MiB", MOST_BYTES >> 20)));
    }
    let text = std::str::from_utf8(body).map_err(|_| whole("it is not UTF-8"))?;
    let results = read(text)?;
    let mut batch = Batch { tool: "kube-bench".into(), ..Batch::default() };
    results.refused.into_iter().chain(results.contradictions).for_each(|refusal| batch.refuse(refusal));
    for control in &results.controls {
        batch.scope.insert(format!("{} {} {}", node.unwrap_or("*"), control.version, control.id));
        batch.take(Ok(control.tests.iter().filter_map(|test| finding(control, test, node))));
    }
    Ok(batch)
}

/// What fails, and what a person must judge; the latter is never in order by itself.
fn finding(control: &Control, test: &Test, node: Option<&str>) -> Option<ExternalFinding> {
    let severity = match test.status {
        Status::Fail => test.severity(),
        Status::Warn => Severity::Info,
        Status::Pass | Status::Info => return None,
    };
    let (kind, name) = node.map_or(("Cluster", "*"), |node| ("Node", node));
    Some(ExternalFinding {
        rule: format!("{} {}", control.version, test.number),
        title: test.title.clone(),
        severity,
        subject: Subject {
            kind: kind.into(),
            namespace: None,
            name: name.into(),
            key: Some(control.node_type.clone()),
        },
        text: test.remediation.clone(),
        location: None,
    })
}

/// The JSON documents in a text.
///
/// They begin with a line of their own. A line of noise may begin as one (`[INFO] …`), but is none from its first
/// line on; a document that breaks off further down is a document that is damaged, and what is left of it would
/// look like a smaller, better one.
fn documents(text: &str) -> Result<Vec<Value>, Refusal> {
    let mut found = Vec::new();
    let mut rest = text.trim_start_matches('\u{feff}');
    while let Some(start) = start_of_document(rest) {
        rest = &rest[start..];
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        match stream.next() {
            Some(Ok(document)) => {
                found.push(document);
                rest = &rest[stream.byte_offset()..];
            }
            Some(Err(error)) if error.is_eof() || error.line() > 1 || looks_like_results(rest) => {
                return Err(Refusal { pointer: String::new(), problem: not_json(&error) });
            }
            _ => rest = rest.split_once('\n').map_or("", |(_, rest)| rest),
        }
    }
    Ok(found)
}

/// Where a document may begin: at a line that begins as one does, or right at the end of another.
fn start_of_document(text: &str) -> Option<usize> {
    let trimmed = text.trim_start();
    if trimmed.starts_with(['{', '[']) {
        return Some(text.len() - trimmed.len());
    }
    let line = text.match_indices('\n').find(|(at, _)| text[at + 1..].trim_start_matches(' ').starts_with(['{', '[']));
    line.map(|(at, _)| at + 1)
}

/// Whether the first line names what results consist of.
fn looks_like_results(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    ["\"Controls\"", "\"tests\"", "\"test_number\"", "\"node_type\""].iter().any(|word| line.contains(word))
}

impl Results {
    /// A text without any results is none of kube-bench's.
    fn or_nothing(self) -> Result<Self, Refusal> {
        if self.controls.is_empty() && self.refused.is_empty() {
            return Err(Refusal { pointer: String::new(), problem: "it holds no results of kube-bench".into() });
        }
        Ok(self)
    }

    fn add(&mut self, document: &At<'_>) {
        let controls = document.get("Controls").or_else(|| document.get("sections"));
        let listed = match controls {
            Some(controls) => controls.list(),
            // Anything else is another tool's, in the same log.
            None if document.list().is_ok_and(|list| list.iter().any(|entry| entry.get("tests").is_some())) => {
                document.list()
            }
            None => return,
        };
        let controls = match listed {
            Ok(controls) => controls,
            Err(refusal) => return self.refused.push(refusal),
        };
        let mut sum = [0; 4];
        for control in controls {
            match self.control(&control) {
                Ok(control) => {
                    add_up(&mut sum, &control.tests);
                    self.controls.push(control);
                }
                Err(refusal) => self.refused.push(refusal),
            }
        }
        if let Some(totals) = document.get("Totals") {
            self.compare(&totals, sum, |word| format!("total_{word}"));
        }
        if let Some(totals) = document.get("summary") {
            self.compare(&totals, sum, |word| format!("{word}Count"));
        }
    }

    fn control(&mut self, at: &At<'_>) -> Result<Control, Refusal> {
        let mut tests = Vec::new();
        for group in at.need("tests")?.list()? {
            let before = tests.len();
            for result in group.need("results")?.list()? {
                match test(&result) {
                    Ok(test) => tests.push(test),
                    Err(refusal) => self.refused.push(refusal),
                }
            }
            let mut sum = [0; 4];
            add_up(&mut sum, &tests[before..]);
            self.compare(&group, sum, str::to_owned);
        }
        if tests.is_empty() {
            return Err(at.refusal("it holds no test, so that nothing was examined"));
        }
        let mut sum = [0; 4];
        add_up(&mut sum, &tests);
        self.compare(at, sum, |word| format!("total_{word}"));
        let (id, version) = (at.need("id")?.name()?, at.need("version")?.name()?);
        Ok(Control { id, version, node_type: at.filled("node_type")?.unwrap_or_default(), tests })
    }

    /// Compares figures, as far as they are given, with what the results come to.
    fn compare(&mut self, at: &At<'_>, sum: [u64; 4], key: impl Fn(&str) -> String) {
        for ((_, word), sum) in Status::ALL.iter().zip(sum) {
            let Some(figure) = at.get(&key(word)) else { continue };
            match figure.count() {
                Ok(given) if given == sum => {}
                Ok(_) => self.contradictions.push(figure.refusal("it is not what the results come to")),
                Err(refusal) => self.contradictions.push(refusal),
            }
        }
    }
}

fn add_up(sum: &mut [u64; 4], tests: &[Test]) {
    for test in tests {
        sum[test.status as usize] += 1;
    }
}

fn test(at: &At<'_>) -> Result<Test, Refusal> {
    let status = at.need("status")?;
    let word = status.text()?;
    let known = Status::ALL.iter().find(|(_, known)| known.eq_ignore_ascii_case(word));
    let (status, _) = known.ok_or_else(|| status.refusal("it is none of PASS, FAIL, WARN and INFO"))?;
    let title = at.prose_of("test_desc")?;
    Ok(Test {
        number: at.need("test_number")?.name()?,
        title: crate::error::clean(&title, LONGEST_NAME),
        remediation: at.prose_of("remediation")?,
        status: *status,
        scored: at.need("scored")?.flag()?,
    })
}
