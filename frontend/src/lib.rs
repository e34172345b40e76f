//! What people see: the shell, the pages, their parts and charts, the islands, and every word in two languages.
//!
//! Pages are Leptos components with plain props from `model::views`, rendered to HTML on the server (feature `ssr`).
//! Only the islands are built for the browser too (feature `hydrate`); they know neither words nor rules.
//! Nothing here loads data, reads a clock, or decides who may do what.
#![cfg_attr(
    feature = "ssr",
    expect(clippy::needless_pass_by_value, reason = "the props of a component are taken by value, by Leptos' design")
)]

#[cfg(feature = "ssr")]
pub mod charts;
#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
pub mod i18n;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod parts;
#[cfg(feature = "ssr")]
pub mod past;
#[cfg(feature = "ssr")]
pub mod shell;
