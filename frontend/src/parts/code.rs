//! Code to copy.

use crate::{context::locale, islands::copy_button::CopyButton};
use leptos::prelude::*;

/// A block of code, with a button to copy it where scripts run.
#[component]
pub fn Code(
    /// The code.
    code: String,
) -> impl IntoView {
    let locale = locale();
    view! {
        <div class="code">
            <pre tabindex="0"><code>{code}</code></pre>
            <CopyButton label=locale.t("copy") done=locale.t("copied") />
        </div>
    }
    .into_any()
}
