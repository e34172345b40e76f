//! Who is let in, and what they see.

use crate::{
    Ending,
    api::Api,
    process::{ADMIN, ApiServer, LIMITED},
    reading::{coverages, kubeconfig, scans, target, with_token},
};
use model::{
    evaluation::{CheckResult, Outcome},
    scan::Coverage,
    source::Source,
};
use server::config::ScanSettings;
use sources::{Policy, cluster_role::cluster_role};
use std::os::unix::fs::PermissionsExt;

/// Every kind of credential that a kubeconfig may hold, by relative paths as kubectl takes them.
pub(crate) async fn ways_in(server: &ApiServer) -> Ending {
    std::fs::write(server.file("token"), format!("{ADMIN}\n")).expect("a token file");
    let plugin = |name: &str, status: &str| {
        let path = server.file(name);
        let credential = format!("{{\"kind\":\"ExecCredential\",\"status\":{status}}}");
        std::fs::write(server.file(&format!("{name}.json")), credential).expect("a credential");
        std::fs::write(&path, format!("#!/bin/sh\ncat \"{}.json\"\n", path.display())).expect("a plugin");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).expect("permissions");
        format!("exec: {{apiVersion: client.authentication.k8s.io/v1, command: ./{name}, interactiveMode: Never}}")
    };
    let text = |name: &str| serde_json::Value::from(server.pki.text(name).expect("a file"));
    let pair = format!("{{\"clientCertificateData\":{},\"clientKeyData\":{}}}", text("admin.crt"), text("admin.key"));
    for (way, user) in [
        ("a token", format!("token: {ADMIN}")),
        ("a token file", "tokenFile: token".into()),
        ("a token file before a token", "tokenFile: token, token: wrong".into()),
        ("a certificate", "client-certificate: admin.crt, client-key: admin.key".into()),
        ("an exec plugin with a token", plugin("token-plugin", &format!("{{\"token\":\"{ADMIN}\"}}"))),
        ("an exec plugin with a certificate", plugin("certificate-plugin", &pair)),
    ] {
        let target = target(server, &kubeconfig(server, "ca.crt", &user), ScanSettings::default()).expect("a target");
        let scans = scans(&target).await;
        let read = coverages(&scans);
        let expected = [Coverage::Complete, Coverage::Complete, Coverage::Absent, Coverage::Absent];
        assert_eq!(read, expected, "{way}: {:?}", scans[0].error);
    }
    Ending::Passed
}

/// What does not let us in, each with its own words.
pub(crate) async fn shut_out(server: &ApiServer) -> Ending {
    for (authority, user, coverage, words) in [
        ("other-ca.crt", format!("token: {ADMIN}"), Coverage::Unreachable, "is not trusted (UnknownIssuer)"),
        ("ca.crt", "token: expired".into(), Coverage::Failed, "refused the credential (401)"),
        ("ca.crt", "client-certificate: stranger.crt, client-key: stranger.key".into(), Coverage::Failed, "(401)"),
        (
            "ca.crt",
            "client-certificate: admin.crt, client-key: stranger.key".into(),
            Coverage::Unreachable,
            "cannot be used",
        ),
    ] {
        let target = target(server, &kubeconfig(server, authority, &user), ScanSettings::default()).expect("a target");
        for scan in scans(&target).await {
            let error = scan.error.unwrap_or_default();
            assert_eq!(scan.coverage, coverage, "{user}: {error}");
            assert!(error.contains(words), "{user}: {error}");
            assert!(scan.evaluation.results.is_empty());
        }
    }
    Ending::Passed
}

/// Nothing is granted: everything is forbidden, by name, and nothing passes.
pub(crate) async fn without_rights(server: &ApiServer) -> Ending {
    let target = target(server, &with_token(server, LIMITED), ScanSettings::default()).expect("a target");
    let scans = scans(&target).await;
    assert_eq!(coverages(&scans), [Coverage::Forbidden; 4]);
    for scan in &scans {
        let results = &scan.evaluation.results;
        for result in results {
            // Anybody who is logged in may ask for the version and the API groups: a few verdicts need no more.
            let is_hidden = result.outcome == Outcome::NotVisible;
            let is_absent = matches!(result.outcome, Outcome::NotEvaluated | Outcome::NotApplicable);
            let needs_no_right = is_absent || result.check.as_str() == "cfg.version_supported";
            assert!(is_hidden || needs_no_right, "{}: {result:?}", scan.source);
        }
        let told = |result: &CheckResult| result.detail.contains_key("permission");
        assert!(results.iter().any(told) || scan.coverage != Coverage::Forbidden, "{}", scan.source);
    }
    Ending::Passed
}

/// The role that the dry run prints, bound to the same user, opens exactly what is read.
pub(crate) async fn with_the_cluster_role(server: &ApiServer) -> Ending {
    let api = Api::new(server, ADMIN).expect("a client");
    let binding = "
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: bevis-reader}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: bevis-reader}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: limited}]
";
    api.load_all(&format!("{}---{binding}", cluster_role(Source::ALL, &Policy::default()))).await.expect("loaded");
    let target = target(server, &with_token(server, LIMITED), ScanSettings::default()).expect("a target");
    let scans = scans(&target).await;
    let forbidden = |scan: &model::scan::Scan| scan.reads.iter().any(|read| read.coverage == Coverage::Forbidden);
    assert!(!scans.iter().any(forbidden), "{:?}", scans.iter().map(|scan| &scan.error).collect::<Vec<_>>());
    assert_eq!(coverages(&scans), [Coverage::Complete, Coverage::Complete, Coverage::Absent, Coverage::Absent]);
    let secrets = Api::new(server, LIMITED).expect("a client").get_text("/api/v1/secrets").await;
    assert!(secrets.is_err_and(|error| error.to_string().contains("403")), "secrets stay shut");
    Ending::Passed
}
