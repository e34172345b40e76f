#![no_main]

use libfuzzer_sys::fuzz_target;
use sources::intake::{PARTS, TEXT, audit::read};
use std::collections::BTreeSet;

fuzz_target!(|body: &[u8]| {
    let batch = read(body);
    let keys: BTreeSet<_> = batch.events.iter().map(|event| &event.key).collect();
    assert_eq!(keys.len(), batch.events.len(), "an event is taken once");
    for event in &batch.events {
        assert!(event.key.audit_id.chars().count() <= TEXT && !event.verb.is_empty());
    }
    assert!(batch.refusals.len() <= 2 * PARTS + body.len());
    let counts = batch.counts();
    let sum = |counted: &std::collections::BTreeMap<String, u64>| counted.values().sum::<u64>();
    assert!(sum(&counts.users) == sum(&counts.verbs) && sum(&counts.verbs) <= batch.events.len() as u64);
});
