//! Tickets in Jira, GitHub and GitLab: one for each finding, made when it fails, closed when it is fixed, opened again.
//!
//! A ticket bears a label of its finding's own. Where no ticket is known, the label is looked for first: an attempt that did not
//! hear so may have made one already.

use super::{
    Delivery, Failure, Letter, alertmanager,
    http::{Http, Target},
};
use crate::{
    config::{self, notify::NotifySettings},
    notify::{
        content::{self, Told},
        store,
    },
};
use anyhow::Context;
use base64::{Engine, prelude::BASE64_STANDARD};
use model::{
    ids::FindingId,
    notify::{ChannelKind, EventKind},
};
use reqwest::{
    Method,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
};
use serde_json::{Value, json};
use sqlx::PgPool;

/// A tracker of issues.
pub(super) struct Tracker {
    pub(super) name: String,
    target: Target,
    headers: HeaderMap,
    flavour: Flavour,
}

enum Flavour {
    Jira { cloud: bool, project: String, issue_type: String, close: Option<String>, reopen: Option<String> },
    Github { project: String },
    Gitlab { project: String },
}

/// A ticket: the tracker's own name of it, and its page.
struct Ticket {
    key: String,
    address: String,
}

impl Tracker {
    /// Every tracker of the configuration.
    pub(super) fn all(settings: &NotifySettings, http: &Http) -> anyhow::Result<Vec<Self>> {
        let mut trackers = Vec::new();
        for one in &settings.jira {
            trackers.push(Self::jira(one, http)?);
        }
        for (list, kind) in [(&settings.github, ChannelKind::Github), (&settings.gitlab, ChannelKind::Gitlab)] {
            for one in list {
                trackers.push(Self::forge(one, kind, http)?);
            }
        }
        Ok(trackers)
    }

    fn jira(one: &config::notify::Jira, http: &Http) -> anyhow::Result<Self> {
        let name = one.name.get_ref().clone();
        let authorization = match &one.username {
            None => alertmanager::bearer(&name, &one.token)?,
            Some(username) => {
                let token =
                    one.token.reveal().with_context(|| format!("reading the token of the channel \"{name}\""))?;
                let encoded = BASE64_STANDARD.encode(format!("{username}:{token}"));
                let mut value = HeaderValue::try_from(format!("Basic {encoded}"))?;
                value.set_sensitive(true);
                value
            }
        };
        let flavour = Flavour::Jira {
            cloud: one.cloud,
            project: one.project.clone(),
            issue_type: one.issue_type.clone(),
            close: one.close_transition.clone(),
            reopen: one.reopen_transition.clone(),
        };
        Ok(Self {
            target: http.target(&name, &one.url)?,
            headers: headers(authorization, "application/json"),
            name,
            flavour,
        })
    }

    fn forge(one: &config::notify::Forge, kind: ChannelKind, http: &Http) -> anyhow::Result<Self> {
        let name = one.name.get_ref().clone();
        let authorization = alertmanager::bearer(&name, &one.token)?;
        let project = one.project.clone();
        let (flavour, accept) = if kind == ChannelKind::Github {
            anyhow::ensure!(
                project.split('/').count() == 2,
                "the project of the channel \"{name}\" must be owner/name"
            );
            (Flavour::Github { project }, "application/vnd.github+json")
        } else {
            (Flavour::Gitlab { project }, "application/json")
        };
        let mut headers = headers(authorization, accept);
        if kind == ChannelKind::Github {
            headers.insert(HeaderName::from_static("x-github-api-version"), HeaderValue::from_static("2022-11-28"));
        }
        Ok(Self { target: http.target(&name, &one.url)?, headers, name, flavour })
    }

    pub(super) fn kind(&self) -> ChannelKind {
        match self.flavour {
            Flavour::Jira { .. } => ChannelKind::Jira,
            Flavour::Github { .. } => ChannelKind::Github,
            Flavour::Gitlab { .. } => ChannelKind::Gitlab,
        }
    }

    pub(super) fn host(&self) -> String {
        self.target.host()
    }

    pub(super) async fn send(&self, pool: &PgPool, letter: &Letter<'_>) -> Delivery {
        if letter.topic == "test" {
            return self.reach().await;
        }
        let Some((event, finding)) = letter.events.last().and_then(|event| Some((event, event.finding?))) else {
            return Ok("nothing to do".into());
        };
        let lost = |_: sqlx::Error| Failure::later("the ticket could not be looked up");
        let known = match store::tickets::of_finding(pool, &self.name, finding.0).await.map_err(lost)? {
            Some(key) => Some(key),
            None => match self.find(finding).await? {
                Some(ticket) => Some(self.keep(pool, letter, finding, ticket).await?),
                None => None,
            },
        };
        let Some(key) = known else {
            if event.kind == EventKind::FindingClosed {
                return Ok("nothing to do".into());
            }
            let ticket = self.create(letter, event, finding).await?;
            return Ok(format!("created {}", self.keep(pool, letter, finding, ticket).await?));
        };
        let told = |kind| letter.events.iter().any(|event| event.kind == kind);
        if event.kind == EventKind::FindingClosed {
            self.close(&key).await?;
            self.comment(&key, &letter.locale.t("notify-ticket-fixed")).await?;
            Ok(format!("closed {key}"))
        } else if told(EventKind::FindingReopened) {
            self.reopen(&key).await?;
            self.comment(&key, &letter.locale.t("notify-ticket-again")).await?;
            Ok(format!("reopened {key}"))
        } else if event.kind == EventKind::SeverityIncreased {
            let words = [("severity", severity(letter, event).into())];
            self.comment(&key, &letter.locale.tx("notify-ticket-severity", &words)).await?;
            Ok(format!("commented {key}"))
        } else {
            // An attempt before this one made it.
            Ok(format!("created {key}"))
        }
    }

    /// Keeps which ticket is a finding's; answers the tracker's own name of it.
    async fn keep(
        &self,
        pool: &PgPool,
        letter: &Letter<'_>,
        finding: FindingId,
        ticket: Ticket,
    ) -> Result<String, Failure> {
        store::tickets::keep(pool, &self.name, finding.0, &ticket.key, &ticket.address, letter.now)
            .await
            .map_err(|_| Failure::later("the ticket could not be noted"))?;
        Ok(ticket.key)
    }

    fn at(&self, parts: &[&str], query: &[(&str, &str)]) -> Target {
        let root: Vec<&str> = match &self.flavour {
            Flavour::Jira { .. } => vec!["rest", "api", "2"],
            Flavour::Github { project } => std::iter::once("repos").chain(project.split('/')).collect(),
            Flavour::Gitlab { project } => vec!["projects", project],
        };
        self.target.below(&[&root[..], parts].concat(), query)
    }

    async fn ask(&self, target: Target, method: Method, body: Option<&Value>) -> Result<Value, Failure> {
        target.json(method, self.headers.clone(), body).await
    }

    /// A test makes no ticket: it asks whether the project can be seen.
    async fn reach(&self) -> Delivery {
        let target = match &self.flavour {
            Flavour::Jira { project, .. } => self.at(&["project", project], &[]),
            Flavour::Github { .. } | Flavour::Gitlab { .. } => self.at(&[], &[]),
        };
        self.ask(target, Method::GET, None).await.map(|_| "the project can be seen; no ticket was made".into())
    }

    async fn find(&self, finding: FindingId) -> Result<Option<Ticket>, Failure> {
        let label = label(finding);
        let (target, list) = match &self.flavour {
            Flavour::Jira { cloud, project, .. } => {
                let jql = format!("project = \"{}\" AND labels = \"{label}\"", project.replace(['"', '\\'], ""));
                let place: &[&str] = if *cloud { &["search", "jql"] } else { &["search"] };
                (self.at(place, &[("jql", &jql), ("fields", "key"), ("maxResults", "1")]), "issues")
            }
            Flavour::Github { .. } => (self.at(&["issues"], &[("labels", &label), ("state", "all")]), ""),
            Flavour::Gitlab { .. } => (self.at(&["issues"], &[("labels", &label), ("scope", "all")]), ""),
        };
        let answer = self.ask(target, Method::GET, None).await?;
        let found = if list.is_empty() { answer.get(0) } else { answer.get(list).and_then(|list| list.get(0)) };
        Ok(found.and_then(|ticket| self.read(ticket)))
    }

    async fn create(&self, letter: &Letter<'_>, event: &Told, finding: FindingId) -> Result<Ticket, Failure> {
        let told = letter.text.lines.last();
        let title = content::of_what(letter.locale, event);
        let link = told.and_then(|line| line.link.clone()).unwrap_or_default();
        let words = [("link", link.into()), ("severity", severity(letter, event).into())];
        let body = letter.locale.tx("notify-ticket-body", &words);
        let label = label(finding);
        let (target, asked) = match &self.flavour {
            Flavour::Jira { project, issue_type, .. } => (
                self.at(&["issue"], &[]),
                json!({ "fields": {
                    "project": { "key": project }, "issuetype": { "name": issue_type },
                    "summary": title, "description": body, "labels": ["bevis", label],
                } }),
            ),
            Flavour::Github { .. } => (
                self.at(&["issues"], &[]),
                // A title is not formatted, and mentions in it mention nobody.
                json!({ "title": title, "body": body, "labels": ["bevis", label] }),
            ),
            Flavour::Gitlab { .. } => (
                self.at(&["issues"], &[]),
                json!({ "title": title, "description": body, "labels": format!("bevis,{label}") }),
            ),
        };
        let answer = self.ask(target, Method::POST, Some(&asked)).await?;
        // It was made, and what it is called was not understood: the next attempt finds it by its label.
        self.read(&answer).ok_or_else(|| Failure::later("the answer does not name the ticket"))
    }

    fn read(&self, ticket: &Value) -> Option<Ticket> {
        let text = |name: &str| ticket.get(name).and_then(Value::as_str).map(ToOwned::to_owned);
        let number = |name: &str| ticket.get(name).and_then(Value::as_u64).map(|number| number.to_string());
        let (key, address) = match &self.flavour {
            Flavour::Jira { .. } => {
                let key = text("key")?;
                let address = self.target.below(&["browse", &key], &[]).address();
                (key, address)
            }
            Flavour::Github { .. } => (number("number")?, text("html_url")?),
            Flavour::Gitlab { .. } => (number("iid")?, text("web_url")?),
        };
        let https = address.starts_with("https://") || address.starts_with("http://");
        (https && key.len() <= 100).then_some(Ticket { key, address })
    }

    async fn close(&self, key: &str) -> Result<(), Failure> {
        self.turn(key, false).await
    }

    async fn reopen(&self, key: &str) -> Result<(), Failure> {
        self.turn(key, true).await
    }

    async fn turn(&self, key: &str, open: bool) -> Result<(), Failure> {
        let (target, method, body) = match &self.flavour {
            Flavour::Jira { close, reopen, .. } => {
                let Some(id) = (if open { reopen } else { close }) else { return Ok(()) };
                (self.at(&["issue", key, "transitions"], &[]), Method::POST, json!({ "transition": { "id": id } }))
            }
            Flavour::Github { .. } => (
                self.at(&["issues", key], &[]),
                Method::PATCH,
                json!({ "state": if open { "open" } else { "closed" } }),
            ),
            Flavour::Gitlab { .. } => (
                self.at(&["issues", key], &[]),
                Method::PUT,
                json!({ "state_event": if open { "reopen" } else { "close" } }),
            ),
        };
        match self.ask(target, method, Some(&body)).await {
            // A transition that the ticket's state does not offer: somebody moved it already.
            Err(Failure::Never(reason)) if reason == "status 400" && matches!(self.flavour, Flavour::Jira { .. }) => {
                Ok(())
            }
            done => done.map(|_| ()),
        }
    }

    /// After the turn, so that an attempt that is repeated for the turn's sake does not comment twice.
    async fn comment(&self, key: &str, text: &str) -> Result<(), Failure> {
        let place = match &self.flavour {
            Flavour::Jira { .. } => ["issue", key, "comment"],
            Flavour::Github { .. } => ["issues", key, "comments"],
            Flavour::Gitlab { .. } => ["issues", key, "notes"],
        };
        self.ask(self.at(&place, &[]), Method::POST, Some(&json!({ "body": text }))).await.map(|_| ())
    }
}

fn headers(authorization: HeaderValue, accept: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, authorization);
    headers.insert(ACCEPT, HeaderValue::from_static(accept));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers
}

fn severity(letter: &Letter<'_>, event: &Told) -> String {
    event.severity.map(|severity| letter.locale.t(&format!("severity-{severity}"))).unwrap_or_default()
}

/// The label by which a finding's ticket is found again: 38 characters, within GitHub's 50.
fn label(finding: FindingId) -> String {
    format!("bevis-{}", finding.0.simple())
}
