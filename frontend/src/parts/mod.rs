//! Small pieces that pages share.

pub mod acceptance;
pub mod acceptance_changes;
pub mod as_of;
pub mod badge;
pub mod code;
pub mod coverage_table;
pub mod deciding;
pub mod empty;
pub mod finding_filter;
pub mod findings_table;
pub mod freshness;
pub mod icon;
pub mod markdown;
pub mod platform;
pub mod problems;
pub mod said;
pub mod service_level;
pub mod several;
pub mod states;
pub mod systems;
pub mod texts;
pub mod time;
