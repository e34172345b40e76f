//! Selecting many rows of a list: all, none, a range with Shift, and by keyboard.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent, MouseEvent};

/// The boxes that belong to the selection.
const BOXES: &str = "input[type=checkbox][name=finding]";

/// How many are selected, and buttons for all and none. Without it the boxes work one by one.
#[island]
pub fn SelectRows(
    /// What the button says that selects every row of the page.
    all: String,
    /// What the button says that selects none.
    none: String,
    /// What stands behind the number of selected rows.
    selected: String,
    /// How to select by keyboard.
    hint: String,
) -> impl IntoView {
    let ready = RwSignal::new(false);
    let count = RwSignal::new(0_usize);
    Effect::new(move || {
        watch(count);
        ready.set(true);
    });
    let set_all = move |checked: bool| {
        for input in boxes() {
            input.set_checked(checked);
        }
        count.set(number_checked());
    };
    view! {
        <div class="select-tools" hidden=move || !ready.get()>
            <p role="status"><strong>{move || count.get()}</strong>" "{selected}</p>
            <button type="button" class="button" on:click=move |_| set_all(true)>{all}</button>
            <button type="button" class="button" on:click=move |_| set_all(false)>{none}</button>
            <p class="quiet hint">{hint}</p>
        </div>
    }
}

fn boxes() -> Vec<HtmlInputElement> {
    let Ok(found) = document().query_selector_all(BOXES) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

fn number_checked() -> usize {
    boxes().iter().filter(|input| input.checked()).count()
}

/// Listens on the document, so that one listener serves every row.
fn watch(count: RwSignal<usize>) {
    count.set(number_checked());
    let last = StoredValue::new(None::<usize>);
    let clicks = window_event_listener(leptos::ev::click, move |event: MouseEvent| {
        let Some((boxes, here)) = box_of(&event) else { return };
        if let (true, Some(from)) = (event.shift_key(), last.get_value()) {
            let checked = boxes[here].checked();
            for input in &boxes[from.min(here)..=from.max(here)] {
                input.set_checked(checked);
            }
        }
        last.set_value(Some(here));
        count.set(number_checked());
    });
    let keys = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        if let Some((boxes, here)) = box_of(&event) {
            move_by_key(&event, &boxes, here);
            count.set(number_checked());
        }
    });
    // Both listen for as long as the page lives.
    std::mem::forget((clicks, keys));
}

/// The boxes, and the one that an event is about.
fn box_of(event: &Event) -> Option<(Vec<HtmlInputElement>, usize)> {
    let target: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let boxes = boxes();
    let here = boxes.iter().position(|input| *input == target)?;
    Some((boxes, here))
}

/// Arrows go to the next box; with Shift they give it the same tick; Escape takes all ticks away.
fn move_by_key(event: &KeyboardEvent, boxes: &[HtmlInputElement], here: usize) {
    let next = match event.key().as_str() {
        "ArrowDown" => boxes.get(here + 1),
        "ArrowUp" => here.checked_sub(1).and_then(|above| boxes.get(above)),
        "Escape" => {
            for input in boxes {
                input.set_checked(false);
            }
            None
        }
        _ => None,
    };
    if let Some(next) = next {
        event.prevent_default();
        if event.shift_key() {
            next.set_checked(boxes[here].checked());
        }
        // An element that cannot take the focus leaves it where it is.
        let _focused = next.focus();
    }
}
