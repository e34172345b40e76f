//! The parts of a page that do something by themselves in the browser. Each is useful because of what is around it:
//! a page says everything and does everything without them.
//!
//! Props are in the page's HTML for everybody to read: texts in the reader's language, and ids of elements; nothing else.

pub mod copy_button;
pub mod scan_progress;
pub mod select_rows;

/// The browser calls it once; each island is then brought to life where it stands.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
}

/// Puts a number into a text that has `{n}` where it belongs.
#[cfg(feature = "hydrate")]
fn with_number(text: &str, number: u32) -> String {
    text.replace("{n}", &number.to_string())
}
