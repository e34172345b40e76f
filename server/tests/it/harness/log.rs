//! What the server logs while a test runs.

use std::{cell::RefCell, io, sync::Once};
use tracing_subscriber::{fmt::MakeWriter, layer::SubscriberExt, util::SubscriberInitExt};

thread_local! {
    static LINES: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Collects every line, of every level, that this thread writes while it lives. A test has a thread of its own.
pub struct Log(());

impl Log {
    /// From now on.
    pub fn listen() -> Self {
        static ONE_FOR_ALL: Once = Once::new();
        // One subscriber for the whole program: with one per thread, the others' absence switches lines off.
        ONE_FOR_ALL.call_once(|| {
            let lines = tracing_subscriber::fmt::layer().json().with_writer(Lines);
            tracing_subscriber::registry().with(lines).init();
        });
        LINES.set(Some(vec![]));
        Self(())
    }

    /// All of it so far.
    pub fn text(&self) -> String {
        let Self(()) = self;
        LINES.with_borrow(|lines| String::from_utf8_lossy(lines.as_deref().unwrap_or_default()).into_owned())
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        LINES.set(None);
    }
}

struct Lines;

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES.with_borrow_mut(|lines| lines.iter_mut().for_each(|lines| lines.extend_from_slice(bytes)));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        Self
    }
}
