//! The server of Bevis. `ARCHITECTURE.md` tells the way through it.

pub mod app;
pub mod clock;
pub mod config;
pub mod db;
pub mod error;
pub mod serve;
pub mod telemetry;

pub mod access;
pub mod auth;
pub mod clusters;
pub mod collect;
pub mod controls;
pub mod decisions;
pub mod findings;
pub mod history;
pub mod intake;
pub mod ledger;
pub mod reports;
pub mod settle;
pub mod web;
