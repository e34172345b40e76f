//! Configurations, good and wrong.

use super::*;
use crate::freshness;
use model::{role::Role, severity::Severity, source::Source};

const GOOD: &str = r#"
public_url = "https://bevis.example.org"
[database]
url = "postgres://bevis@localhost/bevis"
[login]
issuer = "https://dex.example.org/dex"
client_id = "bevis"
client_secret = { file = "/run/secrets/client" }
[login.roles]
viewer = ["platform"]
security_officer = ["ciso"]
[signing]
key_file = "/var/lib/bevis/signing.pem"
[[cluster]]
name = "prod"
kubeconfig = "/etc/bevis/kubeconfig"
[cluster.policy]
cluster_admins = ["Group:ops"]
[[cluster]]
name = "here"
in_cluster = true
"#;

fn mistake(text: &str) -> String {
    Config::parse(text, Path::new("bevis.toml")).expect_err("a mistake").to_string()
}

#[test]
fn audit_dates_are_instants_with_a_name() {
    let with = |dates: &str| Config::parse(&format!("{GOOD}{dates}"), Path::new("bevis.toml"));
    let config = with(
        "\n[[audit_date]]\nname = 'Year end'\nat = 2026-12-31T23:59:59+01:00\n\
         [[audit_date]]\nname = 'Audit'\nat = 2026-06-30T23:59:59+02:00\n",
    )
    .expect("they are read");
    let dates: Vec<_> =
        config.audit_dates.iter().map(|d| (d.name.get_ref().as_str(), d.instant.to_rfc3339())).collect();
    assert_eq!(
        dates,
        [("Audit", "2026-06-30T21:59:59+00:00".to_owned()), ("Year end", "2026-12-31T22:59:59+00:00".to_owned())]
    );
    for wrong in ["at = 2026-06-30", "at = 2026-06-30T23:59:59", "at = 'soon'", ""] {
        let error = with(&format!("\n[[audit_date]]\nname = 'Audit'\n{wrong}\n")).expect_err("a mistake").to_string();
        assert!(error.starts_with("bevis.toml:"), "{error}");
    }
    assert!(with("\n[[audit_date]]\nname = ' '\nat = 2026-06-30T23:59:59Z\n").is_err());
}

#[test]
fn a_whole_configuration_is_read() {
    let config = Config::parse(GOOD, Path::new("bevis.toml")).expect("it is good");
    assert_eq!(config.clusters.len(), 2);
    assert_eq!(config.login.roles[&Role::SecurityOfficer], ["ciso"]);
    assert_eq!(config.clusters[0].policy.cluster_admins.as_deref(), Some(&["Group:ops".to_owned()][..]));
    assert_eq!(config.session.idle_minutes, 30);
    assert!(config.sla.levels().targets.is_empty());
    let text = GOOD.replace("[signing]", "[sla]\ncritical = { acknowledge_days = 1, fix_days = 7 }\n[signing]");
    let config = Config::parse(&text, Path::new("bevis.toml")).expect("it is good");
    let fix = config.sla.levels().targets[&Severity::Critical].fix;
    assert_eq!(fix.map(|target| target.amount), Some(7));
}

#[test]
fn a_budget_holds_for_its_cluster_and_the_others_have_the_common_one() {
    let text = GOOD
        .replace("[cluster.policy]", "[cluster.budget]\nrequests_per_second = 3\npage_size = 100\n[cluster.policy]");
    let text = format!("{text}[scan]\nrequests_per_second = 7\nmax_scan_mb = 9\n");
    let config = Config::parse(&text, Path::new("bevis.toml")).expect("it is good");
    let budget = |cluster: usize| {
        let settings = config.scan.of(&config.clusters[cluster]);
        (settings.requests_per_second.get(), settings.max_scan_mb, settings.page_size, settings.max_answer_mb)
    };
    assert_eq!((budget(0), budget(1)), ((3, 9, 100, 64), (7, 9, 500, 64)));
    assert!(mistake(&text.replace("requests_per_second = 3", "requests_per_second = 0")).contains("bevis.toml:"));
    assert!(mistake(&text.replace("page_size = 100", "page_sise = 100")).contains("page_sise"));
}

#[test]
fn a_mistake_is_told_with_its_line_and_key() {
    let line = |text: &str, key: &str| text.lines().position(|l| l.contains(key)).map_or(0, |at| at + 1);
    let cases = [
        (GOOD.replace("client_id", "client_ident"), "client_ident"),
        (GOOD.replace("in_cluster = true", "in_clutser = true"), "in_clutser"),
        (GOOD.replace("cluster_admins", "cluster_admin"), "cluster_admin"),
        (GOOD.replace("viewer =", "spectator ="), "spectator"),
        (
            GOOD.replace(
                "cluster_admins = [\"Group:ops\"]",
                "log_store_lock = { store = 's3://audit', evidence = 'a letter', expires = 'never' }",
            ),
            "log_store_lock",
        ),
        (GOOD.replace("https://bevis.example.org", "bevis dot example"), "public_url"),
        (GOOD.replace("[signing]", "[sla.high]\nfix_days = 0\n[signing]"), "fix_days"),
        (GOOD.replace("[signing]", "[sla.hihg]\nfix_days = 7\n[signing]"), "hihg"),
        (GOOD.replace("{ file =", "{ fil ="), "fil ="),
        (GOOD.replace("/client\" }", "/client\", mode = 1 }"), "mode"),
        (GOOD.replace("{ file = \"/run/secrets/client\" }", "7"), "client_secret"),
    ];
    for (text, key) in cases {
        let told = mistake(&text);
        assert!(told.starts_with(&format!("bevis.toml:{}:", line(&text, key))), "{key}: {told}");
        assert!(told.contains(key.trim_end_matches(" =")), "{key}: {told}");
    }
}

#[test]
fn a_value_that_cannot_be_meant_is_told_with_its_line_and_key() {
    let head = |line: &str| GOOD.replacen('\n', &format!("\n\n{line}\n"), 1);
    let section = |lines: &str| format!("{GOOD}{lines}\n");
    for (text, line, key) in [
        (head("language = 'sv'"), "language = ", "language"),
        (GOOD.replace("bevis.example.org", "bevis.example.org/here"), "public_url", "public_url"),
        (section("[tickets]\n\naddress = 'https://tickets.example.org/'"), "address = ", "tickets.address"),
        (section("[ledger.webhook]\nurl = 'http://siem.example.org'"), "url = 'http:", "ledger.webhook.url"),
        (section("[ledger]\nwebhook = { url = 'http://169.254.169.254' }"), "webhook = ", "ledger.webhook.url"),
        (
            section("[ledger.timestamp]\nca_file = 'a'\nurl = 'http://169.254.169.254/'"),
            "url = 'http:",
            "ledger.timestamp.url",
        ),
        (section("[acceptances]\nattachments = 3\nattachment_mb = 11"), "attachment_mb", "acceptances.attachment_mb"),
        (section("[notify]\nattempts = 3\ndigest_hour = 24"), "digest_hour", "notify.digest_hour"),
    ] {
        let at = text.lines().position(|found| found.contains(line)).map_or(0, |at| at + 1);
        let told = mistake(&text);
        assert!(at > 1 && told.starts_with(&format!("bevis.toml:{at}: ")) && told.contains(key), "{key}: {told}");
    }
}

#[test]
fn a_secret_is_a_text_or_a_file_and_nothing_else() {
    for (given, word) in [
        ("{ fil = \"/run/x\" }", "login.client_secret.fil: unknown field `fil`, expected `file`"),
        ("{ file = \"/run/x\", mode = 1 }", "login.client_secret.mode: unknown field `mode`"),
        ("{}", "missing field `file`"),
        ("20260701", "login.client_secret: invalid type: number, expected a text, or { file = \"…\" }"),
        ("18000000000000020260701", "login.client_secret: invalid type: number, expected a text, or { file = \"…\" }"),
        ("12345678900020260701", "login.client_secret: invalid type: number, expected a text, or { file = \"…\" }"),
    ] {
        let told = mistake(&GOOD.replace("{ file = \"/run/secrets/client\" }", given));
        assert!(told.starts_with("bevis.toml:8: ") && told.contains(word), "{given}: {told}");
        assert!(!told.contains("20260701"), "the secret is quoted: {told}");
    }
}

#[test]
fn a_freshness_budget_that_cannot_be_meant_is_told_with_its_line() {
    let with = |lines: &str| format!("{GOOD}\n[freshness.sources]\nvelero = 7200\n{lines}");
    let config =
        Config::parse(&with("[freshness.controls]\n\"A.8.13\" = 86400"), Path::new("bevis.toml")).expect("good");
    let settings = config.freshness.settings();
    assert_eq!(settings[&freshness::Of::Source(Source::Velero)], 7_200);
    assert_eq!(settings[&freshness::Of::Source(Source::Rbac)], 1_800, "the catalogue's");
    assert_eq!(settings[&freshness::Of::Control("A.8.13".into())], 86_400);
    for (lines, word) in [
        ("rbac = 300", "always be stale"),
        ("rbac = 40000000", "366 days"),
        ("rbca = 3000", "rbca"),
        ("[freshness.controls]\n\"A.9.99\" = 3600", "no such control"),
    ] {
        let text = with(lines);
        let told = mistake(&text);
        let line = text.lines().count();
        assert!(told.starts_with(&format!("bevis.toml:{line}:")) && told.contains(word), "{lines}: {told}");
    }
}

#[test]
fn the_labels_that_are_kept_are_few_and_such_as_there_can_be() {
    let with = |keys: &str| GOOD.replace("[cluster.policy]", &format!("[cluster.policy]\nlabel_keys = [{keys}]"));
    let kept = |text: &str, cluster: usize| {
        let config = Config::parse(text, Path::new("bevis.toml")).expect("it is good");
        config.clusters[cluster].policy.label_keys.iter().map(ToOwned::to_owned).collect::<Vec<String>>()
    };
    assert_eq!(kept(&with("'env', 'example.org/unit'"), 0), ["env", "example.org/unit"]);
    assert!(kept(GOOD, 1).contains(&"app.kubernetes.io/part-of".to_owned()), "those that Kubernetes recommends");
    assert!(kept(&with(""), 0).is_empty());
    let many: Vec<String> = (0..21).map(|at| format!("'k{at}'")).collect();
    for (keys, word) in [("'env', 'a b'".to_owned(), "a b"), (many.join(","), "at most 20 keys")] {
        let (text, told) = (with(&keys), mistake(&with(&keys)));
        let line = text.lines().position(|line| line.contains("label_keys")).map_or(0, |at| at + 1);
        assert!(told.starts_with(&format!("bevis.toml:{line}:")) && told.contains(word), "{told}");
    }
}

#[test]
fn two_clusters_of_one_name_are_refused_at_the_second() {
    let text = GOOD.replace("name = \"here\"", "name = \"prod\"");
    let told = mistake(&text);
    assert!(told.contains("\"prod\" is used twice"), "{told}");
    let second =
        text.lines().enumerate().filter(|(_, l)| l.contains("name = \"prod\"")).nth(1).map_or(0, |(at, _)| at + 1);
    assert!(told.starts_with(&format!("bevis.toml:{second}:")), "{told}");
}

#[test]
fn a_cluster_needs_one_way_to_be_reached() {
    assert!(mistake(&GOOD.replace("in_cluster = true", "")).contains("needs either kubeconfig"));
}

#[test]
fn a_management_cluster_is_another_of_the_file_and_relies_on_none() {
    let declare = |text: &str, name: &str| {
        text.replace("[cluster.policy]", &format!("[cluster.policy]\nmanagement_cluster = \"{name}\""))
    };
    assert!(Config::parse(&declare(GOOD, "here"), Path::new("bevis.toml")).is_ok());
    assert!(mistake(&declare(GOOD, "prod")).contains("is the cluster itself"));
    assert!(mistake(&declare(GOOD, "gone")).contains("which is no [[cluster]] of this file"));
    let both = format!("{}[cluster.policy]\nmanagement_cluster = \"prod\"\n", declare(GOOD, "here"));
    assert!(mistake(&both).contains("which names one itself"), "{}", mistake(&both));
}

#[test]
fn a_secret_never_shows_itself() {
    let config = Config::parse(&GOOD.replace("bevis@localhost", "bevis:hunter2@localhost"), Path::new("bevis.toml"))
        .expect("it is good");
    assert!(!format!("{config:?}").contains("hunter2"));
}

/// What is wrong with a configuration that names a file of checks with this text.
fn checks_mistake(text: Option<&str>) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bevis.toml");
    if let Some(text) = text {
        std::fs::write(folder.path().join("team.toml"), text).expect("a file");
    }
    let config = format!("custom_checks = [\"team.toml\"]\n{GOOD}");
    match Config::parse(&config, &path) {
        Ok(config) => format!("{} checks", config.customs.len()),
        Err(mistake) => mistake.to_string().replace(&folder.path().display().to_string(), ""),
    }
}

#[test]
fn files_of_checks_are_read_and_their_mistakes_told_with_file_and_line() {
    let example = include_str!("../../../deploy/checks/example.toml");
    assert_eq!(checks_mistake(Some(example)), "1 checks");
    let told = checks_mistake(Some(&example.replace("severity", "severeness")));
    assert!(told.starts_with("/team.toml:") && told.contains("severeness"), "{told}");
    let told = checks_mistake(None);
    assert!(told.starts_with("/bevis.toml:1: custom_checks: cannot read /team.toml"), "{told}");
}
