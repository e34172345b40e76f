#![no_main]

use libfuzzer_sys::fuzz_target;
use sources::intake::kube_bench::batch;

fuzz_target!(|body: &[u8]| {
    if let Ok(batch) = batch(body, Some("one")) {
        fuzz::check(&batch);
    }
});
