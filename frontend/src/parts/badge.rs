//! Words with a shape and a colour: a state is never told by colour alone.

use crate::{context::locale, parts::icon::Icon};
use leptos::prelude::*;
use model::{
    Instant,
    control::{Assessment, ControlState, Why},
    evaluation::Outcome,
    finding::FindingState,
    scan::Coverage,
    severity::Severity,
    source::Source,
};

/// A control's or check's state: word, shape, colour.
#[component]
pub fn State(
    /// The state.
    state: ControlState,
) -> impl IntoView {
    view! {
        <span class=format!("badge state-{state}")>
            <Icon name=state_icon(state) />
            {locale().t(&format!("state-{state}"))}
        </span>
    }
    .into_any()
}

/// The state of a control; that it is not retained where the log that it rested on was dropped.
#[component]
pub fn Assessed(
    /// The state, with the reason.
    assessment: Assessment,
) -> impl IntoView {
    let not_retained = assessment.why == Why::NotRetained;
    view! { <Judged state=assessment.state not_retained=not_retained /> }.into_any()
}

/// The state of a check; that it is not retained where the log that it rested on was dropped.
#[component]
pub fn Judged(
    /// The state.
    state: ControlState,
    /// Whether what it was cannot be told.
    not_retained: bool,
) -> impl IntoView {
    if not_retained { view! { <NotRetained /> }.into_any() } else { view! { <State state=state /> }.into_any() }
}

/// A state where there is room for its shape only; the word is there for those who listen, and on pointing.
#[component]
pub fn StateMark(
    /// The state.
    state: ControlState,
    /// What is in that state, as a cluster's name; put before the word.
    of: String,
    /// Whether what it was cannot be told.
    not_retained: bool,
) -> impl IntoView {
    let key = if not_retained { "gap-not_retained".to_owned() } else { format!("state-{state}") };
    let words = format!("{of}: {}", locale().t(&key));
    if not_retained {
        return view! {
            <span class="mark not-retained" title=words>
                <Icon name="not-retained" />
                <span class="visually-hidden">{words.clone()}</span>
            </span>
        }
        .into_any();
    }
    view! {
        <span class=format!("mark state-{state}") title=words>
            <Icon name=state_icon(state) />
            <span class="visually-hidden">{words.clone()}</span>
        </span>
    }
    .into_any()
}

/// A severity: word, shape, colour.
#[component]
pub fn SeverityBadge(
    /// The severity.
    severity: Severity,
) -> impl IntoView {
    view! {
        <span class=format!("severity severity-{severity}")>
            <Icon name=severity_icon(severity) />
            {locale().t(&format!("severity-{severity}"))}
        </span>
    }
    .into_any()
}

/// How much of a source was read.
#[component]
pub fn CoverageBadge(
    /// The coverage.
    coverage: Coverage,
    /// Of which source.
    source: Source,
) -> impl IntoView {
    let locale = locale();
    let told = coverage.told_of(source);
    let state = coverage_state(coverage);
    let icon = if coverage == Coverage::Complete { "done" } else { state_icon(state) };
    view! {
        <span class=format!("badge state-{state}") title=locale.t(&format!("coverage-{told}-means"))>
            <Icon name=icon />
            {locale.t(&format!("coverage-{told}"))}
        </span>
    }
    .into_any()
}

/// That something was dropped by a policy of retention: word, shape and colour of its own.
#[component]
pub fn NotRetained() -> impl IntoView {
    let locale = locale();
    view! {
        <span class="badge not-retained" title=locale.t("gap-not_retained-means")>
            <Icon name="not-retained" />
            {locale.t("gap-not_retained")}
        </span>
    }
    .into_any()
}

/// A line that says from when on something is retained; nothing where all of it is.
#[component]
pub fn RetainedNote(
    /// The key of its sentence, which has the instant as `from`.
    key: &'static str,
    /// From when on; none where nothing was ever dropped.
    from: Option<Instant>,
) -> impl IntoView {
    let locale = locale();
    from.map(|from| {
        view! {
            <p class="not-retained-note"><NotRetained />" "{locale.tx(key, &[("from", locale.exact(from).into())])}</p>
        }
    })
}

/// The outcome of a check.
#[component]
pub fn OutcomeWord(
    /// The outcome; none where no scan has judged it.
    outcome: Option<Outcome>,
) -> impl IntoView {
    let locale = locale();
    outcome.map_or_else(|| locale.t("check-never-judged"), |outcome| locale.t(&format!("outcome-{outcome}")))
}

/// Where a finding stands.
#[component]
pub fn FindingStateBadge(
    /// The state.
    state: FindingState,
) -> impl IntoView {
    let icon = match state {
        FindingState::Open => "findings",
        FindingState::Acknowledged => "comment",
        FindingState::Accepted => "state-accepted_risk",
        FindingState::FalsePositive => "state-not_applicable",
        FindingState::Closed => "done",
    };
    view! {
        <span class=format!("badge finding-{state}")>
            <Icon name=icon />
            {locale().t(&format!("finding-state-{state}"))}
        </span>
    }
    .into_any()
}

/// The icon of a state.
pub const fn state_icon(state: ControlState) -> &'static str {
    match state {
        ControlState::NotMet => "state-not_met",
        ControlState::Unreachable => "state-unreachable",
        ControlState::NotVisible => "state-not_visible",
        ControlState::Stale => "state-stale",
        ControlState::NotAssessed => "state-not_assessed",
        ControlState::PartlyCovered => "state-partly_covered",
        ControlState::NeedsReview => "state-needs_review",
        ControlState::AcceptedRisk => "state-accepted_risk",
        ControlState::Met => "state-met",
        ControlState::NotApplicable => "state-not_applicable",
    }
}

/// The icon of a severity.
pub const fn severity_icon(severity: Severity) -> &'static str {
    match severity {
        Severity::Unknown => "severity-unknown",
        Severity::Info => "severity-info",
        Severity::Low => "severity-low",
        Severity::Medium => "severity-medium",
        Severity::High => "severity-high",
        Severity::Critical => "severity-critical",
    }
}

/// The colours that a coverage borrows. Complete is told in neutral colours: having read is not being in order.
const fn coverage_state(coverage: Coverage) -> ControlState {
    match coverage {
        Coverage::Complete => ControlState::NotApplicable,
        Coverage::Truncated => ControlState::PartlyCovered,
        Coverage::Forbidden | Coverage::Hidden => ControlState::NotVisible,
        Coverage::Absent | Coverage::NeverRan => ControlState::NotAssessed,
        Coverage::Stale => ControlState::Stale,
        Coverage::Unreachable => ControlState::Unreachable,
        Coverage::Failed => ControlState::NotMet,
    }
}
