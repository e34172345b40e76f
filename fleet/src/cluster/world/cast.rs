//! Who plays: the workloads of a cluster at an instant.

use super::{
    story::{Profile, Story, System},
    workload::{Guise, Workload},
};
use chrono::{DateTime, Utc};

const VAR_LOG: (&str, &str) = ("/var/log", "/var/log");

/// All workloads.
pub(super) fn cast(story: &Story, at: DateTime<Utc>) -> Vec<Workload> {
    let mut cast = applications(story, at);
    cast.extend(platform(story));
    cast.extend(agents(story, at));
    match story.profile {
        Profile::Management => cast.extend(management()),
        Profile::Healthy => cast.push(Workload {
            sees: &[],
            ..Workload::stateful("fluentd-system", "fluentd-aggregator", ("ghcr.io/elastisys/fluentd", "v1.18.0-ck8s1"))
        }),
        _ => {}
    }
    cast
}

fn applications(story: &Story, at: DateTime<Utc>) -> Vec<Workload> {
    let mut cast = Vec::new();
    for (_, namespace) in story.profile.teams() {
        cast.push(web(story, namespace));
        if super::volumes::has_claim(story, namespace) {
            let database = ("registry.nordlys.example/mirror/postgres", "17.6");
            cast.push(Workload { guise: guise(story, namespace), ..Workload::stateful(namespace, "db", database) });
        }
    }
    match story.profile {
        Profile::Healthy => {
            // The same workload under another name: its findings end, and others begin.
            let name = if story.hours(at) < 85 * 24 { "mailer" } else { "mail-sender" };
            let image = ("registry.nordlys.example/customers/mailer", "");
            cast.push(Workload { every: 28, ..Workload::deployment("newsletter", name, image) });
            // A release in a hurry runs as root, and its successor does not.
            let careless = story.between(at, 70, 30..33);
            let image = ("registry.nordlys.example/payments/worker", "");
            let guise = if careless { Guise::Root } else { Guise::Restricted };
            cast.push(Workload { every: 14, guise, ..Workload::deployment("payments", "worker", image) });
        }
        Profile::Troubled => {
            let image = ("docker.io/printwerk/spooler", "latest");
            let spooler = Workload::deployment("legacy-print", "spooler", image);
            cast.push(Workload { guise: Guise::Privileged, requests: false, sees: &[("/dev", "/dev")], ..spooler });
            let image = ("docker.io/bitnami/kubectl", "1.27");
            let cleanup = Workload::cron(("data-lake", "cleanup"), image, ("0 3 * * *", 3));
            cast.push(Workload { guise: Guise::Root, requests: false, ..cleanup });
        }
        _ => {}
    }
    cast
}

fn web(story: &Story, namespace: &'static str) -> Workload {
    let (image, every) = match (story.profile, namespace) {
        (Profile::Management, _) => ("registry.nordlys.example/mirror/harbor-core", 42),
        (Profile::Troubled, "legacy-booking") => ("docker.io/bookingsoft/booking", 0),
        (Profile::Troubled, _) => ("registry.nordlys.example/shops/web", 30),
        (Profile::Edge, _) => ("registry.nordlys.example/plant/controller", 0),
        (Profile::Staging, _) => ("registry.nordlys.example/shops/web", 3),
        (Profile::Healthy | Profile::Managed, _) => ("registry.nordlys.example/shops/web", 7),
    };
    let tag = if every == 0 { "4.2.1" } else { "" };
    let web =
        Workload { every, guise: guise(story, namespace), ..Workload::deployment(namespace, "web", (image, tag)) };
    match (story.profile, namespace) {
        // A password where everybody reads it who reads pods.
        (Profile::Troubled, "legacy-booking") => Workload {
            replicas: 1,
            requests: false,
            env: &[("DB_HOST", "db"), ("DB_PASSWORD", "change-me-before-production")],
            ..web
        },
        _ => Workload { env: &[("DB_HOST", "db"), ("DB_PASSWORD", "secret:db")], ..web },
    }
}

fn guise(story: &Story, namespace: &str) -> Guise {
    match (story.profile, namespace) {
        (Profile::Troubled, "legacy-booking" | "reporting" | "legacy-print") | (Profile::Edge, "telemetry") => {
            Guise::Root
        }
        (Profile::Troubled | Profile::Edge, _) => Guise::Baseline,
        _ => Guise::Restricted,
    }
}

/// The controllers that show their systems to be alive.
fn platform(story: &Story) -> Vec<Workload> {
    let has = |system| story.profile.has(system);
    let mut cast = vec![
        Workload { replicas: 1, ..cert_manager("cert-manager", "quay.io/jetstack/cert-manager-controller") },
        Workload { replicas: 1, ..cert_manager("cert-manager-webhook", "quay.io/jetstack/cert-manager-webhook") },
        Workload {
            guise: Guise::Baseline,
            ..Workload::deployment("kube-system", "coredns", ("registry.k8s.io/coredns/coredns", "v1.12.1"))
        },
        Workload {
            guise: Guise::Privileged,
            ..Workload::agent("kube-system", "kube-proxy", ("registry.k8s.io/kube-proxy", "v1.34.3"))
        },
    ];
    if story.profile != Profile::Managed && story.profile != Profile::Edge {
        let image = ("registry.k8s.io/ingress-nginx/controller", "v1.13.3");
        cast.push(Workload {
            guise: Guise::Baseline,
            ..Workload::deployment("ingress", "ingress-nginx-controller", image)
        });
    }
    if has(System::Velero) {
        let image = ("docker.io/velero/velero", "v1.16.2");
        cast.push(Workload { replicas: 1, guise: Guise::Baseline, ..Workload::deployment("velero", "velero", image) });
    }
    if has(System::Gatekeeper) {
        let image = ("docker.io/openpolicyagent/gatekeeper", "v3.20.1");
        for name in ["gatekeeper-controller-manager", "gatekeeper-audit"] {
            let replicas = if name == "gatekeeper-audit" { 1 } else { 2 };
            cast.push(Workload { replicas, ..Workload::deployment("gatekeeper-system", name, image) });
        }
    }
    if has(System::Kyverno) {
        for (name, image) in [
            ("kyverno-admission-controller", "ghcr.io/kyverno/kyverno"),
            ("kyverno-background-controller", "ghcr.io/kyverno/background-controller"),
            ("kyverno-reports-controller", "ghcr.io/kyverno/reports-controller"),
        ] {
            cast.push(Workload { replicas: 1, ..Workload::deployment("kyverno", name, (image, "v1.15.2")) });
        }
    }
    cast
}

const fn cert_manager(name: &'static str, image: &'static str) -> Workload {
    Workload::deployment("cert-manager", name, (image, "v1.18.2"))
}

/// What runs on every node, and what looks at every image.
fn agents(story: &Story, at: DateTime<Utc>) -> Vec<Workload> {
    let mut cast = Vec::new();
    let profile = story.profile;
    let forwarder = match profile {
        Profile::Healthy | Profile::Management => Workload {
            args: &["--config", "/fluentd/etc/fluent.conf"],
            ..Workload::agent("fluentd-system", "fluentd-forwarder", ("ghcr.io/elastisys/fluentd-forwarder", "v4.10.0"))
        },
        // It never comes to the nodes whose API servers write the audit log.
        Profile::Troubled => Workload {
            everywhere: false,
            ..Workload::agent("monitoring", "promtail", ("docker.io/grafana/promtail", "3.4.2"))
        },
        Profile::Managed => Workload::agent("logging", "fluent-bit", ("cr.fluentbit.io/fluent/fluent-bit", "4.0.7")),
        Profile::Staging => Workload::agent("logging", "vector", ("docker.io/timberio/vector", "0.50.0-debian")),
        Profile::Edge => Workload {
            every: 0,
            ..Workload::agent("kube-system", "filebeat", ("docker.elastic.co/beats/filebeat", "7.17.9"))
        },
    };
    cast.push(Workload { guise: Guise::Root, sees: &[VAR_LOG], ..forwarder });
    if profile.has(System::Falco) {
        let falco = Workload {
            guise: Guise::Privileged,
            sees: &[("/proc", "/host/proc"), ("/etc", "/host/etc")],
            // The node image of the provider changed, and the probe was not built for it until somebody saw it.
            ready: !(profile == Profile::Troubled && story.between(at, 60, 44..51)),
            everywhere: profile != Profile::Troubled,
            ..Workload::agent("falco", "falco", ("docker.io/falcosecurity/falco", "0.42.0"))
        };
        cast.push(falco);
        let image = ("docker.io/falcosecurity/falcosidekick", "2.31.1");
        cast.push(Workload { replicas: 1, ..Workload::deployment("falco", "falcosidekick", image) });
    }
    if profile.has(System::Trivy) {
        let image = ("mirror.gcr.io/aquasec/trivy-operator", "0.32.0");
        let operator = Workload::deployment("trivy-system", "trivy-operator", image);
        cast.push(Workload { replicas: 1, ready: !super::trivy::is_down(story, at), ..operator });
    }
    cast
}

/// The login service, the store of logs, and the jobs that throw away what need not be kept.
fn management() -> Vec<Workload> {
    let retention = |name, days: &'static [(&'static str, &'static str)]| Workload {
        args: &["/scripts/retention.sh"],
        env: days,
        ..Workload::cron(("fluentd-system", name), ("ghcr.io/elastisys/log-manager", "0.6.0"), ("0 20 * * *", 20))
    };
    vec![
        Workload {
            args: &["dex", "serve", "--web-http-addr", "0.0.0.0:5556", "/etc/dex/config.yaml"],
            every: 60,
            ..Workload::deployment("dex", "dex", ("ghcr.io/dexidp/dex", "v2.44.0"))
        },
        Workload {
            replicas: 3,
            guise: Guise::Baseline,
            ..Workload::stateful(
                "opensearch-system",
                "opensearch-master",
                ("docker.io/opensearchproject/opensearch", "2.19.3"),
            )
        },
        Workload::stateful("fluentd-system", "fluentd-aggregator", ("ghcr.io/elastisys/fluentd", "v1.18.0-ck8s1")),
        retention(
            "audit-prod-cph-retention",
            &[("RETAIN_DAYS", "1825"), ("S3_BUCKET", "prod-audit"), ("S3_PREFIX", "prod-cph")],
        ),
        retention(
            "authlog-prod-cph-retention",
            &[("RETAIN_DAYS", "30"), ("S3_BUCKET", "prod-audit"), ("S3_PREFIX", "authlog")],
        ),
        Workload::cron(("rclone", "rclone-sync-audit"), ("ghcr.io/elastisys/rclone-sync", "1.63.1"), ("0 5 * * *", 5)),
    ]
}
