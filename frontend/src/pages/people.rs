//! People: who has logged in, what lets them in, and the ending of their sessions.

use crate::{
    context::page,
    i18n::Locale,
    parts::{empty::Empty, icon::Icon, time::Time},
};
use leptos::prelude::*;
use model::{Instant, ids::PersonId, role::Permission, views::PersonRow};

/// Characters of a subject that are shown; all of it is its title.
const SHOWN: usize = 24;

/// The page of people.
#[component]
pub fn PeoplePageView(
    /// Those of this page, in the order of their names.
    people: Vec<PersonRow>,
    /// The part of a name or an address that was looked for.
    text: String,
    /// The address of the first page; none on that page itself.
    first: Option<String>,
    /// The address of the next page, if there is one.
    next: Option<String>,
) -> impl IntoView {
    let locale = page().locale;
    let sought = !text.is_empty();
    view! {
        <div class="page-head">
            <h1>{locale.t("nav-people")}</h1>
            <p class="quiet">{locale.t("people-what")}</p>
            <p class="quiet">{locale.t("people-what-not")}" "<a href="/tokens">{locale.t("nav-tokens")}</a></p>
        </div>
        <form class="filters" method="get" action="/people" role="search">
            <label class="field">
                <span>{locale.t("people-text")}</span>
                <input type="search" name="text" value=text maxlength="200" />
            </label>
            <div class="filter-actions">
                <button type="submit" class="button primary">{locale.t("filter-apply")}</button>
                {sought.then(|| view! { <a class="button" href="/people">{locale.t("filter-clear")}</a> })}
            </div>
        </form>
        <section class="panel" aria-labelledby="people-list">
            <h2 id="people-list">{locale.t("people-list")}</h2>
            {if people.is_empty() {
                let key = if sought { "people-none-matches" } else { "people-none" };
                view! { <Empty icon="people" title=locale.t("people-none-title") text=locale.t(key) next=None /> }.into_any()
            } else {
                view! { <Rows people=people /> }.into_any()
            }}
            <nav class="pages" aria-label=locale.t("pages-label")>
                {first.map(|address| view! {
                    <a class="button" href=address><Icon name="previous" />{locale.t("people-first")}</a>
                })}
                {next.map(|address| view! {
                    <a class="button" rel="next" href=address>{locale.t("people-next")}<Icon name="next" /></a>
                })}
            </nav>
        </section>
    }
    .into_any()
}

#[component]
fn Rows(people: Vec<PersonRow>) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let ends = context.may(Permission::Administer);
    let heading = |key: &str| view! { <th scope="col">{locale.t(key)}</th> };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-labelledby="people-list">
            <table class="rows people-rows">
                <thead>
                    <tr>
                        {heading("people-person")}
                        {heading("people-roles")}
                        {heading("people-login")}
                        {heading("people-sessions")}
                        {heading("people-tokens")}
                        {ends.then(|| heading("people-act"))}
                    </tr>
                </thead>
                <tbody>{people.into_iter().map(|person| view! { <Row person=person ends=ends /> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(person: PersonRow, ends: bool) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let roles = roles(locale, &person);
    let act = ends.then(
        || view! { <td>{(person.sessions > 0).then(|| view! { <End id=person.id name=person.name.clone() /> })}</td> },
    );
    view! {
        <tr>
            <th scope="row">
                {person.name}
                {person.email.map(|email| view! { <span class="sub">{email}</span> })}
                <span class="sub"><code title=person.subject.clone()>{short(&person.subject)}</code>" · "{person.issuer}</span>
            </th>
            <td>{roles}</td>
            <td class="when">{instant_or(locale, person.last_login_at, "people-login-later")}</td>
            <td class="when">
                {locale.number(person.sessions)}
                {(person.sessions > 0).then(|| view! {
                    <span class="sub">{locale.t("people-used")}" "{instant_or(locale, person.last_used_at, "people-used-later")}</span>
                })}
            </td>
            <td>{if person.tokens == 0 {
                locale.number(0).into_any()
            } else {
                view! { <a href="/tokens">{locale.number(person.tokens)}</a> }.into_any()
            }}</td>
            {act}
        </tr>
    }
    .into_any()
}

/// Ends all sessions of a person.
#[component]
fn End(id: PersonId, name: String) -> impl IntoView {
    let context = page();
    let label = context.locale.tx("people-end-named", &[("name", name.into())]);
    view! {
        <form method="post" action=format!("/people/{id}/end-sessions")>
            <input type="hidden" name="back" value=context.path.clone() />
            <button type="submit" class="button" aria-label=label>{context.locale.t("people-end")}</button>
        </form>
    }
    .into_any()
}

/// An instant, or the words for what is known where it came to be later.
pub(super) fn instant_or(locale: Locale, at: Option<Instant>, later: &str) -> AnyView {
    match at {
        Some(at) => view! { <Time locale=locale at=at /> }.into_any(),
        None => locale.t(later).into_any(),
    }
}

/// The roles of a person. That none was ever seen is not that there are none.
fn roles(locale: Locale, person: &PersonRow) -> String {
    match person.roles.as_deref() {
        None => locale.t("people-roles-unknown"),
        Some([]) => locale.t("people-roles-none"),
        Some(roles) => roles.iter().map(|role| locale.t(&format!("role-{role}"))).collect::<Vec<_>>().join(", "),
    }
}

/// A subject as far as it helps to tell people apart.
fn short(subject: &str) -> String {
    if subject.chars().count() <= SHOWN {
        return subject.to_owned();
    }
    let begins: String = subject.chars().take(SHOWN - 1).collect();
    format!("{begins}…")
}
