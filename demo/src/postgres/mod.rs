//! A private PostgreSQL: a real server in the data folder, started and stopped with the demo.
//!
//! It listens on loopback alone, and asks for a password that stands in the data folder. The server program refuses to
//! run as root; there it runs as the user `postgres`, whom Debian's package makes.

mod programs;
mod running;
mod store;
mod user;

pub(crate) use running::Postgres;
