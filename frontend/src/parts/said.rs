//! What people said of a finding, besides its state: who has it, by when, its ticket, and what is claimed of it.

use crate::{context::page, parts::icon::Icon};
use leptos::prelude::*;
use model::{
    disposition::{Assignee, Ticket},
    views::{Assigned, Due, FindingRow},
};

/// A link to a ticket, which is elsewhere.
#[component]
pub fn TicketLink(
    /// The ticket.
    ticket: Ticket,
) -> impl IntoView {
    view! {
        <a class="ticket" href=ticket.address().to_owned() rel="noopener noreferrer" data-instant="own">
            {ticket.name().to_owned()}<Icon name="external" />
        </a>
    }
    .into_any()
}

/// By when a finding is to be fixed; that it is overdue stands in words.
#[component]
pub fn DueDate(
    /// The day.
    due: Due,
) -> impl IntoView {
    let locale = page().locale;
    let day = locale.calendar_date(due.on);
    if due.overdue {
        view! { <strong class="overdue">{locale.tx("due-overdue", &[("day", day.into())])}</strong> }.into_any()
    } else {
        view! { <span>{locale.tx("due-by", &[("day", day.into())])}</span> }.into_any()
    }
}

/// Who has a finding.
#[component]
pub fn AssigneeName(
    /// A person or a team.
    assigned: Assigned,
) -> impl IntoView {
    let locale = page().locale;
    let key = match assigned.assignee {
        Assignee::Person(_) => "assigned-person",
        Assignee::Team(_) => "assigned-team",
    };
    view! { <span class="assignee">{locale.tx(key, &[("name", (&assigned.name).into())])}</span> }.into_any()
}

/// All of it but the claim, as facts of a finding's page.
#[component]
pub fn SaidFacts(
    /// The finding.
    row: FindingRow,
) -> impl IntoView {
    let locale = page().locale;
    let fact =
        move |key: &str, value: AnyView| view! { <div><dt>{locale.t(key)}</dt><dd>{value}</dd></div> }.into_any();
    view! {
        {row.assigned.map(|assigned| fact("decide-assignee", view! { <AssigneeName assigned=assigned /> }.into_any()))}
        {row.due.map(|due| fact("decide-due", view! { <DueDate due=due /> }.into_any()))}
        {row.ticket.map(|ticket| fact("finding-ticket", view! { <TicketLink ticket=ticket /> }.into_any()))}
    }
    .into_any()
}

/// All of it, in a cell of a list; nothing where nothing was said.
#[component]
pub fn Said(
    /// The finding.
    row: FindingRow,
) -> impl IntoView {
    let locale = page().locale;
    view! {
        {row.claimed_by.map(|by| view! { <span class="sub claimed">{locale.tx("claimed-short", &[("name", (&by.name).into())])}</span> })}
        {row.assigned.map(|assigned| view! { <span class="sub"><AssigneeName assigned=assigned /></span> })}
        {row.due.map(|due| view! { <span class="sub"><DueDate due=due /></span> })}
        {row.ticket.map(|ticket| view! { <span class="sub"><TicketLink ticket=ticket /></span> })}
    }
    .into_any()
}
