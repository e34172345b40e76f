//! Tells of scans while they run.

use leptos::prelude::*;

/// Names of clusters and sources in the reader's language, by the word that events carry.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SourceName {
    /// The word.
    pub source: String,
    /// The name.
    pub name: String,
}

/// A line that says what is being read now; empty while nothing is. Listens to `/events/scans`.
#[island]
pub fn ScanProgress(
    /// The text while a source is read: `{cluster}`, `{source}` and `{n}` (objects so far) are put in.
    running: String,
    /// The text when a source has been read, likewise.
    finished: String,
    /// The sources' names.
    sources: Vec<SourceName>,
) -> impl IntoView {
    let line = RwSignal::new(String::new());
    Effect::new(move |_| listen(running.clone(), finished.clone(), sources.clone(), line));
    view! { <p class="scan-progress" role="status" hidden=move || line.with(String::is_empty)>{line}</p> }
}

#[cfg(feature = "hydrate")]
fn listen(running: String, finished: String, sources: Vec<SourceName>, line: RwSignal<String>) {
    use wasm_bindgen::{JsCast, closure::Closure};

    let Ok(events) = web_sys::EventSource::new("/events/scans") else { return };
    let told = Closure::<dyn FnMut(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
        let Some(step) = event.data().as_string().and_then(|text| js_sys::JSON::parse(&text).ok()) else { return };
        let field = |name: &str| js_sys::Reflect::get(&step, &name.into()).unwrap_or_default();
        let word = field("source").as_string().unwrap_or_default();
        let source = sources.iter().find(|known| known.source == word).map_or(word, |known| known.name.clone());
        let text = if field("ended").is_null() { &running } else { &finished };
        let objects = field("objects").as_f64().unwrap_or_default().to_string();
        let cluster = field("cluster_name").as_string().unwrap_or_default();
        line.set(text.replace("{cluster}", &cluster).replace("{source}", &source).replace("{n}", &objects));
    });
    // Fails only for a listener that is no function.
    let _added = events.add_event_listener_with_callback("scan", told.as_ref().unchecked_ref());
    told.forget();
    // The browser closes the stream with the page; the source itself must live as long.
    std::mem::forget(events);
}

#[cfg(not(feature = "hydrate"))]
fn listen(_running: String, _finished: String, _sources: Vec<SourceName>, _line: RwSignal<String>) {}
