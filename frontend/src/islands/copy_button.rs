//! Copies the code beside it.

use leptos::prelude::*;

/// A button that copies the text of the `code` element in the same block. It shows itself only where it works.
#[island]
pub fn CopyButton(
    /// What the button says.
    label: String,
    /// What it says when it has copied.
    done: String,
) -> impl IntoView {
    let ready = RwSignal::new(false);
    let copied = RwSignal::new(false);
    let button = NodeRef::<leptos::html::Button>::new();
    Effect::new(move || ready.set(true));
    let copy = move |_| {
        if let Some(code) = button.get_untracked().and_then(|button| text_beside(&button)) {
            // A refusal leaves the text selectable, which is what people then do.
            let _promise = window().navigator().clipboard().write_text(&code);
            copied.set(true);
            set_timeout(move || copied.set(false), std::time::Duration::from_secs(2));
        }
    };
    let text = move || if copied.get() { done.clone() } else { label.clone() };
    view! {
        <button type="button" class="copy" node_ref=button hidden=move || !ready.get() on:click=copy aria-live="polite">{text}</button>
    }
}

fn text_beside(button: &web_sys::Element) -> Option<String> {
    button.closest(".code").ok()??.query_selector("code").ok()??.text_content()
}
