//! Evidence packs: what to put into one, and those that were made.

use crate::{
    context::page,
    i18n::Language,
    parts::{code::Code, empty::Empty, icon::Icon, time::Time},
};
use leptos::prelude::*;
use model::{
    catalogue::{Catalogue, Theme},
    role::Permission,
    views::{ClusterName, PackRow, PackStatus},
};

/// The list of packs, and the form for a new one.
#[component]
pub fn PacksPage(
    /// Every pack, newest first.
    packs: Vec<PackRow>,
    /// Every cluster that can be chosen.
    clusters: Vec<ClusterName>,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let creates = context.may(Permission::CreatePack);
    view! {
        <div class="page-head">
            <h1>{locale.t("nav-packs")}</h1>
            <p class="quiet">{locale.t("packs-what")}</p>
        </div>
        {creates.then(|| view! { <Builder clusters=clusters /> })}
        <section class="panel" aria-labelledby="packs-title">
            <h2 id="packs-title">{locale.t("packs-made")}</h2>
            {if packs.is_empty() {
                let key = if creates { "packs-none-create" } else { "packs-none-read" };
                view! { <Empty icon="packs" title=locale.t("packs-none-title") text=locale.t(key) next=None /> }.into_any()
            } else {
                view! { <Made packs=packs /> }.into_any()
            }}
        </section>
        <section class="panel" aria-labelledby="verify-title">
            <h2 id="verify-title">{locale.t("packs-verify-title")}</h2>
            <p>{locale.t("packs-verify-text")}</p>
            <Code code="bevis verify pack.zip".to_owned() />
        </section>
    }
    .into_any()
}

/// The scope of a new pack.
#[component]
fn Builder(clusters: Vec<ClusterName>) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let (shown, now) = (locale.input_value(context.as_of), locale.input_value(context.now()));
    view! {
        <form class="panel builder" method="post" action="/packs" aria-labelledby="builder-title">
            <h2 id="builder-title">{locale.t("packs-new")}</h2>
            <div class="builder-parts">
                <fieldset>
                    <legend>{locale.t("packs-clusters")}</legend>
                    <p class="quiet">{locale.t("packs-clusters-hint")}</p>
                    <div class="boxes">
                        {clusters.into_iter().map(|cluster| view! {
                            <label class="box"><input type="checkbox" name="cluster" value=cluster.name />{cluster.title}</label>
                        }).collect_view()}
                    </div>
                </fieldset>
                <fieldset>
                    <legend>{locale.t("packs-controls")}</legend>
                    <p class="quiet">{locale.t("packs-controls-hint")}</p>
                    {Theme::ALL.iter().map(|theme| view! { <ThemeControls theme=*theme /> }).collect_view()}
                </fieldset>
                <div class="builder-when">
                    <label class="field">
                        <span>{locale.t("packs-as-of")}</span>
                        <input type="datetime-local" name="as_of" value=shown max=now.clone() required=true />
                        <span class="quiet">{locale.tx("packs-as-of-zone", &[("zone", locale.time_zone.name().into())])}</span>
                    </label>
                    <label class="field">
                        <span>{locale.t("packs-since")}</span>
                        <input type="datetime-local" name="since" max=now />
                        <span class="quiet">{locale.t("packs-since-hint")}</span>
                    </label>
                    <label class="field">
                        <span>{locale.t("packs-language")}</span>
                        <select name="language">
                            {Language::ALL.iter().map(|language| view! {
                                <option value=language.tag() selected=*language == locale.language>{language.name()}</option>
                            }).collect_view()}
                        </select>
                    </label>
                    <label class="box"><input type="checkbox" name="objects" value="yes" aria-describedby="pack-objects-hint" />{locale.t("pack-objects")}</label>
                    <p class="quiet" id="pack-objects-hint">{locale.t("pack-objects-hint")}</p>
                    <button type="submit" class="button primary"><Icon name="packs" />{locale.t("packs-create")}</button>
                </div>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn ThemeControls(theme: Theme) -> impl IntoView {
    let locale = page().locale;
    let controls: Vec<_> = Catalogue::current().controls().iter().filter(|control| control.theme == theme).collect();
    view! {
        <details class="theme-controls">
            <summary>{locale.t(&format!("theme-{theme}"))}" "<span class="quiet">{locale.number(i64::try_from(controls.len()).unwrap_or_default())}</span></summary>
            <div class="boxes">
                {controls.into_iter().map(|control| view! {
                    <label class="box">
                        <input type="checkbox" name="control" value=control.id.to_string() />
                        <span><span class="control-id">{control.id.to_string()}</span>" "{locale.control_title(&control.id)}</span>
                    </label>
                }).collect_view()}
            </div>
        </details>
    }
    .into_any()
}

#[component]
fn Made(packs: Vec<PackRow>) -> impl IntoView {
    let locale = page().locale;
    let heading = |key: &str| view! { <th scope="col">{locale.t(key)}</th> };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-labelledby="packs-title">
            <table class="rows packs">
                <thead>
                    <tr>
                        {heading("packs-as-of")}
                        {heading("packs-scope")}
                        {heading("packs-asked")}
                        {heading("packs-status")}
                        {heading("packs-file")}
                    </tr>
                </thead>
                <tbody>{packs.into_iter().map(|pack| view! { <Pack pack=pack /> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Pack(pack: PackRow) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let scope = &pack.scope;
    let clusters = if scope.clusters.is_empty() { locale.t("packs-all-clusters") } else { scope.clusters.join(", ") };
    let controls = match scope.controls.as_slice() {
        [] => locale.t("packs-all-controls"),
        some if some.len() <= 6 => some.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        many => locale.tx("packs-some-controls", &[("count", many.len().into())]),
    };
    let status = match &pack.status {
        PackStatus::Queued => "queued",
        PackStatus::Building => "building",
        PackStatus::Ready { .. } => "ready",
        PackStatus::Failed { .. } => "failed",
    };
    let language = scope
        .language
        .parse::<Language>()
        .map_or_else(|_| scope.language.clone(), |language| language.name().to_owned());
    view! {
        <tr>
            <th scope="row" class="when">
                <Time locale=locale at=scope.as_of />
                {scope.since.map(|since| view! { <span class="sub">{locale.t("packs-since-listed")}" "<Time locale=locale at=since /></span> })}
            </th>
            <td>{clusters}<span class="sub">{controls}" · "{language}</span></td>
            <td>{pack.created_by}<span class="sub"><Time locale=locale at=pack.created_at /></span></td>
            <td><span class=format!("badge pack-{status}")>{locale.t(&format!("pack-status-{status}"))}</span></td>
            <td><div class="pack-file"><File id=pack.id.to_string() status=pack.status downloads=context.may(Permission::DownloadPack) /></div></td>
        </tr>
    }
    .into_any()
}

#[component]
fn File(id: String, status: PackStatus, downloads: bool) -> impl IntoView {
    let locale = page().locale;
    match status {
        PackStatus::Queued | PackStatus::Building => view! { <a href="/packs">{locale.t("packs-reload")}</a> }.into_any(),
        PackStatus::Failed { error_id } => {
            view! { <span class="sub">{locale.t("packs-failed-id")}" "<code>{error_id}</code></span> }.into_any()
        }
        PackStatus::Ready { sha256, size } => view! {
            {if downloads {
                view! { <a class="button" href=format!("/packs/{id}/archive")><Icon name="download" />{locale.tx("packs-download", &[("size", locale.bytes(size).into())])}</a> }.into_any()
            } else {
                locale.bytes(size).into_any()
            }}
            <details class="hash"><summary>"SHA-256"</summary><code>{sha256}</code></details>
        }
        .into_any(),
    }
}
