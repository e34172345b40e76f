//! Integration tests.

mod packs;
