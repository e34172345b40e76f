//! Charts, drawn as SVG on the server. Every chart has its numbers as a table behind it.

pub mod strip;
pub mod trend;
pub mod trends;

use leptos::prelude::*;

/// An entry of a chart's key: what a colour stands for.
#[component]
fn KeyEntry(
    /// The class that fills it.
    class: String,
    /// What it stands for.
    text: String,
) -> impl IntoView {
    view! {
        <span class="key-entry">
            <svg viewBox="0 0 10 10" aria-hidden="true" focusable="false">
                <rect class=class width="10" height="10" />
            </svg>
            {text}
        </span>
    }
    .into_any()
}

/// The next of 2, 4, 6 and 10 times a power of ten, so that the middle line is a whole number too.
fn round_up(value: i64) -> i64 {
    let mut power = 1;
    loop {
        for step in [2, 4, 6, 10] {
            if step * power >= value {
                return step * power;
            }
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::round_up;

    #[test]
    fn the_scale_ends_on_a_round_even_number() {
        assert_eq!([0, 1, 3, 7, 11, 41, 250, 61].map(round_up), [2, 2, 4, 10, 20, 60, 400, 100]);
    }
}
