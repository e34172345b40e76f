//! Integration tests: one binary, real PostgreSQL, real HTTP to a provider of our own. A file a story.

#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers of tests fail as tests do")]
#![expect(unreachable_pub, reason = "a test program has no outside")]

mod harness;

mod acceptances;
mod access;
mod api;
mod api_tokens;
mod canary;
mod command_line;
mod csrf;
mod custom;
mod deciding;
mod dropped;
mod headers;
mod history;
mod idempotency;
mod intake;
mod labels;
mod large;
mod ledger;
mod login;
mod matrix;
mod notify;
mod objects;
mod packs;
mod past;
mod people;
mod polling;
mod saved_views;
mod second_provider;
mod sessions;
mod sisters;
mod starting;
mod tidy;
mod tokens;
mod trouble;
mod visits;
