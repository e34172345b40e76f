//! Which version of a system is installed, by the tags of the images that its workloads are made from. Nothing is judged by
//! it. Labels are not asked: in `app.kubernetes.io/version` some charts write their own version.

use super::daemons::{repository, tag};
use crate::{error::clean, listed::Listed, objects::deployment::Deployment, reader::Reader, request::CONTROLLERS};
use model::scan::{Coverage, Read};
use std::{collections::BTreeSet, sync::Arc};

/// As many characters as are told.
const MOST: usize = 100;

/// The deployments, where any of a system's own lists is served: its controllers are among them.
pub(super) async fn controllers<R: Reader>(reader: &R, own: &[&Read]) -> Option<Arc<Listed<Deployment>>> {
    let is_served = own.iter().any(|read| read.coverage != Coverage::Absent);
    if is_served { Some(reader.shared(&CONTROLLERS).await) } else { None }
}

/// The version of a system by its controllers' images, of which `is` knows the repository.
pub(super) fn version(deployments: Option<&Arc<Listed<Deployment>>>, is: impl Fn(&str) -> bool) -> Option<String> {
    of_images(deployments.into_iter().flat_map(|list| &list.items).flat_map(Deployment::images), is)
}

/// The tags of those of the images of which `is` knows the repository: all of them, where they differ.
pub(super) fn of_images<'a>(images: impl Iterator<Item = &'a str>, is: impl Fn(&str) -> bool) -> Option<String> {
    together(images.filter(|image| is(&repository(image))).filter_map(tag))
}

/// Versions that were seen, each once; `None` where there are none.
pub(super) fn together<T: AsRef<str>>(versions: impl Iterator<Item = T>) -> Option<String> {
    let versions: BTreeSet<String> = versions.map(|version| version.as_ref().to_owned()).collect();
    let versions: Vec<String> = versions.into_iter().filter(|version| !version.is_empty()).collect();
    (!versions.is_empty()).then(|| clean(&versions.join(", "), MOST))
}

/// The last part of a repository, as `fluent-bit`.
pub(super) fn last(repository: &str) -> &str {
    repository.rsplit('/').next().unwrap_or_default()
}
