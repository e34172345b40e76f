#![no_main]

use libfuzzer_sys::fuzz_target;
use sources::{
    objects::{
        core::Pod,
        trivy::{AuditReport, ComplianceReport, ExposedSecretReport, VulnerabilityReport},
    },
    page::{Named, Page, Parsed},
};

fuzz_target!(|body: &[u8]| {
    let Ok(page) = Page::split(body.to_vec().into(), "GET /fuzz") else { return };
    check(&page, page.parse::<Pod>(usize::MAX));
    check(&page, page.parse::<VulnerabilityReport>(usize::MAX));
    check(&page, page.parse::<ExposedSecretReport>(usize::MAX));
    check(&page, page.parse::<AuditReport>(usize::MAX));
    check(&page, page.parse::<ComplianceReport>(usize::MAX));
});

/// Every object is understood or counted.
fn check<T: Named>(page: &Page, parsed: Parsed<T>) {
    assert_eq!(parsed.items.len() + parsed.malformed as usize, page.len());
    assert!(parsed.items.iter().all(|object| object.name().is_some_and(|name| !name.is_empty())));
}
