//! Scans that are running now, as the server tells them.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The words of [`ScanProgress`], in the reader's language.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct ProgressWords {
    /// "Reading now".
    pub running: String,
    /// "objects".
    pub objects: String,
    /// "New readings have arrived."
    pub ended: String,
    /// "Show them".
    pub reload: String,
    /// The names of sources by their words.
    pub sources: BTreeMap<String, String>,
}

/// A step of a scan, as `/events/scans` tells it.
#[derive(Clone, Debug, Deserialize)]
struct Step {
    cluster_name: String,
    source: String,
    objects: u32,
    ended: Option<String>,
}

/// Shows what is being read, and offers to reload when something new has been read. Without it the page is as true, only older.
#[island]
pub fn ScanProgress(
    /// Only this cluster; all when none.
    cluster: Option<String>,
    /// The words to show.
    words: ProgressWords,
) -> impl IntoView {
    let running = RwSignal::new(BTreeMap::<(String, String), u32>::new());
    let ended = RwSignal::new(false);
    Effect::new(move || {
        let cluster = cluster.clone();
        listen(move |step: Step| {
            if cluster.as_ref().is_some_and(|only| *only != step.cluster_name) {
                return;
            }
            let key = (step.cluster_name, step.source);
            if step.ended.is_some() {
                running.update(|running| {
                    running.remove(&key);
                });
                ended.set(true);
            } else {
                running.update(|running| {
                    running.insert(key, step.objects);
                });
            }
        });
    });
    let ProgressWords { running: reading, objects, ended: arrived, reload, sources } = words;
    let lines = move || {
        running
            .get()
            .into_iter()
            .map(|((cluster, source), count)| {
                let source = sources.get(&source).cloned().unwrap_or(source);
                view! { <li><strong>{cluster}</strong>" "{source}" "<span class="quiet">{count}" "{objects.clone()}</span></li> }
            })
            .collect_view()
    };
    view! {
        <div class="progress">
            <div class="progress-running" hidden=move || running.with(BTreeMap::is_empty)>
                <p><span class="pulse"></span>{reading}</p>
                <ul>{lines}</ul>
            </div>
            <p class="progress-ended" role="status" hidden=move || !ended.get()>{arrived}" "<a href="">{reload}</a></p>
        </div>
    }
}

/// Calls `tell` with every step until the page goes. The browser reconnects by itself.
fn listen(tell: impl Fn(Step) + 'static) {
    use wasm_bindgen::{JsCast, closure::Closure};
    let Ok(source) = web_sys::EventSource::new("/events/scans") else { return };
    let heard = Closure::<dyn Fn(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
        // A step that this build cannot read is one that it does not show.
        if let Some(step) = event.data().as_string().and_then(|text| serde_json::from_str(&text).ok()) {
            tell(step);
        }
    });
    // Without the listener nothing is shown, and nothing breaks.
    let _added = source.add_event_listener_with_callback("scan", heard.as_ref().unchecked_ref());
    heard.forget();
}
