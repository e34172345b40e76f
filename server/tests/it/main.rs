//! Integration tests.
mod history;
