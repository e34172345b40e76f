//! How many of something are in which state: a bar of proportions, and the numbers in words.

use crate::{
    context::locale,
    parts::{badge::state_icon, icon::Icon},
};
use leptos::prelude::*;
use model::control::ControlState;
use std::collections::BTreeMap;

/// The order in which people look: what fails, what is in doubt, what is in order, what nobody knows.
pub const READING_ORDER: [ControlState; 10] = [
    ControlState::NotMet,
    ControlState::Unreachable,
    ControlState::NotVisible,
    ControlState::Stale,
    ControlState::PartlyCovered,
    ControlState::NeedsReview,
    ControlState::AcceptedRisk,
    ControlState::Met,
    ControlState::NotAssessed,
    ControlState::NotApplicable,
];

/// The states that occur, in reading order, with their numbers.
pub fn occurring(states: &BTreeMap<ControlState, u32>) -> Vec<(ControlState, u32)> {
    READING_ORDER
        .into_iter()
        .filter_map(|state| states.get(&state).filter(|count| **count > 0).map(|count| (state, *count)))
        .collect()
}

/// A bar of proportions. Decoration: the numbers stand beside it.
#[component]
pub fn StatesBar(
    /// States and numbers.
    states: BTreeMap<ControlState, u32>,
) -> impl IntoView {
    let total: u32 = states.values().sum();
    let mut from = 0_u32;
    let share = |count: u32| f64::from(count) * 100.0 / f64::from(total.max(1));
    let parts = occurring(&states)
        .into_iter()
        .map(|(state, count)| {
            let x = share(from);
            from += count;
            view! {
                <rect class=format!("fill-{state}") x=format!("{x:.2}") y="0" width=format!("{:.2}", share(count)) height="6" />
            }
        })
        .collect_view();
    view! {
        <svg class="states-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">{parts}</svg>
    }
    .into_any()
}

/// The numbers, each with its shape; the words for those who listen, and on pointing.
#[component]
pub fn StatesCounts(
    /// States and numbers.
    states: BTreeMap<ControlState, u32>,
) -> impl IntoView {
    let locale = locale();
    view! {
        <span class="states-counts">
            {occurring(&states).into_iter().map(|(state, count)| {
                let word = locale.t(&format!("state-{state}"));
                view! {
                    <span class=format!("count state-{state}") title=word>
                        <Icon name=state_icon(state) />
                        {locale.number(count)}
                        <span class="visually-hidden">" "{word.clone()}";"</span>
                    </span>
                }
            }).collect_view()}
        </span>
    }
    .into_any()
}

/// The ten states with what each means.
#[component]
pub fn Legend() -> impl IntoView {
    let locale = locale();
    view! {
        <details class="legend">
            <summary>{locale.t("legend-title")}</summary>
            <dl>
                {READING_ORDER.into_iter().map(|state| view! {
                    <div>
                        <dt>
                            <span class=format!("badge state-{state}")>
                                <Icon name=state_icon(state) />
                                {locale.t(&format!("state-{state}"))}
                            </span>
                        </dt>
                        <dd>{locale.t(&format!("state-{state}-means"))}</dd>
                    </div>
                }).collect_view()}
            </dl>
        </details>
    }
    .into_any()
}
