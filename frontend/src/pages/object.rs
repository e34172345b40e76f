//! An object behind a verdict, as it was seen; and the objects of a finding.

use crate::{
    context::page,
    parts::{code::Code, empty::Empty, findings_table::SubjectName, time::Time},
};
use leptos::prelude::*;
use model::views::{FindingObjects, FindingRow, ObjectContent, ObjectLink, ObjectSighting, ObjectView, object_address};

/// One object.
#[component]
pub fn ObjectPage(
    /// The object.
    object: ObjectView,
) -> impl IntoView {
    let locale = page().locale;
    let ObjectView { digest, resource, kind, namespace, name, version, hash, fetched_at, seen, content } = object;
    let or_dash = |text: Option<String>| text.filter(|text| !text.is_empty()).unwrap_or_else(|| "–".to_owned());
    view! {
        <nav class="crumbs" aria-label=locale.t("crumbs")>
            <a href="/checks">{locale.t("nav-checks")}</a>
            <span aria-hidden="true">"/"</span>
            <a href=format!("/objects/{digest}")>{locale.t("objects-title")}</a>
        </nav>
        <div class="page-head">
            <h1>{name.clone()}</h1>
            <p class="quiet">{locale.t("object-what")}</p>
        </div>
        <section class="panel" aria-labelledby="facts-title">
            <h2 id="facts-title" class="visually-hidden">{locale.t("object-facts")}</h2>
            <dl class="facts">
                <div><dt>{locale.t("object-kind")}</dt><dd>{or_dash(kind)}</dd></div>
                <div><dt>{locale.t("objects-namespace")}</dt><dd>{or_dash(namespace)}</dd></div>
                <div><dt>{locale.t("objects-resource")}</dt><dd><code>{or_dash(resource)}</code></dd></div>
                <div><dt>{locale.t("objects-version")}</dt><dd><code>{or_dash(Some(version))}</code></dd></div>
                <div><dt>{locale.t("objects-fetched")}</dt><dd>{fetched_at.map(|at| view! { <Time locale=locale at=at exact=true /> })}</dd></div>
                <div class="wide"><dt>{locale.t("objects-hash")}</dt><dd><code class="digest">{or_dash(Some(hash))}</code></dd></div>
            </dl>
        </section>
        <Content content=content />
        <Seen seen=seen />
    }
    .into_any()
}

#[component]
fn Content(content: ObjectContent) -> impl IntoView {
    let locale = page().locale;
    match content {
        ObjectContent::Kept { json, redacted, dropped } => view! {
            <section class="panel" aria-labelledby="content-title">
                <h2 id="content-title">{locale.t("object-content")}</h2>
                <p class="quiet">{locale.t("object-content-means")}</p>
                <Code code=json />
                <Paths title=locale.tx("object-redacted", &[("count", redacted.len().into())]) paths=redacted />
                <Paths title=locale.tx("object-dropped", &[("count", dropped.len().into())]) paths=dropped />
            </section>
        }
        .into_any(),
        ObjectContent::NotKept { why } => {
            view! { <Missing title=locale.t("object-not-kept") text=locale.t(&format!("object-not-kept-{}", why.as_str().replace('_', "-"))) /> }.into_any()
        }
        ObjectContent::NotRetained { dropped_at } => {
            let when = locale.date_time(dropped_at);
            view! { <Missing title=locale.t("object-not-retained") text=locale.tx("object-not-retained-text", &[("when", when.into())]) /> }.into_any()
        }
        ObjectContent::Unknown => {
            view! { <Missing title=locale.t("object-not-kept") text=locale.t("object-not-kept-unknown") /> }.into_any()
        }
    }
}

#[component]
fn Missing(title: String, text: String) -> impl IntoView {
    view! { <section class="panel"><Empty icon="packs" title=title text=text next=None /></section> }.into_any()
}

#[component]
fn Paths(title: String, paths: Vec<String>) -> impl IntoView {
    if paths.is_empty() {
        return view! { <p class="quiet">{title}</p> }.into_any();
    }
    view! {
        <details>
            <summary>{title}</summary>
            <ul class="plain paths">{paths.into_iter().map(|path| view! { <li><code>{path}</code></li> }).collect_view()}</ul>
        </details>
    }
    .into_any()
}

#[component]
fn Seen(seen: Vec<ObjectSighting>) -> impl IntoView {
    let locale = page().locale;
    if seen.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="panel" aria-labelledby="seen-title">
            <h2 id="seen-title">{locale.t("object-seen")}</h2>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="seen-title">
                <table class="rows">
                    <thead>
                        <tr>
                            <th scope="col">{locale.t("check-cluster")}</th>
                            <th scope="col">{locale.t("object-from")}</th>
                            <th scope="col">{locale.t("object-to")}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {seen.into_iter().map(|sighting| view! {
                            <tr>
                                <th scope="row"><a href=format!("/clusters/{}", sighting.cluster.name)>{sighting.cluster.title}</a></th>
                                <td class="when"><Time locale=locale at=sighting.from exact=true /></td>
                                <td class="when"><Until to=sighting.to /></td>
                            </tr>
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Until(to: Option<model::Instant>) -> impl IntoView {
    let locale = page().locale;
    match to {
        Some(at) => view! { <Time locale=locale at=at exact=true /> }.into_any(),
        None => locale.t("object-still").into_any(),
    }
}

/// The objects of a finding at an instant.
#[component]
pub fn FindingObjectsPage(
    /// The finding.
    finding: FindingRow,
    /// Its objects.
    objects: FindingObjects,
) -> impl IntoView {
    let locale = page().locale;
    let FindingObjects { at, objects } = objects;
    view! {
        <nav class="crumbs" aria-label=locale.t("crumbs")>
            <a href="/findings">{locale.t("nav-findings")}</a>
            <span aria-hidden="true">"/"</span>
            <a href=format!("/findings/{}", finding.id)>{locale.check_title(&finding.check)}</a>
        </nav>
        <div class="page-head">
            <h1>{locale.t("objects-of-finding")}</h1>
            <p class="quiet"><SubjectName subject=finding.subject />" · "{finding.cluster.title}" · "<Time locale=locale at=at exact=true /></p>
        </div>
        {if objects.is_empty() {
            let next = Some((format!("/checks/{}", finding.check), locale.t("objects-title")));
            view! { <section class="panel"><Empty icon="packs" title=locale.t("objects-of-finding-none") text=locale.t("objects-of-finding-none-text") next=next /></section> }.into_any()
        } else {
            view! { <Links objects=objects /> }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn Links(objects: Vec<ObjectLink>) -> impl IntoView {
    let locale = page().locale;
    view! {
        <section class="panel" aria-label=locale.t("objects-of-finding")>
            <div class="scroll" tabindex="0" role="region" aria-label=locale.t("objects-of-finding")>
                <table class="rows">
                    <thead>
                        <tr>
                            <th scope="col">{locale.t("object-kind")}</th>
                            <th scope="col">{locale.t("objects-name")}</th>
                            <th scope="col">{locale.t("object-from")}</th>
                            <th scope="col">{locale.t("object-to")}</th>
                            <th scope="col">{locale.t("object-content")}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {objects.into_iter().map(|object| {
                            let address = object_address(object.digest, object.namespace.as_deref(), &object.name);
                            let kept = if object.kept { "object-is-kept" } else { "object-not-kept" };
                            view! {
                                <tr>
                                    <td>{object.kind}</td>
                                    <th scope="row"><a href=address>{object.name}</a></th>
                                    <td class="when"><Time locale=locale at=object.from exact=true /></td>
                                    <td class="when"><Until to=object.to /></td>
                                    <td>{locale.t(kept)}</td>
                                </tr>
                            }
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
