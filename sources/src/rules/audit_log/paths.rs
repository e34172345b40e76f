//! Paths of a node, as containers see them.

use crate::{
    objects::agents::core::{Container, PodSpec, VolumeMount},
    rules::daemons::containers,
};

/// Where the logs of a node are.
const LOGS: &[&str] = &["/var/log", "/var/lib/docker/containers", "/run/log/journal"];

/// A path without doubled or trailing slashes; `None` where it is not absolute, or leads upwards.
fn clean(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.strip_prefix('/')?.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if parts.contains(&"..") {
        return None;
    }
    Some(format!("/{}", parts.join("/")))
}

/// Whether a path is another, or below it. Both are clean.
fn is_below(path: &str, folder: &str) -> bool {
    folder == "/" || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The node's path that a mount shows; `None` where it shows no path of the node, or which is not known.
fn of_node(mount: &VolumeMount, spec: &PodSpec) -> Option<String> {
    let volume = spec.volumes.iter().flatten().find(|volume| volume.name.is_some() && volume.name == mount.name)?;
    let path = volume.host_path.as_ref()?.path.as_deref()?;
    if mount.sub_path_expr.as_ref().is_some_and(|part| !part.is_empty()) {
        return None;
    }
    clean(&format!("{path}/{}", mount.sub_path.as_deref().unwrap_or_default()))
}

fn mounted(spec: &PodSpec) -> impl Iterator<Item = String> {
    let mounts = containers(Some(spec)).flat_map(|container| container.volume_mounts.iter().flatten());
    mounts.filter_map(|mount| of_node(mount, spec))
}

/// Where on the node a file of a container is; `None` where it is in the container alone.
pub(super) fn on_node(file: &str, container: &Container, spec: &PodSpec) -> Option<String> {
    let file = clean(file)?;
    let mounts = container.volume_mounts.iter().flatten();
    let over = mounts.filter_map(|mount| Some((clean(mount.mount_path.as_deref()?)?, mount)));
    // Mounts may lie within each other: the deepest is what the container sees.
    let (at, mount) = over.filter(|(at, _)| is_below(&file, at)).max_by_key(|(at, _)| at.len())?;
    let rest = file.strip_prefix(at.as_str()).unwrap_or_default();
    clean(&format!("{}/{rest}", of_node(mount, spec)?))
}

/// Whether a file of the node can be read in a pod.
pub(super) fn can_read(file: &str, spec: Option<&PodSpec>) -> bool {
    let Some((spec, file)) = spec.zip(clean(file)) else { return false };
    mounted(spec).any(|folder| is_below(&file, &folder))
}

/// Whether any logs of the node can be read in a pod.
pub(super) fn reads_logs(spec: Option<&PodSpec>) -> bool {
    let Some(spec) = spec else { return false };
    mounted(spec).any(|folder| LOGS.iter().any(|logs| is_below(&folder, logs) || is_below(logs, &folder)))
}

#[cfg(test)]
mod tests {
    use super::{clean, is_below};

    #[test]
    fn paths_are_compared_by_their_parts() {
        assert_eq!(clean("//var/./log//").as_deref(), Some("/var/log"));
        assert_eq!(clean("/"), Some("/".into()));
        assert_eq!((clean("var/log"), clean("/var/../etc"), clean("")), (None, None, None));
        assert!(is_below("/var/log/audit", "/var/log") && is_below("/var/log", "/var/log") && is_below("/a", "/"));
        assert!(!is_below("/var/logs", "/var/log") && !is_below("/var", "/var/log"));
    }
}
