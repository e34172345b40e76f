#![no_main]

use libfuzzer_sys::fuzz_target;
use sources::intake::trivy::batch;

fuzz_target!(|body: &[u8]| {
    if let Ok(batch) = batch(body) {
        fuzz::check(&batch);
    }
});
