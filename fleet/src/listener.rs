//! A loopback listener that can be told to close connections as they come, like a machine that is gone.

use std::net::{IpAddr, SocketAddr};
use tokio::net::{TcpListener, TcpStream};

/// Listens at a port of an address; 0 picks a free one.
pub(crate) async fn bind(address: IpAddr, port: u16) -> std::io::Result<(TcpListener, u16)> {
    let listener = TcpListener::bind((address, port)).await?;
    let port = listener.local_addr()?.port();
    Ok((listener, port))
}

/// Accepts connections unless it is told to refuse them.
pub(crate) struct Refusable<F> {
    pub(crate) inner: TcpListener,
    /// Whether a connection that comes now is closed at once.
    pub(crate) refuses: F,
}

impl<F: Fn() -> bool + Send + 'static> axum::serve::Listener for Refusable<F> {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        loop {
            match self.inner.accept().await {
                Ok(connection) if !(self.refuses)() => return connection,
                Ok((connection, _)) => gone(&connection),
                // Out of file descriptors, most likely: wait for some to come back.
                Err(_) => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.inner.local_addr()
    }
}

/// Lets the connection be reset rather than closed in order when it is dropped.
fn gone(connection: &TcpStream) {
    // Where it fails, the connection is closed in order: gone all the same.
    let _closed = connection.set_zero_linger();
}
