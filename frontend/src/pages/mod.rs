//! The pages, one file each: plain props in, markup out.

pub mod error;
pub mod message;
