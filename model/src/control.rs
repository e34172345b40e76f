//! What a control's state is: one pure function of check results, coverage and time.
//!
//! The rule that everything rests on: **the absence of data never renders as met**.

use crate::{
    Instant,
    catalogue::{EvidenceKind, Strength},
    evaluation::Outcome,
    scan::Coverage,
    words::words,
};

words! {
    /// The ten honest states of a control, a check or a cell, from worst to best.
    ///
    /// The order is the order in which they win when several are put together; see [`combine`].
    ControlState {
        /// Something that the control asks for was seen to fail.
        NotMet = "not_met",
        /// The cluster did not answer.
        Unreachable = "unreachable",
        /// Forbidden, or hidden by the provider: a permission or document would open it.
        NotVisible = "not_visible",
        /// What was read is older than its freshness budget.
        Stale = "stale",
        /// No source is installed, it never ran, or no check exists.
        NotAssessed = "not_assessed",
        /// Some subjects or clusters were not read, or a source cut its list.
        PartlyCovered = "partly_covered",
        /// A person must judge.
        NeedsReview = "needs_review",
        /// It fails, and somebody accepted the risk for a time.
        AcceptedRisk = "accepted_risk",
        /// Everything that was asked for was seen, and is in order.
        Met = "met",
        /// The statement of applicability says so.
        NotApplicable = "not_applicable",
    }
}

impl ControlState {
    /// Whether nothing was measured: such a state may never become a pass by being put together with others.
    pub const fn is_unmeasured(self) -> bool {
        matches!(self, Self::Unreachable | Self::NotVisible | Self::Stale | Self::NotAssessed)
    }
}

/// The newest knowledge of a check on a cluster, as far as a state depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckEvidence {
    /// The outcome in force at the instant asked for; `None` where no scan has judged it.
    pub outcome: Option<Outcome>,
    /// Subjects that could not be read.
    pub unread: u32,
    /// Whether there are failing findings, and the risk of every one of them is accepted at that instant.
    pub accepted: bool,
    /// The last scan of the check's source at that instant: how it went, and when it ended.
    pub last_scan: Option<(Coverage, Instant)>,
}

/// The state of one check on one cluster at an instant.
///
/// The newest scan speaks first: a cluster that does not answer now says so, whatever an older scan saw,
/// and an old reading is stale, whatever it said. Only a pass that saw every subject is met. A failure of which every
/// finding is accepted is an accepted risk, never met: where something was not read it is partly covered, and where the
/// source fell silent it is stale, for nobody has accepted what is not known. That a source is absent may itself be what
/// fails, and is accepted as any other failure is.
pub fn check_state(evidence: &CheckEvidence, at: Instant, stale_after: chrono::TimeDelta) -> ControlState {
    let Some((coverage, ended_at)) = evidence.last_scan else {
        return ControlState::NotAssessed;
    };
    if coverage == Coverage::Unreachable {
        return ControlState::Unreachable;
    }
    if coverage == Coverage::Failed {
        return ControlState::NotAssessed;
    }
    if at.signed_duration_since(ended_at) > stale_after {
        return ControlState::Stale;
    }
    // What failed when the source was last heard of is not better for its silence.
    let fails = evidence.outcome == Some(Outcome::Fail);
    if coverage == Coverage::Stale && (!fails || evidence.accepted) {
        return ControlState::Stale;
    }
    match evidence.outcome {
        None | Some(Outcome::NotEvaluated | Outcome::Error) => ControlState::NotAssessed,
        Some(Outcome::Fail) if !evidence.accepted => ControlState::NotMet,
        Some(Outcome::Fail) if evidence.unread > 0 => ControlState::PartlyCovered,
        Some(Outcome::Fail) => ControlState::AcceptedRisk,
        Some(Outcome::NotVisible) => ControlState::NotVisible,
        Some(Outcome::Stale) => ControlState::Stale,
        Some(Outcome::NotApplicable) => ControlState::NotApplicable,
        Some(Outcome::NeedsReview) => ControlState::NeedsReview,
        Some(Outcome::Pass) if matches!(coverage, Coverage::Absent | Coverage::NeverRan | Coverage::Hidden) => {
            ControlState::NotAssessed
        }
        Some(Outcome::Pass) if evidence.unread > 0 => ControlState::PartlyCovered,
        Some(Outcome::Pass) => ControlState::Met,
    }
}

/// Puts states together: of several checks, clusters or sources, what is the state of the whole?
///
/// - anything not met makes the whole not met;
/// - something measured next to something unmeasured is partly covered, never met;
/// - otherwise the worst state in the order of [`ControlState`]; states that do not apply count only where nothing else is.
///
/// Nothing at all is [`ControlState::NotAssessed`].
pub fn combine(states: impl IntoIterator<Item = ControlState>) -> ControlState {
    let mut worst = None;
    let (mut measured, mut unmeasured) = (false, false);
    for state in states {
        if state == ControlState::NotApplicable {
            worst = worst.or(Some(state));
            continue;
        }
        unmeasured |= state.is_unmeasured();
        measured |= !state.is_unmeasured();
        worst = Some(worst.map_or(state, |w: ControlState| w.min(state)));
    }
    match worst {
        None => ControlState::NotAssessed,
        Some(ControlState::NotMet) => ControlState::NotMet,
        Some(_) if measured && unmeasured => ControlState::PartlyCovered,
        Some(state) => state,
    }
}

/// Why a control is in the state that it is in, as the translation key `why-<word>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// No check of the catalogue speaks to the control.
    NoCheck,
    /// No cluster is registered, so nothing was asked.
    NoCluster,
    /// The state follows from its checks.
    Checks,
    /// The log of the readings that its checks rested on was dropped by a policy: what its state was cannot be told.
    NotRetained,
    /// All checks pass, and a part of the control must be shown by a person.
    ManualPart,
    /// All checks pass, and none of them is strong enough alone to show that the control is met.
    OnlySupporting,
}

impl Why {
    /// The word in the translation key.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoCheck => "no_check",
            Self::NoCluster => "no_cluster",
            Self::Checks => "checks",
            Self::NotRetained => "not_retained",
            Self::ManualPart => "manual_part",
            Self::OnlySupporting => "only_supporting",
        }
    }
}

/// A control's state for a scope at an instant, with its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Assessment {
    /// The state.
    pub state: ControlState,
    /// Why.
    pub why: Why,
}

/// The state of a control from the states of its checks (over one cluster, or over all in scope).
///
/// No cluster state alone shows a control met of which a person must show a part, nor one that only supporting checks speak to.
pub fn assess(evidence: EvidenceKind, checks: &[(Strength, ControlState)]) -> Assessment {
    if checks.is_empty() {
        return Assessment { state: ControlState::NotAssessed, why: Why::NoCheck };
    }
    let state = combine(checks.iter().map(|(_, state)| *state));
    if state != ControlState::Met {
        return Assessment { state, why: Why::Checks };
    }
    if evidence != EvidenceKind::Automatic {
        return Assessment { state: ControlState::NeedsReview, why: Why::ManualPart };
    }
    let direct = checks.iter().any(|(strength, state)| *strength == Strength::Direct && *state == ControlState::Met);
    if direct {
        Assessment { state, why: Why::Checks }
    } else {
        Assessment { state: ControlState::NeedsReview, why: Why::OnlySupporting }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeDelta, TimeZone, Utc};

    fn at() -> Instant {
        Utc.with_ymd_and_hms(2026, 6, 30, 12, 0, 0).single().expect("a valid instant")
    }

    fn state(outcome: Option<Outcome>, unread: u32, coverage: Coverage, age_minutes: i64) -> ControlState {
        of(outcome, unread, coverage, age_minutes, false)
    }

    fn of(outcome: Option<Outcome>, unread: u32, coverage: Coverage, age_minutes: i64, accepted: bool) -> ControlState {
        let last_scan = Some((coverage, at() - TimeDelta::minutes(age_minutes)));
        check_state(&CheckEvidence { outcome, unread, accepted, last_scan }, at(), TimeDelta::minutes(30))
    }

    #[test]
    fn met_needs_a_fresh_pass_that_saw_every_subject() {
        for coverage in Coverage::ALL {
            for outcome in Outcome::ALL.iter().copied().map(Some).chain([None]) {
                for unread in [0, 1] {
                    for age in [0, 30, 31, 60 * 24 * 365] {
                        let met = state(outcome, unread, *coverage, age) == ControlState::Met;
                        let measured =
                            matches!(coverage, Coverage::Complete | Coverage::Truncated | Coverage::Forbidden);
                        assert_eq!(met, outcome == Some(Outcome::Pass) && unread == 0 && measured && age <= 30);
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_accepted_is_never_met_and_only_a_failure_becomes_an_accepted_risk() {
        for coverage in Coverage::ALL {
            for outcome in Outcome::ALL.iter().copied().map(Some).chain([None]) {
                for unread in [0, 1] {
                    for age in [0, 31] {
                        let (plain, accepted) =
                            (state(outcome, unread, *coverage, age), of(outcome, unread, *coverage, age, true));
                        if outcome != Some(Outcome::Fail) || plain != ControlState::NotMet {
                            assert_eq!(accepted, plain);
                        } else if *coverage == Coverage::Stale {
                            assert_eq!(accepted, ControlState::Stale);
                        } else if unread > 0 {
                            assert_eq!(accepted, ControlState::PartlyCovered);
                        } else {
                            assert_eq!(accepted, ControlState::AcceptedRisk);
                        }
                    }
                }
            }
        }
        let risk = ControlState::AcceptedRisk;
        assert_eq!(assess(EvidenceKind::Automatic, &[(Strength::Direct, risk)]).state, risk);
        assert_eq!(combine([risk, ControlState::Met]), risk);
        assert_eq!(combine([risk, ControlState::NotMet]), ControlState::NotMet);
        assert_eq!(combine([risk, ControlState::Stale]), ControlState::PartlyCovered);
    }

    #[test]
    fn what_failed_is_not_better_for_its_source_being_silent() {
        let silent = |outcome| state(Some(outcome), 1, Coverage::Stale, 1);
        assert_eq!(silent(Outcome::Fail), ControlState::NotMet);
        assert_eq!(silent(Outcome::Pass), ControlState::Stale);
        assert_eq!(state(Some(Outcome::Fail), 1, Coverage::Stale, 31), ControlState::Stale);
    }

    #[test]
    fn a_check_that_was_never_scanned_is_not_assessed() {
        let evidence = CheckEvidence { outcome: None, unread: 0, accepted: true, last_scan: None };
        assert_eq!(check_state(&evidence, at(), TimeDelta::minutes(30)), ControlState::NotAssessed);
    }

    #[test]
    fn unmeasured_next_to_met_is_partly_covered() {
        for unmeasured in ControlState::ALL.iter().filter(|s| s.is_unmeasured()) {
            assert_eq!(combine([ControlState::Met, *unmeasured]), ControlState::PartlyCovered);
            assert_eq!(combine([*unmeasured, ControlState::NotMet]), ControlState::NotMet);
            assert_eq!(combine([*unmeasured]), *unmeasured);
        }
        assert_eq!(combine([]), ControlState::NotAssessed);
    }

    #[test]
    fn combine_never_yields_met_unless_every_part_is_met_or_not_applicable() {
        for a in ControlState::ALL {
            for b in ControlState::ALL {
                let met_like = |s: &ControlState| matches!(s, ControlState::Met | ControlState::NotApplicable);
                let expected = met_like(a) && met_like(b) && (*a == ControlState::Met || *b == ControlState::Met);
                assert_eq!(combine([*a, *b]) == ControlState::Met, expected, "{a} with {b}");
                assert_eq!(combine([*a, *b]), combine([*b, *a]));
            }
        }
    }

    #[test]
    fn only_an_automatic_control_with_a_direct_check_is_met() {
        let met = |strength| [(strength, ControlState::Met)];
        assert_eq!(assess(EvidenceKind::Automatic, &met(Strength::Direct)).state, ControlState::Met);
        assert_eq!(assess(EvidenceKind::Automatic, &met(Strength::Supporting)).why, Why::OnlySupporting);
        assert_eq!(assess(EvidenceKind::Partial, &met(Strength::Direct)).why, Why::ManualPart);
        assert_eq!(assess(EvidenceKind::Manual, &[]).state, ControlState::NotAssessed);
    }
}
