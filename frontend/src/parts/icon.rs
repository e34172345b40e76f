//! Icons: our own drawings on a grid of 16, in the colour of the text around them.

use leptos::prelude::*;

/// An icon. It is decoration: what it means always stands beside it in words.
#[component]
pub fn Icon(
    /// Its name; an unknown one is empty.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=drawing(name) />
        </svg>
    }
    .into_any()
}

/// The strokes of an icon.
pub fn drawing(name: &str) -> &'static str {
    match name {
        "brand" => "M8 1.5 13.5 4v4c0 3.2-2.3 5.5-5.5 6.5C4.8 13.5 2.5 11.2 2.5 8V4L8 1.5M5.5 8l2 2 3.2-4",
        "menu" => "M2 4h12M2 8h12M2 12h12",
        "overview" => "M2 2.5h5v5H2zM9 2.5h5v3H9zM9 8h5v5.5H9zM2 10h5v3.5H2z",
        "checks" => "M3 2.5h10v11H3zM5.5 8l2 2 3.5-4",
        "controls" => "M2 3.5l1 1 2-2M2 8l1 1 2-2M2 12.5l1 1 2-2M7.5 3.5H14M7.5 8H14M7.5 12.5H14",
        "findings" => "M7 2a5 5 0 1 1 0 10A5 5 0 0 1 7 2M10.7 10.7 14 14M7 4.5v3M7 9.3v.2",
        "trends" => "M2 2.5v11h12M4.5 10.5l3-4 2.5 2 3.5-5",
        "clusters" => "M8 1.5 13.5 4.75v6.5L8 14.5l-5.5-3.25v-6.5zM2.5 4.75 8 8l5.5-3.25M8 8v6.5",
        "compare" => "M2.5 5h8M8 2.5 10.5 5 8 7.5M13.5 11h-8M8 8.5 5.5 11 8 13.5",
        "packs" => "M2.5 5 8 2l5.5 3v6L8 14l-5.5-3zM5.2 8l2 2 3.6-3.8",
        "ledger" => "M3 2.5h10v11H3zM5.5 5.5h5M5.5 8h5M5.5 10.5h3",
        "person" => "M8 8a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 8M2.7 14c.4-2.8 2.5-4 5.3-4s4.9 1.2 5.3 4",
        "people" => {
            "M6 8a2.5 2.5 0 1 0 0-5A2.5 2.5 0 0 0 6 8M1.5 13.5c.3-2.5 2.2-3.6 4.5-3.6s4.2 1.1 4.5 3.6M10.5 3.1a2.4 2.4 0 0 1 0 4.8M12.2 10.2c1.3.5 2.1 1.6 2.3 3.3"
        }
        "display" => "M8 2a6 6 0 1 0 0 12zM8 2a6 6 0 0 1 0 12M8 5.5h5.3M8 8.5h6M8 11.5h4.5",
        "warning" => "M8 2 14.5 13.5h-13zM8 6.3v3.4M8 11.6v.2",
        "done" => "M2.5 8.5 6.5 12.5 13.5 4",
        "copy" => "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
        "download" => "M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11",
        "next" => "M6 3l5 5-5 5",
        "previous" => "M10 3 5 8l5 5",
        "external" => "M9 2.5h4.5V7M13.5 2.5 7.5 8.5M11.5 9.5v4h-9v-9h4",
        "comment" => "M2 3h12v8H7l-3 3v-3H2z",
        "search" => "M7 2a5 5 0 1 1 0 10A5 5 0 0 1 7 2M10.7 10.7 14 14",
        "state-met" => "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M5 8.3l2.2 2.2L11.2 6",
        "state-not_met" => "M5 1.5h6L14.5 5v6L11 14.5H5L1.5 11V5zM5.5 5.5l5 5M10.5 5.5l-5 5",
        "state-unreachable" => "M2 8h3M11 8h3M5 5.5v5M11 5.5v5M7 3.5l2 9",
        "state-not_visible" => "M1.5 8C3 5.3 5.3 4 8 4s5 1.3 6.5 4c-1.5 2.7-3.8 4-6.5 4S3 10.7 1.5 8M3 13.5l10-11",
        "time" | "state-stale" => "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M8 4.5V8l2.5 1.5",
        "state-not_assessed" => {
            "M2 2h2M7 2h2M12 2h2M2 14h2M7 14h2M12 14h2M2 2v2M2 7v2M2 12v2M14 2v2M14 7v2M14 12v2M5.5 8h5"
        }
        "state-partly_covered" => "M8 1.5a6.5 6.5 0 1 1 0 13zM8 1.5a6.5 6.5 0 1 0 0 13M10 4v8M12 5.5v5",
        "state-needs_review" => {
            "M8 8a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 8M2.7 14c.4-2.8 2.5-4 5.3-4M11 10.5a1.6 1.6 0 1 1 2 1.6v.6M13 14.3v.2"
        }
        "state-accepted_risk" => "M8 1.5 13.5 4v4c0 3.2-2.3 5.5-5.5 6.5-3.2-1-5.5-3.3-5.5-6.5V4zM8 5v4M8 11v.2",
        "state-not_applicable" => "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M3.5 12.5l9-9",
        "not-retained" => "M2.5 3h11v3h-11zM3.5 6v7.5h9V6M6 9l4 3M10 9l-4 3",
        "severity-critical" => "M3 10l5-5 5 5M3 13.5l5-5 5 5M3 6.5l5-5 5 5",
        "severity-high" => "M3 9l5-5 5 5M3 13l5-5 5 5",
        "severity-medium" => "M3 6h10M3 10h10",
        "severity-low" => "M3 6l5 5 5-5",
        "severity-info" => "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M8 7.3v4M8 4.8v.2",
        "severity-unknown" => "M5.5 5.5a2.5 2.5 0 1 1 3.4 2.4c-.6.3-.9.7-.9 1.6M8 12v.2",
        _ => "",
    }
}
