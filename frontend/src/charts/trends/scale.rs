//! Where things are on a chart.

use super::{super::round_up, value_text};
use crate::i18n::Locale;
use model::views::TrendUnit;

pub(super) const WIDTH: f64 = 720.0;
pub(super) const HEIGHT: f64 = 220.0;
/// Room for the scale at the left, for the dates below, and above.
const LEFT: f64 = 64.0;
const BOTTOM: f64 = 24.0;
const TOP: f64 = 10.0;

/// A chart's frame: so many periods, and values up to a round number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    periods: usize,
    top: i64,
    unit: TrendUnit,
}

impl Scale {
    pub(super) fn new(periods: usize, most: i64, unit: TrendUnit) -> Self {
        let step = match unit {
            TrendUnit::Seconds if most > 2 * 86_400 => 86_400,
            TrendUnit::Seconds if most > 2 * 3_600 => 3_600,
            TrendUnit::Seconds if most > 2 * 60 => 60,
            TrendUnit::Seconds | TrendUnit::Count | TrendUnit::PerMille => 1,
        };
        Self { periods, top: round_up((most + step - 1) / step) * step, unit }
    }

    /// The values at which lines are drawn, with their words.
    pub(super) fn lines(self, locale: Locale) -> [(f64, String); 3] {
        [0, self.top / 2, self.top].map(|value| (self.y(value), value_text(locale, self.unit, Some(value))))
    }

    pub(super) const fn left() -> f64 {
        LEFT
    }

    /// Where a period's column begins, and how wide it is. With many periods there is no room between them.
    #[expect(clippy::cast_precision_loss, reason = "a chart has few thousand periods")]
    pub(super) fn column(self, index: usize) -> (f64, f64) {
        let pitch = (WIDTH - LEFT) / self.periods.max(1) as f64;
        let gap = if self.periods > 100 { 0.0 } else { 0.1 };
        (LEFT + pitch * (index as f64 + gap), pitch * (1.0 - 2.0 * gap))
    }

    /// The middle of a period's column.
    pub(super) fn middle(self, index: usize) -> f64 {
        let (x, width) = self.column(index);
        x + width / 2.0
    }

    #[expect(clippy::cast_precision_loss, reason = "a pixel is coarser than what is lost")]
    pub(super) fn y(self, value: i64) -> f64 {
        let room = HEIGHT - BOTTOM - TOP;
        TOP + room - room * value as f64 / self.top.max(1) as f64
    }

    /// The top and the height of a share of the chart, from its ground.
    pub(super) fn share(share: f64) -> (f64, f64) {
        let room = HEIGHT - BOTTOM - TOP;
        (TOP + room * (1.0 - share), room * share)
    }

    /// The periods under which a title stands: five at most, the last among them.
    pub(super) fn titled(self) -> Vec<usize> {
        let step = (self.periods / 4).max(1);
        (0..self.periods).rev().step_by(step).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_marked_in_whole_units() {
        let scale = Scale::new(10, 9 * 86_400 + 5, TrendUnit::Seconds);
        assert_eq!(scale.top, 10 * 86_400);
        assert_eq!(Scale::new(10, 41, TrendUnit::Count).top, 60);
        assert!((scale.y(scale.top) - TOP).abs() < 1e-9);
    }
}
