//! Where images come from, and whether their references stay what they are.

use super::{REFERENCE, REGISTRY, Unit};
use crate::{
    policy::Policy,
    rules::verdict::{Judge, Sentence, fault, names, reason},
};
use model::evaluation::Outcome;
use std::collections::BTreeSet;

const UNTRUSTED: Sentence = fault(REGISTRY, "untrusted", &["repository"]);
const NO_LIST: Sentence = reason(REGISTRY, "no_list", &["count", "registries"]);
const LATEST: Sentence = fault(REFERENCE, "latest", &["repository"]);
const UNTAGGED: Sentence = fault(REFERENCE, "untagged", &["repository"]);

pub(super) const SENTENCES: &[Sentence] = &[UNTRUSTED, NO_LIST, LATEST, UNTAGGED];

/// Where an image comes from where its reference does not say.
const DOCKER_HUB: &str = "docker.io";

/// An image reference, taken apart.
struct Image {
    /// In lower case, without the other names of Docker Hub.
    registry: String,
    /// Without the registry.
    path: String,
    tag: Option<String>,
    has_digest: bool,
}

impl Image {
    /// Takes a reference apart; `None` where it is none.
    fn parse(reference: &str) -> Option<Self> {
        let (name, digest) = reference.split_once('@').map_or((reference, None), |(name, digest)| (name, Some(digest)));
        let (name, tag) = match name.rsplit_once(':') {
            // Before the last slash it is a port.
            Some((before, tag)) if !tag.contains('/') => (before, Some(tag)),
            _ => (name, None),
        };
        let is_host = |first: &str| first.contains(['.', ':']) || first == "localhost";
        let (registry, path) = match name.split_once('/') {
            Some((first, rest)) if is_host(first) => (first.to_ascii_lowercase(), rest.to_owned()),
            Some(_) => (DOCKER_HUB.to_owned(), name.to_owned()),
            None if name.is_empty() => return None,
            None => (DOCKER_HUB.to_owned(), format!("library/{name}")),
        };
        let registry = match registry.as_str() {
            "index.docker.io" | "registry-1.docker.io" => DOCKER_HUB.to_owned(),
            _ => registry,
        };
        let of_path = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
        let plausible = !path.is_empty()
            && !path.ends_with('/')
            && path.chars().all(of_path)
            && registry.chars().all(|c| of_path(c) || "[]:".contains(c));
        let tag_plausible = tag.is_none_or(|tag| !tag.is_empty() && tag.len() <= 128);
        if !plausible || !tag_plausible || digest.is_some_and(|digest| !is_digest(digest)) {
            return None;
        }
        Some(Self { registry, path, tag: tag.map(Into::into), has_digest: digest.is_some() })
    }

    fn of(unit: &Unit<'_>) -> Option<Self> {
        Self::parse(unit.container.image.as_deref()?)
    }

    fn repository(&self) -> String {
        format!("{}/{}", self.registry, self.path)
    }

    /// Whether it is of a registry, or below a path of one; never of one whose name merely begins alike.
    fn is_below(&self, trusted: &str) -> bool {
        let repository = self.repository();
        let trusted = trusted.trim_end_matches('/');
        repository == trusted || repository.strip_prefix(trusted).is_some_and(|rest| rest.starts_with('/'))
    }
}

fn is_digest(digest: &str) -> bool {
    digest.split_once(':').is_some_and(|(algorithm, value)| {
        !algorithm.is_empty() && value.len() >= 32 && value.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// `img.trusted_registry`: every image is of a registry that was approved.
pub(super) fn trusted(mut judge: Judge, units: &[Unit<'_>], policy: &Policy) -> Judge {
    let mut registries = BTreeSet::new();
    for unit in units {
        let Some(image) = Image::of(unit) else {
            judge.doubt();
            continue;
        };
        judge.examine();
        match &policy.trusted_registries {
            Some(trusted) if trusted.iter().any(|trusted| image.is_below(trusted)) => {}
            Some(_) => judge.fail(&UNTRUSTED, unit.subject.clone(), [("repository", image.repository())]),
            None => drop(registries.insert(image.registry)),
        }
    }
    if !registries.is_empty() {
        let count = registries.len().to_string();
        let values = [("count", count), ("registries", names(registries.iter().map(String::as_str)))];
        judge.otherwise(Outcome::NeedsReview, &NO_LIST, values);
    }
    judge
}

/// `img.immutable_ref`: every image is named by a digest, or by a tag that is not `latest`.
pub(super) fn immutable(mut judge: Judge, units: &[Unit<'_>]) -> Judge {
    for unit in units {
        let Some(image) = Image::of(unit) else {
            judge.doubt();
            continue;
        };
        judge.examine();
        match image.tag.as_deref() {
            _ if image.has_digest => {}
            Some("latest") => judge.fail(&LATEST, unit.subject.clone(), [("repository", image.repository())]),
            Some(_) => {}
            None => judge.fail(&UNTAGGED, unit.subject.clone(), [("repository", image.repository())]),
        }
    }
    judge
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_those_of_container_runtimes() {
        let digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        for (reference, expected) in [
            ("nginx", "docker.io/library/nginx - false"),
            ("nginx:1.27", "docker.io/library/nginx 1.27 false"),
            ("grafana/grafana:latest", "docker.io/grafana/grafana latest false"),
            ("index.docker.io/library/nginx:1", "docker.io/library/nginx 1 false"),
            ("registry:5000/team/app", "registry:5000/team/app - false"),
            ("localhost/app:2", "localhost/app 2 false"),
            ("GHCR.io/team/app:2", "ghcr.io/team/app 2 false"),
            (&format!("ghcr.io/team/app@{digest}"), "ghcr.io/team/app - true"),
            (&format!("ghcr.io/team/app:1@{digest}"), "ghcr.io/team/app 1 true"),
        ] {
            let image = Image::parse(reference).expect("a reference");
            let said = format!("{} {} {}", image.repository(), image.tag.as_deref().unwrap_or("-"), image.has_digest);
            assert_eq!(said, expected, "{reference}");
        }
        for wrong in
            ["", ":1", "nginx:", "ghcr.io/", "nginx@sha256:0", "a b", "nginx@latest", "x/\u{202e}y", "a.\u{202e}b/y"]
        {
            assert!(Image::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_registry_is_not_another_that_begins_alike() {
        let image = Image::parse("ghcr.io/team/app:1").expect("a reference");
        for (trusted, expected) in [
            ("ghcr.io", true),
            ("ghcr.io/", true),
            ("ghcr.io/team", true),
            ("ghcr.io/team/app", true),
            ("ghcr.io/te", false),
            ("ghcr.i", false),
            ("", false),
        ] {
            assert_eq!(image.is_below(trusted), expected, "{trusted}");
        }
    }
}
