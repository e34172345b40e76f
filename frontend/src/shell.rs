//! The frame around every page: head, header, navigation, preferences, notice, footer.

use crate::{
    context::{PageContext, Theme},
    i18n::Language,
    parts::{
        as_of::{AsOfMenu, CatalogueInForce, PastBanner},
        icon::Icon,
        time::Time,
    },
};
use leptos::prelude::*;
use model::role::Permission;

/// A page that the navigation leads to.
struct Place {
    path: &'static str,
    /// The key of its name.
    key: &'static str,
    icon: &'static str,
    needs: Permission,
}

const fn place(path: &'static str, key: &'static str, icon: &'static str) -> Place {
    Place { path, key, icon, needs: Permission::View }
}

/// Where the navigation leads, in groups; the first has no name.
const PLACES: &[(&str, &[Place])] = &[
    ("", &[place("/", "nav-overview", "overview"), place("/my-work", "nav-my-work", "person")]),
    (
        "nav-group-evidence",
        &[
            place("/controls", "nav-controls", "controls"),
            place("/checks", "nav-checks", "checks"),
            place("/findings", "nav-findings", "findings"),
            place("/acceptances", "nav-acceptances", "state-accepted_risk"),
        ],
    ),
    ("nav-group-time", &[place("/trends", "nav-trends", "trends"), place("/compare", "nav-compare", "compare")]),
    (
        "nav-group-sources",
        &[place("/clusters", "nav-clusters", "clusters"), place("/coverage", "nav-coverage", "time")],
    ),
    (
        "nav-group-records",
        &[
            place("/packs", "nav-packs", "packs"),
            Place { needs: Permission::ReadLedger, ..place("/ledger", "nav-ledger", "ledger") },
        ],
    ),
    (
        "nav-group-administration",
        &[Place { needs: Permission::Administer, ..place("/people", "nav-people", "people") }],
    ),
];

/// The style sheets, in the order in which they build on each other.
const STYLES: &[&str] = &[
    "tokens",
    "base",
    "parts",
    "pages",
    "coverage",
    "time",
    "trends",
    "systems",
    "ledger",
    "acceptances",
    "decisions",
    "lists",
];

/// A whole HTML document around a page's content.
#[component]
pub fn Shell(
    /// What every page knows.
    context: PageContext,
    /// The page's title, without the product's name.
    title: String,
    /// The version of the assets, for caches.
    assets: &'static str,
    /// The product's version.
    version: &'static str,
    children: Children,
) -> impl IntoView {
    let locale = context.locale;
    let theme = context.theme.as_str();
    let shortcuts = context.shortcuts.then_some("on");
    let document_title = locale.tx("document-title", &[("page", (&title).into())]);
    view! {
        <html lang=locale.language.tag() data-theme=theme data-shortcuts=shortcuts>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{document_title}</title>
                <link rel="icon" href=format!("/static/icon.svg?v={assets}") type="image/svg+xml" />
                {STYLES.iter().map(|style| view! {
                    <link rel="stylesheet" href=format!("/static/css/{style}.css?v={assets}") />
                }).collect_view()}
                <script type="module" src=format!("/static/js/boot.js?v={assets}")></script>
            </head>
            <body>
                <a class="skip" href="#content">{locale.t("skip-to-content")}</a>
                <Header context=context.clone() />
                {context.may(Permission::View).then(|| view! { <Navigation context=context.clone() /> })}
                <main id="content" tabindex="-1">
                    <PastBanner context=context.clone() />
                    <Notices context=context.clone() />
                    {children()}
                </main>
                <Footer context=context version=version />
            </body>
        </html>
    }
    .into_any()
}

#[component]
fn Header(context: PageContext) -> impl IntoView {
    let locale = context.locale;
    let browses = context.may(Permission::View);
    view! {
        <header class="top">
            <a class="brand" href="/">
                <Icon name="brand" />
                <span>"Bevis"</span>
            </a>
            {browses.then(|| view! {
                <details class="menu menu-places" name="top-menu">
                    <summary><Icon name="menu" /><span class="menu-name">{locale.t("nav-menu")}</span></summary>
                    <div class="menu-body"><Places context=context.clone() /></div>
                </details>
            })}
            <div class="top-end">
                {browses.then(|| view! { <AsOfMenu context=context.clone() /> })}
                <Display context=context.clone() />
                {context.visitor.clone().map(|reader| view! {
                    <details class="menu" name="top-menu">
                        <summary>
                            <Icon name="person" />
                            <span class="menu-name">{reader.name.clone()}</span>
                        </summary>
                        <div class="menu-body">
                            <p class="menu-title">{reader.name}</p>
                            <ul class="plain">
                                {reader.roles.iter().map(|role| view! {
                                    <li>{locale.t(&format!("role-{role}"))}</li>
                                }).collect_view()}
                            </ul>
                            {context.may(Permission::Subscribe).then(|| view! {
                                <p class="menu-more"><a href="/notifications">{locale.t("nav-notifications")}</a></p>
                            })}
                            <p class="menu-more"><a href="/tokens">{locale.t("nav-tokens")}</a></p>
                            <p class="menu-more"><a href="/preferences#sessions">{locale.t("sessions-own")}</a></p>
                            <form method="post" action="/auth/logout">
                                <button type="submit" class="button wide">{locale.t("log-out")}</button>
                            </form>
                        </div>
                    </details>
                })}
            </div>
        </header>
    }
    .into_any()
}

/// The navigation beside the page; where there is no room for it, the same is in a menu of the header.
#[component]
fn Navigation(context: PageContext) -> impl IntoView {
    view! { <div class="side"><Places context=context /></div> }.into_any()
}

#[component]
fn Places(context: PageContext) -> impl IntoView {
    let locale = context.locale;
    let here = context.path.split('?').next().unwrap_or_default().to_owned();
    let link = |place: &Place| {
        let within = here == place.path || (place.path != "/" && here.starts_with(&format!("{}/", place.path)));
        view! {
            <li>
                <a href=place.path aria-current=within.then_some("page")>
                    <Icon name=place.icon />
                    {locale.t(place.key)}
                </a>
            </li>
        }
    };
    let group = |(name, places): &(&'static str, &[Place])| {
        let mut seen = places.iter().filter(|place| context.may(place.needs)).peekable();
        seen.peek()?;
        let name = (!name.is_empty()).then(|| view! { <p class="places-group">{locale.t(name)}</p> });
        Some(view! {
            {name}
            <ul>{seen.map(link).collect_view()}</ul>
        })
    };
    view! {
        <nav class="places" aria-label=locale.t("nav-label")>
            {PLACES.iter().filter_map(group).collect_view()}
        </nav>
    }
    .into_any()
}

/// The other language is one button away; colours and time zone are in a menu. Forms, so that no script is needed.
#[component]
fn Display(context: PageContext) -> impl IntoView {
    let locale = context.locale;
    let others = Language::ALL.iter().filter(|language| **language != locale.language);
    view! {
        <form class="switch" method="post" action="/preferences">
            <input type="hidden" name="back" value=context.path.clone() />
            {others.map(|language| view! {
                <button type="submit" class="quiet-button" name="language" value=language.tag() lang=language.tag()>{language.name()}</button>
            }).collect_view()}
        </form>
        <details class="menu" name="top-menu">
            <summary>
                <Icon name="display" />
                <span class="menu-name">{locale.t("display-menu")}</span>
            </summary>
            <div class="menu-body">
                <form method="post" action="/preferences">
                    <input type="hidden" name="back" value=context.path />
                    <fieldset class="choices">
                        <legend>{locale.t("display-colours")}</legend>
                        {Theme::ALL.iter().map(|theme| {
                            let chosen = *theme == context.theme;
                            view! {
                                <button type="submit" name="theme" value=theme.as_str()
                                    aria-pressed=if chosen { "true" } else { "false" }>
                                    {locale.t(&format!("theme-{}-colours", theme.as_str()))}
                                </button>
                            }
                        }).collect_view()}
                    </fieldset>
                </form>
                <p class="menu-more"><a href="/preferences">{locale.t("display-time-zone")}</a></p>
            </div>
        </details>
    }
    .into_any()
}

#[component]
fn Notices(context: PageContext) -> impl IntoView {
    context.notice.map(|notice| {
        let class = if notice.failed() { "notice notice-failed" } else { "notice" };
        view! {
            <div class=class role="status">
                <Icon name=if notice.failed() { "warning" } else { "done" } />
                <p>{notice.text(context.locale)}</p>
            </div>
        }
    })
}

#[component]
fn Footer(context: PageContext, version: &'static str) -> impl IntoView {
    let locale = context.locale;
    view! {
        <footer class="bottom">
            <p>
                {locale.t("footer-as-of")}
                " "
                <Time locale=locale at=context.as_of exact=true />
            </p>
            <p>{locale.tx("footer-time-zone", &[("zone", locale.time_zone.name().into())])}</p>
            <CatalogueInForce context=context />
            <p>{locale.tx("footer-version", &[("version", version.into())])}</p>
        </footer>
    }
    .into_any()
}
