//! Selects rows of a list: all, none, or a range with the shift key.

use leptos::prelude::*;

/// A check box for all rows of the form, and how many are selected; hidden where there is no JavaScript.
#[island]
pub fn SelectRows(
    /// The id of the form whose check boxes named `name` are the rows.
    form: String,
    /// The name of the rows' check boxes.
    name: String,
    /// The label of the box for all.
    label: String,
    /// How many are selected: `{n}` is put in.
    selected: String,
) -> impl IntoView {
    let ready = RwSignal::new(false);
    let count = RwSignal::new((0_u32, 0_u32));
    let (of_form, of_name) = (form.clone(), name.clone());
    Effect::new(move |_| {
        watch(&of_form, &of_name, count);
        ready.set(true);
    });
    let all = move || count.with(|(chosen, rows)| *rows > 0 && chosen == rows);
    let some = move || count.with(|(chosen, rows)| *chosen > 0 && chosen < rows);
    let text = move || number(&selected, count.get().0);
    view! {
        <label class="select-rows" hidden=move || !ready.get()>
            <input type="checkbox" prop:checked=all prop:indeterminate=some
                on:change=move |event| choose_all(&form, &name, event_target_checked(&event), count)/>
            {label}
            <span role="status">{text}</span>
        </label>
    }
}

#[cfg(feature = "hydrate")]
fn number(text: &str, number: u32) -> String {
    super::with_number(text, number)
}

#[cfg(not(feature = "hydrate"))]
const fn number(_text: &str, _number: u32) -> String {
    String::new()
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::*;
    use std::{cell::Cell, rc::Rc};
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{HtmlInputElement, MouseEvent};

    /// The rows' check boxes, in the order of the page.
    pub(super) fn boxes(form: &str, name: &str) -> Vec<HtmlInputElement> {
        let Some(form) = document().get_element_by_id(form) else { return Vec::new() };
        let Ok(found) = form.query_selector_all("input[type=checkbox]") else { return Vec::new() };
        (0..found.length())
            .filter_map(|at| found.get(at)?.dyn_into::<HtmlInputElement>().ok())
            .filter(|input| input.name() == name)
            .collect()
    }

    pub(super) fn tell(form: &str, name: &str, count: RwSignal<(u32, u32)>) {
        let rows = boxes(form, name);
        let chosen = rows.iter().filter(|row| row.checked()).count();
        count.set((u32::try_from(chosen).unwrap_or(u32::MAX), u32::try_from(rows.len()).unwrap_or(u32::MAX)));
    }

    /// Keeps the count true, and lets shift select from the row clicked last to this one.
    pub(super) fn watch(form: &str, name: &str, count: RwSignal<(u32, u32)>) {
        let Some(element) = document().get_element_by_id(form) else { return };
        let (form, name) = (form.to_owned(), name.to_owned());
        tell(&form, &name, count);
        let last = Rc::new(Cell::new(None::<usize>));
        let clicked = Closure::<dyn FnMut(MouseEvent)>::new(move |event: MouseEvent| {
            let rows = boxes(&form, &name);
            let target = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            let at = target.and_then(|target| rows.iter().position(|row| *row == target));
            if let Some(at) = at {
                if let (true, Some(from)) = (event.shift_key(), last.get()) {
                    let to = rows.get(at).is_some_and(HtmlInputElement::checked);
                    rows.iter().take(from.max(at) + 1).skip(from.min(at)).for_each(|row| row.set_checked(to));
                }
                last.set(Some(at));
            }
            tell(&form, &name, count);
        });
        // Fails only for a listener that is no function.
        let _added = element.add_event_listener_with_callback("click", clicked.as_ref().unchecked_ref());
        clicked.forget();
    }
}

#[cfg(feature = "hydrate")]
fn watch(form: &str, name: &str, count: RwSignal<(u32, u32)>) {
    browser::watch(form, name, count);
}

#[cfg(not(feature = "hydrate"))]
const fn watch(_form: &str, _name: &str, _count: RwSignal<(u32, u32)>) {}

#[cfg(feature = "hydrate")]
fn choose_all(form: &str, name: &str, checked: bool, count: RwSignal<(u32, u32)>) {
    browser::boxes(form, name).iter().for_each(|row| row.set_checked(checked));
    browser::tell(form, name, count);
}

#[cfg(not(feature = "hydrate"))]
const fn choose_all(_form: &str, _name: &str, _checked: bool, _count: RwSignal<(u32, u32)>) {}
