//! The configuration that Bevis is started with: written to the data folder, and read back as any other.

use crate::{
    arguments::Arguments,
    fleet::{CLUSTERS, PRIVILEGED},
    folder::Folder,
    people::GROUPS,
};
use ::fleet::provider::Provider;
use anyhow::Context as _;
use server::config::Config;
use std::fmt::Write as _;

/// Writes `bevis.toml` and reads it.
pub(crate) fn write(
    folder: &Folder,
    arguments: &Arguments,
    database: &str,
    provider: &Provider,
) -> anyhow::Result<Config> {
    let text = text(folder, arguments, database, provider);
    folder.write_private("bevis.toml", &text)?;
    Config::read(&folder.join("bevis.toml")).context("The demo's own configuration is refused.")
}

fn text(folder: &Folder, arguments: &Arguments, database: &str, provider: &Provider) -> String {
    let path = |name: &str| quoted(&folder.join(name).display().to_string());
    let mut text = format!(
        "# Written by bevis-demo at every start.\nlisten = {listen}\npublic_url = \"http://localhost:{port}\"\n\n\
         [database]\nurl = {database}\n\n\
         [login]\nissuer = {issuer}\nclient_id = {id}\nclient_secret = {secret}\nallow_http_loopback = true\n\n[login.roles]\n",
        listen = quoted(&std::net::SocketAddr::new(arguments.listen, arguments.port).to_string()),
        port = arguments.port,
        database = quoted(database),
        issuer = quoted(provider.issuer()),
        id = quoted(provider.client_id()),
        secret = quoted(provider.client_secret()),
    );
    // Writing to a String cannot fail.
    for (role, group) in GROUPS {
        let _ = writeln!(text, "{role} = [{}]", quoted(group));
    }
    let _ = write!(
        text,
        "\n[signing]\nkey_file = {}\n\n[scan]\ninterval_seconds = 60\nrequest_seconds = 10\nscan_seconds = 40\n\n\
         [sla]\ndays = \"business\"\nclosed_days = [\"12-24\", \"12-31\"]\ncritical = {{ acknowledge_days = 1, fix_days = 7 }}\nhigh = {{ acknowledge_days = 3, fix_days = 30 }}\n\
         medium = {{ fix_days = 90, days = \"calendar\" }}\n",
        path("signing.pem")
    );
    text + &clusters(folder)
}

/// The clusters, and what is approved in them.
pub(crate) fn clusters(folder: &Folder) -> String {
    let path = |name: &str| quoted(&folder.join(name).display().to_string());
    let mut text = String::new();
    for cluster in &CLUSTERS {
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "\n[[cluster]]\nname = {}\ntitle = {}\nkubeconfig = {}\n[cluster.policy]\ncluster_admins = {}\nsecret_readers = {}\nprivileged_namespaces = {}\n\
             unscanned_namespaces = [\"kube-system\"]\nteam_label = \"team\"\n{}",
            quoted(cluster.name),
            quoted(cluster.title),
            path(&format!("{}.kubeconfig", cluster.name)),
            list(cluster.administrators),
            list(cluster.secret_readers),
            list(PRIVILEGED),
            kube_bench(cluster.name),
        );
    }
    text
}

/// Where results of kube-bench are: each cluster keeps them in its own way.
fn kube_bench(cluster: &str) -> &'static str {
    match cluster {
        "prod-cph" | "mgmt-cph" | "cloud-stockholm" => "kube_bench_config_maps = [\"kube-bench/kube-bench-results\"]\n",
        "prod-aarhus" => "kube_bench_log_namespace = \"kube-bench\"\n",
        _ => "",
    }
}

/// A TOML string. JSON's escapes are TOML's too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn list(items: &[&str]) -> String {
    format!("[{}]", items.iter().map(|item| quoted(item)).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn the_configurations_that_we_ship_are_accepted() {
        for name in ["bevis.toml", "compose/bevis.toml"] {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy").join(name);
            let config = Config::read(&path);
            assert!(config.is_ok(), "{config:?}");
        }
    }

    /// What stands in two files must be the same in both, or nobody can log in.
    #[test]
    fn dex_and_bevis_of_the_composition_agree() {
        let deploy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy");
        let read = |name: &str| std::fs::read_to_string(deploy.join(name)).expect("a file that we ship");
        let dex: serde_json::Value = serde_saphyr::from_str(&read("dex/config.yaml")).expect("YAML");
        let bevis: toml::Table = toml::from_str(&read("compose/bevis.toml")).expect("TOML");
        let login = &bevis["login"];
        let (client, public_url) = (&dex["staticClients"][0], bevis["public_url"].as_str().expect("an address"));
        assert_eq!(dex["issuer"].as_str(), login["issuer"].as_str());
        assert_eq!(client["id"].as_str(), login["client_id"].as_str());
        assert_eq!(client["secret"].as_str(), login["client_secret"].as_str());
        assert_eq!(client["redirectURIs"][0], format!("{public_url}/auth/callback"));
        let roles = login["roles"].as_table().expect("roles");
        for (role, groups) in roles {
            let people = dex["staticPasswords"].as_array().expect("people");
            let has = |person: &&serde_json::Value| {
                let of = person["groups"].as_array().expect("groups");
                of.iter().any(|group| {
                    groups.as_array().expect("groups").iter().any(|named| named.as_str() == group.as_str())
                })
            };
            assert_eq!(people.iter().filter(has).count(), 1, "one person has the role {role}");
        }
    }

    #[test]
    fn commented_keys_show_their_defaults() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy/bevis.toml");
        let text = std::fs::read_to_string(&path).expect("the example");
        // A comment that would be a key is one: a letter, then an equals sign; and so is one that would be a table.
        let key = |line: &str| {
            let table = line.starts_with("# [") && line.ends_with(']') && !line[2..].contains(' ');
            let named =
                line.starts_with("# ") && line[2..].split_once(" = ").is_some_and(|(key, _)| !key.contains(' '));
            table || named
        };
        let live: String = text
            .lines()
            .map(|line| if key(line) { &line[2..] } else { line })
            .fold(String::new(), |all, line| all + line + "\n");
        let live = live
            .replace("in_cluster = false\n", "")
            .replace("\nca_file = ", "\n# ")
            .replace("trusted_proxies = ", "# ");
        let (all, few) = (Config::parse(&live, &path).expect("all keys"), Config::read(&path).expect("few keys"));
        let shown = |config: &Config| {
            format!("{:?}{:?}{:?}{:?}", config.listen, config.session, config.scan, config.login.scopes)
        };
        assert_eq!(shown(&all), shown(&few));
        assert_eq!(all.clusters[0].policy.privileged_namespaces, few.clusters[0].policy.privileged_namespaces);
    }
}
