//! Every page with sample views, as an HTML document.

use super::samples as sample;
use frontend::{
    context::{Moment, PageContext, Past, Theme},
    i18n::Language,
    pages::{
        cluster::ClusterPage, clusters::ClustersPage, compare::ComparePage, control::ControlPage,
        controls::ControlsPage, error::ErrorPage, finding::FindingDetailPage, findings::FindingsPage,
        overview::OverviewPage, packs::PacksPage, preferences::PreferencesPage,
    },
    shell::Shell,
};
use leptos::prelude::*;
use model::{
    role::Role,
    views::{FindingFilter, FindingPage, Overview},
};

/// Every page of a reader: a name, and the document.
pub(crate) fn pages(language: Language, theme: Theme, role: Role) -> Vec<(&'static str, String)> {
    let page = |path: &str| sample::context(language, theme, path, &[role]);
    let filter =
        FindingFilter::from_query("severity=high&severity=critical&cluster=prod-cph&text=ns%2Fx").expect("a filter");
    let empty = FindingPage {
        rows: vec![],
        next: None,
        previous: None,
        count: model::views::Count { rows: 0, at_least: false },
    };
    let unregistered = Overview { clusters: vec![], ..sample::overview() };
    let (cluster, scans) = {
        let cluster = sample::statuses().remove(2);
        let scans = cluster.sources.iter().filter_map(|source| source.last_scan.clone()).collect::<Vec<_>>();
        (cluster, scans)
    };
    vec![
        ("overview", html(page("/"), || view! { <OverviewPage overview=sample::overview() /> })),
        ("overview-empty", html(page("/"), || view! { <OverviewPage overview=unregistered /> })),
        (
            "controls",
            html(page("/controls"), || {
                view! {
                    <ControlsPage all_clusters=sample::clusters() clusters=sample::clusters() controls=sample::controls() filter=Default::default() />
                }
            }),
        ),
        ("control", html(page("/controls/A.8.2"), || view! { <ControlPage detail=sample::control() cluster=None /> })),
        (
            "findings",
            html(page("/findings"), move || {
                view! {
                    <FindingsPage findings=sample::page() filter=filter clusters=sample::clusters() scanned=true />
                }
            }),
        ),
        (
            "findings-empty",
            html(page("/findings"), || {
                view! {
                    <FindingsPage findings=empty filter=FindingFilter::default() clusters=sample::clusters() scanned=false />
                }
            }),
        ),
        ("finding", html(page("/findings/1"), || view! { <FindingDetailPage finding=sample::finding() /> })),
        ("clusters", html(page("/clusters"), || view! { <ClustersPage clusters=sample::statuses() /> })),
        ("cluster", html(page("/clusters/staging"), || view! { <ClusterPage cluster=cluster scans=scans /> })),
        ("packs", html(page("/packs"), || view! { <PacksPage packs=sample::packs() clusters=sample::clusters() /> })),
        (
            "compare",
            html(page("/compare"), || {
                view! {
                    <ComparePage comparison=sample::comparison() filter=Default::default() clusters=sample::clusters() />
                }
            }),
        ),
        (
            "overview-past",
            html(past(page("/?severity=high")), || view! { <OverviewPage overview=sample::overview() /> }),
        ),
        ("finding-past", html(past(page("/findings/1")), || view! { <FindingDetailPage finding=sample::finding() /> })),
        ("preferences", html(page("/preferences"), || view! { <PreferencesPage /> })),
        ("error", html(page("/nowhere"), || view! { <ErrorPage word="not-found" detail=None groups=None /> })),
        (
            "no-access",
            html(sample::context(language, theme, "/", &[]), || {
                view! {
                    <ErrorPage word="login-no-role" detail=None groups=Some(vec!["developers".into(), "everybody".into()]) />
                }
            }),
        ),
    ]
}

/// The same page, as one of the past.
fn past(context: PageContext) -> PageContext {
    let now = context.as_of + chrono::TimeDelta::days(40);
    let past = Past { now, known: false, other_catalogue: true };
    PageContext { moment: Moment { past: Some(past), ..sample::moment() }, ..context }
}

fn html<V: IntoView + 'static>(context: PageContext, view: impl FnOnce() -> V + Send + 'static) -> String {
    let owner = Owner::new_root(None);
    let body = owner.with(|| {
        provide_context(context.clone());
        view! { <Shell context=context title="A page".to_owned() assets="1" version="0.1.0">{view()}</Shell> }.to_html()
    });
    format!("<!DOCTYPE html>{body}")
}
