//! A receiver over real HTTP, that answers as it is told.

use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;
use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::net::TcpListener;

/// How a receiver answers a request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// With a status and nothing else.
    Status(u16),
    /// With JSON.
    Json(u16, Value),
    /// Never.
    Hang,
    /// With a status, and a body that has no end.
    Huge(u16),
    /// Somewhere else.
    Redirect(String),
    /// Later, in so many seconds.
    After(u32),
}

/// What was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Asked {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

#[derive(Clone, Default)]
struct Told {
    replies: Arc<Mutex<VecDeque<Reply>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// A receiver; it answers with what it was told, in order, and 200 after that.
pub struct Receiver {
    address: SocketAddr,
    told: Told,
}

impl Receiver {
    pub async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let told = Told { replies: Arc::new(Mutex::new(replies.into_iter().collect())), asked: Arc::default() };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = axum::Router::new().fallback(answer).with_state(told.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, told }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Everything that was asked.
    pub fn asked(&self) -> Vec<Asked> {
        self.told.asked.lock().unwrap().clone()
    }

    /// Method and path of everything that was asked.
    pub fn lines(&self) -> Vec<String> {
        self.asked().iter().map(|asked| format!("{} {}", asked.method, asked.path)).collect()
    }
}

async fn answer(State(told): State<Told>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    let asked = Asked { method: parts.method.to_string(), path: parts.uri.to_string(), headers: parts.headers, body };
    told.asked.lock().unwrap().push(asked);
    let reply = told.replies.lock().unwrap().pop_front().unwrap_or(Reply::Status(200));
    let status = |code| StatusCode::from_u16(code).unwrap();
    match reply {
        Reply::Status(code) => status(code).into_response(),
        Reply::Json(code, value) => (status(code), axum::Json(value)).into_response(),
        Reply::Hang => std::future::pending().await,
        Reply::Huge(code) => {
            let endless = futures::stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from_static(&[b'x'; 16_384])));
            (status(code), Body::from_stream(endless)).into_response()
        }
        Reply::Redirect(to) => (StatusCode::TEMPORARY_REDIRECT, [("location", to)]).into_response(),
        Reply::After(seconds) => {
            (StatusCode::TOO_MANY_REQUESTS, [("retry-after", seconds.to_string())]).into_response()
        }
    }
}
