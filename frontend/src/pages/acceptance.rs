//! One risk acceptance: what is accepted and why, what it covers now, what was decided, and what can be.

use crate::{
    context::page,
    parts::{
        acceptance::{AcceptanceStateBadge, approvals_text, scope_text},
        badge::SeverityBadge,
        deciding::LONGEST_COMMENT,
        findings_table::SubjectName,
        icon::Icon,
        time::{Ago, Time},
    },
};
use leptos::prelude::*;
use model::{
    acceptance::{AcceptanceAct, AcceptanceState, Actor, Watch, may},
    ids::PersonId,
    role::Permission,
    views::{
        AcceptanceAttachment, AcceptanceCondition, AcceptanceCover, AcceptanceDetail, AcceptanceEvent, AcceptanceRow,
        CoveredFinding,
    },
};

/// An acceptance.
#[component]
pub fn AcceptancePage(
    /// Everything about it.
    acceptance: AcceptanceDetail,
    /// Who reads.
    reader: PersonId,
) -> impl IntoView {
    let locale = page().locale;
    let AcceptanceDetail {
        row,
        reason,
        compensating_control,
        residual_risk,
        conditions,
        extends,
        extended_by,
        events,
        attachments,
        covered_at_request,
        cover,
    } = acceptance;
    let said = |key: &'static str, text: String| view! { <div class="wide"><dt>{locale.t(key)}</dt><dd class="as-written">{text}</dd></div> };
    view! {
        <nav class="crumbs" aria-label=locale.t("crumbs")>
            <a href="/acceptances">{locale.t("nav-acceptances")}</a>
        </nav>
        <div class="page-head"><h1>{scope_text(locale, &row)}</h1></div>
        <div class="finding-layout">
            <div class="finding-main">
                <section class="panel" aria-labelledby="what-title">
                    <h2 id="what-title" class="visually-hidden">{locale.t("acceptance-what")}</h2>
                    <p class="finding-badges"><AcceptanceStateBadge state=row.state /><SeverityBadge severity=row.severity /></p>
                    <dl class="facts">
                        {said("acceptance-field-reason", reason)}
                        {said("acceptance-field-compensating_control", compensating_control)}
                        {(!residual_risk.is_empty()).then(|| said("acceptance-field-residual_risk", residual_risk))}
                        <Dates row=row.clone() />
                        {extends.map(|id| view! { <div><dt>{locale.t("acceptance-extends")}</dt><dd><a href=format!("/acceptances/{id}")>{locale.t("acceptance-older")}</a></dd></div> })}
                        {extended_by.into_iter().map(|id| view! { <div><dt>{locale.t("acceptance-extended-by")}</dt><dd><a href=format!("/acceptances/{id}")>{locale.t("acceptance-newer")}</a></dd></div> }).collect_view()}
                    </dl>
                    <Conditions conditions=conditions />
                </section>
                <section class="panel" aria-labelledby="cover-title">
                    <h2 id="cover-title">{locale.tx("acceptance-covers-now", &[("count", cover.count.into())])}</h2>
                    <p class="quiet">{locale.tx("acceptance-covered-at-request", &[("count", covered_at_request.into())])}</p>
                    {(cover.new > 0).then(|| view! { <p>{locale.tx("acceptance-new-since", &[("count", cover.new.into())])}</p> })}
                    {(cover.worse > 0).then(|| view! { <p class="notice notice-failed">{locale.tx("acceptance-worse-now", &[("count", cover.worse.into())])}</p> })}
                    <Covered cover=cover />
                </section>
                <Attachments row=row.clone() attachments=attachments reader=reader />
            </div>
            <aside class="finding-aside" aria-label=locale.t("acceptance-events")>
                <Decide row=row.clone() events=events.clone() reader=reader />
                <section class="panel" aria-labelledby="events-title">
                    <h2 id="events-title">{locale.t("acceptance-events")}</h2>
                    <ol class="timeline">
                        {events.into_iter().rev().map(|event| view! { <Event event=event /> }).collect_view()}
                        <li class="event event-decided">
                            <Icon name="comment" />
                            <p class="event-what">{locale.t("acceptance-act-requested")}" "<span class="quiet">{locale.tx("timeline-by", &[("name", (&row.requested_by).into())])}</span></p>
                            <p class="quiet"><Time locale=locale at=row.requested_at exact=true /></p>
                        </li>
                    </ol>
                </section>
            </aside>
        </div>
    }
    .into_any()
}

#[component]
fn Dates(row: AcceptanceRow) -> impl IntoView {
    let locale = page().locale;
    let dates = [
        ("acceptance-field-begins_at", row.begins_at),
        ("acceptance-in-force-since", row.in_force_since),
        ("acceptance-field-expires_at", Some(row.expires_at)),
        ("acceptance-over-at", row.over_at),
    ];
    view! {
        <div><dt>{locale.t("acceptance-by")}</dt><dd>{row.requested_by.clone()}</dd></div>
        <div><dt>{locale.t("acceptance-approved-by")}</dt><dd>{approvals_text(locale, &row)}</dd></div>
        {dates.into_iter().filter_map(|(key, at)| at.map(|at| view! {
            <div><dt>{locale.t(key)}</dt><dd><Time locale=locale at=at exact=true /></dd></div>
        })).collect_view()}
    }
    .into_any()
}

#[component]
fn Conditions(conditions: Vec<AcceptanceCondition>) -> impl IntoView {
    let locale = page().locale;
    view! {
        <h3>{locale.t("acceptance-ends-on")}</h3>
        {if conditions.is_empty() {
            view! { <p class="quiet">{locale.t("acceptance-ends-on-none")}</p> }.into_any()
        } else {
            view! {
                <ul class="plain">
                    {conditions.into_iter().map(|AcceptanceCondition { ends_on, watch }| view! {
                        <li>
                            {locale.t(&format!("acceptance-ends-on-{ends_on}"))}
                            {watch.map(|watch| view! {
                                ". "<strong class=if watch == Watch::Watching { "quiet" } else { "" }>{locale.t(&format!("acceptance-watch-{watch}"))}</strong>
                            })}
                        </li>
                    }).collect_view()}
                </ul>
            }.into_any()
        }}
    }
    .into_any()
}

/// The findings that fall under an acceptance, the worst first.
#[component]
pub fn Covered(
    /// What falls under it.
    cover: AcceptanceCover,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let shown = i64::try_from(cover.findings.len()).unwrap_or(i64::MAX);
    let more = cover.count - shown;
    view! {
        {(!cover.findings.is_empty()).then(|| view! {
            <div class="scroll" tabindex="0" role="region" aria-label=locale.t("acceptance-covers")>
                <table class="rows acceptances">
                    <thead>
                        <tr>
                            <th scope="col">{locale.t("finding-severity")}</th>
                            <th scope="col">{locale.t("finding-subject")}</th>
                            <th scope="col">{locale.t("finding-cluster")}</th>
                            <th scope="col">{locale.t("acceptance-mark")}</th>
                            <th scope="col">{locale.t("finding-since")}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {cover.findings.into_iter().map(|CoveredFinding { finding, new, worse }| view! {
                            <tr>
                                <td><SeverityBadge severity=finding.severity /></td>
                                <th scope="row" class="main-cell"><a href=format!("/findings/{}", finding.id)><SubjectName subject=finding.subject /></a></th>
                                <td>{finding.cluster.title}</td>
                                <td><span class="marked">
                                    {new.then(|| view! { <span class="badge state-needs_review">{locale.t("acceptance-mark-new")}</span> })}
                                    {worse.then(|| view! { <span class="badge state-not_met">{locale.t("acceptance-mark-worse")}</span> })}
                                </span></td>
                                <td class="when"><Ago locale=locale at=finding.opened_at now=context.as_of /></td>
                            </tr>
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
        })}
        {(more > 0).then(|| view! { <p class="quiet">{locale.tx("acceptance-more", &[("count", more.into())])}</p> })}
    }
    .into_any()
}

#[component]
fn Attachments(row: AcceptanceRow, attachments: Vec<AcceptanceAttachment>, reader: PersonId) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let own = row.requester == reader && context.may(Permission::Decide);
    let attaches = !row.state.is_over() && (own || context.may(Permission::Approve));
    view! {
        <section class="panel" aria-labelledby="attachments-title">
            <h2 id="attachments-title">{locale.t("acceptance-attachments")}</h2>
            {if attachments.is_empty() {
                view! { <p class="quiet">{locale.t("acceptance-attachments-none")}</p> }.into_any()
            } else {
                view! {
                    <ul class="plain links">
                        {attachments.into_iter().map(|file| view! {
                            <li>
                                <a href=format!("/acceptances/{}/attachments/{}", row.id, file.id)><Icon name="download" />{file.name}</a>" "
                                <span class="quiet">{locale.bytes(i64::from(file.size))}", "{file.by}", "<Time locale=locale at=file.at /></span>
                                <code class="sha">{file.sha256}</code>
                            </li>
                        }).collect_view()}
                    </ul>
                }.into_any()
            }}
            {attaches.then(|| view! {
                <form method="post" action=format!("/acceptances/{}/attachments", row.id) enctype="multipart/form-data" class="scope-fields">
                    <label class="field">
                        <span>{locale.t("acceptance-attach")}</span>
                        <input type="file" name="file" required=true accept=".pdf,.png,.jpg,.jpeg,.txt,.md,.log,.csv,.docx,.xlsx,.odt" />
                        <span class="quiet">{locale.t("acceptance-attach-hint")}</span>
                    </label>
                    <button type="submit" class="button">{locale.t("acceptance-attach-do")}</button>
                </form>
            })}
        </section>
    }
    .into_any()
}

/// What the reader may do now: by the same rule as the server's.
#[component]
fn Decide(row: AcceptanceRow, events: Vec<AcceptanceEvent>, reader: PersonId) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let roles = context.visitor.as_ref().map(|visitor| visitor.roles.clone()).unwrap_or_default();
    let present = context.moment.past.is_none();
    let approvers: Vec<PersonId> =
        events.iter().filter(|event| event.act == AcceptanceAct::Approve).filter_map(|event| event.person).collect();
    let actor = Actor::Person { id: reader, roles: &roles };
    let acts = [AcceptanceAct::Approve, AcceptanceAct::Reject, AcceptanceAct::Withdraw, AcceptanceAct::Revoke];
    let offered: Vec<AcceptanceAct> = acts
        .into_iter()
        .filter(|act| present && may(*act, row.state, actor, row.requester, &approvers).is_ok())
        // A further approval of what is approved is kept when two decide at once, and not asked for.
        .filter(|act| *act != AcceptanceAct::Approve || row.state == AcceptanceState::Requested)
        .collect();
    let own = row.requester == reader && row.state == AcceptanceState::Requested && context.may(Permission::Approve);
    let extends = context.may(Permission::Decide) && row.state != AcceptanceState::Requested;
    let address = format!("{}&extends={}", row.scope.address(), row.id);
    view! {
        {own.then(|| view! { <p class="notice">{locale.t("acceptance-own-request")}</p> })}
        {offered.into_iter().map(|act| {
            let word = verb(act);
            view! {
                <form class="panel decide" method="post" action=format!("/acceptances/{}/{word}", row.id)>
                    <h2>{locale.t(&format!("acceptance-do-{word}"))}</h2>
                    <p class="quiet">{locale.t(&format!("acceptance-do-{word}-means"))}</p>
                    <label class="field">
                        <span>{locale.t("decide-comment-label")}</span>
                        <textarea name="comment" rows="2" required=act != AcceptanceAct::Approve maxlength=LONGEST_COMMENT></textarea>
                    </label>
                    <div class="buttons"><button type="submit" class=if act == AcceptanceAct::Approve { "button primary" } else { "button" }>{locale.t(&format!("acceptance-do-{word}"))}</button></div>
                </form>
            }
        }).collect_view()}
        {extends.then(|| view! { <p class="buttons"><a class="button" href=address>{locale.t("acceptance-extend")}</a></p> })}
    }
    .into_any()
}

/// The last part of the address under which something is done.
const fn verb(act: AcceptanceAct) -> &'static str {
    match act {
        AcceptanceAct::Approve => "approve",
        AcceptanceAct::Reject => "reject",
        AcceptanceAct::Withdraw => "withdraw",
        AcceptanceAct::Revoke => "revoke",
        AcceptanceAct::End => "end",
        AcceptanceAct::TooLate => "too-late",
    }
}

#[component]
fn Event(event: AcceptanceEvent) -> impl IntoView {
    let locale = page().locale;
    let AcceptanceEvent { act, by, person: _, at, comment, seen } = event;
    let met = seen.get("condition").map(|word| locale.t(&format!("acceptance-ends-on-{word}")));
    let finding = seen.get("finding").cloned();
    let late = seen.get("act").map(|word| locale.t(&format!("acceptance-act-{word}")));
    view! {
        <li class="event event-decided">
            <Icon name=if act == AcceptanceAct::End { "time" } else { "comment" } />
            <p class="event-what">{locale.t(&format!("acceptance-act-{act}"))}" "<span class="quiet">{locale.tx("timeline-by", &[("name", by.into())])}</span></p>
            {late.map(|act| view! { <p>{locale.tx("acceptance-too-late", &[("act", act.into())])}</p> })}
            {met.map(|text| view! { <p>{text}</p> })}
            {finding.map(|id| view! { <p><a href=format!("/findings/{id}")>{locale.t("acceptance-seen-finding")}</a></p> })}
            {seen.get("fixed").cloned().map(|version| view! { <p>{locale.tx("acceptance-seen-fixed", &[("version", version.into())])}</p> })}
            {(!comment.is_empty()).then(|| view! { <blockquote>{comment}</blockquote> })}
            <p class="quiet"><Time locale=locale at=at exact=true /></p>
        </li>
    }
    .into_any()
}
