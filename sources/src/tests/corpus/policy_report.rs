//! Reports by Kyverno, `KubeArmor`, Trivy, kube-bench and others, from the tests and samples of those projects.

use super::{super::said, Manifests, expect_file, verdicts};
use crate::policy::Policy;
use model::source::Source;

#[test]
fn reports_of_many_engines_are_judged() {
    let groups = ["wgpolicyk8s.io/v1alpha2", "reports.x-k8s.io/v1beta2", "openreports.io/v1alpha1"];
    let say = |mut objects: Manifests| {
        // Expectations of tests name no object; a cluster always does.
        for object in objects.0.iter_mut().filter(|object| object["metadata"]["name"].is_null()) {
            object["metadata"]["name"] = "without-name".into();
        }
        said(&objects.cluster(32, &groups).evaluate(Source::PolicyReport, &Policy::default()))
    };
    let folders = ["kyverno/chainsaw-report-asserts", "kyverno/crds", "openreports", "policyreport-wgpolicyk8s"];
    let Some(text) = verdicts(&folders, say) else { return };
    expect_file(&text, "policy_report.txt");
}
