//! HTTP: the one table of routes, what every request goes through, pages and API.

pub mod pages;
pub mod render;
