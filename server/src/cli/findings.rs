//! `bevis findings list`, `show`, `ack` and `accept`.

use super::{
    Failure, Surroundings,
    client::{Client, Connection},
    table::{Cell, table},
};
use clap::{Args, Subcommand};
use model::{Instant, acceptance::EndsOn, ids::FindingId, labels::Selector};
use serde_json::{Value, json};
use std::fmt::Write;

/// Findings asked for at a time: as many as the API gives.
const PAGE: usize = 500;

/// What to do with findings.
#[derive(Args, Debug)]
pub struct FindingsCommand {
    #[command(flatten)]
    connection: Connection,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// List findings; without filters, all that fail now, the worst first.
    List(Box<List>),
    /// Show one finding with everything that happened to it.
    Show {
        /// Its id.
        id: FindingId,
        /// As it was then: RFC 3339 with its offset.
        #[arg(long)]
        as_of: Option<String>,
    },
    /// Acknowledge findings.
    Ack {
        /// Their ids.
        #[arg(required = true)]
        ids: Vec<FindingId>,
        /// Why; required.
        #[arg(long)]
        comment: String,
    },
    /// Ask that the risk of findings be accepted for a time; a security officer approves or rejects it.
    Accept(Box<Accept>),
}

/// A request a finding, all with the same words; or one for a check on everything that carries labels.
#[derive(Args, Debug)]
struct Accept {
    /// Their ids.
    #[arg(required_unless_present = "labels", conflicts_with = "labels")]
    ids: Vec<FindingId>,
    /// Instead of findings: labels of workloads and namespaces, as `environment in (test,dev),tier!=db`.
    #[arg(long, requires = "check")]
    labels: Option<Selector>,
    /// With labels: the check.
    #[arg(long, requires = "labels")]
    check: Option<String>,
    /// With labels: one cluster; all without.
    #[arg(long, requires = "labels")]
    cluster: Option<String>,
    /// Why the risk is taken; required.
    #[arg(long)]
    reason: String,
    /// What holds the risk down meanwhile; required.
    #[arg(long)]
    compensating_control: String,
    /// What risk remains.
    #[arg(long, default_value = "")]
    residual_risk: String,
    /// When it runs out: RFC 3339 with its offset.
    #[arg(long)]
    expires_at: Instant,
    /// On what it ends before: `fix_available`, `subject_changed`, `severity_rises`.
    #[arg(long, value_parser = ends_on)]
    ends_on: Vec<EndsOn>,
}

fn ends_on(text: &str) -> Result<EndsOn, String> {
    let known = || EndsOn::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(", ");
    text.parse().map_err(|_| format!("known are {}", known()))
}

/// Filters of the API, by the same names; those that may repeat, may repeat.
#[derive(Args, Debug)]
struct List {
    /// Clusters, by name.
    #[arg(long)]
    cluster: Vec<String>,
    /// Sources, as `trivy`.
    #[arg(long)]
    source: Vec<String>,
    /// Severities: critical, high, medium, low, info.
    #[arg(long)]
    severity: Vec<String>,
    /// States: open, acknowledged, accepted, `false_positive`, closed.
    #[arg(long)]
    state: Vec<String>,
    /// A control, as A.8.8.
    #[arg(long)]
    control: Option<String>,
    /// A check.
    #[arg(long)]
    check: Option<String>,
    /// Text in kind, namespace, name or key.
    #[arg(long)]
    text: Option<String>,
    /// Words, each in the subject or in the title of the check; the best match first.
    #[arg(long)]
    q: Option<String>,
    /// The order: severity, newest, oldest.
    #[arg(long)]
    sort: Option<String>,
    /// As it was then: RFC 3339 with its offset.
    #[arg(long)]
    as_of: Option<String>,
    /// Findings at most; all without.
    #[arg(long)]
    limit: Option<usize>,
}

pub(super) async fn run(command: FindingsCommand, surroundings: &Surroundings) -> Result<String, Failure> {
    let FindingsCommand { connection, what } = command;
    let client = Client::new(&connection, surroundings)?;
    let (json, colour) = (connection.json, surroundings.colour);
    match what {
        What::List(asked) => {
            let (as_of, rows) = list(&client, &asked).await?;
            if json { pretty(&json!({ "as_of": as_of, "findings": rows })) } else { Ok(listed(&rows, colour)) }
        }
        What::Show { id, as_of } => {
            let query: Vec<_> = as_of.map(|at| ("as_of".to_owned(), at)).into_iter().collect();
            let finding = client.get(&format!("/api/v1/findings/{id}"), &query).await?;
            if json { pretty(&finding) } else { Ok(shown(&finding, colour)) }
        }
        What::Ack { ids, comment } => {
            let body = json!({ "kind": "acknowledge", "findings": ids, "comment": comment });
            let decided = client.post("/api/v1/decisions", &body).await?;
            let text = || format!("Acknowledged: {} (decision {}).\n", ids.len(), word(&decided["decision"]));
            if json { pretty(&decided) } else { Ok(text()) }
        }
        What::Accept(asked) => {
            let requests = accept(&client, &asked).await?;
            if json { pretty(&json!({ "acceptances": requests })) } else { Ok(requested(&requests)) }
        }
    }
}

/// One request after the other, and the first refusal ends it: what was asked before it stays asked, and is said.
async fn accept(client: &Client, asked: &Accept) -> Result<Vec<Value>, Failure> {
    let mut about: Vec<(Value, Value)> = asked
        .ids
        .iter()
        .map(|finding| (json!({ "finding": finding }), json!({ "scope": "finding", "finding": finding })))
        .collect();
    about.extend(asked.labels.as_ref().map(|selector| {
        let (check, cluster) = (&asked.check, &asked.cluster);
        let scope = json!({ "scope": "labels", "check": check, "cluster": cluster, "selector": selector });
        (json!({ "selector": selector }), scope)
    }));
    let mut requests = Vec::with_capacity(about.len());
    for (what, scope) in about {
        let body = json!({
            "about": scope,
            "reason": asked.reason,
            "compensating_control": asked.compensating_control,
            "residual_risk": asked.residual_risk,
            "expires_at": asked.expires_at,
            "ends_on": asked.ends_on,
        });
        match client.post("/api/v1/acceptances", &body).await {
            Ok(answer) => {
                let mut request = what;
                request["acceptance"] = answer["acceptance"].clone();
                requests.push(request);
            }
            Err(failure) => return Err(failure.after(&requested(&requests))),
        }
    }
    Ok(requests)
}

fn requested(requests: &[Value]) -> String {
    let line = |one: &Value| {
        let about = one.get("finding").or_else(|| one.get("selector")).map(word).unwrap_or_default();
        format!("Asked for {about}: acceptance {}.\n", word(&one["acceptance"]))
    };
    requests.iter().map(line).collect()
}

/// Follows the pages, all at the instant of the first.
async fn list(client: &Client, asked: &List) -> Result<(Value, Vec<Value>), Failure> {
    let many = [
        ("cluster", &asked.cluster),
        ("source", &asked.source),
        ("severity", &asked.severity),
        ("state", &asked.state),
    ];
    let one = [
        ("control", &asked.control),
        ("check", &asked.check),
        ("text", &asked.text),
        ("q", &asked.q),
        ("sort", &asked.sort),
    ];
    let mut filter: Vec<(String, String)> = many
        .into_iter()
        .flat_map(|(name, values)| values.iter().map(move |value| (name.to_owned(), value.clone())))
        .collect();
    filter.extend(one.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))));
    let (mut as_of, mut cursor, mut rows) = (asked.as_of.clone().map(Value::from), None::<String>, Vec::new());
    let most = asked.limit.unwrap_or(usize::MAX);
    loop {
        let wanted = most.saturating_sub(rows.len()).clamp(1, PAGE);
        let mut query = filter.clone();
        query.push(("limit".into(), wanted.to_string()));
        query.extend(as_of.as_ref().and_then(Value::as_str).map(|at| ("as_of".to_owned(), at.to_owned())));
        query.extend(cursor.take().map(|cursor| ("cursor".to_owned(), cursor)));
        let mut page = client.get("/api/v1/findings", &query).await?;
        if let Value::Array(found) = page["rows"].take() {
            rows.extend(found);
        }
        as_of = Some(page["as_of"].take());
        cursor = page["next"].as_str().map(ToOwned::to_owned);
        if cursor.is_none() || rows.len() >= most {
            rows.truncate(most);
            return Ok((as_of.unwrap_or_default(), rows));
        }
    }
}

fn listed(rows: &[Value], colour: bool) -> String {
    if rows.is_empty() {
        return "No finding matches.\n".into();
    }
    let row = |row: &Value| {
        let severity = word(&row["severity"]);
        vec![
            Cell::new(severity).coloured(colour_of(severity)),
            Cell::new(word(&row["state"])),
            Cell::new(word(&row["cluster"]["name"])),
            Cell::new(word(&row["check"])),
            Cell::new(&subject(&row["subject"])),
            Cell::new(&minute(&row["opened_at"])),
            Cell::new(word(&row["id"])),
        ]
    };
    let headings = ["SEVERITY", "STATE", "CLUSTER", "CHECK", "SUBJECT", "OPENED", "ID"];
    table(&headings, &rows.iter().map(row).collect::<Vec<_>>(), colour)
}

fn shown(finding: &Value, colour: bool) -> String {
    let row = &finding["row"];
    let controls: Vec<&str> = finding["controls"].as_array().into_iter().flatten().map(word).collect();
    let severity = word(&row["severity"]);
    let facts = [
        ("id", Cell::new(word(&row["id"]))),
        ("severity", Cell::new(severity).coloured(colour_of(severity))),
        ("state", Cell::new(word(&row["state"]))),
        ("cluster", Cell::new(word(&row["cluster"]["name"]))),
        ("source", Cell::new(word(&row["source"]))),
        ("check", Cell::new(word(&row["check"]))),
        ("fault", Cell::new(word(&row["fault"]))),
        ("subject", Cell::new(&subject(&row["subject"]))),
        ("controls", Cell::new(&controls.join(", "))),
        ("first seen", Cell::new(&minute(&finding["first_seen_at"]))),
        ("opened", Cell::new(&minute(&row["opened_at"]))),
    ];
    let facts: Vec<Vec<Cell>> = facts.into_iter().map(|(name, cell)| vec![Cell::new(name), cell]).collect();
    let mut text = table(&["FINDING", ""], &facts, colour);
    let event = |entry: &Value| {
        let event = &entry["event"];
        let by = [word(&event["by"]), word(&event["comment"])].join(" ");
        let what = [word(&event["event"]), word(&event["kind"])].join(" ");
        vec![Cell::new(&minute(&entry["at"])), Cell::new(what.trim()), Cell::new(by.trim())]
    };
    let timeline: Vec<Vec<Cell>> = finding["timeline"].as_array().into_iter().flatten().map(event).collect();
    // Writing to a String cannot fail.
    let _always_fits = write!(text, "\n{}", table(&["WHEN", "WHAT", "BY"], &timeline, colour));
    text
}

fn pretty(value: &Value) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::Failed(error.to_string()))?;
    Ok(text + "\n")
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// An instant of the API to the minute, in UTC as it comes.
fn minute(value: &Value) -> String {
    let text = word(value);
    text.get(..16).map_or_else(|| text.to_owned(), |minute| format!("{}Z", minute.replace('T', " ")))
}

fn subject(value: &Value) -> String {
    let parts = ["kind", "namespace", "name", "key"].map(|part| word(&value[part]));
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}

/// Red, magenta, yellow, blue.
fn colour_of(severity: &str) -> Option<u8> {
    match severity {
        "critical" => Some(31),
        "high" => Some(35),
        "medium" => Some(33),
        "low" => Some(34),
        _ => None,
    }
}
