//! What the stories tell, told by their objects.

use chrono::{DateTime, TimeDelta, Utc};
use fleet::cluster::{Profile, RESOURCES, Story, World};
use serde_json::Value;

fn story(profile: Profile) -> Story {
    Story {
        profile,
        domain: "nordlys.example".into(),
        seed: 7,
        began: "2026-10-01T00:00:00Z".parse().expect("an instant"),
    }
}

fn world(profile: Profile, day: i64) -> World {
    let story = story(profile);
    story.world(story.began + TimeDelta::days(day) + TimeDelta::hours(6))
}

fn names(world: &World, plural: &str) -> Vec<String> {
    world.list(plural).iter().map(|object| object.name.clone()).collect()
}

fn one(world: &World, plural: &str, name: &str) -> Value {
    world.list(plural).iter().find(|object| object.name == name).expect("it is there").value()
}

#[test]
fn the_same_instant_gives_the_same_objects() {
    for profile in Profile::ALL {
        let (one, other) = (world(profile, 12), world(profile, 12));
        for resource in RESOURCES {
            let texts = |world: &World| {
                world.list(resource.plural).iter().map(|object| object.text.to_string()).collect::<Vec<_>>()
            };
            assert_eq!(texts(&one), texts(&other));
        }
    }
}

#[test]
fn no_two_objects_have_one_name() {
    for (profile, day) in Profile::ALL.into_iter().flat_map(|profile| [0, 36, 64, 91, 120].map(|day| (profile, day))) {
        let world = world(profile, day);
        for resource in RESOURCES {
            let keys: Vec<_> = world.list(resource.plural).iter().map(|o| (&o.namespace, &o.name)).collect();
            let mut once = keys.clone();
            once.dedup();
            assert_eq!(keys, once, "{profile:?} {} day {day}", resource.plural);
            for (namespace, name) in keys {
                assert_eq!(namespace.is_some(), resource.namespaced, "{} {name}", resource.plural);
            }
        }
    }
}

#[test]
fn what_stands_in_a_namespace_has_that_namespace() {
    for profile in Profile::ALL {
        let world = world(profile, 40);
        let namespaces = names(&world, "namespaces");
        for resource in RESOURCES.iter().filter(|resource| resource.namespaced) {
            for object in world.list(resource.plural) {
                let namespace = object.namespace.as_deref().unwrap_or_default();
                assert!(namespaces.iter().any(|name| name == namespace), "{profile:?} {namespace}/{}", object.name);
            }
        }
    }
}

#[test]
fn a_resource_version_changes_with_its_object_alone() {
    let at = |hours| story(Profile::Healthy).world(story(Profile::Healthy).began + TimeDelta::hours(hours));
    let mut versions = std::collections::HashMap::new();
    for world in (0..24 * 20).step_by(11).map(at) {
        for object in ["pods", "vulnerabilityreports", "nodes", "certificates"].into_iter().flat_map(|p| world.list(p))
        {
            let value = object.value();
            let version = value["metadata"]["resourceVersion"].as_str().expect("a version").to_owned();
            let key = (object.namespace.clone(), object.name.clone(), version);
            let text = versions.entry(key).or_insert_with(|| std::sync::Arc::clone(&object.text));
            assert_eq!(*text, object.text);
        }
    }
    let days: Vec<Value> = [3, 4].map(|day| one(&at(day * 24), "nodes", "cph-worker-0")).into();
    assert_eq!(days[0], days[1]);
}

#[test]
fn a_rollout_changes_names_and_no_owner() {
    let owners = |day| -> Vec<Value> {
        let world = world(Profile::Healthy, day);
        let sets = world.list("replicasets").iter().filter(|set| set.namespace.as_deref() == Some("webshop"));
        sets.map(|set| set.value()).filter(|set| set["spec"]["replicas"] != 0).collect()
    };
    let (before, after) = (owners(20), owners(27));
    assert_eq!((before.len(), after.len()), (1, 1));
    assert_ne!(before[0]["metadata"]["name"], after[0]["metadata"]["name"]);
    assert_eq!(before[0]["metadata"]["ownerReferences"], after[0]["metadata"]["ownerReferences"]);
}

#[test]
fn reports_age_and_are_thrown_away() {
    let newest = |day| {
        let world = world(Profile::Troubled, day);
        let reports = world.list("vulnerabilityreports").iter().map(|report| report.value());
        reports.filter_map(|report| report["report"]["updateTimestamp"].as_str().map(str::to_owned)).max()
    };
    assert!(newest(85) > newest(84));
    assert_eq!(newest(93), newest(90), "nothing is scanned");
    assert!(newest(96) > newest(93));
    let count = |day| world(Profile::Troubled, day).list("vulnerabilityreports").len();
    assert!(count(95) < count(90) && count(97) == count(80), "{} {} {} {}", count(80), count(90), count(95), count(97));
}

#[test]
fn clusters_are_upgraded_one_node_after_the_other() {
    let kubelets = |day| {
        let world = world(Profile::Healthy, day);
        let nodes = world.list("nodes").iter().map(|node| node.value());
        let versions = nodes.map(|node| node["status"]["nodeInfo"]["kubeletVersion"].as_str().unwrap_or("").to_owned());
        versions.collect::<std::collections::BTreeSet<_>>().len()
    };
    assert_eq!([kubelets(75), kubelets(78), kubelets(82)], [1, 2, 1]);
    assert_eq!(world(Profile::Managed, 89).version, "1.33.5-eks-3cfe0ce");
    assert!(world(Profile::Managed, 90).version.starts_with("1.34"));
}

#[test]
fn a_certificate_expires_and_is_mended() {
    let not_after = |day| -> DateTime<Utc> {
        let certificate = one(&world(Profile::Troubled, day), "certificates", "booking-tls");
        certificate["status"]["notAfter"].as_str().expect("a time").parse().expect("a time")
    };
    let began = story(Profile::Troubled).began;
    assert!(not_after(20) > began + TimeDelta::days(20));
    assert!(not_after(23) < began + TimeDelta::days(23));
    assert!(not_after(25) > began + TimeDelta::days(80));
}

#[test]
fn healthy_certificates_are_always_good() {
    for day in (0..400).step_by(7) {
        let world = world(Profile::Healthy, day);
        let at = story(Profile::Healthy).began + TimeDelta::days(day);
        for certificate in world.list("certificates") {
            let value = certificate.value();
            let renewal: DateTime<Utc> =
                value["status"]["renewalTime"].as_str().expect("a time").parse().expect("a time");
            assert!(renewal > at, "{} on day {day}", certificate.name);
        }
    }
}

#[test]
fn somebody_is_administrator_for_two_days() {
    let there = |day| {
        names(&world(Profile::Healthy, day), "clusterrolebindings").contains(&"night-shift-incident-4711".to_owned())
    };
    assert_eq!([there(11), there(12), there(13), there(14)], [false, true, true, false]);
}

#[test]
fn a_namespace_comes_without_a_label_and_gets_one() {
    let labelled = |day| {
        let namespace = one(&world(Profile::Healthy, day), "namespaces", "campaign");
        namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"].is_string()
    };
    assert!(!names(&world(Profile::Healthy, 8), "namespaces").contains(&"campaign".to_owned()));
    assert_eq!([labelled(9), labelled(10), labelled(11)], [false, false, true]);
}

#[test]
fn backups_are_made_each_night_and_thrown_away_in_time() {
    let world = world(Profile::Healthy, 30);
    let daily: Vec<_> = world.list("backups").iter().filter(|backup| backup.name.starts_with("daily-")).collect();
    assert_eq!(daily.len(), 30);
    assert_eq!(daily.last().map(|backup| backup.name.as_str()), Some("daily-20261031010000"));
    let failed: Vec<_> = daily
        .iter()
        .filter(|backup| backup.value()["status"]["phase"] != "Completed")
        .map(|backup| backup.name.as_str())
        .collect();
    assert_eq!(failed, ["daily-20261018010000"]);
}

#[test]
fn only_the_edge_is_away_now_and_then() {
    let away = |profile| {
        let story = story(profile);
        (0..1000).filter(|slot| story.away(story.began + TimeDelta::minutes(10 * slot))).count()
    };
    assert!((180..330).contains(&away(Profile::Edge)), "{}", away(Profile::Edge));
    for profile in Profile::ALL.into_iter().filter(|profile| *profile != Profile::Edge) {
        assert_eq!(away(profile), 0);
    }
    let edge = story(Profile::Edge);
    assert!((0..288).all(|slot| edge.away(edge.began + TimeDelta::days(97) + TimeDelta::minutes(10 * slot))));
}

#[test]
fn staging_hides_role_bindings_and_has_no_velero() {
    assert!(story(Profile::Staging).withheld("rolebindings"));
    let staging = world(Profile::Staging, 3);
    let served: Vec<_> =
        RESOURCES.iter().map(|resource| resource.plural).filter(|plural| staging.serves(plural)).collect();
    let withheld = served.iter().filter(|plural| story(Profile::Staging).withheld(plural)).count();
    assert!((served.len() / 3..served.len() / 2).contains(&withheld), "about half: {withheld} of {}", served.len());
    assert!(!world(Profile::Staging, 3).serves("backups"));
    assert!(
        world(Profile::Edge, 3).serves("podsecuritypolicies")
            && !world(Profile::Healthy, 3).serves("podsecuritypolicies")
    );
}
