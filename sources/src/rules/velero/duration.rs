//! Durations as Go writes them: `720h0m0s`, `1m0s`.

use chrono::TimeDelta;

/// Reads a duration; `None` where it is none, or absurdly long.
pub(in crate::rules) fn parse(text: &str) -> Option<TimeDelta> {
    // The library takes nothing for zero, and panics on numbers that are too large for it.
    let known = text.bytes().all(|byte| byte.is_ascii_digit() || b".hmsnu".contains(&byte));
    let short = text.len() <= 40 && text.split(|c: char| !c.is_ascii_digit()).all(|digits| digits.len() <= 9);
    if text.is_empty() || !known || !short {
        return None;
    }
    let duration: kube_core::Duration = text.parse().ok()?;
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
        for wrong in ["", "30d", "h", "-1h", "1e400h", "NaNh", "infh", "9999999999h", "1..1h", "."] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
