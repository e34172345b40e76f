//! What the stories tell, told by their objects.

use chrono::{DateTime, TimeDelta, Utc};
use fleet::cluster::{Profile, Story, World};
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
    for profile in [Profile::Healthy, Profile::Troubled, Profile::Staging, Profile::Edge] {
        let (one, other) = (world(profile, 12), world(profile, 12));
        for plural in ["namespaces", "clusterrolebindings", "certificates", "backups"] {
            let texts =
                |world: &World| world.list(plural).iter().map(|object| object.text.to_string()).collect::<Vec<_>>();
            assert_eq!(texts(&one), texts(&other));
        }
    }
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
    assert_eq!(away(Profile::Healthy) + away(Profile::Troubled) + away(Profile::Staging), 0);
}

#[test]
fn staging_hides_role_bindings_and_has_no_velero() {
    assert!(story(Profile::Staging).withheld("rolebindings"));
    assert!(!world(Profile::Staging, 3).serves("backups"));
    assert!(
        world(Profile::Edge, 3).serves("podsecuritypolicies")
            && !world(Profile::Healthy, 3).serves("podsecuritypolicies")
    );
}
