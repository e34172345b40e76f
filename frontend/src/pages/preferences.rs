//! Language, colours and time zone of this browser; and the reader's sessions.

use super::people::instant_or;
use crate::{
    context::{Theme, page},
    i18n::Language,
    parts::time::Time,
};
use leptos::prelude::*;
use model::views::SessionRow;

/// The preferences, kept in cookies.
#[component]
pub fn PreferencesPage(
    /// The reader's live sessions, newest first; none where nobody is logged in.
    sessions: Option<Vec<SessionRow>>,
) -> impl IntoView {
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
        {sessions.map(|sessions| view! { <Sessions sessions=sessions /> })}
    }
    .into_any()
}

#[component]
fn Sessions(sessions: Vec<SessionRow>) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let others = sessions.iter().any(|session| !session.present);
    // Nothing is ended in the past.
    let ends = others && context.moment.past.is_none();
    let heading = |key: &str| view! { <th scope="col">{locale.t(key)}</th> };
    view! {
        <section class="panel" id="sessions" aria-labelledby="sessions-title">
            <h2 id="sessions-title">{locale.t("sessions-own")}</h2>
            <p class="quiet">{locale.t("sessions-what")}</p>
            {if sessions.is_empty() {
                view! { <p>{locale.t("sessions-none")}</p> }.into_any()
            } else {
                view! {
                    <div class="scroll" tabindex="0" role="region" aria-labelledby="sessions-title">
                        <table class="rows">
                            <thead><tr>
                                {heading("sessions-begun")}
                                {heading("sessions-used")}
                                {heading("sessions-until")}
                            </tr></thead>
                            <tbody>{sessions.into_iter().map(|session| view! { <Session session=session /> }).collect_view()}</tbody>
                        </table>
                    </div>
                }.into_any()
            }}
            {if ends {
                view! {
                    <form method="post" action="/preferences/sessions/end-others">
                        <p class="buttons"><button type="submit" class="button">{locale.t("sessions-end-others")}</button></p>
                    </form>
                }.into_any()
            } else {
                (!others).then(|| view! { <p class="quiet">{locale.t("sessions-no-others")}</p> }).into_any()
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Session(session: SessionRow) -> impl IntoView {
    let locale = page().locale;
    view! {
        <tr>
            <th scope="row" class="when">
                <Time locale=locale at=session.begun_at />
                {session.present.then(|| view! { <span class="sub">{locale.t("sessions-present")}</span> })}
            </th>
            <td class="when">{instant_or(locale, session.last_used_at, "people-used-later")}</td>
            <td class="when"><Time locale=locale at=session.expires_at /></td>
        </tr>
    }
    .into_any()
}
