//! How fresh a cluster's readings are, in a line.

use crate::{
    context::page,
    i18n::Locale,
    islands::scan_progress::{ProgressWords, ScanProgress},
    parts::{
        badge::{CoverageBadge, NotRetained, State},
        time::Ago,
    },
};
use chrono::TimeDelta;
use leptos::prelude::*;
use model::{control::ControlState, scan::Coverage, source::Source, views::SourceStatus};

/// The oldest reading of a cluster, and what stands in the way of newer ones.
#[component]
pub fn Freshness(
    /// The cluster's sources.
    sources: Vec<SourceStatus>,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let oldest = sources.iter().filter_map(|source| source.last_seen_at).min();
    let worst = sources
        .iter()
        .filter_map(|source| source.last_scan.as_ref().map(|scan| (scan.coverage, source.source)))
        .filter(|(coverage, _)| {
            matches!(coverage, Coverage::Unreachable | Coverage::Failed | Coverage::Forbidden | Coverage::Truncated)
        })
        .max_by_key(|(coverage, _)| *coverage as u8);
    view! {
        <span class="freshness">
            {match oldest {
                Some(at) => view! { {locale.t("read")}" "<Ago locale=locale at=at now=context.as_of /> }.into_any(),
                None if sources.iter().any(|source| source.not_retained) => view! { <NotRetained /> }.into_any(),
                None => locale.t("never-read").into_any(),
            }}
            {worst.map(|(coverage, source)| view! { " " <CoverageBadge coverage=coverage source=source /> })}
        </span>
    }
    .into_any()
}

/// How old what is known of a source is, and how its last reading went where that was not well.
#[component]
pub fn SourceFreshness(
    /// The source.
    source: SourceStatus,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let coverage =
        source.last_scan.as_ref().map(|scan| scan.coverage).filter(|coverage| *coverage != Coverage::Complete);
    let budget = TimeDelta::seconds(source.stale_after_seconds);
    let stale = source.last_seen_at.is_some_and(|at| context.as_of.signed_duration_since(at) > budget);
    view! {
        <span class="freshness">
            {match source.last_seen_at {
                Some(at) => view! { <Ago locale=locale at=at now=context.as_of /> }.into_any(),
                None if source.not_retained => view! { <NotRetained /> }.into_any(),
                None if source.last_scan.is_none() => locale.t("never-tried").into_any(),
                None => ().into_any(),
            }}
            {coverage.map(|coverage| view! { <CoverageBadge coverage=coverage source=source.source /> })}
            {stale.then(|| view! { <State state=ControlState::Stale /> })}
        </span>
    }
    .into_any()
}

/// What is being read now, as it happens; nothing on a page of the past, which does not move.
#[component]
pub fn LiveProgress(
    /// Only this cluster; all when none.
    cluster: Option<String>,
) -> impl IntoView {
    let context = page();
    let moves = context.moment.past.is_none();
    moves.then(|| view! { <ScanProgress cluster=cluster words=progress_words(context.locale) /> }).into_any()
}

/// The words of the live progress.
fn progress_words(locale: Locale) -> ProgressWords {
    ProgressWords {
        running: locale.t("progress-running"),
        objects: locale.t("progress-objects"),
        ended: locale.t("progress-ended"),
        reload: locale.t("progress-reload"),
        sources: Source::ALL.iter().map(|source| (source.to_string(), locale.t(&format!("source-{source}")))).collect(),
    }
}
