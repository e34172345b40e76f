//! The server of Bevis. `ARCHITECTURE.md` tells the way through it.

pub mod app;
pub mod clock;
pub mod config;
pub mod db;
pub mod error;
pub mod saved_views;
pub mod serve;
pub mod telemetry;

pub mod acceptances;
pub mod access;
pub mod auth;
pub mod catalogues;
pub mod cli;
pub mod clusters;
pub mod collect;
pub mod compare;
pub mod controls;
pub mod coverage;
pub mod days;
pub mod decisions;
pub mod findings;
pub mod freshness;
pub mod history;
pub mod idempotency;
pub mod intake;
pub mod ledger;
pub mod notify;
pub mod objects;
pub mod reports;
pub mod retention;
pub mod settle;
pub mod tokens;
pub mod trends;
pub mod visits;
pub mod web;
