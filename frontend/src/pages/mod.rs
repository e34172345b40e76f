//! The pages, one file each: plain props in, markup out.

pub mod acceptance;
pub mod acceptance_new;
pub mod acceptances;
pub mod access;
pub mod check;
pub mod checks;
pub mod cluster;
pub mod clusters;
pub mod compare;
pub mod control;
pub mod controls;
pub mod coverage;
pub mod error;
pub mod finding;
pub mod findings;
pub mod ledger;
pub mod message;
pub mod notifications;
pub mod object;
pub mod objects;
pub mod overview;
pub mod packs;
pub mod preferences;
pub mod rounds;
pub mod tokens;
pub mod trends;
