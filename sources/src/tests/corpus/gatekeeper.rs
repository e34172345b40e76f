//! Constraints and templates of Gatekeeper's documentation and library.

use super::{super::said, expect_file, verdicts};
use crate::policy::Policy;
use model::source::Source;

#[test]
fn constraints_of_documentation_and_library_are_judged() {
    let groups = ["constraints.gatekeeper.sh/v1beta1", "templates.gatekeeper.sh"];
    let say = |objects: super::Manifests| {
        said(&objects.cluster(32, &groups).evaluate(Source::Gatekeeper, &Policy::default()))
    };
    let Some(text) = verdicts(&["gatekeeper"], say) else { return };
    expect_file(&text, "gatekeeper.txt");
}
