//! Copies the text of an element.

use leptos::prelude::*;

/// A button that copies the text of the element `target`; hidden where there is no JavaScript.
#[island]
pub fn CopyButton(
    /// The id of the element whose text is copied.
    target: String,
    /// What the button says.
    label: String,
    /// What it says once the text is copied.
    done: String,
) -> impl IntoView {
    let ready = RwSignal::new(false);
    let copied = RwSignal::new(false);
    Effect::new(move |_| ready.set(true));
    let text = move || if copied.get() { done.clone() } else { label.clone() };
    view! {
        <button type="button" class="copy" hidden=move || !ready.get() on:click=move |_| copied.set(copy(&target)) aria-live="polite">
            {text}
        </button>
    }
}

#[cfg(feature = "hydrate")]
fn copy(target: &str) -> bool {
    let text = document().get_element_by_id(target).and_then(|element| element.text_content());
    let Some(text) = text else { return false };
    // The promise is not waited for: a refusal (no permission) is rare, and the text can be selected by hand.
    let _promise = window().navigator().clipboard().write_text(&text);
    true
}

#[cfg(not(feature = "hydrate"))]
const fn copy(_target: &str) -> bool {
    false
}
