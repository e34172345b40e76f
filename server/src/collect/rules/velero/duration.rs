//! Durations as Go writes them: `720h0m0s`, `1m0s`.

use chrono::TimeDelta;

/// Reads a duration; `None` where it is none, or absurdly long.
pub(super) fn parse(text: &str) -> Option<TimeDelta> {
    let duration: kube::core::Duration = text.trim().parse().ok()?;
    if duration.is_negative() {
        return None;
    }
    TimeDelta::from_std(std::time::Duration::from(duration)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_those_of_go() {
        assert_eq!(parse("720h0m0s"), Some(TimeDelta::hours(720)));
        assert_eq!(parse("1h30m"), Some(TimeDelta::minutes(90)));
        assert_eq!(parse("0"), Some(TimeDelta::zero()));
        for wrong in ["", "30d", "h", "-1h", "1e400h", "NaNh", "infh"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
