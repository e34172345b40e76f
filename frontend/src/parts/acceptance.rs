//! Risk acceptances in lists: where one stands, what it is about, until when.

use crate::{
    context::page,
    i18n::Locale,
    parts::{badge::SeverityBadge, icon::Icon, time::Time},
};
use leptos::prelude::*;
use model::{
    acceptance::{AcceptanceScope, AcceptanceState},
    finding::Subject,
    ids::CheckId,
    views::{AcceptanceChange, AcceptanceRow, ClusterName},
};

/// Where an acceptance stands: word, shape, colour.
#[component]
pub fn AcceptanceStateBadge(
    /// The state.
    state: AcceptanceState,
) -> impl IntoView {
    // Colours of controls' states, of those that mean the same here.
    let (colour, icon) = match state {
        AcceptanceState::Requested => ("needs_review", "state-needs_review"),
        AcceptanceState::Approved => ("not_applicable", "time"),
        AcceptanceState::Active => ("accepted_risk", "state-accepted_risk"),
        AcceptanceState::Ended | AcceptanceState::Revoked => ("not_met", "state-not_met"),
        AcceptanceState::Rejected | AcceptanceState::Withdrawn | AcceptanceState::Expired => {
            ("not_applicable", "state-not_applicable")
        }
    };
    view! {
        <span class=format!("badge state-{colour}")>
            <Icon name=icon />
            {page().locale.t(&format!("acceptance-state-{state}"))}
        </span>
    }
    .into_any()
}

/// What an acceptance is about, in one line.
pub fn scope_text(locale: Locale, row: &AcceptanceRow) -> String {
    named(locale, &row.scope, row.check.as_ref(), row.cluster.as_ref(), row.subject.as_ref())
}

/// What an acceptance is about to which something happened, in one line.
pub fn change_text(locale: Locale, change: &AcceptanceChange) -> String {
    named(locale, &change.scope, change.check.as_ref(), change.cluster.as_ref(), change.subject.as_ref())
}

fn named(
    locale: Locale,
    scope: &AcceptanceScope,
    check: Option<&CheckId>,
    cluster: Option<&ClusterName>,
    subject: Option<&Subject>,
) -> String {
    let check = check.map(|check| locale.check_title(check)).unwrap_or_default();
    let cluster = cluster.map(|cluster| cluster.title.clone()).unwrap_or_default();
    let subject = subject.map(ToString::to_string).unwrap_or_default();
    text(locale, scope, &check, &cluster, &subject)
}

/// What a scope is, in one line, where its cluster is known by its name alone.
pub fn plain_scope_text(locale: Locale, scope: &AcceptanceScope) -> String {
    let check = scope.check().map(|check| locale.check_title(check)).unwrap_or_default();
    let subject = match scope {
        AcceptanceScope::Finding { finding } => finding.to_string(),
        _ => String::new(),
    };
    text(locale, scope, &check, scope.cluster().unwrap_or_default(), &subject)
}

fn text(locale: Locale, scope: &AcceptanceScope, check: &str, cluster: &str, subject: &str) -> String {
    let both = [("check", check.into()), ("cluster", cluster.into())];
    match scope {
        AcceptanceScope::Finding { .. } if check.is_empty() => {
            locale.tx("acceptance-of-one", &[("subject", subject.into())])
        }
        AcceptanceScope::Finding { .. } => locale.tx(
            "acceptance-of-finding",
            &[("check", check.into()), ("cluster", cluster.into()), ("subject", subject.into())],
        ),
        AcceptanceScope::Cluster { .. } => locale.tx("acceptance-of-cluster", &both),
        AcceptanceScope::Namespace { namespace, .. } => locale.tx(
            "acceptance-of-namespace",
            &[("check", check.into()), ("cluster", cluster.into()), ("namespace", namespace.into())],
        ),
        AcceptanceScope::Workload { namespace, workload_kind, workload, .. } => {
            let name = namespace.as_ref().map_or_else(|| workload.clone(), |space| format!("{space}/{workload}"));
            let workload = format!("{workload_kind} {name}");
            locale.tx(
                "acceptance-of-workload",
                &[("check", check.into()), ("cluster", cluster.into()), ("workload", workload.into())],
            )
        }
        AcceptanceScope::Team { team, cluster: None, .. } => {
            locale.tx("acceptance-of-team-everywhere", &[("check", check.into()), ("team", team.into())])
        }
        AcceptanceScope::Team { team, .. } => locale
            .tx("acceptance-of-team", &[("check", check.into()), ("cluster", cluster.into()), ("team", team.into())]),
        AcceptanceScope::Labels { selector, cluster: None, .. } => locale.tx(
            "acceptance-of-labels-everywhere",
            &[("check", check.into()), ("selector", selector.to_string().into())],
        ),
        AcceptanceScope::Labels { selector, .. } => locale.tx(
            "acceptance-of-labels",
            &[("check", check.into()), ("cluster", cluster.into()), ("selector", selector.to_string().into())],
        ),
        AcceptanceScope::Cve { cve } => locale.tx("acceptance-of-cve", &[("cve", cve.into())]),
    }
}

/// A table of acceptances.
#[component]
pub fn AcceptanceTable(
    /// The acceptances.
    rows: Vec<AcceptanceRow>,
    /// What the table is called.
    caption: String,
) -> impl IntoView {
    let locale = page().locale;
    let heading = |key: &str, class: &'static str| view! { <th scope="col" class=class>{locale.t(key)}</th> };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=caption.clone()>
            <table class="rows acceptances">
                <caption class="visually-hidden">{caption.clone()}</caption>
                <thead>
                    <tr>
                        {heading("acceptance-about", "")}
                        {heading("acceptance-state", "")}
                        {heading("acceptance-severity", "")}
                        {heading("acceptance-covers", "number")}
                        {heading("acceptance-by", "")}
                        {heading("acceptance-until", "")}
                    </tr>
                </thead>
                <tbody>
                    {rows.into_iter().map(|row| view! {
                        <tr>
                            <th scope="row" class="main-cell"><a href=format!("/acceptances/{}", row.id)>{scope_text(locale, &row)}</a></th>
                            <td>
                                <AcceptanceStateBadge state=row.state />
                                {(row.state == AcceptanceState::Requested).then(|| view! {
                                    <span class="sub">{approvals_text(locale, &row)}</span>
                                })}
                            </td>
                            <td><SeverityBadge severity=row.severity /></td>
                            <td class="number">{if row.state.is_over() { "–".to_owned() } else { locale.number(row.covered) }}</td>
                            <td>{row.requested_by.clone()}</td>
                            <td class="when"><Time locale=locale at=row.over_at.unwrap_or(row.expires_at) /></td>
                        </tr>
                    }).collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// How many have approved, of how many who must.
pub fn approvals_text(locale: Locale, row: &AcceptanceRow) -> String {
    locale.tx(
        "acceptance-approvals",
        &[("given", i64::from(row.approvals).into()), ("needed", i64::from(row.approvals_needed).into())],
    )
}
