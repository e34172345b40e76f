//! A server that answers whatever a test says, byte by byte.

use std::{path::PathBuf, sync::Arc};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// Answers every request with what `answer` makes of its path; ends with the test.
pub(super) struct Raw {
    folder: tempfile::TempDir,
}

impl Raw {
    pub(super) async fn start(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let answer = Arc::new(answer);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let answer = Arc::clone(&answer);
                tokio::spawn(async move {
                    let mut request = Vec::new();
                    let mut block = [0; 4096];
                    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
                        match stream.read(&mut block).await {
                            Ok(read) if read > 0 => request.extend_from_slice(&block[..read]),
                            _ => return,
                        }
                    }
                    let line = String::from_utf8_lossy(&request);
                    let path = line.split_whitespace().nth(1).unwrap_or_default().to_owned();
                    // A client that has seen enough hangs up.
                    let _gone = stream.write_all(&answer(&path)).await;
                    let _gone = stream.shutdown().await;
                });
            }
        });
        let folder = tempfile::tempdir().expect("a folder");
        let raw = Self { folder };
        raw.write(&super::access::kubeconfig(&format!("http://127.0.0.1:{port}"), "", "token: t"));
        raw
    }

    pub(super) fn write(&self, kubeconfig: &str) {
        std::fs::write(self.kubeconfig(), kubeconfig).expect("a kubeconfig");
    }

    pub(super) fn kubeconfig(&self) -> PathBuf {
        self.folder.path().join("kubeconfig")
    }
}

/// A whole answer.
pub(super) fn answer(status: &str, content_type: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// What an API server answers at `/version`.
pub(super) fn version() -> Vec<u8> {
    answer("200 OK", "application/json", r#"{"major":"1","minor":"32","gitVersion":"v1.32.0"}"#)
}
