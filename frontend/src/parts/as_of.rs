//! The instant that a page speaks of: the choice of another in the header, and the banner of the past.

use crate::{
    context::PageContext,
    i18n::Locale,
    parts::{icon::Icon, time::Time},
};
use leptos::prelude::*;
use model::{
    Instant,
    query::{AS_OF, at_instant, lasting},
};

/// Characters of a digest that people compare.
const SHORT: usize = 8;

/// A date and time to go to, and those that people go to most. A form that asks, so that no script is needed.
#[component]
pub fn AsOfMenu(
    /// The page around.
    context: PageContext,
) -> impl IntoView {
    let locale = context.locale;
    let path = context.path.split('?').next().unwrap_or("/").to_owned();
    let shown = locale.input_value(context.as_of);
    let summary = if context.moment.past.is_some() { locale.date_time(context.as_of) } else { locale.t("as-of-now") };
    let choose = locale.tx("as-of-choose", &[("at", (&summary).into())]);
    view! {
        <details class="menu as-of" name="top-menu">
            <summary aria-label=choose>
                <Icon name="time" />
                <span class="menu-name">{summary}</span>
            </summary>
            <div class="menu-body">
                <form method="get" action=path data-instant="own">
                    {lasting(&context.path).into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()}
                    <label class="field">
                        <span>{locale.t("as-of-field")}</span>
                        <input type="datetime-local" name=AS_OF value=shown max=locale.input_value(context.now()) required=true />
                        <span class="quiet">{locale.tx("packs-as-of-zone", &[("zone", locale.time_zone.name().into())])}</span>
                    </label>
                    <button type="submit" class="button wide">{locale.t("as-of-show")}</button>
                </form>
                <Places context=context />
            </div>
        </details>
    }
    .into_any()
}

/// Now, the ends of what is over, and the dates that the operator named.
#[component]
fn Places(context: PageContext) -> impl IntoView {
    let locale = context.locale;
    let now = context.now();
    let mut places: Vec<(String, Option<Instant>)> = vec![(locale.t("as-of-now"), None)];
    let presets = locale.presets(now).into_iter();
    places.extend(presets.map(|(part, at)| (locale.t(&format!("as-of-{part}")), Some(at))));
    let dates = context.moment.audit_dates.iter().filter(|date| date.at <= now);
    places.extend(dates.map(|date| (date.name.clone(), Some(date.at))));
    let shown = context.moment.past.map(|_| context.as_of);
    view! {
        <ul class="plain places-in-time" aria-label=locale.t("as-of-places")>
            {places.into_iter().map(|(name, at)| {
                let address = at_instant(&context.path, at.map(Locale::in_address).as_deref());
                view! {
                    <li>
                        <a data-instant="own" href=address aria-current=(at == shown).then_some("true")>
                            <span>{name}</span>
                            {at.map(|at| view! { <span class="quiet">{locale.date_time(at)}</span> })}
                        </a>
                    </li>
                }
            }).collect_view()}
        </ul>
    }
    .into_any()
}

/// Says that the past is shown, and leads back.
#[component]
pub fn PastBanner(
    /// The page around.
    context: PageContext,
) -> impl IntoView {
    let locale = context.locale;
    let Some(past) = context.moment.past else { return ().into_any() };
    view! {
        <aside class="past" aria-label=locale.t("past-label")>
            <Icon name="time" />
            <div>
                <p>
                    <strong>{locale.t("past-title")}" "<Time locale=locale at=context.as_of exact=true /></strong>
                    " "{locale.t("past-means")}
                </p>
                {(!past.known).then(|| view! { <p>{locale.t("past-nothing-known")}</p> })}
                {past.other_catalogue.then(|| view! { <p>{locale.tx("past-other-catalogue", &[("digest", short(context.moment.catalogue.as_deref()).into())])}</p> })}
            </div>
            <a class="button" data-instant="own" href=at_instant(&context.path, None)>{locale.t("past-now")}</a>
        </aside>
    }
    .into_any()
}

/// The catalogue that was in force, for the footer.
#[component]
pub fn CatalogueInForce(
    /// The page around.
    context: PageContext,
) -> impl IntoView {
    let locale = context.locale;
    let text = context.moment.catalogue.as_deref().map_or_else(
        || locale.t("footer-catalogue-unknown"),
        |digest| locale.tx("footer-catalogue", &[("digest", short(Some(digest)).into())]),
    );
    view! { <p title=context.moment.catalogue>{text}</p> }.into_any()
}

fn short(digest: Option<&str>) -> String {
    digest.map_or_else(|| "–".to_owned(), |digest| digest.chars().take(SHORT).collect())
}
