//! What the demo tells whoever started it.

/// Tells what is going on.
#[expect(clippy::print_stdout, reason = "this program talks to a person at a terminal")]
pub(crate) fn line(text: &str) {
    println!("{text}");
}

/// Tells why it cannot go on.
#[expect(clippy::print_stderr, reason = "this program talks to a person at a terminal")]
pub(crate) fn problem(text: &str) {
    eprintln!("{text}");
}
