//! Small pieces that pages share.

pub mod icon;
pub mod time;
