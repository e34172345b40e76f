//! Saved views: the reader's, and those that others share.

use crate::{
    context::page,
    i18n::Locale,
    parts::{empty::Empty, finding_filter, time::Time},
};
use leptos::prelude::*;
use model::{
    ids::PersonId,
    role::Permission,
    views::{Assignees, FindingSort, ListView, SavedView},
};

/// Characters of a name at most.
const LONGEST_NAME: usize = 100;

/// The page.
#[component]
pub fn SavedViewsPage(
    /// What the reader sees, in the order of names.
    views: Vec<SavedView>,
    /// Everybody whose findings a view may be of.
    assignees: Assignees,
    /// The reader.
    person: PersonId,
) -> impl IntoView {
    let locale = page().locale;
    let (own, shared): (Vec<_>, Vec<_>) = views.into_iter().partition(|view| view.owner == person);
    view! {
        <div class="page-head">
            <h1>{locale.t("views-title")}</h1>
            <p class="quiet">{locale.t("views-what")}</p>
        </div>
        <section class="panel" aria-labelledby="views-own">
            <h2 id="views-own">{locale.t("views-own")}</h2>
            {if own.is_empty() {
                let next = Some(("/findings".to_owned(), locale.t("nav-findings")));
                view! { <Empty icon="findings" title=locale.t("views-none-title") text=locale.t("views-none") next=next /> }.into_any()
            } else {
                view! { <ul class="views">{own.into_iter().map(|saved| view! { <Own saved=saved assignees=assignees.clone() /> }).collect_view()}</ul> }.into_any()
            }}
        </section>
        {(!shared.is_empty()).then(|| view! {
            <section class="panel" aria-labelledby="views-shared">
                <h2 id="views-shared">{locale.t("views-shared")}</h2>
                <ul class="views">{shared.into_iter().map(|saved| view! { <Shared saved=saved assignees=assignees.clone() /> }).collect_view()}</ul>
            </section>
        })}
    }
    .into_any()
}

#[component]
fn Own(saved: SavedView, assignees: Assignees) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    // Nothing is changed in the past.
    let changes = context.moment.past.is_none();
    let (id, shared) = (saved.id.to_string(), saved.shared);
    let name = saved.name.clone();
    view! {
        <li>
            <Name saved=saved assignees=assignees />
            {changes.then(|| view! {
            <details>
                <summary>{locale.tx("views-change", &[("name", (&name).into())])}</summary>
                <form method="post" action=format!("/views/{id}/change")>
                    <NameField name=name.clone() />
                    <label class="box"><input type="checkbox" name="shared" value="1" checked=shared />{locale.t("views-share")}</label>
                    <button type="submit" class="button">{locale.t("views-keep")}</button>
                </form>
                <Remove id=id name=name />
            </details>
            })}
        </li>
    }
    .into_any()
}

#[component]
fn Shared(saved: SavedView, assignees: Assignees) -> impl IntoView {
    let context = page();
    let may = context.may(Permission::Approve) || context.may(Permission::Administer);
    let removes = may && context.moment.past.is_none();
    let (id, name) = (saved.id.to_string(), saved.name.clone());
    view! { <li><Name saved=saved assignees=assignees />{removes.then(|| view! { <Remove id=id name=name /> })}</li> }
        .into_any()
}

/// What a view is called, leading to its list, with what the list is of.
#[component]
fn Name(saved: SavedView, assignees: Assignees) -> impl IntoView {
    let locale = page().locale;
    let owner = locale.tx("views-owner", &[("name", (&saved.owner_name).into())]);
    let shared = if saved.shared { locale.t("views-is-shared") } else { locale.t("views-is-private") };
    let of = of_what(locale, &saved.query, &assignees);
    view! {
        <a href=format!("/views/{}", saved.id)>{saved.name}</a>
        <span class="sub">{owner}" · "{shared}" · "<Time locale=locale at=saved.changed_at /></span>
        <span class="sub">{of}</span>
    }
    .into_any()
}

/// What the list of a view is of, in words; as it was written where this version cannot read it.
fn of_what(locale: Locale, query: &str, assignees: &Assignees) -> String {
    let Ok(list) = ListView::from_query(query) else { return query.to_owned() };
    let mut said = finding_filter::words(locale, &list.filter, assignees);
    if said.is_empty() {
        said.push(locale.t("views-everything"));
    }
    if let Some(by) = list.group {
        said.push(locale.tx("views-grouped", &[("by", locale.t(&format!("group-{by}")).into())]));
    }
    if list.filter.sort != FindingSort::default() {
        said.push(locale.t(&format!("sort-{}", list.filter.sort.as_str())));
    }
    said.join(" · ")
}

#[component]
fn NameField(name: String) -> impl IntoView {
    let locale = page().locale;
    view! {
        <label class="field">
            <span>{locale.t("views-name")}</span>
            <input type="text" name="name" value=name maxlength=LONGEST_NAME required=true />
        </label>
    }
    .into_any()
}

#[component]
fn Remove(id: String, name: String) -> impl IntoView {
    let locale = page().locale;
    let label = locale.tx("views-remove-one", &[("name", (&name).into())]);
    view! {
        <form method="post" action=format!("/views/{id}/remove")>
            <button type="submit" class="button" aria-label=label>{locale.t("views-remove")}</button>
        </form>
    }
    .into_any()
}

/// Saves the list that is shown.
#[component]
pub fn SaveView(
    /// The list.
    list: ListView,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let saves = context.may(Permission::KeepViews) && context.moment.past.is_none();
    view! {
        {saves.then(|| view! {
            <details class="columns">
                <summary>{locale.t("views-save")}</summary>
                <form method="post" action="/views">
                    <input type="hidden" name="query" value=list.to_query() />
                    <NameField name=String::new() />
                    <label class="box"><input type="checkbox" name="shared" value="1" />{locale.t("views-share")}</label>
                    <button type="submit" class="button">{locale.t("views-keep")}</button>
                </form>
            </details>
        })}
    }
    .into_any()
}
