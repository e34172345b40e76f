//! A browser as far as a log-in needs one: cookies by host and path, redirects, forms. Over real sockets.

use http::{Method, StatusCode, header};
use url::Url;

/// The browser, and the page that it shows.
pub struct Browser {
    client: reqwest::Client,
    cookies: Vec<Cookie>,
    pub at: Url,
    pub status: StatusCode,
    pub body: String,
    pub refresh: Option<Url>,
}

struct Cookie {
    host: String,
    path: String,
    name: String,
    value: String,
}

/// More redirects than any log-in has.
const REDIRECTS: usize = 15;

impl Browser {
    /// Opens an address.
    pub async fn open(address: &Url) -> Self {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        let (at, status) = (address.clone(), StatusCode::OK);
        let mut browser = Self { client, cookies: vec![], at, status, body: String::new(), refresh: None };
        browser.go(address.clone()).await;
        browser
    }

    /// Goes to an address, and on wherever that leads.
    pub async fn go(&mut self, address: Url) {
        self.send(Method::GET, address, None).await;
    }

    /// Fills in the page's first form, with its hidden fields, and sends it.
    pub async fn submit(&mut self, fields: &[(&str, &str)]) {
        let form = self.body.split("<form").nth(1).expect("a form").split("</form>").next().unwrap().to_owned();
        let action = self.at.join(&attribute(&form, "action").expect("an action")).unwrap();
        let mut values = url::form_urlencoded::Serializer::new(String::new());
        for input in form.split("<input").skip(1).map(|input| input.split('>').next().unwrap()) {
            if let (Some("hidden"), Some(name), Some(value)) =
                (attribute(input, "type").as_deref(), attribute(input, "name"), attribute(input, "value"))
            {
                values.append_pair(&name, &value);
            }
        }
        let values = values.extend_pairs(fields).finish();
        self.send(Method::POST, action, Some(values)).await;
    }

    /// Sends a form of Bevis's own page.
    pub async fn post(&mut self, address: Url) {
        self.send(Method::POST, address, Some(String::new())).await;
    }

    /// The cookie that it would send there.
    pub fn cookie(&self, host: &str, name: &str) -> Option<&str> {
        self.cookies
            .iter()
            .find(|cookie| cookie.host == host && cookie.name == name)
            .map(|cookie| cookie.value.as_str())
    }

    async fn send(&mut self, mut method: Method, mut address: Url, mut form: Option<String>) {
        for _ in 0..REDIRECTS {
            let answer = self.exchange(&method, &address, form.take()).await;
            let location = answer.headers().get(header::LOCATION).map(|to| address.join(to.to_str().unwrap()).unwrap());
            self.keep(&address, &answer);
            self.status = answer.status();
            self.refresh = answer
                .headers()
                .get(header::REFRESH)
                .and_then(|value| value.to_str().ok()?.strip_prefix("0; url=")?.parse().ok());
            self.body = answer.text().await.unwrap();
            self.at = address.clone();
            match location {
                Some(next) if self.status.is_redirection() => address = next,
                _ => return,
            }
            method = Method::GET;
        }
        panic!("a redirect loop at {address}");
    }

    async fn exchange(&self, method: &Method, address: &Url, form: Option<String>) -> reqwest::Response {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .filter(|cookie| address.host_str() == Some(&cookie.host) && address.path().starts_with(&cookie.path))
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        let mut request = self
            .client
            .request(method.clone(), address.clone())
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, cookies.join("; "));
        if let Some(form) = form {
            let origin = self.at.origin().ascii_serialization();
            request = request
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::ORIGIN, origin)
                .body(form);
        }
        request.send().await.unwrap()
    }

    fn keep(&mut self, address: &Url, answer: &reqwest::Response) {
        for line in answer.headers().get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            let part = |wanted: &str| {
                line.split(';')
                    .skip(1)
                    .filter_map(|part| part.trim().split_once('='))
                    .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
                    .map(|(_, value)| value.to_owned())
            };
            let host = address.host_str().unwrap().to_owned();
            let path = part("path").unwrap_or_else(|| "/".into());
            self.cookies.retain(|cookie| cookie.name != name || cookie.host != host || cookie.path != path);
            if !value.is_empty() && part("max-age").as_deref() != Some("0") {
                self.cookies.push(Cookie { host, path, name: name.into(), value: value.into() });
            }
        }
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split(&format!("{name}=\"")).nth(1)?;
    Some(rest.split('"').next()?.replace("&amp;", "&"))
}
