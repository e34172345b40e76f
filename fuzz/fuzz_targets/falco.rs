#![no_main]

use libfuzzer_sys::fuzz_target;
use sources::intake::{TEXT, falco::read};

fuzz_target!(|body: &[u8]| {
    for alert in read(body).alerts {
        let incident = alert.incident;
        assert!(incident.rule.chars().count() <= TEXT);
        for text in [incident.namespace, incident.workload, incident.image].into_iter().flatten() {
            assert!(text.chars().count() <= TEXT);
        }
    }
});
