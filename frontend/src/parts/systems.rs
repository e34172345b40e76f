//! The systems of a cluster, grouped by how they were read: in short, and one by one.

use crate::{
    context::page,
    i18n::Locale,
    parts::{
        badge::{CoverageBadge, Judged, NotRetained, State},
        freshness::SourceFreshness,
        icon::Icon,
        platform::SeenElsewhere,
        problems::WentWrong,
        states::StatesCounts,
        time::Ago,
    },
};
use chrono::TimeDelta;
use leptos::prelude::*;
use model::{
    Instant,
    control::ControlState,
    scan::Coverage,
    views::{CheckStatus, SourceStatus},
};

/// How a source stands, in the order in which people look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// Its last reading did not go as it should, or is too old.
    Trouble,
    /// It was read wholly.
    Read,
    /// It is installed, and has never produced anything.
    Silent,
    /// It exists, and cannot be seen.
    Hidden,
    /// It is not installed.
    Absent,
    /// What was tried then is not retained.
    Dropped,
    /// Nobody has tried.
    Untried,
}

impl Standing {
    const ALL: [Self; 7] =
        [Self::Trouble, Self::Read, Self::Silent, Self::Hidden, Self::Absent, Self::Dropped, Self::Untried];

    fn of(source: &SourceStatus, at: Instant) -> Self {
        let Some(scan) = &source.last_scan else {
            return if source.not_retained { Self::Dropped } else { Self::Untried };
        };
        match scan.coverage {
            Coverage::Absent => Self::Absent,
            Coverage::NeverRan => Self::Silent,
            Coverage::Hidden => Self::Hidden,
            Coverage::Complete if !is_stale(source, at) => Self::Read,
            _ => Self::Trouble,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Trouble => "trouble",
            Self::Read => "read",
            Self::Silent => "silent",
            Self::Hidden => "hidden",
            Self::Absent => "absent",
            Self::Dropped => "dropped",
            Self::Untried => "untried",
        }
    }

    /// Icon and colours. To have been read is told in neutral colours: it is not to be in order.
    const fn look(self) -> (&'static str, ControlState) {
        match self {
            Self::Trouble => ("warning", ControlState::Stale),
            Self::Read => ("done", ControlState::NotApplicable),
            Self::Silent => ("time", ControlState::NotAssessed),
            Self::Hidden => ("state-not_visible", ControlState::NotVisible),
            Self::Absent | Self::Dropped | Self::Untried => ("state-not_assessed", ControlState::NotAssessed),
        }
    }
}

fn budget(source: &SourceStatus) -> TimeDelta {
    TimeDelta::seconds(source.stale_after_seconds)
}

fn is_stale(source: &SourceStatus, at: Instant) -> bool {
    source.last_seen_at.is_some_and(|seen| at.signed_duration_since(seen) > budget(source))
}

/// The sources in groups, without the groups that have none.
fn grouped(sources: Vec<SourceStatus>, at: Instant) -> Vec<(Standing, Vec<SourceStatus>)> {
    let of = |standing| sources.iter().filter(|source| Standing::of(source, at) == standing).cloned().collect();
    let groups = Standing::ALL.into_iter().map(|standing| (standing, of(standing)));
    groups.filter(|(_, sources): &(Standing, Vec<SourceStatus>)| !sources.is_empty()).collect()
}

/// How many sources stand how, and which they are where somebody asks.
#[component]
pub fn SourcesInShort(
    /// The sources.
    sources: Vec<SourceStatus>,
    /// The cluster's title, for those who listen.
    label: String,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let count = sources.len();
    let groups = grouped(sources, context.as_of);
    view! {
        <details class="sources-in-short">
            <summary>
                <span class="visually-hidden">
                    {locale.tx("systems-of", &[("cluster", label.into()), ("count", count.into())])}". "
                </span>
                {groups.iter().map(|(standing, sources)| {
                    let (icon, state) = standing.look();
                    view! {
                        <span class=format!("badge state-{state}")>
                            <Icon name=icon />
                            {locale.number(i64::try_from(sources.len()).unwrap_or(i64::MAX))}" "
                            {locale.t(&format!("systems-{}-short", standing.word()))}
                        </span>
                    }
                }).collect_view()}
            </summary>
            {groups.into_iter().map(|(standing, sources)| view! {
                <p class="group-name">{locale.t(&format!("systems-{}", standing.word()))}</p>
                <ul class="plain short-list">
                    {sources.into_iter().map(|source| view! {
                        <li>
                            <span>{locale.t(&format!("source-{}", source.source))}</span>" "
                            <SourceFreshness source=source />
                        </li>
                    }).collect_view()}
                </ul>
            }).collect_view()}
        </details>
    }
    .into_any()
}

/// Every source of a cluster with its checks, in groups; each opens by itself.
#[component]
pub fn Systems(
    /// The sources.
    sources: Vec<SourceStatus>,
    /// Every check on the cluster.
    checks: Vec<CheckStatus>,
    /// The cluster's name, for links.
    name: String,
    /// The cluster's title, for those who listen.
    label: String,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let of = |source: &SourceStatus| -> Vec<CheckStatus> {
        checks.iter().filter(|check| check.source == source.source).cloned().collect()
    };
    view! {
        <div class="systems" role="group" aria-label=locale.tx("sources-of", &[("cluster", label.into())])>
            {grouped(sources, context.as_of).into_iter().map(|(standing, sources)| {
                let (icon, state) = standing.look();
                view! {
                    <h3 class="group-name">
                        <span class=format!("mark state-{state}")><Icon name=icon /></span>" "
                        {locale.t(&format!("systems-{}", standing.word()))}" "
                        <span class="quiet">{locale.number(i64::try_from(sources.len()).unwrap_or(i64::MAX))}</span>
                    </h3>
                    {sources.into_iter().map(|source| {
                        let checks = of(&source);
                        view! { <System source=source checks=checks name=name.clone() /> }
                    }).collect_view()}
                }
            }).collect_view()}
        </div>
    }
    .into_any()
}

#[component]
fn System(source: SourceStatus, checks: Vec<CheckStatus>, name: String) -> impl IntoView {
    let locale = page().locale;
    let word = source.source;
    let findings = format!("/findings?cluster={name}&source={word}");
    let coverage = source.last_scan.as_ref().map(|scan| scan.coverage);
    let wrong = source.last_scan.as_ref().filter(|scan| scan.error.is_some()).cloned();
    let begin = format!("bevis token create --cluster {name} --source {word} --name {name} --days 90");
    let told = coverage.map(|coverage| coverage.told_of(word));
    let begins = told.is_some_and(|told| Coverage::TOLD_OF_SENT[..2].contains(&told));
    let speaks = wrong.is_some() || begins;
    view! {
        <details class="system" id=format!("source-{word}")>
            <summary>
                <span class="system-name">{locale.t(&format!("source-{word}"))}</span>
                {match coverage {
                    Some(coverage) => view! { <CoverageBadge coverage=coverage source=word /> }.into_any(),
                    None if source.not_retained => view! { <NotRetained /> }.into_any(),
                    None => locale.t("never-tried").into_any(),
                }}
                <StatesCounts states=source.states.clone() />
                <span class="quiet">{locale.tx("systems-findings", &[("count", source.open_findings.into())])}</span>
            </summary>
            <p class="quiet">{locale.t(&format!("source-{word}-means"))}</p>
            <SystemFacts source=source findings=findings />
            {speaks.then(|| view! {
                <p>
                    {told.map(|told| locale.t(&format!("coverage-{told}-means")))}" "
                    // How to begin stands there already, in the reader's language.
                    {wrong.filter(|_| !begins).map(|scan| view! { <WentWrong error=scan.error problems=scan.problems /> })}
                    {begins.then(|| view! { <code>{begin}</code> })}
                </p>
            })}
            {if checks.is_empty() {
                view! { <p class="quiet">{locale.t("systems-no-checks")}</p> }.into_any()
            } else {
                let label = locale.tx("systems-checks", &[("source", locale.t(&format!("source-{word}")).into())]);
                view! { <Checks checks=checks name=name label=label /> }.into_any()
            }}
        </details>
    }
    .into_any()
}

#[component]
fn SystemFacts(source: SourceStatus, findings: String) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let stale = is_stale(&source, context.as_of);
    let span = budget(&source);
    view! {
        <dl class="facts">
            <div>
                <dt>{locale.t("systems-version")}</dt>
                <dd>{source.version.unwrap_or_else(|| "–".to_owned())}</dd>
            </div>
            <div>
                <dt>{locale.t("systems-seen")}</dt>
                <dd>
                    {seen(locale, source.last_seen_at, context.as_of, source.not_retained)}
                    {stale.then(|| view! { " " <State state=ControlState::Stale /> })}
                </dd>
            </div>
            <div>
                <dt>{locale.t("systems-budget")}</dt>
                <dd>{locale.duration(span)}</dd>
            </div>
            <div>
                <dt>{locale.t("systems-open")}</dt>
                <dd><a href=findings>{locale.number(source.open_findings)}</a></dd>
            </div>
        </dl>
    }
    .into_any()
}

fn seen(locale: Locale, at: Option<Instant>, now: Instant, not_retained: bool) -> AnyView {
    match at {
        Some(at) => view! { <Ago locale=locale at=at now=now /> }.into_any(),
        None if not_retained => locale.t("gap-not_retained").into_any(),
        None => locale.t("never-read").into_any(),
    }
}

#[component]
fn Checks(checks: Vec<CheckStatus>, name: String, label: String) -> impl IntoView {
    let locale = page().locale;
    let heading = |key: &str, class: &'static str| view! { <th scope="col" class=class>{locale.t(key)}</th> };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table class="rows system-checks">
                <thead>
                    <tr>
                        {heading("systems-column-check", "")}
                        {heading("systems-column-state", "")}
                        {heading("systems-column-failed", "number")}
                        {heading("systems-column-why", "")}
                    </tr>
                </thead>
                <tbody>{checks.into_iter().map(|check| view! { <Check check=check name=name.clone() /> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Check(check: CheckStatus, name: String) -> impl IntoView {
    let locale = page().locale;
    let seen_in = check.elsewhere.as_ref().and_then(|elsewhere| elsewhere.cluster.clone());
    let place = seen_in.map_or(name, |cluster| cluster.name);
    let findings = format!("/findings?cluster={place}&check={}", check.check);
    let reason = check.reason.as_ref().map(|reason| locale.reason(&check.check, reason, &check.detail));
    view! {
        <tr>
            <th scope="row"><a href=format!("/checks/{}", check.check)>{locale.check_title(&check.check)}</a></th>
            <td><Judged state=check.state not_retained=check.not_retained /></td>
            <td class="number">{if check.failed > 0 {
                view! { <a href=findings>{locale.number(check.failed)}</a> }.into_any()
            } else {
                check.outcome.map_or_else(|| "–".to_owned(), |_| locale.number(0)).into_any()
            }}</td>
            <td>
                {check.elsewhere.map(|elsewhere| view! { <SeenElsewhere elsewhere=elsewhere /> " " })}
                {reason}
            </td>
        </tr>
    }
    .into_any()
}
