//! What a cluster is, in words, and with which others it belongs together.

use crate::{context::page, i18n::Locale, parts::time::Ago};
use leptos::prelude::*;
use model::{
    platform::Platform,
    views::{ClusterStatus, Elsewhere, PairedCluster},
};

/// What a cluster was recognised as.
pub fn platform_words(locale: Locale, platform: Option<&Platform>) -> String {
    let Some(platform) = platform else { return locale.t("platform-unread") };
    let distribution = platform.distribution.map(|distribution| locale.t(&format!("platform-{distribution}")));
    let welkin = platform.welkin.map(|welkin| locale.t(&format!("welkin-{welkin}")));
    let words: Vec<String> = distribution.into_iter().chain(welkin).collect();
    if words.is_empty() { locale.t("platform-unrecognised") } else { words.join(" · ") }
}

/// By what it was recognised, a phrase a sign.
pub fn sign_words(locale: Locale, platform: Option<&Platform>) -> Vec<String> {
    let signs = platform.into_iter().flat_map(|platform| &platform.signs);
    signs.map(|sign| locale.tx(&format!("sign-{}", sign.kind), &[("value", (&sign.value).into())])).collect()
}

/// What a cluster is, why, and its other half.
#[component]
pub fn PlatformPanel(
    /// The cluster.
    cluster: ClusterStatus,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let signs = sign_words(locale, cluster.platform.as_ref());
    let is_paired = cluster.management.is_some() || !cluster.workloads.is_empty();
    let management: Vec<_> = cluster.management.into_iter().collect();
    view! {
        <section class="panel" aria-labelledby="platform-title">
            <h2 id="platform-title">{locale.t("platform-title")}</h2>
            <dl class="facts">
                <div>
                    <dt>{locale.t("platform-title")}</dt>
                    <dd>{platform_words(locale, cluster.platform.as_ref())}</dd>
                </div>
                {(!signs.is_empty()).then(|| view! {
                    <div>
                        <dt>{locale.t("platform-why")}</dt>
                        <dd><ul class="plain">{signs.into_iter().map(|sign| view! { <li>{sign}</li> }).collect_view()}</ul></dd>
                    </div>
                })}
                {cluster.platform_read_at.map(|at| view! {
                    <div>
                        <dt>{locale.t("platform-read")}</dt>
                        <dd><Ago locale=locale at=at now=context.as_of /></dd>
                    </div>
                })}
                <Paired title="pair-management-title" others=management />
                <Paired title="pair-workloads-title" others=cluster.workloads />
            </dl>
            {cluster.lacks_management.then(|| view! { <p class="platform-note">{locale.t("pair-unknown")}</p> })}
            {is_paired.then(|| view! { <p class="quiet platform-note">{locale.t("pair-means")}</p> })}
        </section>
    }
    .into_any()
}

#[component]
fn Paired(title: &'static str, others: Vec<PairedCluster>) -> impl IntoView {
    let locale = page().locale;
    (!others.is_empty()).then(|| {
        view! {
            <div>
                <dt>{locale.t(title)}</dt>
                <dd>
                    <ul class="plain">
                        {others.into_iter().map(|other| view! {
                            <li>
                                <a href=format!("/clusters/{}", other.cluster.name)>{other.cluster.title}</a>
                                <span class="sub">{locale.t(&format!("paired-{}", other.by))}</span>
                            </li>
                        }).collect_view()}
                    </ul>
                </dd>
            </div>
        }
    })
}

/// Where a result was seen that is not the cluster's own.
#[component]
pub fn SeenElsewhere(
    /// Where.
    elsewhere: Elsewhere,
) -> impl IntoView {
    let locale = page().locale;
    match elsewhere.cluster {
        Some(cluster) => {
            let words = locale.tx("check-elsewhere", &[("cluster", (&cluster.title).into())]);
            view! { <a href=format!("/clusters/{}", cluster.name)>{words}</a> }.into_any()
        }
        None => locale.t("check-elsewhere-unknown").into_any(),
    }
}
