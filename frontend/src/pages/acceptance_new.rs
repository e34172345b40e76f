//! Asking for a risk acceptance: first what it is about, then what it would cover, then why and for how long.

use crate::{
    context::page,
    pages::acceptance::Covered,
    parts::{acceptance::plain_scope_text, deciding::LONGEST_COMMENT},
};
use chrono::TimeDelta;
use leptos::prelude::*;
use model::{
    acceptance::{AcceptanceScope, EndsOn},
    catalogue::Catalogue,
    ids::AcceptanceId,
    labels::Selector,
    role::Permission,
    views::{AcceptancePreview, ClusterName, CoveredFinding},
};

/// The page that asks for an acceptance.
#[component]
pub fn NewAcceptancePage(
    /// What it is to be about, and what it would cover; none where nothing is chosen yet.
    chosen: Option<(AcceptanceScope, AcceptancePreview)>,
    /// The acceptance that it is to go on from.
    extends: Option<AcceptanceId>,
    /// Every cluster that can be chosen.
    clusters: Vec<ClusterName>,
    /// Every team that can be chosen.
    teams: Vec<String>,
    /// The keys of the labels that are kept.
    label_keys: Vec<String>,
) -> impl IntoView {
    let locale = page().locale;
    view! {
        <nav class="crumbs" aria-label=locale.t("crumbs")>
            <a href="/acceptances">{locale.t("nav-acceptances")}</a>
        </nav>
        <div class="page-head">
            <h1>{locale.t("acceptance-new")}</h1>
            <p class="quiet">{locale.t("acceptance-new-what")}</p>
        </div>
        {extends.map(|id| view! { <p class="notice"><a href=format!("/acceptances/{id}")>{locale.t("acceptance-extends-this")}</a></p> })}
        {match chosen {
            None => view! { <Choose clusters=clusters teams=teams label_keys=label_keys /> }.into_any(),
            Some((scope, preview)) => view! { <Ask scope=scope preview=preview extends=extends /> }.into_any(),
        }}
    }
    .into_any()
}

/// A form a kind of scope, so that each asks for no more than it needs. A finding is chosen on its own page.
#[component]
fn Choose(clusters: Vec<ClusterName>, teams: Vec<String>, label_keys: Vec<String>) -> impl IntoView {
    let locale = page().locale;
    let kinds: &[(&str, &[&str])] = &[
        ("workload", &["check", "cluster", "workload_kind", "namespace", "workload"]),
        ("namespace", &["check", "cluster", "namespace"]),
        ("cluster", &["check", "cluster"]),
        ("labels", &["check", "any_cluster", "selector"]),
        ("team", &["check", "any_cluster", "team"]),
        ("cve", &["cve"]),
    ];
    view! {
        <p>{locale.t("acceptance-choose-finding")}" "<a href="/findings">{locale.t("nav-findings")}</a></p>
        {kinds.iter().map(|(kind, fields)| {
            let title = format!("choose-{kind}");
            let (clusters, teams) = (clusters.clone(), teams.clone());
            let lacks = match *kind {
                "team" => teams.is_empty().then_some("acceptance-no-teams"),
                "labels" => label_keys.is_empty().then_some("acceptance-no-labels"),
                _ => None,
            };
            let kept = (*kind == "labels" && lacks.is_none()).then(|| {
                locale.tx("acceptance-labels-kept", &[("keys", label_keys.join(", ").into())])
            });
            view! {
                <section class="panel" aria-labelledby=title.clone()>
                    <h2 id=title.clone()>{locale.t(&format!("acceptance-scope-{kind}"))}</h2>
                    <p class="quiet">{locale.t(&format!("acceptance-scope-{kind}-means"))}</p>
                    {kept.map(|kept| view! { <p class="quiet">{kept}</p> })}
                    {if let Some(lacks) = lacks {
                        view! { <p>{locale.t(lacks)}</p> }.into_any()
                    } else {
                        view! {
                            <form method="get" action="/acceptances/new" class="scope-fields">
                                <input type="hidden" name="scope" value=*kind />
                                {fields.iter().map(|field| view! { <Field name=field clusters=clusters.clone() teams=teams.clone() /> }).collect_view()}
                                <button type="submit" class="button">{locale.t("acceptance-preview")}</button>
                            </form>
                        }.into_any()
                    }}
                </section>
            }
        }).collect_view()}
    }
    .into_any()
}

#[component]
fn Field(name: &'static str, clusters: Vec<ClusterName>, teams: Vec<String>) -> impl IntoView {
    let locale = page().locale;
    let label = view! { <span>{locale.t(&format!("acceptance-field-{name}"))}</span> };
    match name {
        "check" => view! {
            <label class="field">{label}
                <select name="check" required=true>
                    {Catalogue::current().checks().iter().map(|check| view! {
                        <option value=check.id.to_string()>{locale.check_title(&check.id)}</option>
                    }).collect_view()}
                </select>
            </label>
        }
        .into_any(),
        "cluster" | "any_cluster" => view! {
            <label class="field">{label}
                <select name="cluster">
                    {(name == "any_cluster").then(|| view! { <option value="">{locale.t("acceptance-every-cluster")}</option> })}
                    {clusters.into_iter().map(|cluster| view! { <option value=cluster.name>{cluster.title}</option> }).collect_view()}
                </select>
            </label>
        }
        .into_any(),
        "team" => view! {
            <label class="field">{label}
                <select name="team">
                    {teams.into_iter().map(|team| view! { <option value=team.clone()>{team.clone()}</option> }).collect_view()}
                </select>
            </label>
        }
        .into_any(),
        "selector" => view! {
            <label class="field">{label}
                <input type="text" name="selector" maxlength=Selector::LONGEST required=true autocomplete="off" spellcheck="false"
                    aria-describedby="selector-hint" />
                <span class="quiet" id="selector-hint">{locale.t("acceptance-field-selector-hint")}</span>
            </label>
        }
        .into_any(),
        _ => view! {
            <label class="field">{label}
                <input type="text" name=name maxlength="253" required=name != "namespace" autocomplete="off" spellcheck="false" />
            </label>
        }
        .into_any(),
    }
}

#[component]
fn Ask(scope: AcceptanceScope, preview: AcceptancePreview, extends: Option<AcceptanceId>) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let count = preview.cover.count;
    let one_object = scope.is_of_one_object();
    let values = scope.to_values();
    let about = match (&scope, preview.cover.findings.first()) {
        (AcceptanceScope::Finding { .. }, Some(CoveredFinding { finding, .. })) => locale.tx(
            "acceptance-of-finding",
            &[
                ("check", locale.check_title(&finding.check).into()),
                ("cluster", (&finding.cluster.title).into()),
                ("subject", finding.subject.to_string().into()),
            ],
        ),
        _ => plain_scope_text(locale, &scope),
    };
    view! {
        <section class="panel" aria-labelledby="cover-title">
            <h2 id="cover-title">{about}</h2>
            <p role="status"><strong>{locale.tx("acceptance-would-cover", &[("count", count.into())])}</strong>" "
                {locale.t("acceptance-would-cover-later")}</p>
            <Covered cover=preview.cover />
        </section>
        {match preview.max_days {
            None => view! { <p class="notice notice-failed">{locale.t("acceptance-nothing-to-ask")}</p> }.into_any(),
            // Nothing is asked for in the past, nor by those who only look.
            Some(_) if !context.may(Permission::Decide) => ().into_any(),
            Some(days) => view! {
                <form class="panel ask" method="post" action="/acceptances" aria-labelledby="ask-title">
                    <h2 id="ask-title">{locale.t("acceptance-ask")}</h2>
                    {values.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()}
                    {extends.map(|id| view! { <input type="hidden" name="extends" value=id.to_string() /> })}
                    <Text name="reason" required=true />
                    <Text name="compensating_control" required=true />
                    <Text name="residual_risk" required=false />
                    <label class="field">
                        <span>{locale.t("acceptance-field-expires_at")}</span>
                        <input type="datetime-local" name="expires_at" required=true min=locale.input_value(context.as_of)
                            max=locale.input_value(context.as_of + TimeDelta::days(days.into())) />
                        <span class="quiet">{locale.tx("acceptance-expires-hint", &[("days", i64::from(days).into()), ("zone", locale.time_zone.name().into())])}</span>
                    </label>
                    <label class="field">
                        <span>{locale.t("acceptance-field-begins_at")}</span>
                        <input type="datetime-local" name="begins_at" min=locale.input_value(context.as_of) />
                        <span class="quiet">{locale.t("acceptance-begins-hint")}</span>
                    </label>
                    <fieldset>
                        <legend>{locale.t("acceptance-ends-on")}</legend>
                        <p class="quiet">{locale.t("acceptance-ends-on-hint")}</p>
                        {EndsOn::ALL.iter().filter(|on| one_object || **on != EndsOn::SubjectChanged).map(|on| view! {
                            <label class="box"><input type="checkbox" name="ends_on" value=on.as_str() />{locale.t(&format!("acceptance-ends-on-{on}"))}</label>
                        }).collect_view()}
                    </fieldset>
                    <p class="quiet">{locale.tx("acceptance-approvers-hint", &[("count", i64::from(preview.approvals).into())])}</p>
                    <div class="buttons"><button type="submit" class="button primary">{locale.tx("acceptance-ask-for", &[("count", count.into())])}</button></div>
                </form>
            }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Text(name: &'static str, required: bool) -> impl IntoView {
    let locale = page().locale;
    let hint = format!("hint-{name}");
    view! {
        <label class="field">
            <span>{locale.t(&format!("acceptance-field-{name}"))}</span>
            <textarea name=name rows="3" required=required maxlength=LONGEST_COMMENT aria-describedby=hint.clone()></textarea>
            <span class="quiet" id=hint>{locale.t(&format!("acceptance-field-{name}-hint"))}</span>
        </label>
    }
    .into_any()
}
