//! The controls of the Pod Security Standards as of Kubernetes 1.36, each a pure function: where a pod breaks it.
//!
//! Facts: `kubernetes/pod-security-admission`, `policy/check_*.go`, in the newest version of each check. Every control
//! is in one check, so that nothing is counted twice, and all of them together are the profile `restricted`.

use super::{BASELINE, NO_PRIVILEGED, NON_ROOT, RESTRICTED};
use crate::objects::core::{Container, Handler, Pod, PodSecurityContext, Profile, SeLinuxOptions, SecurityContext};
use std::collections::BTreeSet;

/// Where a control is broken: names of containers and volumes; an empty name is the pod itself.
pub(super) type Places = BTreeSet<String>;

/// A control of a profile.
pub(super) struct Control {
    /// The check that it belongs to.
    pub(super) check: &'static str,
    /// The field that says it, as people write it in a manifest.
    pub(super) field: &'static str,
    /// Where a pod breaks it.
    pub(super) broken: fn(&Pod) -> Places,
}

const fn control(check: &'static str, field: &'static str, broken: fn(&Pod) -> Places) -> Control {
    Control { check, field, broken }
}

/// Every control of the profile `restricted`, and with it of `baseline`.
pub(super) const CONTROLS: &[Control] = &[
    control(NO_PRIVILEGED, "hostNetwork", |pod| of_pod(pod.spec.host_network == Some(true))),
    control(NO_PRIVILEGED, "hostPID", |pod| of_pod(pod.spec.host_pid == Some(true))),
    control(NO_PRIVILEGED, "hostIPC", |pod| of_pod(pod.spec.host_ipc == Some(true))),
    control(NO_PRIVILEGED, "privileged", privileged),
    control(NO_PRIVILEGED, "hostPath", |pod| volumes(pod, |kind| kind == "hostPath")),
    control(NO_PRIVILEGED, "hostProcess", host_process),
    control(BASELINE, "capabilities.add", |pod| added(pod, |name| !BASELINE_CAPABILITIES.contains(&name))),
    control(BASELINE, "hostPort", host_ports),
    control(BASELINE, "host of a probe or hook", host_probes),
    control(BASELINE, "appArmorProfile", app_armor),
    control(BASELINE, "seLinuxOptions", se_linux),
    control(BASELINE, "procMount", |pod| proc_mount(pod, false)),
    control(BASELINE, "seccompProfile", seccomp_off),
    control(BASELINE, "sysctls", sysctls),
    control(NON_ROOT, "runAsNonRoot", |pod| may_be_root(pod, false)),
    control(NON_ROOT, "runAsUser", run_as_root),
    control(RESTRICTED, "runAsNonRoot", |pod| may_be_root(pod, true)),
    control(RESTRICTED, "allowPrivilegeEscalation", escalation),
    control(RESTRICTED, "capabilities.drop", not_dropped),
    control(RESTRICTED, "capabilities.add", |pod| on_linux(pod, |pod| added(pod, is_baseline_only))),
    control(RESTRICTED, "seccompProfile", |pod| on_linux(pod, seccomp_unset)),
    control(RESTRICTED, "procMount", |pod| proc_mount(pod, true)),
    control(RESTRICTED, "volumes", |pod| volumes(pod, |kind| kind != "hostPath" && !VOLUMES.contains(&kind))),
];

const BASELINE_CAPABILITIES: &[&str] = &[
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    NET_BIND,
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];
const NET_BIND: &str = "NET_BIND_SERVICE";
const VOLUMES: &[&str] = &[
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];
const SYSCTLS: &[&str] = &[
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.tcp_wmem",
];
const SE_LINUX_TYPES: &[&str] = &["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];
/// The predecessor of the field `appArmorProfile`.
const APP_ARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";

fn of_pod(broken: bool) -> Places {
    broken.then(String::new).into_iter().collect()
}

/// Containers with their names. Those that were started by hand have random ones.
fn containers(pod: &Pod) -> impl Iterator<Item = (String, &Container)> {
    let named = [&pod.spec.init_containers, &pod.spec.containers].into_iter().flatten().flatten();
    let by_hand = pod.spec.ephemeral_containers.iter().flatten();
    let name = |container: &Container| container.name.clone().unwrap_or_else(|| "-".into());
    named.map(move |one| (name(one), one)).chain(by_hand.map(|one| ("ephemeral".into(), one)))
}

fn where_of(pod: &Pod, broken: impl Fn(&Container) -> bool) -> Places {
    containers(pod).filter(|(_, container)| broken(container)).map(|(name, _)| name).collect()
}

fn rights(container: &Container) -> Option<&SecurityContext> {
    container.security_context.as_ref()
}

fn rights_of_pod(pod: &Pod) -> Option<&PodSecurityContext> {
    pod.spec.security_context.as_ref()
}

/// Where the pod, or a container, says something that is broken.
fn said<'a, T: 'a>(
    pod: &'a Pod,
    of_pod_itself: impl Fn(&'a PodSecurityContext) -> Option<&'a T>,
    of_container: impl Fn(&'a SecurityContext) -> Option<&'a T>,
    broken: impl Fn(&T) -> bool,
) -> Places {
    let mut places = of_pod(rights_of_pod(pod).and_then(of_pod_itself).is_some_and(&broken));
    places.extend(
        containers(pod)
            .filter(|(_, one)| rights(one).and_then(&of_container).is_some_and(&broken))
            .map(|(name, _)| name),
    );
    places
}

/// What does not exist on Windows is not asked of a pod that is for Windows.
fn on_linux(pod: &Pod, broken: impl Fn(&Pod) -> Places) -> Places {
    let windows = pod.spec.os.as_ref().and_then(|os| os.name.as_deref()) == Some("windows");
    if windows { Places::new() } else { broken(pod) }
}

fn privileged(pod: &Pod) -> Places {
    where_of(pod, |one| rights(one).is_some_and(|rights| rights.privileged == Some(true)))
}

fn host_process(pod: &Pod) -> Places {
    said(
        pod,
        |own| own.windows_options.as_ref(),
        |own| own.windows_options.as_ref(),
        |options| options.host_process == Some(true),
    )
}

fn volumes(pod: &Pod, broken: impl Fn(&str) -> bool) -> Places {
    let volumes = pod.spec.volumes.iter().flatten().filter(|volume| volume.kinds().any(&broken));
    volumes.map(|volume| volume.name.clone().unwrap_or_else(|| "-".into())).collect()
}

fn added(pod: &Pod, broken: impl Fn(&str) -> bool) -> Places {
    where_of(pod, |one| {
        let capabilities = rights(one).and_then(|rights| rights.capabilities.as_ref());
        capabilities.and_then(|held| held.add.as_ref()).is_some_and(|add| add.iter().any(|name| broken(name)))
    })
}

fn is_baseline_only(capability: &str) -> bool {
    capability != NET_BIND && BASELINE_CAPABILITIES.contains(&capability)
}

fn not_dropped(pod: &Pod) -> Places {
    let drops_all = |rights: &SecurityContext| {
        let dropped = rights.capabilities.as_ref().and_then(|held| held.drop.as_ref());
        dropped.is_some_and(|dropped| dropped.iter().any(|name| name == "ALL"))
    };
    on_linux(pod, |pod| where_of(pod, |one| !rights(one).is_some_and(drops_all)))
}

fn host_ports(pod: &Pod) -> Places {
    where_of(pod, |one| one.ports.iter().flatten().any(|port| port.host_port.is_some_and(|port| port != 0)))
}

fn host_probes(pod: &Pod) -> Places {
    let elsewhere = |handler: &Handler| {
        let hosts = [&handler.http_get, &handler.tcp_socket].into_iter().flatten().filter_map(|to| to.host.as_deref());
        hosts.into_iter().any(|host| !host.is_empty())
    };
    where_of(pod, |one| {
        let hooks = one.lifecycle.as_ref().map(|hooks| [&hooks.post_start, &hooks.pre_stop]);
        let probes = [&one.liveness_probe, &one.readiness_probe, &one.startup_probe];
        probes.into_iter().chain(hooks.into_iter().flatten()).flatten().any(elsewhere)
    })
}

fn is_confined(profile: &Profile) -> bool {
    matches!(profile.kind.as_deref(), Some("RuntimeDefault" | "Localhost"))
}

fn app_armor(pod: &Pod) -> Places {
    let of_field = |profile: &Profile| !is_confined(profile);
    let mut places = said(pod, |own| own.app_armor_profile.as_ref(), |own| own.app_armor_profile.as_ref(), of_field);
    let confined = |value: &str| value.is_empty() || value == "runtime/default" || value.starts_with("localhost/");
    let annotations = pod.metadata.annotations.iter().flatten();
    places.extend(
        annotations
            .filter(|(_, value)| !confined(value))
            .filter_map(|(key, _)| key.strip_prefix(APP_ARMOR).map(str::to_owned)),
    );
    places
}

fn se_linux(pod: &Pod) -> Places {
    let is_set = |value: &Option<String>| value.as_ref().is_some_and(|value| !value.is_empty());
    let broken = |options: &SeLinuxOptions| {
        let kind = options.kind.as_deref().unwrap_or_default();
        !SE_LINUX_TYPES.contains(&kind) || is_set(&options.user) || is_set(&options.role)
    };
    said(pod, |own| own.se_linux_options.as_ref(), |own| own.se_linux_options.as_ref(), broken)
}

/// Since 1.35 the baseline admits it where users of the pod are none of the node's; the profile `restricted` does not.
fn proc_mount(pod: &Pod, own_users: bool) -> Places {
    if has_own_users(pod) != own_users {
        return Places::new();
    }
    where_of(pod, |one| rights(one).and_then(|own| own.proc_mount.as_deref()).is_some_and(|mount| mount != "Default"))
}

fn seccomp_off(pod: &Pod) -> Places {
    let broken = |profile: &Profile| !is_confined(profile);
    said(pod, |own| own.seccomp_profile.as_ref(), |own| own.seccomp_profile.as_ref(), broken)
}

fn seccomp_unset(pod: &Pod) -> Places {
    let of_pod = rights_of_pod(pod).and_then(|own| own.seccomp_profile.as_ref());
    where_of(pod, |one| rights(one).and_then(|own| own.seccomp_profile.as_ref()).or(of_pod).is_none())
}

fn sysctls(pod: &Pod) -> Places {
    let set = rights_of_pod(pod).and_then(|own| own.sysctls.as_ref());
    let unsafe_one = |name: Option<&str>| !name.is_some_and(|name| SYSCTLS.contains(&name));
    of_pod(set.is_some_and(|set| set.iter().any(|sysctl| unsafe_one(sysctl.name.as_deref()))))
}

fn escalation(pod: &Pod) -> Places {
    let refused = |own: &SecurityContext| own.allow_privilege_escalation == Some(false);
    on_linux(pod, |pod| where_of(pod, |one| !rights(one).is_some_and(refused)))
}

/// Since 1.35 root is no fault where users of the pod are none of the node's.
fn has_own_users(pod: &Pod) -> bool {
    pod.spec.host_users == Some(false)
}

/// Containers that nothing keeps from running as root. A user by number keeps them from it in fact, though the profile
/// asks for `runAsNonRoot` besides: `by_number` are those.
fn may_be_root(pod: &Pod, by_number: bool) -> Places {
    if has_own_users(pod) {
        return Places::new();
    }
    let of_all = rights_of_pod(pod);
    let user_of_all = of_all.and_then(|own| own.run_as_user);
    let kept_of_all = of_all.and_then(|own| own.run_as_non_root);
    let mut places = where_of(pod, |one| {
        let kept = rights(one).and_then(|own| own.run_as_non_root).or(kept_of_all) == Some(true);
        let user = rights(one).and_then(|own| own.run_as_user).or(user_of_all);
        !kept && user.is_some_and(|user| user > 0) == by_number
    });
    if by_number {
        places.extend(of_pod(kept_of_all == Some(false)));
    }
    places
}

fn run_as_root(pod: &Pod) -> Places {
    if has_own_users(pod) {
        return Places::new();
    }
    said(pod, |own| own.run_as_user.as_ref(), |own| own.run_as_user.as_ref(), |user| *user == 0)
}
