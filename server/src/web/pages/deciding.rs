//! What people decide on the pages of findings: about one, about several, about everything that a filter matches.

use super::{
    findings::read_id,
    form::Form,
    frame::{Frame, told},
};
use crate::{
    app::App,
    auth::Visitor,
    decisions::{self, Actor},
    error::{Error, Result},
    findings,
    web::render,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use frontend::{
    context::PageContext,
    pages::confirm::{ConfirmPage, Confirming},
    parts::deciding::Deciding,
};
use leptos::prelude::*;
use model::{
    disposition::{Act, Assignee, Reviewer},
    finding::DecisionKind,
    ids::{DecisionId, FindingId},
    role::Permission,
    views::{FindingFilter, Undoable},
};
use sqlx::PgConnection;

/// What the pages of findings know for those who decide. People and teams are there for everybody: they can be filtered by.
pub(super) async fn props(db: &mut PgConnection, app: &App, visitor: &Visitor, frame: &Frame) -> Result<Deciding> {
    Ok(Deciding {
        person: Some(visitor.person),
        assignees: decisions::assignees(db).await?,
        ticket_keys: app.config.tickets.address.is_some(),
        undoable: undoable(db, visitor, frame).await?,
    })
}

/// What the reader may take back; nothing on a page of the past.
pub(super) async fn undoable(db: &mut PgConnection, visitor: &Visitor, frame: &Frame) -> Result<Option<Undoable>> {
    if !frame.context.may(Permission::Decide) {
        return Ok(None);
    }
    decisions::undoable(db, visitor.person, frame.at()).await
}

/// POST `/findings/decide`: the findings selected in a list, or everything that a filter matches, once confirmed.
pub async fn several(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Redirect> {
    let back = form.back(&app, "/findings");
    let act = match act(&app, &form) {
        Ok(act) => act,
        Err(Missing::Said(notice)) => return Ok(told(&back, notice)),
        Err(Missing::Refused(error)) => return Err(error),
    };
    let (by, comment, at) = (actor(visitor), comment(&form), app.clock.now());
    let count = if form.one("scope") == Some("matching") {
        let filter = FindingFilter::from_query(form.one("matching").unwrap_or_default())?;
        let expected: usize = form.one("expected").and_then(|text| text.parse().ok()).unwrap_or_default();
        decisions::decide_matching(&app.db, &by, &act, (&filter, expected), comment, at).await?;
        expected
    } else {
        let selected: Vec<FindingId> = form.all("finding").map(read_id).collect::<Result<_>>()?;
        if selected.is_empty() {
            return Ok(told(&back, "nothing-selected"));
        }
        decisions::decide(&app.db, &by, &act, &selected, comment, at).await?;
        selected.len()
    };
    Ok(told(&back, &done(act.kind(), count)))
}

/// POST `/findings/confirm`: tells how many findings a filter matches, and asks once more. Changes nothing.
pub async fn confirm(State(app): State<App>, frame: Frame, form: Form) -> Result<Response> {
    let filter = FindingFilter::from_query(form.one("matching").unwrap_or_default())?;
    let back = form.back(&app, "/findings");
    let act = match act(&app, &form) {
        Ok(act) => act,
        Err(Missing::Said(notice)) => return Ok(told(&back, notice).into_response()),
        Err(Missing::Refused(error)) => return Err(error),
    };
    let mut db = app.db.acquire().await?;
    let expected = findings::number_matching(&mut db, &filter, app.clock.now()).await?;
    if expected == 0 {
        return Ok(told(&back, "nothing-matches").into_response());
    }
    let locale = frame.locale();
    let assignees = decisions::assignees(&mut db).await?;
    let (value, field) = match &act {
        Act::Assign(assignee) => {
            let known = assignees.people.iter().chain(&assignees.teams).find(|known| known.assignee == *assignee);
            let name = known.map_or_else(|| assignee.to_string(), |known| known.name.clone());
            (Some(name), Some(("assignee", assignee.to_string())))
        }
        Act::SetDue(due) => (Some(locale.calendar_date(*due)), Some(("due", due.to_string()))),
        Act::LinkTicket(ticket) => (Some(ticket.address().to_owned()), Some(("ticket", ticket.address().to_owned()))),
        _ => (None, None),
    };
    let comment = comment(&form).to_owned();
    let fields = [("kind", act.kind().to_string()), ("comment", comment.clone())].into_iter().chain(field).collect();
    let confirming = Confirming { kind: act.kind(), value, comment, filter, assignees, expected, fields };
    let title = locale.tx("confirm-title", &[("count", expected.into())]);
    // Where the form came from is where its reader is.
    let context = PageContext { path: back, ..frame.context };
    Ok(render::page(context, title, move || view! { <ConfirmPage confirming=confirming /> }))
}

/// POST `/findings/{id}/decide`: one finding, in one of the ways that its page offers.
pub async fn one(State(app): State<App>, Path(id): Path<String>, visitor: Visitor, form: Form) -> Result<Redirect> {
    let finding = read_id(&id)?;
    let back = format!("/findings/{finding}");
    let act = match act(&app, &form) {
        Ok(act) => act,
        Err(Missing::Said(notice)) => return Ok(told(&back, notice)),
        Err(Missing::Refused(error)) => return Err(error),
    };
    decisions::decide(&app.db, &actor(visitor), &act, &[finding], comment(&form), app.clock.now()).await?;
    Ok(told(&back, &done(act.kind(), 1)))
}

/// POST `/findings/{id}/review`: judges what somebody else claims of a finding.
pub async fn review(State(app): State<App>, Path(id): Path<String>, visitor: Visitor, form: Form) -> Result<Redirect> {
    let finding = read_id(&id)?;
    let back = format!("/findings/{finding}");
    let reviewer = Reviewer::of(&visitor.roles).ok_or(Error::Forbidden(Permission::Review))?;
    let act = match form.one("kind").and_then(|word| word.parse().ok()) {
        Some(DecisionKind::ConfirmFalsePositive) => Act::ConfirmFalsePositive(reviewer),
        Some(DecisionKind::RejectFalsePositive) => Act::RejectFalsePositive(reviewer),
        _ => return Err(no_decision(&form)),
    };
    if decisions::is_required(act.kind()) && comment(&form).is_empty() {
        return Ok(told(&back, "comment-missing"));
    }
    decisions::decide(&app.db, &actor(visitor), &act, &[finding], comment(&form), app.clock.now()).await?;
    Ok(told(&back, &done(act.kind(), 1)))
}

/// POST `/decisions/{id}/undo`: takes one's own decision of a moment ago back.
pub async fn undo(State(app): State<App>, Path(id): Path<String>, visitor: Visitor, form: Form) -> Result<Redirect> {
    let decision: DecisionId = id.parse().map_err(|_| Error::NotFound)?;
    decisions::undo(&app.db, &actor(visitor), decision, app.clock.now()).await?;
    Ok(told(&form.back(&app, "/findings"), "undone"))
}

/// Why a form is no act: something that the page tells, or an error.
enum Missing {
    Said(&'static str),
    Refused(Error),
}

impl From<Error> for Missing {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

/// What a form asks for. Judging is asked for elsewhere, by those who may.
fn act(app: &App, form: &Form) -> std::result::Result<Act, Missing> {
    let kind: DecisionKind = form.one("kind").unwrap_or_default().parse().map_err(|_| no_decision(form))?;
    if decisions::is_required(kind) && comment(form).is_empty() {
        return Err(Missing::Said("comment-missing"));
    }
    let value = |name: &str| form.one(name).map(str::trim).filter(|value| !value.is_empty());
    let (mut assignee, mut ticket, mut due) = (None, None, None);
    match kind {
        DecisionKind::Assign => {
            let text = value("assignee").ok_or(Missing::Said("value-missing"))?;
            let refused = |_| Error::Invalid { key: "error-assignee", value: text.chars().take(100).collect() };
            assignee = Some(text.parse::<Assignee>().map_err(refused)?);
        }
        DecisionKind::LinkTicket => {
            let text = value("ticket").ok_or(Missing::Said("value-missing"))?;
            ticket = Some(decisions::ticket(&app.config.tickets, text)?);
        }
        DecisionKind::SetDue => {
            let text = value("due").ok_or(Missing::Said("value-missing"))?;
            due = Some(decisions::due_date(text)?);
        }
        DecisionKind::ConfirmFalsePositive | DecisionKind::RejectFalsePositive | DecisionKind::Undo => {
            return Err(no_decision(form).into());
        }
        _ => {}
    }
    Act::recorded(kind, assignee, ticket, due).ok_or_else(|| no_decision(form).into())
}

fn no_decision(form: &Form) -> Error {
    let value = form.one("kind").unwrap_or_default().chars().take(100).collect();
    Error::Invalid { key: "error-invalid-decision", value }
}

/// The notice that tells what was done.
fn done(kind: DecisionKind, count: usize) -> String {
    match kind {
        DecisionKind::Acknowledge => format!("acknowledged.{count}"),
        DecisionKind::Withdraw => format!("withdrawn.{count}"),
        DecisionKind::Comment => "commented".to_owned(),
        _ => format!("decided.{count}"),
    }
}

fn comment(form: &Form) -> &str {
    form.one("comment").unwrap_or_default().trim()
}

fn actor(visitor: Visitor) -> Actor {
    Actor { person: visitor.person, name: visitor.name }
}
