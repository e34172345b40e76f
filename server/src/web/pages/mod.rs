//! What people ask for with a browser: a handler per page, and the assets.
//!
//! A handler extracts, loads with the same loaders as API and packs, makes props, and renders. No SQL, no markup, no rules.
//! Whatever a form changes ends in a 303 to a page that tells what was done.

pub mod acceptances;
pub mod access;
pub mod assets;
pub mod checks;
pub mod clusters;
pub mod compare;
pub mod controls;
pub mod coverage;
pub mod deciding;
pub mod findings;
mod form;
mod frame;
pub mod ledger;
pub mod my_work;
pub mod notifications;
pub mod objects;
pub mod overview;
pub mod packs;
pub mod people;
pub mod preferences;
pub mod tokens;
pub mod trends;
pub mod views;
