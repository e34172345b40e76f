//! The arguments of K3s and RKE2, which each writes on its own nodes. Only those that rules ask for are kept.
//!
//! Each is a JSON array of words. They hide values of some secrets by themselves, as `********`, and pass over others, as
//! `--vpn-auth` (k3s-io/k3s, `pkg/nodeconfig/nodeconfig.go`). Looked up on 29 November 2026.

/// The annotations that hold arguments.
pub(crate) const ARGUMENTS: &[&str] = &["k3s.io/node-args", "rke2.io/node-args"];
/// The annotations that hold variables; nothing of them is kept.
pub(crate) const VARIABLES: &[&str] = &["k3s.io/node-env", "rke2.io/node-env"];
/// What is given on to the API server, a flag at a time.
pub(crate) const OF_API_SERVER: &str = "kube-apiserver-arg";
/// What is given on to the kubelet, a flag at a time.
pub(crate) const OF_KUBELET: &str = "kubelet-arg";
/// Whether Secrets are encrypted.
pub(crate) const ENCRYPTION: &str = "secrets-encryption";
/// Whether a server leaves the API server to others.
pub(crate) const NO_API_SERVER: &str = "disable-apiserver";

/// Whatever follows these is a secret, even where it looks like a name.
const SECRET: &[&str] = &[
    "t",
    "token",
    "agent-token",
    "cluster-secret",
    "datastore-endpoint",
    "etcd-s3-access-key",
    "etcd-s3-secret-key",
    "etcd-s3-session-token",
    "vpn-auth",
];
/// Arguments whose values are kept.
const PLAIN: &[&str] = &[ENCRYPTION, "secrets-encryption-provider", NO_API_SERVER, "disable-agent"];
/// How flags of API servers and kubelets begin whose values are kept: names of files, modes, numbers, addresses of issuers.
const PLAIN_FLAGS: &[&str] = &[
    "admission-control-config-file",
    "anonymous-auth",
    "audit-",
    "authentication-",
    "authorization-",
    "basic-auth-file",
    "disable-admission-plugins",
    "enable-admission-plugins",
    "encryption-provider-config",
    "feature-gates",
    "oidc-",
    "read-only-port",
    "tls-",
    "token-auth-file",
];

/// Which of these words may be kept: the command, names of arguments, and the values that rules ask for.
pub(crate) fn kept(words: &[String]) -> Vec<bool> {
    let mut has_command = false;
    // The argument whose value the next word may be.
    let mut of: Option<&str> = None;
    let mut kept = Vec::with_capacity(words.len());
    for word in words {
        let owner = of.take();
        kept.push(keeps(word, owner, &mut has_command, &mut of));
    }
    kept
}

fn keeps<'a>(word: &'a str, owner: Option<&str>, has_command: &mut bool, of: &mut Option<&'a str>) -> bool {
    if owner.is_some_and(|owner| SECRET.contains(&owner)) {
        return false;
    }
    let Some(argument) = word.strip_prefix('-') else {
        let is_command = !*has_command && (word == "server" || word == "agent");
        *has_command |= is_command;
        return is_command || owner.is_some_and(|owner| is_plain(owner, word));
    };
    let argument = argument.trim_start_matches('-');
    if let Some((name, value)) = argument.split_once('=') {
        return is_plain(name, value);
    }
    *of = Some(argument);
    argument.starts_with(|c: char| c.is_ascii_lowercase())
        && argument.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn is_plain(name: &str, value: &str) -> bool {
    let flag = value.trim_start_matches('-').replace('_', "-");
    let is_passed_on = name == OF_API_SERVER || name == OF_KUBELET;
    PLAIN.contains(&name) || is_passed_on && PLAIN_FLAGS.iter().any(|plain| flag.starts_with(plain))
}

#[cfg(test)]
mod tests {
    use super::kept;

    #[test]
    fn only_what_rules_ask_for_is_kept() {
        let words = [
            ("--debug", true),
            ("server", true),
            ("--token", true),
            ("-hidden", false),
            ("-t", true),
            ("server", false),
            ("--vpn-auth=name=tailscale,joinKey=x", false),
            ("--tls-san", true),
            ("10.0.0.1", false),
            ("--secrets-encryption", true),
            ("true", true),
            ("--kube-apiserver-arg", true),
            ("audit-log-path=/var/log/audit.log", true),
            ("--kube-apiserver-arg=--oidc_issuer_url=https://dex.example.org", true),
            ("--kube-apiserver-arg", true),
            ("etcd-servers=https://user:word@db", false),
            ("--kubelet-arg", true),
            ("anonymous-auth=false", true),
            ("--Password", false),
            ("agent", false),
        ];
        let (words, expected): (Vec<String>, Vec<bool>) =
            words.into_iter().map(|(word, kept)| (word.to_owned(), kept)).unzip();
        assert_eq!(kept(&words), expected);
    }
}
