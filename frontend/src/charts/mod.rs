//! Charts, drawn as SVG on the server. Every chart has its numbers as a table behind it.

pub mod strip;
pub mod trend;
pub mod trends;
