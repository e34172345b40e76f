//! Integration tests: one binary, real PostgreSQL, real HTTP to a provider of our own. A file a story.

#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers of tests fail as tests do")]
#![expect(unreachable_pub, reason = "a test program has no outside")]

mod harness;

mod access;
mod api;
mod canary;
mod csrf;
mod custom;
mod deciding;
mod headers;
mod history;
mod intake;
mod large;
mod login;
mod matrix;
mod objects;
mod packs;
mod past;
mod polling;
mod second_provider;
mod sessions;
mod tidy;
mod tokens;
mod trouble;
