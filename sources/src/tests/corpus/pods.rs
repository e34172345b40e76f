//! The pods by which Kubernetes tests its own admission: `<level>__v<version>__<pass|fail>__<control><number>.yaml`.

use super::{super::Manifests, corpus, files};
use crate::{objects::core::Pod, rules::pods::level};

#[test]
fn every_pod_is_of_the_level_that_its_file_names() {
    let Some(corpus) = corpus() else { return };
    let files = files(&corpus.join("psa"), ".yaml");
    assert!(files.len() >= 100, "{} files", files.len());
    for path in files {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let mut parts = name.split("__");
        let (profile, expected) = (parts.next().expect("a level"), parts.nth(1).expect("pass or fail"));
        let objects = Manifests::read(&std::fs::read_to_string(&path).expect("a file")).0;
        let pod: Pod = serde_json::from_value(objects[0].clone()).expect("a pod");
        let found = level(&pod);
        let meets = match profile {
            "baseline" => found != "privileged",
            "restricted" => found == "restricted",
            other => panic!("{other} is no profile"),
        };
        assert_eq!(meets, expected == "pass", "{name} is {found}");
    }
}
