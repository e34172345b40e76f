//! What K3s starts its API server with: settings of its own, and those that its servers were given.
//!
//! It is one program and no pods. What each server was given stands on its node, that of its configuration file among it
//! since 1.21.1 (k3s-io/k3s#3290), so that what is not there was not set. A server without a kubelet (`--disable-agent`)
//! has no node, and is not seen. Its own settings are those of `apiServer` in k3s-io/k3s, `pkg/daemons/control/server.go`,
//! and what is given changes them as `GetArgs` in `pkg/util/args.go` does. Looked up on 29 November 2026.

use super::{
    flags::Flags,
    login::{ANONYMOUS_AUTH, AUTHENTICATION_FILE, AUTHORIZATION_FILE, MODES},
    plane::Replica,
};
use crate::{
    objects::{arguments::Arguments, node::Node},
    rules::nodes::minor_of,
};
use std::{collections::BTreeMap, iter};

/// Where K3s and RKE2 write how Secrets are encrypted, in their folder of data (`pkg/daemons/control/deps/deps.go`).
pub(super) const GENERATED: &str = "/server/cred/encryption-config.json";
/// The first minor version of which all releases tell what stands in the configuration file.
const SINCE: u32 = 22;

/// The servers that run an API server, by their nodes.
pub(super) fn servers(nodes: &[Node]) -> Vec<Replica<'_>> {
    let tells_all = |node: &&Node| {
        let version = node.info().and_then(|info| info.kubelet_version.as_deref());
        version.and_then(minor_of).is_some_and(|minor| minor >= SINCE)
    };
    let server = |node: &Node| node.arguments.clone().filter(|given| given.is_server && !given.has_no_api_server);
    let told = nodes.iter().filter(tells_all).filter_map(|node| Some((node.metadata.name(), server(node)?)));
    told.map(|(node, given)| Replica { node, flags: Some(flags(&given)), has_variables: false }).collect()
}

/// The flags of the API server of a server that was given these.
fn flags(given: &Arguments) -> Flags {
    let pairs = pairs(&given.api_server);
    let defaults = defaults(given.encrypts_secrets, |wanted| pairs.iter().any(|(name, _)| name == wanted));
    merged(pairs, defaults)
}

/// The flags that a kubelet was given; what K3s and RKE2 set besides is not among them.
pub(super) fn of_kubelet(given: &Arguments) -> Flags {
    merged(pairs(&given.kubelet), BTreeMap::new())
}

fn pairs(flags: &[String]) -> Vec<(String, &str)> {
    let pairs = flags.iter().map(|flag| flag.split_once('=').unwrap_or((flag, "true")));
    pairs.map(|(name, value)| (name.replace('_', "-"), value)).collect()
}

fn merged(pairs: Vec<(String, &str)>, mut defaults: BTreeMap<&str, &str>) -> Flags {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in pairs {
        let plain = name.trim_end_matches(['-', '+']);
        let default = defaults.remove(plain).map(ToOwned::to_owned);
        let values = all.entry(plain.to_owned()).or_default();
        if name.ends_with('+') {
            values.splice(0..0, default);
            values.push(value.to_owned());
        } else if name.ends_with('-') {
            values.splice(0..0, iter::once(value.to_owned()).chain(default));
        } else {
            values.push(value.to_owned());
        }
    }
    all.extend(defaults.into_iter().map(|(name, value)| (name.to_owned(), vec![value.to_owned()])));
    Flags::from_values(all)
}

/// What K3s sets by itself, of what rules ask for.
fn defaults(encrypts_secrets: bool, is_given: impl Fn(&str) -> bool) -> BTreeMap<&'static str, &'static str> {
    let mut defaults = BTreeMap::new();
    if !is_given(AUTHORIZATION_FILE) {
        defaults.insert(MODES, "Node,RBAC");
    }
    if !is_given(AUTHENTICATION_FILE) {
        defaults.insert(ANONYMOUS_AUTH, "false");
    }
    if encrypts_secrets {
        defaults.insert(super::encryption::PROVIDERS, GENERATED);
    }
    defaults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(flags: &[&str]) -> Flags {
        let api_server = flags.iter().map(ToString::to_string).collect();
        super::flags(&Arguments { api_server, ..Arguments::default() })
    }

    #[test]
    fn what_is_given_takes_the_place_of_what_k3s_sets_or_is_put_beside_it() {
        let modes = |flags: &[&str]| with(flags).list(MODES).collect::<Vec<_>>().join(" ");
        assert_eq!(modes(&[]), "Node RBAC");
        assert_eq!(modes(&["authorization-mode=AlwaysAllow", "authorization_mode=RBAC"]), "AlwaysAllow RBAC");
        assert_eq!(modes(&["authorization-mode+=Webhook"]), "Node RBAC Webhook");
        assert_eq!(modes(&["authorization-mode-=Webhook"]), "Webhook Node RBAC");
        assert_eq!(modes(&["authorization-config=/x"]), "");
        assert_eq!(with(&["anonymous-auth"]).is_on(ANONYMOUS_AUTH, false), Ok(true));
        assert_eq!(with(&["authentication-config=/x"]).value(ANONYMOUS_AUTH), None);
    }
}
