//! What K3s and RKE2 were started with, as each writes it on its own nodes.
//!
//! Since 1.21.1 also what stands in the configuration file and the folder beside it (k3s-io/k3s#3290), `--name=value` as
//! two words. None of what is read here can be set by a variable. Looked up on 29 November 2026.

use crate::redact::arguments::{ENCRYPTION, NO_API_SERVER, OF_API_SERVER, OF_KUBELET, kept};
use std::iter::Peekable;

/// The arguments that rules ask for; no other is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// Whether it was started as a server, and not as an agent.
    pub is_server: bool,
    /// Whether it leaves the API server to others.
    pub has_no_api_server: bool,
    /// Whether Secrets are to be encrypted.
    pub encrypts_secrets: bool,
    /// Flags of the API server, as `audit-log-path=/var/log/audit.log`.
    pub api_server: Vec<String>,
    /// Flags of the kubelet.
    pub kubelet: Vec<String>,
}

impl Arguments {
    /// Reads an annotation; `None` where it is not understood.
    pub fn read(text: &str) -> Option<Self> {
        let words: Vec<String> = serde_json::from_str(text).ok()?;
        let kept = kept(&words);
        let words = words.iter().map(String::as_str).zip(kept);
        let mut words = words.skip_while(|(word, _)| word.starts_with('-')).peekable();
        let is_server = match words.next()? {
            ("server", _) => true,
            ("agent", _) => false,
            _ => return None,
        };
        let mut arguments = Self { is_server, ..Self::default() };
        while let Some((word, may_keep)) = words.next() {
            let Some(argument) = word.strip_prefix('-').map(|rest| rest.trim_start_matches('-')) else { continue };
            let (name, value) = argument.split_once('=').map_or((argument, None), |(name, value)| (name, Some(value)));
            match name {
                ENCRYPTION => arguments.encrypts_secrets = is_on(value, &mut words)?,
                NO_API_SERVER => arguments.has_no_api_server = is_on(value, &mut words)?,
                OF_API_SERVER | OF_KUBELET => {
                    let (flag, is_kept) = value.map(|value| (value, may_keep)).or_else(|| words.next())?;
                    if flag.starts_with('-') && !flag.contains('=') {
                        // Its value was cut off it, and may be anything.
                        return None;
                    }
                    let flags = if name == OF_KUBELET { &mut arguments.kubelet } else { &mut arguments.api_server };
                    flags.extend(is_kept.then(|| flag.trim_start_matches('-').to_owned()));
                }
                _ => {}
            }
        }
        Some(arguments)
    }
}

/// Whether an argument without a value is on, or what its value says; `None` where that is neither true nor false.
fn is_on<'a>(value: Option<&'a str>, words: &mut Peekable<impl Iterator<Item = (&'a str, bool)>>) -> Option<bool> {
    let value = value.or_else(|| words.next_if(|(next, _)| !next.starts_with('-')).map(|(next, _)| next));
    match value {
        None | Some("1" | "t" | "T" | "true" | "TRUE" | "True") => Some(true),
        Some("0" | "f" | "F" | "false" | "FALSE" | "False") => Some(false),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;

    #[test]
    fn arguments_are_read_as_k3s_writes_them() {
        let text = r#"["--debug","server","--secrets-encryption","true","--kube-apiserver-arg","audit-log-path=/a",
            "--kube-apiserver-arg=--anonymous-auth=true","--kube-apiserver-arg","profiling=false","--token","********",
            "--kubelet-arg","read-only-port=0","--kubelet-arg","max-pods=50"]"#;
        let api_server = ["audit-log-path=/a", "anonymous-auth=true"].map(ToOwned::to_owned).into();
        let kubelet = vec!["read-only-port=0".to_owned()];
        let expected =
            Arguments { is_server: true, encrypts_secrets: true, api_server, kubelet, ..Arguments::default() };
        assert_eq!(Arguments::read(text), Some(expected));
        let hidden = Arguments::read(r#"["server","-kube-apiserver-arg=etcd-servers=https://user:word@db"]"#);
        assert_eq!(hidden, Some(Arguments { is_server: true, ..Arguments::default() }));
        let of = |text: &str| Arguments::read(text).map(|arguments| (arguments.is_server, arguments.encrypts_secrets));
        assert_eq!(of(r#"["server","--secrets-encryption"]"#), Some((true, true)));
        assert_eq!(of(r#"["server","--secrets-encryption","--disable","traefik"]"#), Some((true, true)));
        assert_eq!(of(r#"["server","--secrets-encryption","false"]"#), Some((true, false)));
        assert_eq!(of(r#"["server","-secrets-encryption=1"]"#), Some((true, true)));
        assert_eq!(of(r#"["agent"]"#), Some((false, false)));
        assert!(Arguments::read(r#"["server","--disable-apiserver"]"#).is_some_and(|read| read.has_no_api_server));
    }

    #[test]
    fn what_is_not_understood_is_nothing() {
        for text in [
            "",
            "[]",
            "{}",
            "[7]",
            r#"["etcd-snapshot"]"#,
            r#"["server","--secrets-encryption","perhaps"]"#,
            r#"["server","--kube-apiserver-arg"]"#,
            r#"["server","--kube-apiserver-arg","--audit-log-path","/a"]"#,
        ] {
            assert_eq!(Arguments::read(text), None, "{text}");
        }
    }
}
