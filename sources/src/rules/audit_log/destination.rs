//! Where logs are sent, as operators' resources or the organisation itself tell it.

use super::{DESTINATION, Forwarder, Input};
use crate::{
    listed::Listed,
    objects::{
        logging::{Address, ForwarderOutput, Hosts, LogForwarder, Output, Said, Setting, Tls, TlsSettings},
        meta::Condition,
    },
    policy::Policy,
    request::LOG_FORWARDERS,
    rules::verdict::{Judge, Sentence, fault, names, reason, subject},
};
use model::{evaluation::Outcome, finding::Subject, scan::Coverage};
use std::net::IpAddr;

const WITHIN: Sentence = fault(DESTINATION, "within", &[]);
const INSECURE: Sentence = fault(DESTINATION, "insecure", &[]);
const REFUSED: Sentence = fault(DESTINATION, "refused", &[]);
const DECLARED_WITHIN: Sentence = fault(DESTINATION, "declared_within", &["destination"]);
const DECLARED_INSECURE: Sentence = fault(DESTINATION, "declared_insecure", &["destination"]);
const DECLARED: Sentence = reason(DESTINATION, "declared", &["destination"]);
const UNKNOWN: Sentence = reason(DESTINATION, "unknown", &["outputs"]);
const UNDECLARED: Sentence = reason(DESTINATION, "undeclared", &["forwarders"]);
const NONE: Sentence = reason(DESTINATION, "none", &[]);

pub(super) const SENTENCES: &[Sentence] =
    &[WITHIN, INSECURE, REFUSED, DECLARED_WITHIN, DECLARED_INSECURE, DECLARED, UNKNOWN, UNDECLARED, NONE];

/// What is known of a destination; the worst of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sent {
    /// Out of the cluster, over TLS.
    Safely,
    /// It is not said, or not in a way that is understood.
    Unknown,
    /// To something in the cluster, or nowhere.
    Within,
    /// Out of the cluster without TLS, or without checking who receives.
    Insecurely,
}

/// `log.shipping_destination`: what operators send goes out of the cluster, over TLS.
pub(super) fn destination(input: &Input, forwarders: &[Forwarder<'_>], policy: &Policy) -> Judge {
    let mut judge = Judge::of(DESTINATION);
    for (resource, list) in input.outputs.iter().filter(|(_, list)| is_there(list)) {
        judge = judge.needs(resource, list);
    }
    if let Some(list) = input.forwarders.as_ref().filter(|list| is_there(list)) {
        judge = judge.needs(&LOG_FORWARDERS, list);
    }
    let found = destinations(input, &mut judge);
    let leaves = found.iter().any(|(_, sent)| matches!(sent, Sent::Safely | Sent::Insecurely));
    let declared = policy.log_destination.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let mut unknown = Vec::new();
    for (subject, sent) in &found {
        judge.examine();
        match sent {
            Sent::Safely => {}
            Sent::Insecurely => judge.fail(&INSECURE, subject.clone(), []),
            // What is sent to an aggregator here may be sent on from there.
            Sent::Within if leaves || declared.is_some() => unknown.push(subject.name.as_str()),
            Sent::Within => judge.fail(&WITHIN, subject.clone(), []),
            Sent::Unknown => unknown.push(subject.name.as_str()),
        }
    }
    let unseen: Vec<&str> = forwarders.iter().filter(|of| !is_operated(of)).map(|of| of.set.metadata.name()).collect();
    let is_told = !found.is_empty() && unknown.is_empty() && unseen.is_empty();
    if let Some(declared) = declared {
        judge_declared(&mut judge, declared, is_told);
    } else if !unknown.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &UNKNOWN, [("outputs", names(unknown))]);
    } else if !unseen.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &UNDECLARED, [("forwarders", names(unseen))]);
    } else if found.is_empty() {
        judge.otherwise(Outcome::NotEvaluated, &NONE, []);
    }
    judge
}

fn is_there<T>(list: &Listed<T>) -> bool {
    list.read.coverage != Coverage::Absent
}

/// What operators make their forwarders from; those send where the operators' outputs say.
const OPERATORS: &[&str] = &["ClusterLogForwarder", "FluentBit", "FluentbitAgent", "Logging", "NodeAgent"];

fn is_operated(forwarder: &Forwarder<'_>) -> bool {
    let owners = forwarder.set.metadata.owner_references.iter().flatten();
    owners.filter_map(|owner| owner.kind.as_deref()).any(|kind| OPERATORS.contains(&kind))
}

/// What is declared can be refuted, and never proved; it is not needed where resources tell everything.
fn judge_declared(judge: &mut Judge, declared: &str, is_told: bool) {
    judge.examine();
    let subject = subject("Policy", None, "log_destination");
    // An address may hold a password.
    let shown = shown(declared);
    match of_url(declared, None) {
        Sent::Within => judge.fail(&DECLARED_WITHIN, subject, [("destination", shown)]),
        Sent::Insecurely => judge.fail(&DECLARED_INSECURE, subject, [("destination", shown)]),
        Sent::Safely | Sent::Unknown if is_told => {}
        Sent::Safely | Sent::Unknown => {
            judge.otherwise(Outcome::NeedsReview, &DECLARED, [("destination", shown)]);
        }
    }
}

fn shown(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").map_or(("", address), |(scheme, rest)| (scheme, rest));
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let rest = rest[..end].rsplit('@').next().unwrap_or_default();
    if scheme.is_empty() { rest.to_owned() } else { format!("{scheme}://{rest}") }
}

fn destinations(input: &Input, judge: &mut Judge) -> Vec<(Subject, Sent)> {
    let mut found = Vec::new();
    for (resource, list) in &input.outputs {
        let kind = if resource.plural == "outputs" { "Output" } else { "ClusterOutput" };
        for output in &list.items {
            let subject = Subject {
                key: Some(resource.group.into()),
                ..subject(kind, output.metadata.namespace.as_deref(), output.metadata.name())
            };
            if is_refused(output) {
                judge.examine();
                judge.fail(&REFUSED, subject, []);
            } else if is_used(output) {
                found.push((subject, of_output(output)));
            }
        }
    }
    for forwarder in input.forwarders.iter().flat_map(|list| &list.items) {
        let named = |key: Option<String>| Subject {
            key,
            ..subject("ClusterLogForwarder", forwarder.metadata.namespace.as_deref(), forwarder.metadata.name())
        };
        if !is_ready(forwarder) {
            judge.examine();
            judge.fail(&REFUSED, named(None), []);
            continue;
        }
        let outputs = forwarder.spec.outputs.iter().flatten().filter(|output| receives(forwarder, output));
        found.extend(outputs.map(|output| (named(output.name.clone()), of_forwarder(output))));
    }
    found
}

fn is_refused(output: &Output) -> bool {
    let problems = output.status.as_ref().and_then(|status| status.problems.as_ref());
    problems.is_some_and(|problems| !problems.is_empty())
}

fn is_used(output: &Output) -> bool {
    output.status.as_ref().and_then(|status| status.active) != Some(false)
}

fn is_ready(forwarder: &LogForwarder) -> bool {
    let conditions = forwarder.status.as_ref().and_then(|status| status.conditions.as_ref());
    let ready = |condition: &&Condition| condition.kind.as_deref() == Some("Ready");
    let ready = conditions.into_iter().flatten().find(ready);
    ready.is_some_and(|ready| ready.status.as_deref() == Some("True"))
}

fn receives(forwarder: &LogForwarder, output: &ForwarderOutput) -> bool {
    let pipelines = forwarder.spec.pipelines.iter().flatten();
    let refs = pipelines.flat_map(|pipeline| pipeline.output_refs.iter().flatten());
    let mut refs = refs.map(String::as_str);
    refs.any(|name| Some(name) == output.name.as_deref())
}

/// Services of providers: their addresses are known to the plugin, and reached over TLS.
const SERVICES: &[&str] = &[
    "awsElasticsearch",
    "azureBlob",
    "azureMonitor",
    "azurestorage",
    "cloudWatch",
    "cloudwatch",
    "datadog",
    "firehose",
    "gcs",
    "googleCloudLogging",
    "kinesis",
    "kinesisFirehose",
    "kinesisStream",
    "logdna",
    "newrelic",
    "s3",
    "stackdriver",
    "sumologic",
];
/// Servers that somebody runs.
const SERVERS: &[&str] = &[
    "elasticsearch",
    "es",
    "forward",
    "gelf",
    "http",
    "influxDB",
    "kafka",
    "loki",
    "opensearch",
    "opentelemetry",
    "otlp",
    "redis",
    "splunk",
    "splunkHec",
    "syslog",
    "tcp",
];
/// Nothing leaves the cluster by these.
const WITHIN_CLUSTER: &[&str] = &["file", "lokiStack", "null", "nullout", "stdout"];

fn of_output(output: &Output) -> Sent {
    let settings = output.spec.iter().flatten();
    of_plugins(settings, None)
}

fn of_forwarder(output: &ForwarderOutput) -> Sent {
    of_plugins(&output.settings, output.tls.as_ref())
}

fn of_plugins<'a>(settings: impl IntoIterator<Item = (&'a String, &'a Setting)>, tls: Option<&TlsSettings>) -> Sent {
    let plugins = settings.into_iter().filter_map(|(name, setting)| {
        let name = name.as_str();
        if WITHIN_CLUSTER.contains(&name) {
            return Some(Sent::Within);
        }
        let is_service = SERVICES.contains(&name);
        (is_service || SERVERS.contains(&name)).then(|| match setting {
            Setting::Plugin(address) => of_address(address, tls, is_service),
            Setting::Other(_) => Sent::Unknown,
        })
    });
    plugins.max().unwrap_or(Sent::Unknown)
}

fn of_address(address: &Address, tls: Option<&TlsSettings>, is_service: bool) -> Sent {
    let secure = secure(address, tls);
    let listed = match address.hosts.value() {
        Some(Hosts::Text(text)) => text.split(',').map(str::trim).collect(),
        Some(Hosts::List(list)) => list.iter().map(|text| text.trim()).collect(),
        None => Vec::new(),
    };
    let servers = address.servers.value().into_iter().flatten();
    let places = [&address.host, &address.url]
        .into_iter()
        .filter_map(|said| said.value().map(String::as_str))
        .chain(listed)
        .chain(servers.map(|server| server.host.as_deref().unwrap_or_default()))
        .map(|place| of_url(place, secure));
    let unclear = address.is_unclear().then_some(Sent::Unknown);
    match places.chain(unclear).max() {
        Some(worst) => worst,
        None if is_service && secure != Some(false) => Sent::Safely,
        None => Sent::Unknown,
    }
}

/// Whether TLS is used and the receiver checked; `None` where it is not said.
fn secure(address: &Address, tls: Option<&TlsSettings>) -> Option<bool> {
    let unchecked = |tls: &TlsSettings| tls.verify == Some(false) || tls.insecure_skip_verify == Some(true);
    let own = match address.tls.value() {
        Some(Tls::Settings(settings)) => Some(settings),
        _ => tls,
    };
    if own.is_some_and(unchecked) || address.ssl_verify.value() == Some(&false) {
        return Some(false);
    }
    let word = |said: &Said<String>| match said.value().map(|word| word.to_ascii_lowercase()).as_deref() {
        Some("https" | "tls" | "ssl") => Some(true),
        Some("http" | "tcp" | "udp") => Some(false),
        _ => None,
    };
    let switch = match address.tls.value() {
        Some(Tls::Switch(on)) => Some(*on),
        Some(Tls::Settings(_)) => Some(true),
        None => None,
    };
    switch.or_else(|| word(&address.scheme)).or_else(|| word(&address.transport))
}

/// A host, or an address with its protocol; `secure` where that is said beside it.
fn of_url(place: &str, secure: Option<bool>) -> Sent {
    let (scheme, rest) = place.split_once("://").map_or((None, place), |(scheme, rest)| (Some(scheme), rest));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host(authority.rsplit('@').next().unwrap_or_default()).to_ascii_lowercase();
    let scheme = scheme.map(str::to_ascii_lowercase);
    let by_scheme = match scheme.as_deref() {
        // Stores of providers, whose names are no hosts.
        Some("s3" | "gs" | "azblob") => return if host.is_empty() { Sent::Unknown } else { Sent::Safely },
        Some("https" | "tls" | "ssl" | "syslogs") => Some(true),
        Some("http" | "tcp" | "udp" | "syslog") => Some(false),
        _ => None,
    };
    let secure = if secure == Some(false) { secure } else { by_scheme.or(secure) };
    match (is_within(&host), secure) {
        (Some(true), _) => Sent::Within,
        (Some(false), Some(true)) => Sent::Safely,
        (Some(false), Some(false)) => Sent::Insecurely,
        (None, _) | (_, None) => Sent::Unknown,
    }
}

/// The host without its port.
fn host(authority: &str) -> &str {
    if let Some(rest) = authority.strip_prefix('[') {
        return rest.split(']').next().unwrap_or_default();
    }
    match authority.split_once(':') {
        // More than one colon is an address of its own.
        Some((host, port)) if !port.contains(':') => host,
        _ => authority,
    }
}

/// Whether a host is in the cluster; `None` where its name does not tell.
fn is_within(host: &str) -> Option<bool> {
    let host = host.trim_end_matches('.');
    if let Ok(address) = host.parse::<IpAddr>() {
        // An address of a private network may be a Service, or a machine beside the cluster.
        return match address {
            _ if address.is_loopback() => Some(true),
            IpAddr::V4(v4) if v4.is_private() || v4.is_link_local() => None,
            IpAddr::V6(v6) if (v6.segments()[0] & 0xfe00) == 0xfc00 || (v6.segments()[0] & 0xffc0) == 0xfe80 => None,
            _ if address.is_unspecified() => None,
            _ => Some(false),
        };
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let labels: Vec<&str> = host.split('.').collect();
    if host.is_empty() || !host.chars().all(is_name) {
        return None;
    }
    match labels.as_slice() {
        [_] | [.., "local" | "svc" | "localhost"] => Some(true),
        _ if labels.contains(&"svc") => Some(true),
        // `service.namespace` looks like a domain.
        [_, _] => None,
        _ => Some(false),
    }
}

#[cfg(test)]
mod tests {
    use super::{Sent, Setting, of_plugins, of_url, shown};
    use std::collections::BTreeMap;

    #[test]
    fn hosts_are_told_apart() {
        for (place, expected) in [
            ("https://logs.example.org", Sent::Safely),
            ("https://user:secret@logs.example.org:9200/x", Sent::Safely),
            ("http://logs.example.org", Sent::Insecurely),
            ("https://loki.monitoring.svc", Sent::Within),
            ("http://loki.monitoring.svc.cluster.local:3100/loki", Sent::Within),
            ("https://localhost:9200", Sent::Within),
            ("https://[::1]:9200", Sent::Within),
            ("127.0.0.1:24224", Sent::Within),
            ("elasticsearch", Sent::Within),
            ("https://10.0.0.7", Sent::Unknown),
            ("https://192.0.2.7:443", Sent::Safely),
            ("https://loki.monitoring", Sent::Unknown),
            ("logs.example.org:9200", Sent::Unknown),
            ("https://${LOG_HOST}", Sent::Unknown),
            ("s3://audit-logs/prod", Sent::Safely),
            ("s3://", Sent::Unknown),
            ("", Sent::Unknown),
            ("https://", Sent::Unknown),
            ("https://[", Sent::Unknown),
        ] {
            assert_eq!(of_url(place, None), expected, "{place}");
        }
        assert_eq!(of_url("https://logs.example.org", Some(false)), Sent::Insecurely);
    }

    #[test]
    fn plugins_are_judged_by_what_they_say() {
        for (settings, expected) in [
            (r#"{"s3": {"s3_bucket": "audit", "s3_region": "eu-north-1"}}"#, Sent::Safely),
            (r#"{"s3": {"s3_bucket": "audit", "s3_endpoint": "http://minio.example.org.:9000"}}"#, Sent::Insecurely),
            (r#"{"s3": {"s3_bucket": "audit", "s3_endpoint": "https://minio.minio.svc:9000"}}"#, Sent::Within),
            (r#"{"elasticsearch": {"host": "es.example.org", "scheme": "https"}}"#, Sent::Safely),
            (
                r#"{"elasticsearch": {"host": "es.example.org", "scheme": "https", "ssl_verify": false}}"#,
                Sent::Insecurely,
            ),
            (r#"{"elasticsearch": {"host": "es.example.org"}}"#, Sent::Unknown),
            (r#"{"es": {"host": "es.example.org", "tls": {"verify": true}}, "match": "*"}"#, Sent::Safely),
            (r#"{"es": {"host": "es.example.org", "tls": {"verify": false}}}"#, Sent::Insecurely),
            (
                r#"{"forward": {"servers": [{"host": "a.example.org"}, {"host": "b"}], "transport": "tls"}}"#,
                Sent::Within,
            ),
            (r#"{"kafka": {"brokers": "a.example.org:9093,b.example.org:9093"}}"#, Sent::Unknown),
            (r#"{"splunkHec": {"hec_host": "splunk.example.org", "protocol": "https"}}"#, Sent::Safely),
            (r#"{"http": {"endpoint": {"valueFrom": {"secretKeyRef": {}}}}}"#, Sent::Unknown),
            (r#"{"loki": {"url": 7}}"#, Sent::Unknown),
            (r#"{"s3": {"s3_endpoint": 7}}"#, Sent::Unknown),
            (r#"{"s3": 7}"#, Sent::Unknown),
            (r#"{"es": {"host": "es.example.org", "scheme": "https", "ssl_verify": "no"}}"#, Sent::Unknown),
            (r#"{"forward": {"servers": [{"port": 1}], "transport": "tls"}}"#, Sent::Unknown),
            (r#"{"s3": {}, "http": {"url": "http://logs.example.org"}}"#, Sent::Insecurely),
            (r#"{"somethingNew": {"url": "https://logs.example.org"}}"#, Sent::Unknown),
            (r#"{"stdout": {}}"#, Sent::Within),
            ("{}", Sent::Unknown),
        ] {
            let settings: BTreeMap<String, Setting> = serde_json::from_str(settings).unwrap();
            assert_eq!(of_plugins(&settings, None), expected, "{settings:?}");
        }
    }

    #[test]
    fn passwords_are_not_shown() {
        assert_eq!(shown("https://user:secret@logs.example.org/x?token=secret"), "https://logs.example.org/x");
        assert_eq!(shown("logs.example.org"), "logs.example.org");
    }
}
