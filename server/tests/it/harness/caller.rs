//! Somebody with a browser, or a program, who asks the server.

use axum::{
    Router,
    body::{Body, BodyDataStream},
    extract::ConnectInfo,
};
use futures::StreamExt;
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use std::net::SocketAddr;
use tower::ServiceExt;

/// A caller: what they send with every request. Cookies that the server sets are kept, as a browser does.
#[derive(Clone)]
pub struct Caller {
    router: Router,
    cookies: Vec<(String, String)>,
    address: SocketAddr,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

/// A stream of events that goes on.
pub struct Events(BodyDataStream);

impl Events {
    /// What comes next, once it comes.
    pub async fn next(&mut self) -> String {
        let bytes = self.0.next().await.expect("the stream goes on").unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }
}

pub const SESSION: &str = "__Host-bevis_session";

impl Caller {
    pub fn new(router: Router) -> Self {
        Self { router, cookies: vec![], address: SocketAddr::from(([127, 0, 0, 1], 40_000)) }
    }

    pub fn with_session(self, id: &str) -> Self {
        self.with_cookie(SESSION, id)
    }

    pub fn with_cookie(mut self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    pub fn at_address(mut self, address: [u8; 4]) -> Self {
        self.address = SocketAddr::from((address, 40_000));
        self
    }

    pub fn session(&self) -> Option<&str> {
        self.cookies.iter().find(|(name, _)| name == SESSION).map(|(_, value)| value.as_str())
    }

    fn set(&mut self, name: &str, value: &str) {
        self.cookies.retain(|(known, _)| known != name);
        if !value.is_empty() {
            self.cookies.push((name.into(), value.into()));
        }
    }

    /// A page, as a browser asks for it when an address is typed.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(navigation(path).header("sec-fetch-site", "none")).await
    }

    /// A page's own form.
    pub async fn post(&mut self, path: &str, form: &str) -> Answer {
        let request = Request::post(path)
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.send_body(request, form).await
    }

    /// A script of ours.
    pub async fn json(&mut self, method: Method, path: &str, body: &str) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/json")
            .header("sec-fetch-site", "same-origin");
        self.send_body(request, body).await
    }

    pub async fn send(&mut self, request: http::request::Builder) -> Answer {
        self.send_body(request, "").await
    }

    /// A stream of events: its head alone, for its body has no end.
    pub async fn listen(&mut self, path: &str) -> (StatusCode, HeaderMap) {
        let request =
            Request::get(path).header(header::ACCEPT, "text/event-stream").header("sec-fetch-site", "same-origin");
        let request = self.with_cookies(request).body(Body::empty()).unwrap();
        let (parts, _body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        (parts.status, parts.headers)
    }

    /// A stream of events, bit by bit.
    pub async fn events(&mut self, path: &str) -> Events {
        let request =
            Request::get(path).header(header::ACCEPT, "text/event-stream").header("sec-fetch-site", "same-origin");
        let request = self.with_cookies(request).body(Body::empty()).unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        Events(answer.into_body().into_data_stream())
    }

    fn with_cookies(&self, request: http::request::Builder) -> http::request::Builder {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if cookies.is_empty() { request } else { request.header(header::COOKIE, cookies.join("; ")) }
    }

    /// Sends, and keeps what cookies come back.
    pub async fn send_body(&mut self, request: http::request::Builder, body: &str) -> Answer {
        let request = self.with_cookies(request);
        let request = request.extension(ConnectInfo(self.address)).body(Body::from(body.to_owned())).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let answer =
            Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() };
        for cookie in answer.cookies() {
            let (name, rest) = cookie.split_once('=').unwrap();
            self.set(name, rest.split(';').next().unwrap());
        }
        answer
    }
}

/// A GET as a browser makes it for a page.
pub fn navigation(path: &str) -> http::request::Builder {
    Request::get(path)
        .header(header::ACCEPT, "text/html,application/xhtml+xml")
        .header("sec-fetch-mode", "navigate")
        .header("sec-fetch-dest", "document")
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    pub fn cookies(&self) -> Vec<String> {
        self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap().to_owned()).collect()
    }

    /// The cookie that an answer sets, with its attributes.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies().into_iter().find(|cookie| cookie.starts_with(&format!("{name}=")))
    }
}
