//! Whatever happens to a cluster: who remembers says what one says that never read it before.

use super::{
    Sim, round,
    unchanged::{SIZE, said, sim, skipping},
};
use crate::config::ScanSettings;
use chrono::TimeDelta;
use fleet::cluster::{Fault, World};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use serde_json::Value;

const LISTS: [&str; 4] = ["vulnerabilityreports", "policyreports", "pods", "deployments"];
const ROUNDS: u32 = 8;

/// Changes a cluster at random, keeping its own account of what is there.
struct Changes {
    random: StdRng,
    objects: Vec<(&'static str, Value)>,
    versions: u64,
}

impl Changes {
    fn of(seed: u64) -> Self {
        let world = World::large(SIZE, super::super::now());
        let of_list = |list: &'static str| world.list(list).iter().map(move |object| (list, object.value()));
        let objects = LISTS.into_iter().flat_map(of_list).collect();
        Self { random: StdRng::seed_from_u64(seed), objects, versions: 500_000_000 }
    }

    fn one(&mut self, sim: &Sim) {
        self.versions += 1;
        let at = self.random.random_range(0..self.objects.len());
        let (list, mut object) = self.objects[at].clone();
        object["metadata"]["resourceVersion"] = self.versions.to_string().into();
        match self.random.random_range(0..4) {
            0 => {
                let name = |key: &str| object["metadata"][key].as_str().map(ToOwned::to_owned);
                sim.cluster.remove(list, name("namespace").as_deref(), &name("name").expect("a name"));
                self.objects.swap_remove(at);
            }
            1 => {
                object["metadata"]["name"] = format!("new-{}", self.versions).into();
                object["metadata"]["uid"] = format!("uid-{}", self.versions).into();
                sim.cluster.put(list, object.clone());
                self.objects.push((list, object));
            }
            _ => {
                match list {
                    "vulnerabilityreports" => drop(shortened(&mut object["report"]["vulnerabilities"])),
                    "policyreports" => drop(shortened(&mut object["results"])),
                    "pods" => object["spec"]["hostNetwork"] = true.into(),
                    _ => object["spec"]["replicas"] = 1.into(),
                }
                sim.cluster.put(list, object.clone());
                self.objects[at].1 = object;
            }
        }
    }
}

fn shortened(list: &mut Value) -> Option<Value> {
    list.as_array_mut()?.pop()
}

#[tokio::test]
async fn who_remembers_and_who_does_not_always_agree() {
    for seed in 0..4 {
        let sim = sim().await;
        let mut changes = Changes::of(seed);
        let settings = ScanSettings { full_read_rounds: 5, ..skipping() };
        let mut remembering = sim.target(settings.clone());
        let mut confirmed = 0;
        for number in 0..ROUNDS {
            let many = *[0, 0, 1, 2, 5, 40].choose(&mut changes.random).expect("a number");
            (0..many).for_each(|_| changes.one(&sim));
            let fault = *LISTS.choose(&mut changes.random).expect("a list");
            match changes.random.random_range(0..8) {
                0 => sim.cluster.set_fault(fault, Fault::Forbidden),
                1 => sim.cluster.set_fault(fault, Fault::InternalError),
                2 => sim.cluster.set_fault(fault, Fault::WholeObjects),
                3 => remembering = sim.target(settings.clone()),
                _ => {}
            }
            let now = super::super::now() + TimeDelta::minutes(5 * i64::from(number));
            sim.now.set(now);
            remembering.clock.advance(now - remembering.clock.now());
            let scans = round(&remembering).await;
            let fresh = sim.target(ScanSettings { full_read_rounds: 1, ..skipping() });
            fresh.clock.advance(now - fresh.clock.now());
            let (one, other) = (said(&scans), said(&round(&fresh).await));
            for (one, other) in one.iter().zip(&other) {
                assert_eq!(one, other, "seed {seed}, round {number}, {}", one.source);
            }
            confirmed += scans.values().flat_map(|scan| &scan.reads).map(|read| read.confirmed).sum::<u32>();
            sim.cluster.clear_faults();
        }
        assert!(confirmed > 500, "seed {seed}: almost nothing was ever confirmed, so nothing was tried: {confirmed}");
    }
}
