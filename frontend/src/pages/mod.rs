//! The pages, one file each: plain props in, markup out.

pub mod access;
pub mod check;
pub mod checks;
pub mod cluster;
pub mod clusters;
pub mod compare;
pub mod confirm;
pub mod control;
pub mod controls;
pub mod coverage;
pub mod error;
pub mod finding;
pub mod findings;
pub mod message;
pub mod my_work;
pub mod object;
pub mod objects;
pub mod overview;
pub mod packs;
pub mod preferences;
pub mod rounds;
pub mod trends;
