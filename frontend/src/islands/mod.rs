//! The parts of a page that do something by themselves in the browser. Each is useful because of what is around it:
//! a page says everything and does everything without them.
//!
//! Props are in the page's HTML for everybody to read: texts in the reader's language, and nothing that is secret.

pub mod copy_button;
pub mod scan_progress;
pub mod select_rows;

/// Called once by `static/js/boot.js`, before it wakes the islands of the page.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
