//! An access review: who may do what in a cluster, where, and through which role and binding.

use crate::{
    context,
    parts::{
        badge::{CoverageBadge, NotRetained},
        empty::Empty,
        icon::Icon,
        problems::WentWrong,
        several::Several,
        time::{Ago, Time},
    },
};
use leptos::prelude::*;
use model::{
    Instant,
    access::{AccessChange, AccessFilter, Grant, Place, Right, SubjectKind},
    scan::{Coverage, Read},
    source::Source,
    views::{AccessPage, AccessReading, AccessSince, Holders},
};
use std::collections::BTreeSet;

/// What an address of this page holds besides the filter.
#[derive(Clone, Debug)]
struct Here {
    cluster: String,
    filter: AccessFilter,
    since: Option<Instant>,
}

impl Here {
    fn page(&self) -> String {
        format!("/clusters/{}/access", self.cluster)
    }

    /// The address of a file or page of this review with a filter, from a grant on.
    fn address(&self, of: &str, filter: &AccessFilter, from: u32) -> String {
        let instant = |name: &str, at: Option<Instant>| {
            at.map(|at| format!("{name}={}", at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)))
        };
        let from = (from > 0).then(|| format!("from={from}"));
        let filter = Some(filter.to_query()).filter(|query| !query.is_empty());
        let parts = [filter, instant("since", self.since), from];
        let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
        if query.is_empty() { of.to_owned() } else { format!("{of}?{query}") }
    }
}

/// The review of a cluster.
#[component]
pub fn AccessReviewPage(
    /// The review.
    page: AccessPage,
    /// Which grants were asked for.
    filter: AccessFilter,
    /// Grants of a page.
    a_page: u32,
) -> impl IntoView {
    let context = context::page();
    let locale = context.locale;
    let title = page.cluster.title.clone();
    let since = page.since.as_ref().map(|since| since.since);
    let here = Here { cluster: page.cluster.name.clone(), filter, since };
    view! {
        <nav class="crumbs" aria-label=locale.t("crumbs")>
            <a href="/clusters">{locale.t("nav-clusters")}</a>
            <span aria-hidden="true">"/"</span>
            <a href=format!("/clusters/{}", here.cluster)>{title.clone()}</a>
        </nav>
        <div class="page-head"><h1>{locale.tx("access-title", &[("cluster", title.into())])}</h1></div>
        <p class="means">{locale.t("access-lead")}" "{locale.t("access-groups-note")}</p>
        {match page.reading.clone() {
            None => view! { <Nothing page=page here=here /> }.into_any(),
            Some(reading) => view! {
                <AsRead page=page.clone() reading=reading.clone() />
                <HowMany holders=page.holders.clone() here=here.clone() />
                <Grants page=page.clone() here=here.clone() a_page=a_page />
                <Changes since=page.since reading=reading here=here />
            }.into_any(),
        }}
    }
    .into_any()
}

/// No reading has ever given a review, or it is not retained; how the newest went says why.
#[component]
fn Nothing(page: AccessPage, here: Here) -> impl IntoView {
    let locale = context::locale();
    let next = Some((format!("/clusters/{}", here.cluster), page.cluster.title.clone()));
    let (icon, title, text) = if page.not_retained {
        ("not-retained", "gap-not_retained", "gap-not_retained-means")
    } else {
        ("person", "access-none-title", "access-none-text")
    };
    view! {
        <Empty icon=icon title=locale.t(title) text=locale.t(text) next=next />
        {page.newest.map(|scan| view! {
            <section class="panel" aria-labelledby="newest-title">
                <h2 id="newest-title">{locale.t("access-coverage")}</h2>
                <p>
                    <CoverageBadge coverage=scan.coverage source=Source::Rbac />" "
                    <Time locale=locale at=scan.ended_at exact=true />
                </p>
                {scan.error.is_some().then(|| view! { <p><WentWrong error=scan.error problems=scan.problems /></p> })}
            </section>
        })}
    }
    .into_any()
}

/// When and how it was read, and what it therefore does not show.
#[component]
fn AsRead(page: AccessPage, reading: AccessReading) -> impl IntoView {
    let context = context::page();
    let locale = context.locale;
    let mut gaps = Vec::new();
    if reading.left_out > 0 {
        gaps.push(locale.tx("access-left-out", &[("count", reading.left_out.into())]));
    }
    if page.is_stale(context.as_of) {
        let budget = locale.duration(chrono::TimeDelta::seconds(page.stale_after_seconds));
        gaps.push(locale.tx("access-stale", &[("budget", budget.into())]));
    }
    if let Some(newest) = page.newer_without_review() {
        let coverage = locale.t(&format!("coverage-{}", newest.coverage));
        let at = locale.exact(newest.ended_at);
        gaps.push(locale.tx("access-newer", &[("at", at.into()), ("coverage", coverage.into())]));
    }
    let unread: Vec<Read> = reading.reads.iter().filter(|read| read.coverage != Coverage::Complete).cloned().collect();
    let speaks = !gaps.is_empty() || !reading.is_complete || !unread.is_empty();
    view! {
        <section class="panel" aria-label=locale.t("access-as-read")>
            <dl class="facts">
                <div>
                    <dt>{locale.t("access-as-read")}</dt>
                    <dd>
                        <Time locale=locale at=reading.read_at exact=true />" ("
                        <Ago locale=locale at=reading.read_at now=context.as_of />")"
                    </dd>
                </div>
                <div>
                    <dt>{locale.t("access-coverage")}</dt>
                    <dd><CoverageBadge coverage=reading.coverage source=Source::Rbac /></dd>
                </div>
                <div>
                    <dt>{locale.t("access-grants")}</dt>
                    <dd>{locale.number(reading.grants)}</dd>
                </div>
            </dl>
            {speaks.then(|| view! {
                <div class="access-gaps">
                    <h2><Icon name="warning" />" "{locale.t("access-gaps")}</h2>
                    {(!reading.is_complete).then(|| view! { <p>{locale.t("access-incomplete")}</p> })}
                    {gaps.into_iter().map(|gap| view! { <p>{gap}</p> }).collect_view()}
                    <ul class="plain">
                        {unread.into_iter().map(|read| view! {
                            <li>
                                <code>{read.resource}</code>" "<CoverageBadge coverage=read.coverage source=Source::Rbac />
                                " "<WentWrong error=read.error problems=read.problems />
                            </li>
                        }).collect_view()}
                    </ul>
                </div>
            })}
        </section>
    }
    .into_any()
}

/// How many hold each power; each leads to who they are.
#[component]
fn HowMany(holders: Vec<Holders>, here: Here) -> impl IntoView {
    let locale = context::locale();
    (!holders.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="holders-title">
                <h2 id="holders-title">{locale.t("access-holders")}</h2>
                <p class="quiet">{locale.t("access-holders-note")}</p>
                <ul class="holders">
                    {holders.into_iter().map(|Holders { right, subjects }| {
                        let filter = AccessFilter { right: vec![right], ..AccessFilter::default() };
                        view! {
                            <li class:privileged=right.is_privileged()>
                                <a href=here.address(&here.page(), &filter, 0)>
                                    <span class="figure">{locale.number(subjects)}</span>" "
                                    {locale.t(&format!("right-{right}"))}
                                </a>
                            </li>
                        }
                    }).collect_view()}
                </ul>
            </section>
        }
    })
}

#[component]
fn Grants(page: AccessPage, here: Here, a_page: u32) -> impl IntoView {
    let locale = context::locale();
    let shown = u32::try_from(page.grants.len()).unwrap_or(u32::MAX);
    let csv = format!("/clusters/{}/access.csv", here.cluster);
    view! {
        <section aria-labelledby="grants-title">
            <h2 id="grants-title">{locale.t("access-grants")}</h2>
            <Filters namespaces=page.namespaces.clone() here=here.clone() />
            {if page.grants.is_empty() {
                view! { <NoGrants page=page here=here /> }.into_any()
            } else {
                view! {
                    <p class="grants-count">
                        <span role="status">{locale.tx("access-count", &[("count", page.matching.into())])}</span>" "
                        <a href=here.address(&csv, &here.filter, 0)><Icon name="download" />" "{locale.t("access-csv")}</a>
                    </p>
                    <GrantsTable grants=page.grants />
                    <Pages here=here from=page.from shown=shown matching=page.matching a_page=a_page />
                }.into_any()
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Filters(namespaces: Vec<String>, here: Here) -> impl IntoView {
    let locale = context::locale();
    let filter = here.filter.clone();
    let kinds = SubjectKind::ALL
        .iter()
        .map(|kind| (kind.to_string(), locale.t(&format!("subject-kind-{kind}")), filter.kind.contains(kind)))
        .collect();
    let rights = Right::ALL
        .iter()
        .map(|right| (right.to_string(), locale.t(&format!("right-{right}")), filter.right.contains(right)))
        .collect();
    let is_changed = filter != AccessFilter::default();
    let clear = here.address(&here.page(), &AccessFilter::default(), 0);
    view! {
        <form class="filters" method="get" action=here.page() role="search">
            <label class="field">
                <span>{locale.t("filter-text")}</span>
                <input type="search" name="text" value=filter.text.clone() maxlength="200" placeholder=locale.t("access-filter-text-hint") />
            </label>
            <Several name="kind" label=locale.t("access-filter-kind") choices=kinds />
            <Several name="right" label=locale.t("access-filter-right") choices=rights />
            <Where namespaces=namespaces place=filter.place.clone() />
            <label class="field">
                <span>{locale.t("access-filter-system")}</span>
                <select name="system">
                    <option value="">{locale.t("access-filter-system-all")}</option>
                    <option value="no" selected=filter.system == Some(false)>{locale.t("access-filter-system-no")}</option>
                    <option value="only" selected=filter.system == Some(true)>{locale.t("access-filter-system-only")}</option>
                </select>
            </label>
            {here.since.map(|since| view! { <input type="hidden" name="since" value=locale.input_value(since) /> })}
            <div class="filter-actions">
                <button type="submit" class="button primary">{locale.t("filter-apply")}</button>
                {is_changed.then(|| view! { <a class="button" href=clear>{locale.t("filter-clear")}</a> })}
            </div>
            <p class="hint quiet">{locale.t("access-filter-namespace-hint")}</p>
        </form>
    }
    .into_any()
}

#[component]
fn Where(namespaces: Vec<String>, place: Option<Place>) -> impl IntoView {
    let locale = context::locale();
    let chosen = place.as_ref().map(|place| place.as_str().to_owned());
    // One that is asked for and has no grants can be chosen all the same.
    let asked = chosen.iter().filter(|name| *name != Place::Cluster.as_str()).cloned();
    let namespaces: BTreeSet<String> = namespaces.into_iter().chain(asked).collect();
    view! {
        <label class="field">
            <span>{locale.t("access-filter-namespace")}</span>
            <select name="namespace">
                <option value="">{locale.t("filter-any")}</option>
                <option value="*" selected=place == Some(Place::Cluster)>{locale.t("access-whole-cluster")}</option>
                {namespaces.into_iter().map(|name| {
                    let selected = chosen.as_deref() == Some(name.as_str());
                    view! { <option value=name.clone() selected=selected>{name.clone()}</option> }
                }).collect_view()}
            </select>
        </label>
    }
    .into_any()
}

/// Nobody is granted anything, or nothing matches, or what was not read may hold it: each is said as what it is.
#[component]
fn NoGrants(page: AccessPage, here: Here) -> impl IntoView {
    let locale = context::locale();
    let is_complete = page.reading.as_ref().is_some_and(|reading| reading.is_complete);
    let has_any = page.reading.as_ref().is_some_and(|reading| reading.grants > 0);
    let (title, text, next) = if has_any {
        let clear = here.address(&here.page(), &AccessFilter::default(), 0);
        ("access-none-match-title", "access-none-match-text", Some((clear, locale.t("filter-clear"))))
    } else if is_complete {
        ("access-empty-title", "access-empty-text", None)
    } else {
        ("access-empty-title", "access-empty-gaps", None)
    };
    view! { <Empty icon="search" title=locale.t(title) text=locale.t(text) next=next /> }.into_any()
}

#[component]
fn GrantsTable(grants: Vec<Grant>) -> impl IntoView {
    let locale = context::locale();
    let heading = |key: &str| view! { <th scope="col">{locale.t(key)}</th> };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=locale.t("access-table")>
            <table class="rows grants-rows">
                <thead>
                    <tr>
                        {heading("access-column-who")}
                        {heading("access-column-power")}
                        {heading("access-column-where")}
                        {heading("access-column-through")}
                    </tr>
                </thead>
                <tbody>{grants.into_iter().map(|grant| view! { <Row grant=grant /> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(grant: Grant) -> impl IntoView {
    let locale = context::locale();
    view! {
        <tr>
            <th scope="row">
                <Who kind=grant.kind subject=grant.subject />
                {grant.is_system.then(|| view! { <span class="sub">{locale.t("access-of-kubernetes")}</span> })}
            </th>
            <td><Powers rights=grant.rights /></td>
            <td data-label=locale.t("access-column-where")>{place(grant.namespace)}</td>
            <td data-label=locale.t("access-column-through")>
                <code>{grant.binding}</code>
                <span class="sub"><code>{grant.role}</code></span>
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn Who(kind: SubjectKind, subject: String) -> impl IntoView {
    let locale = context::locale();
    view! {
        <span class="subject-kind">{locale.t(&format!("subject-kind-{kind}"))}</span>" "
        <span class="subject-name">{subject}</span>
    }
    .into_any()
}

#[component]
fn Powers(rights: BTreeSet<Right>) -> impl IntoView {
    let locale = context::locale();
    view! {
        <ul class="plain powers">
            {rights.into_iter().map(|right| view! {
                <li class:privileged=right.is_privileged()>{locale.t(&format!("right-{right}"))}</li>
            }).collect_view()}
        </ul>
    }
    .into_any()
}

fn place(namespace: Option<String>) -> String {
    namespace.unwrap_or_else(|| context::locale().t("access-whole-cluster"))
}

#[component]
fn Pages(here: Here, from: u32, shown: u32, matching: u32, a_page: u32) -> impl IntoView {
    let locale = context::locale();
    let next = from.saturating_add(shown);
    let address = |from: u32| here.address(&here.page(), &here.filter, from);
    (from > 0 || next < matching).then(|| view! {
        <nav class="pages" aria-label=locale.t("pages-label")>
            {(from > 0).then(|| view! {
                <a class="button" rel="prev" href=address(from.saturating_sub(a_page))><Icon name="previous" />{locale.t("pages-previous")}</a>
            })}
            {(next < matching).then(|| view! {
                <a class="button" rel="next" href=address(next)>{locale.t("pages-next")}<Icon name="next" /></a>
            })}
        </nav>
    })
}

/// Who gained and who lost what since an instant that the reader names.
#[component]
fn Changes(since: Option<AccessSince>, reading: AccessReading, here: Here) -> impl IntoView {
    let locale = context::locale();
    let kept: Vec<(&'static str, String)> =
        here.filter.pairs().into_iter().map(|(name, value)| (name, value.to_owned())).collect();
    view! {
        <section class="panel" aria-labelledby="since-title" id="changes">
            <h2 id="since-title">{locale.t("access-since-title")}</h2>
            <p class="quiet">{locale.t("access-since-text")}</p>
            <form class="since-form" method="get" action=format!("{}#changes", here.page())>
                {kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()}
                <label class="field">
                    <span>{locale.t("access-since-field")}</span>
                    <input type="datetime-local" name="since" required=true value=here.since.map(|at| locale.input_value(at)) />
                </label>
                <button type="submit" class="button">{locale.t("access-since-show")}</button>
            </form>
            {since.map(|since| view! { <Compared since=since reading=reading /> })}
        </section>
    }
    .into_any()
}

#[component]
fn Compared(since: AccessSince, reading: AccessReading) -> impl IntoView {
    let locale = context::locale();
    let Some(before) = since.before else {
        if since.not_retained {
            return view! { <p><NotRetained />" "{locale.t("gap-not_retained-means")}</p> }.into_any();
        }
        let at = locale.exact(since.since);
        return view! { <p>{locale.tx("access-since-none", &[("at", at.into())])}</p> }.into_any();
    };
    let is_whole = |reading: &AccessReading| reading.is_complete && reading.left_out == 0;
    let read_at = locale.exact(before.read_at);
    view! {
        <p>{locale.tx("access-since-compared", &[("at", read_at.into())])}</p>
        {(!is_whole(&before)).then(|| view! { <p class="doubt"><Icon name="warning" />" "{locale.t("access-since-doubt-before")}</p> })}
        {(!is_whole(&reading)).then(|| view! { <p class="doubt"><Icon name="warning" />" "{locale.t("access-since-doubt-after")}</p> })}
        <ChangesTable title="access-gained" none="access-gained-none" changes=since.gained count=since.gained_count />
        <ChangesTable title="access-lost" none="access-lost-none" changes=since.lost count=since.lost_count />
    }
    .into_any()
}

#[component]
fn ChangesTable(title: &'static str, none: &'static str, changes: Vec<AccessChange>, count: u32) -> impl IntoView {
    let locale = context::locale();
    let heading = |key: &str| view! { <th scope="col">{locale.t(key)}</th> };
    let shown = u32::try_from(changes.len()).unwrap_or(u32::MAX);
    view! {
        <h3>{locale.t(title)}" "<span class="quiet">{locale.number(count)}</span></h3>
        {if changes.is_empty() {
            view! { <p class="quiet">{locale.t(none)}</p> }.into_any()
        } else {
            view! {
                <div class="scroll" tabindex="0" role="region" aria-label=locale.t(title)>
                    <table class="rows grants-rows">
                        <thead>
                            <tr>
                                {heading("access-column-who")}
                                {heading("access-column-power")}
                                {heading("access-column-where")}
                                {heading("access-column-through")}
                            </tr>
                        </thead>
                        <tbody>{changes.into_iter().map(|change| view! { <Change change=change /> }).collect_view()}</tbody>
                    </table>
                </div>
                {(shown < count).then(|| view! {
                    <p class="quiet">{locale.tx("access-changes-cut", &[("shown", shown.into()), ("count", count.into())])}</p>
                })}
            }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn Change(change: AccessChange) -> impl IntoView {
    let locale = context::locale();
    view! {
        <tr>
            <th scope="row"><Who kind=change.kind subject=change.subject /></th>
            <td><Powers rights=change.rights /></td>
            <td data-label=locale.t("access-column-where")>{place(change.namespace)}</td>
            <td data-label=locale.t("access-column-through")>
                <ul class="plain">{change.through.into_iter().map(|through| view! { <li><code>{through}</code></li> }).collect_view()}</ul>
            </td>
        </tr>
    }
    .into_any()
}
