//! What people ask for with a browser: a handler per page, and the assets.
//!
//! A handler extracts, loads with the same loaders as API and packs, makes props, and renders. No SQL, no markup, no rules.

pub mod assets;
