//! A way to the database that can be closed and opened: what a database looks like that goes away and comes back.

use sqlx::{PgPool, postgres::PgConnectOptions};
use std::{net::SocketAddr, sync::Arc};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

/// Open when it is made.
pub struct Way {
    address: SocketAddr,
    target: (String, u16),
    open: tokio::sync::Mutex<Option<JoinSet<()>>>,
}

impl Way {
    pub async fn to_database(pool: &PgPool) -> Arc<Self> {
        let options = pool.connect_options();
        Self::to((options.get_host().to_owned(), options.get_port())).await
    }

    /// How the database is reached by this way.
    pub fn options(&self, pool: &PgPool) -> PgConnectOptions {
        pool.connect_options().as_ref().clone().host("127.0.0.1").port(self.address.port())
    }

    async fn to(target: (String, u16)) -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let way = Arc::new(Self { address: listener.local_addr().unwrap(), target, open: None.into() });
        way.serve(listener).await;
        way
    }

    async fn serve(&self, listener: TcpListener) {
        let target = self.target.clone();
        let mut all = JoinSet::new();
        all.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((mut inner, _)) = listener.accept().await {
                let mut outer = TcpStream::connect((target.0.as_str(), target.1)).await.unwrap();
                connections.spawn(async move {
                    let _ended = copy_bidirectional(&mut inner, &mut outer).await;
                });
            }
        });
        *self.open.lock().await = Some(all);
    }

    /// Every connection breaks, and no new one is made.
    pub async fn close(&self) {
        if let Some(mut all) = self.open.lock().await.take() {
            all.shutdown().await;
        }
    }

    pub async fn open(&self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.serve(listener).await;
    }
}
