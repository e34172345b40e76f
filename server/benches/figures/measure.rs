//! Measuring, and the table of what was measured.

use std::{
    fmt::{self, Display, Formatter},
    time::{Duration, Instant},
};

/// Durations of the same thing, done many times.
#[derive(Clone, Debug, Default)]
pub(crate) struct Samples(Vec<Duration>);

impl Samples {
    /// Does something `rounds` times after doing it twice unmeasured.
    pub(crate) async fn of<T>(rounds: usize, mut work: impl AsyncFnMut() -> anyhow::Result<T>) -> anyhow::Result<Self> {
        let mut samples = Self::default();
        for round in 0..rounds + 2 {
            let start = Instant::now();
            work().await?;
            if round >= 2 {
                samples.add(start.elapsed());
            }
        }
        Ok(samples)
    }

    /// Adds a duration.
    pub(crate) fn add(&mut self, duration: Duration) {
        self.0.push(duration);
        self.0.sort_unstable();
    }

    /// The middle one.
    pub(crate) fn median(&self) -> Duration {
        self.part(50)
    }

    fn part(&self, percent: usize) -> Duration {
        let last = self.0.len().saturating_sub(1);
        self.0.get((last * percent).div_ceil(100)).copied().unwrap_or_default()
    }
}

impl Display for Samples {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", milliseconds(self.median()), milliseconds(self.part(95)))
    }
}

fn milliseconds(duration: Duration) -> String {
    let milliseconds = duration.as_secs_f64() * 1_000.0;
    if milliseconds < 10.0 { format!("{milliseconds:.2} ms") } else { format!("{milliseconds:.0} ms") }
}

/// A floor: the least that the machine needs for something like it.
#[derive(Clone, Debug)]
pub(crate) struct Floor {
    /// What it is.
    pub(crate) what: &'static str,
    /// How long it takes.
    pub(crate) samples: Samples,
}

/// What was measured, a row each.
#[derive(Default)]
pub(crate) struct Table(Vec<[String; 6]>);

impl Table {
    /// Adds a figure of time beside its target and floor; `note` says what else was counted.
    pub(crate) fn time(&mut self, figure: &str, target: &str, measured: &Samples, floor: Option<&Floor>, note: &str) {
        let ratio = floor.map(|floor| measured.median().as_secs_f64() / floor.samples.median().as_secs_f64());
        self.add([
            figure.into(),
            target.into(),
            measured.to_string(),
            floor.map(|floor| format!("{}: {}", floor.what, floor.samples)).unwrap_or_default(),
            ratio.map(|ratio| format!("{ratio:.1}")).unwrap_or_default(),
            note.into(),
        ]);
    }

    /// Adds a figure that is not of time.
    pub(crate) fn value(&mut self, figure: &str, target: &str, measured: String, note: &str) {
        self.add([figure.into(), target.into(), measured, String::new(), String::new(), note.into()]);
    }

    /// Adds a row, and tells it at once: whoever watches need not wait for the last, and what stops half-way loses nothing.
    fn add(&mut self, row: [String; 6]) {
        eprintln!("| {} |", row.join(" | "));
        self.0.push(row);
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let head = ["figure", "target", "median (p95)", "floor: median (p95)", "ratio", "note"].map(String::from);
        let rule: [String; 6] = std::array::from_fn(|_| "---".into());
        for row in [&head, &rule].into_iter().chain(&self.0) {
            writeln!(f, "| {} |", row.join(" | "))?;
        }
        Ok(())
    }
}
