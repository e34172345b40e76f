//! How a finding stands to its service levels: in a cell of a list, and with all that is known on its own page.

use crate::{
    context::page,
    i18n::Locale,
    parts::{icon::Icon, time::Time},
};
use leptos::prelude::*;
use model::{
    Instant,
    service_level::{Clock, ClockKind, ClockStanding, ServiceLevel, Target, TargetUnit},
};

/// The clock that asks for something first, in words; nothing where none waits.
#[component]
pub fn ServiceLevelShort(
    /// How the finding stands.
    level: ServiceLevel,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    level.next().map(|(kind, clock)| {
        let class = match clock.standing {
            ClockStanding::Breached => "sub clock clock-breached",
            ClockStanding::DueSoon => "sub clock clock-due_soon",
            _ => "sub clock",
        };
        let title = clock.due.map(|due| locale.exact(due));
        view! { <span class=class title=title>{short(locale, kind, &clock, context.as_of)}</span> }
    })
}

/// A clock in a few words, as it stands at an instant.
fn short(locale: Locale, kind: ClockKind, clock: &Clock, at: Instant) -> String {
    let how = match clock.standing {
        ClockStanding::Breached => "overdue",
        ClockStanding::Paused => "paused",
        _ => "due",
    };
    let span = clock.due.map(|due| locale.duration(due.signed_duration_since(at))).unwrap_or_default();
    locale.tx(&format!("service-short-{kind}-{how}"), &[("span", span.into())])
}

/// A target, as "7 business days".
pub fn target_text(locale: Locale, target: Target) -> String {
    locale.tx(&format!("service-target-{}", target.unit), &[("count", i64::from(target.amount).into())])
}

/// Both clocks of a finding; nothing where it has none.
#[component]
pub fn ServiceLevelPanel(
    /// How the finding stands.
    level: ServiceLevel,
) -> impl IntoView {
    let locale = page().locale;
    let clocks: Vec<(ClockKind, Clock)> = level.clocks().collect();
    (!clocks.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="service-title">
                <h2 id="service-title">{locale.t("service-title")}</h2>
                {clocks.into_iter().map(|(kind, clock)| view! { <ClockFacts kind=kind clock=clock /> }).collect_view()}
            </section>
        }
        .into_any()
    })
}

#[component]
fn ClockFacts(kind: ClockKind, clock: Clock) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let instant = move |key: &str, at: Instant| {
        view! { <div><dt>{locale.t(key)}</dt><dd><Time locale=locale at=at exact=true /></dd></div> }.into_any()
    };
    let due = if clock.due.is_some_and(|due| due <= context.as_of) { "service-was-due" } else { "service-due" };
    let ended = format!("service-ended-{kind}");
    view! {
        <h3>{locale.t(&format!("service-clock-{kind}"))}" "<ClockBadge standing=clock.standing /></h3>
        <dl class="facts">
            <div><dt>{locale.t("service-target")}</dt><dd>{target_text(locale, clock.target)}</dd></div>
            {clock.due.map(|at| instant(due, at))}
            {clock.ended_at.map(|at| instant(&ended, at))}
            {clock.paused_since.map(|at| instant("service-paused-since", at))}
            {clock.paused_by.map(|by| view! {
                <div class="wide"><dt>{locale.t("service-paused-by")}</dt><dd>{locale.t(&format!("service-paused-by-{by}"))}</dd></div>
            })}
            {clock.left_seconds.map(|seconds| view! {
                <div><dt>{locale.t("service-left")}</dt><dd>{left_text(locale, seconds, clock.target.unit)}</dd></div>
            })}
        </dl>
    }
    .into_any()
}

/// What is left of a target's time, in whole days or hours of its own, rounded down.
fn left_text(locale: Locale, seconds: i64, unit: TargetUnit) -> String {
    let (unit, of) = match unit {
        TargetUnit::CalendarDays | TargetUnit::BusinessDays if seconds >= 86_400 => (unit, 86_400),
        _ => (TargetUnit::Hours, 3_600),
    };
    locale.tx(&format!("service-target-{unit}"), &[("count", (seconds / of).into())])
}

/// How a clock stands: word, shape, colour.
#[component]
pub fn ClockBadge(
    /// How it stands.
    standing: ClockStanding,
) -> impl IntoView {
    let (state, icon) = match standing {
        ClockStanding::Breached | ClockStanding::Missed => ("not_met", "state-not_met"),
        ClockStanding::DueSoon => ("needs_review", "time"),
        ClockStanding::Paused => ("accepted_risk", "state-accepted_risk"),
        ClockStanding::Met => ("met", "done"),
        ClockStanding::Within => ("not_applicable", "time"),
    };
    view! {
        <span class=format!("badge state-{state}")>
            <Icon name=icon />
            {page().locale.t(&format!("service-standing-{standing}"))}
        </span>
    }
    .into_any()
}
