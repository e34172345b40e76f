//! Language, colours and time zone of this browser.

use crate::{
    context::{Theme, page},
    i18n::Language,
};
use leptos::prelude::*;

/// The preferences, kept in cookies.
#[component]
pub fn PreferencesPage() -> impl IntoView {
    let context = page();
    let locale = context.locale;
    view! {
        <div class="page-head"><h1>{locale.t("preferences-title")}</h1></div>
        <form class="panel preferences" method="post" action="/preferences">
            <input type="hidden" name="back" value="/preferences" />
            <label class="field">
                <span>{locale.t("display-language")}</span>
                <select name="language">
                    {Language::ALL.iter().map(|language| view! {
                        <option value=language.tag() lang=language.tag() selected=*language == locale.language>{language.name()}</option>
                    }).collect_view()}
                </select>
            </label>
            <label class="field">
                <span>{locale.t("display-colours")}</span>
                <select name="theme">
                    {Theme::ALL.iter().map(|theme| view! {
                        <option value=theme.as_str() selected=*theme == context.theme>{locale.t(&format!("theme-{}-colours", theme.as_str()))}</option>
                    }).collect_view()}
                </select>
            </label>
            <label class="field">
                <span>{locale.t("preferences-time-zone")}</span>
                <select name="time_zone">
                    {chrono_tz::TZ_VARIANTS.iter().map(|zone| view! {
                        <option value=zone.name() selected=*zone == locale.time_zone>{zone.name()}</option>
                    }).collect_view()}
                </select>
            </label>
            <label class="field">
                <span>{locale.t("shortcuts-title")}</span>
                <select name="shortcuts">
                    {["on", "off"].into_iter().map(|word| view! {
                        <option value=word selected=(word == "on") == context.shortcuts>{locale.t(&format!("shortcuts-{word}"))}</option>
                    }).collect_view()}
                </select>
            </label>
            <p class="quiet">{locale.t("preferences-kept-here")}</p>
            <button type="submit" class="button primary">{locale.t("preferences-keep")}</button>
        </form>
    }
    .into_any()
}
