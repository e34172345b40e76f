//! Kubernetes' own objects that several sources read, as far as the rules use them (`v1`).
//!
//! Of environment variables the names are kept and where a value comes from, never the value.

use super::meta::Meta;
use crate::page::Named;
use serde::{Deserialize, de::IgnoredAny};
use std::collections::BTreeMap;

/// A Pod.
#[derive(Clone, Debug, Deserialize)]
pub struct Pod {
    /// Its metadata.
    pub metadata: Meta,
    /// What it runs, and with what rights.
    pub spec: PodSpec,
    /// How it is.
    #[serde(default)]
    pub status: Option<PodStatus>,
}

/// How a pod is.
#[derive(Clone, Debug, Deserialize)]
pub struct PodStatus {
    /// `Pending`, `Running`, `Succeeded`, `Failed`, `Unknown`.
    #[serde(default)]
    pub phase: Option<String>,
}

/// What a pod runs, and with what rights.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PodSpec {
    /// The node that it runs on.
    #[serde(default)]
    pub node_name: Option<String>,
    /// The node's network.
    #[serde(default)]
    pub host_network: Option<bool>,
    /// The node's processes.
    #[serde(default, rename = "hostPID")]
    pub host_pid: Option<bool>,
    /// The node's shared memory.
    #[serde(default, rename = "hostIPC")]
    pub host_ipc: Option<bool>,
    /// `false`: users of the pod are none of the node's.
    #[serde(default)]
    pub host_users: Option<bool>,
    /// The operating system that it is for.
    #[serde(default)]
    pub os: Option<PodOs>,
    /// Rights of all its containers.
    #[serde(default)]
    pub security_context: Option<PodSecurityContext>,
    /// What runs.
    #[serde(default)]
    pub containers: Option<Vec<Container>>,
    /// What runs first.
    #[serde(default)]
    pub init_containers: Option<Vec<Container>>,
    /// What was started in it by hand.
    #[serde(default)]
    pub ephemeral_containers: Option<Vec<Container>>,
    /// Its files.
    #[serde(default)]
    pub volumes: Option<Vec<Volume>>,
}

/// The operating system of a pod.
#[derive(Clone, Debug, Deserialize)]
pub struct PodOs {
    /// `linux` or `windows`.
    #[serde(default)]
    pub name: Option<String>,
}

/// Rights that hold for all containers of a pod that do not say otherwise.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PodSecurityContext {
    /// Whether a container that would run as root is refused.
    pub run_as_non_root: Option<bool>,
    /// The number of the user; 0 is root.
    pub run_as_user: Option<i64>,
    /// The filter of system calls.
    pub seccomp_profile: Option<Profile>,
    /// The profile of `AppArmor`.
    pub app_armor_profile: Option<Profile>,
    /// The labels of `SELinux`.
    pub se_linux_options: Option<SeLinuxOptions>,
    /// Settings of the kernel.
    pub sysctls: Option<Vec<Sysctl>>,
    /// Rights on Windows.
    pub windows_options: Option<WindowsOptions>,
}

/// Rights of a container.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SecurityContext {
    /// All rights of the node.
    pub privileged: Option<bool>,
    /// `false`: no program may gain rights that its parent has not.
    pub allow_privilege_escalation: Option<bool>,
    /// Whether it is refused where it would run as root.
    pub run_as_non_root: Option<bool>,
    /// The number of the user; 0 is root.
    pub run_as_user: Option<i64>,
    /// Single rights of root.
    pub capabilities: Option<Capabilities>,
    /// `Default` or `Unmasked`: how much of the kernel's state is shown.
    pub proc_mount: Option<String>,
    /// The filter of system calls.
    pub seccomp_profile: Option<Profile>,
    /// The profile of `AppArmor`.
    pub app_armor_profile: Option<Profile>,
    /// The labels of `SELinux`.
    pub se_linux_options: Option<SeLinuxOptions>,
    /// Rights on Windows.
    pub windows_options: Option<WindowsOptions>,
}

/// A profile of seccomp or `AppArmor`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Profile {
    /// `RuntimeDefault`, `Localhost` or `Unconfined`.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
}

/// Labels of `SELinux`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SeLinuxOptions {
    /// The user.
    pub user: Option<String>,
    /// The role.
    pub role: Option<String>,
    /// The type.
    #[serde(rename = "type")]
    pub kind: Option<String>,
}

/// A setting of the kernel; its value is not kept.
#[derive(Clone, Debug, Deserialize)]
pub struct Sysctl {
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
}

/// Rights on Windows.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct WindowsOptions {
    /// Runs as a process of the node.
    pub host_process: Option<bool>,
}

/// Single rights of root.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Capabilities {
    /// Given besides what the runtime gives.
    pub add: Option<Vec<String>>,
    /// Taken away.
    pub drop: Option<Vec<String>>,
}

/// A container.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Container {
    /// Its name.
    pub name: Option<String>,
    /// Its image.
    pub image: Option<String>,
    /// Its rights.
    pub security_context: Option<SecurityContext>,
    /// Its ports.
    pub ports: Option<Vec<Port>>,
    /// Asked whether it lives.
    pub liveness_probe: Option<Handler>,
    /// Asked whether it can serve.
    pub readiness_probe: Option<Handler>,
    /// Asked whether it has started.
    pub startup_probe: Option<Handler>,
    /// Done when it starts and before it stops.
    pub lifecycle: Option<Lifecycle>,
    /// What it asks for, and what it may use at most.
    pub resources: Option<Requirements>,
    /// Environment variables, without values.
    pub env: Option<Vec<EnvVar>>,
}

/// A port of a container.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Port {
    /// A port of the node; 0 is none.
    pub host_port: Option<i64>,
}

/// Asks a container, or something else.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Handler {
    /// By HTTP.
    pub http_get: Option<Towards>,
    /// By TCP.
    pub tcp_socket: Option<Towards>,
}

/// Where a handler asks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Towards {
    /// The host; the pod itself where it is not said.
    pub host: Option<String>,
}

/// What is done when a container starts and before it stops.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Lifecycle {
    /// After the start.
    pub post_start: Option<Handler>,
    /// Before the stop.
    pub pre_stop: Option<Handler>,
}

/// Resources of a container, as `cpu: 100m`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Requirements {
    /// What it asks for.
    pub requests: Option<BTreeMap<String, Option<IgnoredAny>>>,
    /// What it may use at most.
    pub limits: Option<BTreeMap<String, Option<IgnoredAny>>>,
}

/// An environment variable; its value is never kept.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EnvVar {
    /// Its name.
    pub name: Option<String>,
    /// Where its value comes from, if it is not written in the pod.
    pub value_from: Option<EnvSource>,
}

/// Where the value of an environment variable comes from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EnvSource {
    /// A Secret.
    pub secret_key_ref: Option<IgnoredAny>,
}

/// Files of a pod.
#[derive(Clone, Debug, Deserialize)]
pub struct Volume {
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// Where the files are, by the field that says it (`hostPath`, `secret` …).
    #[serde(flatten)]
    pub sources: BTreeMap<String, Option<IgnoredAny>>,
}

impl Volume {
    /// The fields that say where the files are. None is an empty folder, as the API server makes of it.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.sources.iter().filter(|(_, source)| source.is_some()).map(|(kind, _)| kind.as_str())
    }
}

impl PodSpec {
    /// All containers: those that run, run first, or were started by hand.
    pub fn all_containers(&self) -> impl Iterator<Item = &Container> {
        [&self.init_containers, &self.containers, &self.ephemeral_containers].into_iter().flatten().flatten()
    }
}

impl Named for Pod {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
