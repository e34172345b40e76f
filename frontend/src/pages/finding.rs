//! One finding: what is wrong and how to mend it, what it means for controls, and everything that happened to it.

use crate::{
    context::page,
    pages::control::Texts,
    parts::{
        acceptance::{AcceptanceStateBadge, plain_scope_text},
        badge::{FindingStateBadge, RetainedNote, SeverityBadge},
        deciding::{Claim, Deciding, LONGEST_COMMENT, UndoOffer, ValueForms},
        findings_table::SubjectName,
        icon::Icon,
        markdown::Markdown,
        said::{AssigneeName, SaidFacts, TicketLink},
        service_level::ServiceLevelPanel,
        time::{Ago, Time},
    },
};
use chrono::SecondsFormat;
use leptos::prelude::*;
use model::{
    Instant,
    acceptance::{AcceptanceScope, advisory},
    catalogue::Catalogue,
    disposition::Ticket,
    finding::{DecisionKind, FindingState},
    ids::FindingId,
    role::Permission,
    views::{FindingAcceptance, FindingDetail, FindingRow, NotificationTicket, TimelineEntry, TimelineEvent},
};

/// A finding.
#[component]
pub fn FindingDetailPage(
    /// Everything about it.
    finding: FindingDetail,
    /// The risk acceptances that it falls under.
    #[prop(optional)]
    acceptances: Vec<FindingAcceptance>,
    /// The tickets that Bevis made for it.
    #[prop(optional)]
    tickets: Vec<NotificationTicket>,
    /// What the forms of those who decide know.
    #[prop(default = Deciding::default())]
    deciding: Deciding,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let FindingDetail { row, first_seen_at, controls, timeline, goes_on_as, retained_from } = finding;
    let check = Catalogue::current().check(&row.check).cloned();
    let fault = locale.fault(&row.check, &row.fault, &row.detail);
    let decides = context.may(Permission::Decide) && goes_on_as.is_none();
    view! {
        <nav class="crumbs" aria-label=locale.t("crumbs")>
            <a href="/findings">{locale.t("nav-findings")}</a>
            <span aria-hidden="true">"/"</span>
            <a href=format!("/findings?check={}", row.check)>{row.check.to_string()}</a>
        </nav>
        <div class="page-head">
            <h1><a class="plain" href=format!("/checks/{}", row.check)>{locale.check_title(&row.check)}</a></h1>
        </div>
        <UndoOffer undoable=deciding.undoable.clone() />
        <div class="finding-layout">
            <div class="finding-main">
                <section class="panel" aria-labelledby="what-title">
                    <h2 id="what-title" class="visually-hidden">{locale.t("finding-what")}</h2>
                    <p class="finding-badges">
                        <SeverityBadge severity=row.severity />
                        {match goes_on_as {
                            Some(other) => view! { <a href=format!("/findings/{other}")>{locale.t("finding-goes-on")}</a> }.into_any(),
                            None => view! { <FindingStateBadge state=row.state /> }.into_any(),
                        }}
                    </p>
                    <p class="fault">{fault}</p>
                    <dl class="facts">
                        <div class="wide"><dt>{locale.t("finding-subject")}</dt><dd><SubjectName subject=row.subject.clone() /></dd></div>
                        <div><dt>{locale.t("finding-cluster")}</dt><dd><a href=format!("/clusters/{}", row.cluster.name)>{row.cluster.title.clone()}</a></dd></div>
                        <div><dt>{locale.t("filter-source")}</dt><dd>{locale.t(&format!("source-{}", row.source))}</dd></div>
                        <div><dt>{locale.t("finding-first-seen")}</dt><dd><Time locale=locale at=first_seen_at /></dd></div>
                        <div><dt>{locale.t("finding-open-since")}</dt><dd><Ago locale=locale at=row.opened_at now=context.as_of /></dd></div>
                        {row.unseen_since.map(|at| view! {
                            <div class="wide"><dt>{locale.t("finding-unseen")}</dt><dd><Time locale=locale at=at exact=true /><span class="sub">{locale.t("finding-unseen-means")}</span></dd></div>
                        })}
                        {row.closed_at.map(|at| view! { <div><dt>{locale.t("finding-closed-at")}</dt><dd><Time locale=locale at=at /></dd></div> })}
                        <SaidFacts row=row.clone() />
                        {(!tickets.is_empty()).then(|| view! { <Tickets tickets=tickets /> })}
                    </dl>
                    <p><a href=objects_address(row.id, context.as_of)>{locale.t("objects-of-finding")}</a></p>
                </section>
                {check.map(|check| view! {
                    <section class="panel" aria-labelledby="mend-title">
                        <h2 id="mend-title">{locale.t("finding-about")}</h2>
                        <Texts check=check />
                    </section>
                })}
                <section class="panel" aria-labelledby="controls-title">
                    <h2 id="controls-title">{locale.t("finding-controls")}</h2>
                    <ul class="plain links">
                        {controls.into_iter().map(|control| view! {
                            <li><a href=format!("/controls/{control}")><span class="control-id">{control.to_string()}</span>" "{locale.control_title(&control)}</a></li>
                        }).collect_view()}
                    </ul>
                </section>
            </div>
            <aside class="finding-aside" aria-label=locale.t("finding-timeline")>
                <Claim row=row.clone() reader=deciding.person />
                {(decides && goes_on_as.is_none()).then(|| view! {
                    <Decide row=row.clone() />
                    <ValueForms row=row.clone() deciding=deciding />
                }.into_any())}
                <ServiceLevelPanel level=row.service_level />
                <Acceptances row=row.clone() acceptances=acceptances asks=decides && goes_on_as.is_none() />
                <section class="panel" aria-labelledby="timeline-title">
                    <h2 id="timeline-title">{locale.t("finding-timeline")}</h2>
                    <RetainedNote key="finding-not-retained" from=retained_from />
                    <ol class="timeline">
                        {timeline.into_iter().rev().map(|entry| view! { <Entry entry=entry check=row.check.clone() finding=row.id /> }).collect_view()}
                    </ol>
                </section>
            </aside>
        </div>
    }
    .into_any()
}

/// The tickets that rules of notifications made, each in a system of its own.
#[component]
fn Tickets(tickets: Vec<NotificationTicket>) -> impl IntoView {
    let locale = page().locale;
    let link = |ticket: NotificationTicket| {
        let name = format!("{} {}", ticket.channel, ticket.key);
        // What a tracker calls its own page is its word, and is not followed blindly.
        match Ticket::read(&ticket.address) {
            Some(address) => view! {
                <a class="ticket" href=address.address().to_owned() rel="noopener noreferrer" data-instant="own">{name}<Icon name="external" /></a>
            }
            .into_any(),
            None => view! { <span>{name}</span> }.into_any(),
        }
    };
    view! {
        <div><dt>{locale.t("finding-tickets")}</dt><dd><ul class="plain">
            {tickets.into_iter().map(|ticket| view! { <li>{link(ticket)}</li> }).collect_view()}
        </ul></dd></div>
    }
    .into_any()
}

/// The risk acceptances that a finding falls under, and where to ask for one.
#[component]
fn Acceptances(row: FindingRow, acceptances: Vec<FindingAcceptance>, asks: bool) -> impl IntoView {
    let locale = page().locale;
    let asks = asks && row.closed_at.is_none();
    (asks || !acceptances.is_empty()).then(|| view! {
        <section class="panel" aria-labelledby="acceptances-title">
            <h2 id="acceptances-title">{locale.t("finding-acceptances")}</h2>
            {acceptances.is_empty().then(|| view! { <p class="quiet">{locale.t("finding-acceptances-none")}</p> })}
            <ul class="plain links">
                {acceptances.into_iter().map(|it| view! {
                    <li>
                        <AcceptanceStateBadge state=it.state />" "
                        <a href=format!("/acceptances/{}", it.id)>{locale.t(&format!("acceptance-scope-{}", it.scope.kind()))}</a>" "
                        <span class="quiet">{locale.t("acceptance-until")}" "<Time locale=locale at=it.expires_at /></span>
                        {it.worse.then(|| view! { " "<span class="badge state-not_met">{locale.t("acceptance-mark-worse")}</span> })}
                        {it.new.then(|| view! { " "<span class="badge state-needs_review">{locale.t("acceptance-mark-new")}</span> })}
                    </li>
                }).collect_view()}
            </ul>
            {asks.then(|| view! {
                <details>
                    <summary>{locale.t("finding-ask-acceptance")}</summary>
                    <ul class="plain links">
                        {scopes(&row).into_iter().map(|scope| {
                            let text = match &scope {
                                AcceptanceScope::Finding { .. } => locale.t("acceptance-scope-finding"),
                                other => plain_scope_text(locale, other),
                            };
                            view! { <li><a href=scope.address()>{text}</a></li> }
                        }).collect_view()}
                    </ul>
                </details>
            })}
        </section>
    })
}

/// What an acceptance could be about, of a finding: from itself to everything of its kind.
fn scopes(row: &FindingRow) -> Vec<AcceptanceScope> {
    let (check, cluster) = (row.check.clone(), row.cluster.name.clone());
    let namespace = row.subject.namespace.clone();
    let mut scopes = vec![
        AcceptanceScope::Finding { finding: row.id },
        AcceptanceScope::Workload {
            check: check.clone(),
            cluster: cluster.clone(),
            namespace: namespace.clone(),
            workload_kind: row.subject.kind.clone(),
            workload: row.subject.name.clone(),
        },
    ];
    if let Some(namespace) = namespace {
        scopes.push(AcceptanceScope::Namespace { check: check.clone(), cluster: cluster.clone(), namespace });
    }
    scopes.push(AcceptanceScope::Cluster { check, cluster });
    let key = row.subject.key.as_deref().unwrap_or_default();
    let cve = key.split(' ').find_map(advisory);
    scopes.extend(cve.map(|cve| AcceptanceScope::Cve { cve }));
    scopes
}

/// Where the objects of a finding are shown as they were at an instant.
fn objects_address(finding: FindingId, at: Instant) -> String {
    format!("/findings/{finding}/objects?at={}", at.to_rfc3339_opts(SecondsFormat::Micros, true))
}

/// The forms of those who may decide. Each choice is a button of one form, so that a comment is written once.
#[component]
fn Decide(row: FindingRow) -> impl IntoView {
    use DecisionKind as Kind;
    let context = page();
    let locale = context.locale;
    let (id, claimed) = (row.id, row.claimed_by.is_some());
    let kinds: &[Kind] = match row.state {
        FindingState::Open if claimed => &[Kind::Acknowledge, Kind::Comment, Kind::Reopen],
        FindingState::Open => &[Kind::Acknowledge, Kind::Comment, Kind::FalsePositive],
        FindingState::Acknowledged if claimed => &[Kind::Comment, Kind::Withdraw, Kind::Reopen],
        FindingState::Accepted if !row.acknowledged => &[Kind::Comment, Kind::Acknowledge, Kind::FalsePositive],
        FindingState::Acknowledged | FindingState::Accepted => &[Kind::Comment, Kind::Withdraw, Kind::FalsePositive],
        FindingState::FalsePositive => &[Kind::Comment, Kind::Reopen],
        FindingState::Closed => &[Kind::Comment],
    };
    let kinds = kinds.iter().enumerate().map(|(place, kind)| {
        let class = if place == 0 { "button primary" } else { "button" };
        (*kind, format!("decide-{kind}"), class)
    });
    view! {
        <form class="panel decide" method="post" action=format!("/findings/{id}/decide")>
            <h2>{locale.t("decide-title")}</h2>
            <p class="quiet" id="decide-help">{locale.t("decide-help")}</p>
            <label class="field">
                <span>{locale.t("decide-comment-label")}</span>
                <textarea name="comment" rows="3" required=true maxlength=LONGEST_COMMENT aria-describedby="decide-help"></textarea>
            </label>
            <div class="buttons">
                {kinds.map(|(kind, key, class)| view! {
                    <button type="submit" name="kind" value=kind.as_str() class=class>{locale.t(&key)}</button>
                }).collect_view()}
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn Merged(key: &'static str, other: FindingId, at: Instant) -> impl IntoView {
    let locale = page().locale;
    view! {
        <li class="event">
            <Icon name="findings" />
            <p class="event-what"><a href=format!("/findings/{other}")>{locale.t(key)}</a></p>
            <p class="quiet">{locale.t("timeline-merged-means")}</p>
            <p class="quiet"><Time locale=locale at=at exact=true /></p>
        </li>
    }
    .into_any()
}

#[component]
fn Entry(entry: TimelineEntry, check: model::ids::CheckId, finding: FindingId) -> impl IntoView {
    let locale = page().locale;
    let objects =
        view! { <p class="quiet"><a href=objects_address(finding, entry.at)>{locale.t("objects-then")}</a></p> };
    let at = view! { <Time locale=locale at=entry.at exact=true /> };
    match entry.event {
        TimelineEvent::Opened { severity, fault, detail, again, .. } => {
            let key = if again { "timeline-again" } else { "timeline-opened" };
            view! {
                <li class="event event-opened">
                    <Icon name="findings" />
                    <p class="event-what">{locale.t(key)}" "<SeverityBadge severity=severity /></p>
                    <p>{locale.fault(&check, &fault, &detail)}</p>
                    <p class="quiet">{at}</p>
                    {objects}
                </li>
            }
            .into_any()
        }
        TimelineEvent::Changed { severity, fault, detail, .. } => view! {
            <li class="event">
                <Icon name="time" />
                <p class="event-what">{locale.t("timeline-changed")}" "<SeverityBadge severity=severity /></p>
                <p>{locale.fault(&check, &fault, &detail)}</p>
                <p class="quiet">{at}</p>
                {objects}
            </li>
        }
        .into_any(),
        TimelineEvent::Closed { .. } => view! {
            <li class="event event-closed">
                <Icon name="done" />
                <p class="event-what">{locale.t("timeline-closed")}</p>
                <p class="quiet">{at}</p>
                {objects}
            </li>
        }
        .into_any(),
        TimelineEvent::GoesOnAs { finding: other } => view! { <Merged key="timeline-goes-on" other=other at=entry.at /> }.into_any(),
        TimelineEvent::TookOver { finding: other } => view! { <Merged key="timeline-took-over" other=other at=entry.at /> }.into_any(),
        TimelineEvent::Decided { kind, by, comment, findings, assigned, ticket, due, .. } => view! {
            <li class="event event-decided">
                <Icon name="comment" />
                <p class="event-what">{locale.t(&format!("decision-{kind}"))}" "<span class="quiet">{locale.tx("timeline-by", &[("name", (&by).into())])}</span></p>
                {assigned.map(|assigned| view! { <p><AssigneeName assigned=assigned /></p> })}
                {ticket.map(|ticket| view! { <p><TicketLink ticket=ticket /></p> })}
                {due.map(|due| view! { <p>{locale.calendar_date(due)}</p> })}
                {(!comment.is_empty()).then(|| view! { <div class="said"><Markdown text=comment /></div> })}
                {(findings > 1).then(|| view! { <p class="quiet">{locale.tx("timeline-together", &[("count", findings.into())])}</p> })}
                <p class="quiet">{at}</p>
            </li>
        }
        .into_any(),
    }
}
