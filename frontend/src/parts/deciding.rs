//! What forms of decisions share: whom findings can be given to, the values of an act, and taking back.

use crate::{
    context::page,
    parts::{icon::Icon, time::Time},
};
use leptos::prelude::*;
use model::{
    disposition::{LONGEST_TICKET, Ticket},
    finding::DecisionKind,
    ids::PersonId,
    views::{Assigned, Assignees, FindingRow, Undoable},
};

/// The comment's length at most, in characters.
pub const LONGEST_COMMENT: usize = 4000;

/// What the pages of those who decide know besides.
#[derive(Clone, Debug)]
pub struct Deciding {
    /// The reader.
    pub person: Option<PersonId>,
    /// Whom findings can be given to.
    pub assignees: Assignees,
    /// Whether a ticket's key is enough.
    pub ticket_keys: bool,
    /// What the reader may take back.
    pub undoable: Option<Undoable>,
}

impl Default for Deciding {
    fn default() -> Self {
        let assignees = Assignees { people: Vec::new(), teams: Vec::new() };
        Self { person: None, assignees, ticket_keys: false, undoable: None }
    }
}

/// Offers to take the reader's last decision back.
#[component]
pub fn UndoOffer(
    /// The decision; nothing is offered without one.
    undoable: Option<Undoable>,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    undoable.map(|Undoable { decision, kind, findings, until }| {
        let what = locale.t(&format!("decision-{kind}"));
        view! {
            <form class="notice undo" method="post" action=format!("/decisions/{decision}/undo")>
                <input type="hidden" name="back" value=context.path />
                <p>
                    {locale.tx("undo-offer", &[("decision", (&what).into()), ("count", findings.into())])}
                    " "
                    <span class="quiet">{locale.t("undo-until")}" "<Time locale=locale at=until exact=true /></span>
                </p>
                <button type="submit" class="button">{locale.t("undo")}</button>
            </form>
        }
        .into_any()
    })
}

/// A choice among all people and teams.
#[component]
pub fn AssigneeChoice(
    /// All of them.
    assignees: Assignees,
    /// The one that is chosen.
    #[prop(optional_no_strip)]
    chosen: Option<Assigned>,
) -> impl IntoView {
    let locale = page().locale;
    let chosen = chosen.map(|assigned| assigned.assignee);
    let options = move |list: Vec<Assigned>| {
        let options = list.into_iter().map(|assigned| {
            let selected = chosen.as_ref() == Some(&assigned.assignee);
            view! { <option value=assigned.assignee.to_string() selected=selected>{assigned.name}</option> }
        });
        options.collect_view()
    };
    view! {
        <label class="field">
            <span>{locale.t("decide-assignee")}</span>
            <select name="assignee">
                <option value="">{locale.t("decide-assignee-none")}</option>
                <optgroup label=locale.t("decide-people")>{options.clone()(assignees.people)}</optgroup>
                <optgroup label=locale.t("decide-teams")>{options(assignees.teams)}</optgroup>
            </select>
        </label>
    }
    .into_any()
}

/// The day by which something is to be fixed.
#[component]
pub fn DueChoice(
    /// The day that is set.
    #[prop(optional_no_strip)]
    chosen: Option<String>,
) -> impl IntoView {
    let locale = page().locale;
    view! {
        <label class="field">
            <span>{locale.t("decide-due")}</span>
            <input type="date" name="due" value=chosen />
        </label>
    }
    .into_any()
}

/// A ticket in another system.
#[component]
pub fn TicketChoice(
    /// Whether a key is enough.
    keys: bool,
    /// The ticket that is linked.
    #[prop(optional_no_strip)]
    chosen: Option<Ticket>,
) -> impl IntoView {
    let locale = page().locale;
    let label = if keys { "decide-ticket-or-key" } else { "decide-ticket" };
    view! {
        <label class="field">
            <span>{locale.t(label)}</span>
            <input type="text" name="ticket" inputmode="url" maxlength=LONGEST_TICKET value=chosen.map(|ticket| ticket.address().to_owned()) />
        </label>
    }
    .into_any()
}

/// The small forms of a finding's page: who has it, by when, and its ticket.
#[component]
pub fn ValueForms(
    /// The finding.
    row: FindingRow,
    /// What the forms know.
    deciding: Deciding,
) -> impl IntoView {
    let locale = page().locale;
    let action = format!("/findings/{}/decide", row.id);
    let due = row.due.as_ref().map(|due| due.on.to_string());
    let button = move |kind: DecisionKind| {
        view! {
            <button type="submit" class="button" name="kind" value=kind.as_str()>{locale.t(&format!("decide-{kind}"))}</button>
        }
    };
    let (assigned, has_due, has_ticket) = (row.assigned.is_some(), due.is_some(), row.ticket.is_some());
    view! {
        <details class="panel decide-values">
            <summary><h2>{locale.t("decide-values")}</h2></summary>
            <form method="post" action=action.clone()>
                <AssigneeChoice assignees=deciding.assignees chosen=row.assigned />
                <div class="buttons">
                    {button(DecisionKind::Assign)}
                    {assigned.then(|| button(DecisionKind::Unassign))}
                </div>
            </form>
            <form method="post" action=action.clone()>
                <DueChoice chosen=due />
                <div class="buttons">
                    {button(DecisionKind::SetDue)}
                    {has_due.then(|| button(DecisionKind::ClearDue))}
                </div>
            </form>
            <form method="post" action=action>
                <TicketChoice keys=deciding.ticket_keys chosen=row.ticket />
                <div class="buttons">
                    {button(DecisionKind::LinkTicket)}
                    {has_ticket.then(|| button(DecisionKind::UnlinkTicket))}
                </div>
            </form>
        </details>
    }
    .into_any()
}

/// What is claimed of a finding, and the form of those who may judge it.
#[component]
pub fn Claim(
    /// The finding.
    row: FindingRow,
    /// The reader.
    reader: Option<PersonId>,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    row.claimed_by.map(|by| {
        let judges = context.may(model::role::Permission::Review) && reader != Some(by.person);
        let own = reader == Some(by.person);
        view! {
            <section class="panel claim" aria-labelledby="claim-title">
                <h2 id="claim-title"><Icon name="warning" />{locale.tx("claim-title", &[("name", (&by.name).into())])}</h2>
                <p class="quiet" id="claim-help">{locale.t(if own { "claim-own" } else { "claim-waits" })}</p>
                {judges.then(|| view! {
                    <form class="decide" method="post" action=format!("/findings/{}/review", row.id)>
                        <label class="field">
                            <span>{locale.t("claim-comment-label")}</span>
                            <textarea name="comment" rows="2" maxlength=LONGEST_COMMENT aria-describedby="claim-help"></textarea>
                        </label>
                        <div class="buttons">
                            {[DecisionKind::ConfirmFalsePositive, DecisionKind::RejectFalsePositive].map(|kind| view! {
                                <button type="submit" class="button" name="kind" value=kind.as_str()>{locale.t(&format!("decide-{kind}"))}</button>
                            }).collect_view()}
                        </div>
                    </form>
                }.into_any())}
            </section>
        }
        .into_any()
    })
}
