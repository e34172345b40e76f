//! The objects of one list that a reading rested on.

use leptos::prelude::*;
use model::views::{ObjectPage, object_address};

/// A stretch of the list.
#[component]
pub fn ObjectsPage(
    /// The objects.
    page: ObjectPage,
    /// How many a page shows at most.
    a_page: usize,
) -> impl IntoView {
    let locale = crate::context::locale();
    let ObjectPage { digest, total, from, objects } = page;
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let last = from + objects.len();
    let address = move |from: usize| format!("/objects/{digest}?from={from}");
    view! {
        <nav class="crumbs" aria-label=locale.t("crumbs")><a href="/checks">{locale.t("nav-checks")}</a></nav>
        <div class="page-head">
            <h1>{locale.t("objects-title")}</h1>
            <p class="quiet">{locale.tx("objects-stretch", &[
                ("from", number(if objects.is_empty() { 0 } else { from + 1 }).into()), ("to", number(last).into()), ("all", number(total).into()),
            ])}</p>
        </div>
        <p class="quiet">{locale.t("objects-list-means")}" "<code class="digest">{digest.simple().to_string()}</code></p>
        <section class="panel">
            <div class="scroll" tabindex="0" role="region" aria-label=locale.t("objects-title")>
                <table class="rows">
                    <thead>
                        <tr>
                            <th scope="col">{locale.t("objects-namespace")}</th>
                            <th scope="col">{locale.t("objects-name")}</th>
                            <th scope="col">{locale.t("objects-version")}</th>
                            <th scope="col">{locale.t("objects-hash")}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {objects.into_iter().map(|object| view! {
                            <tr>
                                <td>{object.namespace.clone().unwrap_or_else(|| "–".to_owned())}</td>
                                <th scope="row"><a href=object_address(digest, object.namespace.as_deref(), &object.name)>{object.name.clone()}</a></th>
                                <td><code>{object.version}</code></td>
                                <td><code class="digest">{object.hash}</code></td>
                            </tr>
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
        </section>
        <nav class="pages" aria-label=locale.t("pages-label")>
            {(from > 0).then(|| view! { <a class="button" rel="prev" href=address(from.saturating_sub(a_page))>{locale.t("pages-previous")}</a> })}
            {(last < total).then(|| view! { <a class="button" rel="next" href=address(last)>{locale.t("pages-next")}</a> })}
        </nav>
    }
    .into_any()
}
