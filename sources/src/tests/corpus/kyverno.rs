//! Policies of Kyverno's own collection. Those files have no status, as a policy has before Kyverno sees it.

use super::{super::said, Manifests, expect_file, verdicts};
use crate::policy::Policy;
use model::source::Source;
use serde_json::json;

#[test]
fn policies_of_the_collection_are_judged() {
    let say = |mut objects: Manifests| {
        let judge = |objects: &Manifests| {
            said(&objects.cluster(32, &["kyverno.io"]).evaluate(Source::Kyverno, &Policy::default()))
        };
        let before = judge(&objects);
        for object in &mut objects.0 {
            object["status"] = json!({ "conditions": [{ "type": "Ready", "status": "True" }] });
        }
        format!("{before}ready:\n{}", judge(&objects))
    };
    let Some(text) = verdicts(&["kyverno/pod-security-policies"], say) else { return };
    expect_file(&text, "kyverno.txt");
}
