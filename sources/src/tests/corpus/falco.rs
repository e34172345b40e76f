//! Alerts from Falco's documentation. Its rules and settings are no alerts; its sample of a report is another source's.

use super::{contents, corpus};
use crate::{intake::falco::read, tests::expect};
use std::fmt::Write;

fn line(bytes: &[u8]) -> String {
    let batch = read(bytes);
    let mut said = String::new();
    for alert in &batch.alerts {
        let incident = &alert.incident;
        let part = |part: &Option<String>| part.clone().unwrap_or_else(|| "-".into());
        let (namespace, workload, image) = (part(&incident.namespace), part(&incident.workload), part(&incident.image));
        let (severity, source) = (alert.priority.severity(), part(&alert.source));
        let (at, rule) = (alert.at.date_naive(), &incident.rule);
        writeln!(said, "  {at} {severity} {:?} {source}: {rule}; {namespace}; {workload}; {image}", alert.kind)
            .expect("a String");
    }
    for refusal in &batch.refusals {
        writeln!(said, "  refused {refusal}").expect("a String");
    }
    said
}

#[test]
fn every_alert_is_read_or_refused() {
    let Some(corpus) = corpus() else { return };
    let mut said = String::new();
    for (name, bytes) in contents(&corpus.join("falco")) {
        write!(said, "{name}\n{}", line(&bytes)).expect("a String");
    }
    expect(
        &said,
        "
alerts-from-docs/blog__detect-threats-falco-ovh-mks-audit-logs-plugin__index-3.json
  2025-02-10 medium Alert k8s_audit: Disallowed K8s User; -; nodepools/my-pool-1; -
alerts-from-docs/blog__detect-threats-falco-ovh-mks-audit-logs-plugin__index-4.json
  2025-02-10 low Alert k8s_audit: Attach/Exec Pod; hello-app; nginx; -
alerts-from-docs/blog__extend-falco-outputs-with-falcosidekick-1.json
  refused /time: not a time of RFC 3339
alerts-from-docs/blog__falco-plugin-k8saudit-eks-1.json
  2023-05-10 info Alert k8s_audit: K8s Serviceaccount Created; default; serviceaccounts/default; -
alerts-from-docs/blog__falcosidekick-response-engine-part-2-openfass-1.json
  2021-04-10 low Alert -: Terminal shell in container; default; alpine; alpine
alerts-from-docs/blog__falcosidekick-response-engine-part-2-openfass-2.json
  2021-04-10 low Alert -: Contact K8S API Server From Container; openfaas-fn; falco-pod-delete; devopps/falco-pod-delete
alerts-from-docs/blog__falcosidekick-response-engine-part-4-tekton-1.json
  2021-05-02 low Alert -: Terminal shell in container; falcoresponse; alpine; alpine
alerts-from-docs/blog__falcosidekick-response-engine-part-6-cloud-run-1.json
  2021-04-10 low Alert -: Terminal shell in container; default; alpine; alpine
alerts-from-docs/blog__falcosidekick-response-engine-part-9-fission-1.json
  2021-07-21 low Alert -: Terminal shell in container; default; alpine; alpine
alerts-from-docs/blog__falcosidekick-response-engine-part-9-fission-2.json
  2021-07-21 low Alert -: Contact K8S API Server From Container; fission-function; poolmgr-go-default-516098; fission/fetcher
alerts-from-docs/docs__concepts__outputs__channels-1.json
  2023-05-25 critical Alert syscall: Terminal shell in container; default; kubecon; docker.io/library/alpine
config/falco.yaml
  refused : not JSON at line 1, column 1
policyreport/sample-falco-policy.yaml
  refused : not JSON at line 1, column 1
rules/k8s_audit_rules.yaml
  refused : not JSON at line 1, column 1
",
    );
}
