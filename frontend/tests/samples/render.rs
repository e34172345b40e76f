//! Every page with sample views, as an HTML document.

use super::{
    notify,
    samples::{self as sample, acceptances, people},
};
use frontend::{
    context::{Moment, PageContext, Past, Theme},
    i18n::Language,
    pages::{
        acceptance::AcceptancePage,
        acceptance_new::NewAcceptancePage,
        acceptances::AcceptancesPage,
        access::AccessReviewPage,
        cluster::ClusterPage,
        clusters::ClustersPage,
        compare::ComparePage,
        confirm::ConfirmPage,
        control::ControlPage,
        controls::ControlsPage,
        coverage::{CoverageFilter, CoverageOf, CoveragePage},
        error::ErrorPage,
        finding::FindingDetailPage,
        finding_groups::FindingGroupsPage,
        findings::FindingsPage,
        my_work::MyWorkPage,
        notifications::{ChannelsPage, Choices, DeliveryLogPage, NotificationsPage},
        object::{FindingObjectsPage, ObjectPage},
        overview::OverviewPage,
        packs::PacksPage,
        people::PeoplePageView,
        preferences::PreferencesPage,
        saved_views::SavedViewsPage,
        trends::TrendsPage,
    },
    shell::Shell,
};
use leptos::prelude::*;
use model::{
    acceptance::AcceptanceState,
    access::AccessFilter,
    errors::ErrorWord,
    role::Role,
    trends::{TrendBy, TrendQuery, TrendShow, TrendStep},
    views::{
        AcceptanceLists, FindingColumn, FindingFilter, FindingObjects, FindingPage, ListView, NewsOfFinding, Overview,
    },
};

fn feed() -> String {
    "https://bevis.example.org/api/v1/acceptances/calendar.ics".to_owned()
}

/// Every page of a reader: a name, and the document.
#[expect(clippy::too_many_lines, reason = "a table: an entry a page")]
pub(crate) fn pages(language: Language, theme: Theme, role: Role) -> Vec<(&'static str, String)> {
    let page = |path: &str| sample::context(language, theme, path, &[role]);
    let filter =
        FindingFilter::from_query("severity=high&severity=critical&cluster=prod-cph&text=ns%2Fx").expect("a filter");
    let empty = FindingPage {
        rows: vec![],
        next: None,
        previous: None,
        count: model::views::Count { rows: 0, at_least: false },
        ranked: false,
        retained_from: None,
    };
    let unregistered = Overview { clusters: vec![], ..sample::overview() };
    let (cluster, scans) = {
        let cluster = sample::statuses().remove(2);
        let scans = cluster.sources.iter().filter_map(|source| source.last_scan.clone()).collect::<Vec<_>>();
        (cluster, scans)
    };
    let coverage = {
        let mut coverage = sample::coverage_of_sources();
        coverage.rows.retain(|row| row.cluster.name == "staging");
        coverage
    };
    let filter_of_coverage = CoverageFilter {
        of: CoverageOf::Sources,
        period: model::coverage::Period::last(365, sample::at()),
        presets: true,
        cluster: Some("edge".into()),
    };
    let nothing_covered = model::views::CoverageReport { rows: vec![], ..sample::coverage_of_sources() };
    let filter_of_control = CoverageFilter { of: CoverageOf::Control("A.8.2".into()), ..filter_of_coverage.clone() };
    let filter_of_nothing = CoverageFilter { cluster: None, ..filter_of_coverage.clone() };
    let trends = |show, by, step| {
        let query = TrendQuery { show, by, step: Some(step), ..TrendQuery::default() };
        let trend = sample::trend(show, by, step);
        html(page("/trends"), move || view! { <TrendsPage query=query trend=trend clusters=sample::clusters() /> })
    };
    let acceptance = |state| {
        view! { <AcceptancePage acceptance=acceptances::detail(state) reader=uuid::Uuid::from_u128(3).into() /> }
    };
    let nothing_accepted = AcceptanceLists { waiting: vec![], in_force: vec![], over: vec![], next: None };
    vec![
        (
            "coverage",
            html(page("/coverage"), move || {
                view! { <CoveragePage report=sample::coverage_of_sources() clusters=sample::clusters() filter=filter_of_coverage /> }
            }),
        ),
        (
            "coverage-of-control",
            html(page("/coverage"), move || {
                view! { <CoveragePage report=sample::coverage_of_control() clusters=sample::clusters() filter=filter_of_control /> }
            }),
        ),
        (
            "coverage-empty",
            html(page("/coverage"), move || {
                view! { <CoveragePage report=nothing_covered clusters=vec![] filter=filter_of_nothing /> }
            }),
        ),
        ("trends", trends(TrendShow::Open, TrendBy::Severity, TrendStep::Day)),
        ("trends-by-control", trends(TrendShow::Open, TrendBy::Control, TrendStep::Week)),
        ("trends-by-team", trends(TrendShow::Open, TrendBy::Team, TrendStep::Month)),
        ("trends-times", trends(TrendShow::Times, TrendBy::Severity, TrendStep::Week)),
        ("trends-deadlines", trends(TrendShow::Sla, TrendBy::Severity, TrendStep::Month)),
        ("trends-controls", trends(TrendShow::Controls, TrendBy::Severity, TrendStep::Day)),
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
        (
            "control",
            html(
                page("/controls/A.8.2"),
                || view! { <ControlPage detail=sample::control() cluster=None coverage=sample::coverage_of_control() /> },
            ),
        ),
        (
            "findings",
            html(page("/findings"), move || {
                view! {
                    <FindingsPage findings=sample::page() filter=filter clusters=sample::clusters() scanned=true deciding=sample::deciding(1) />
                }
            }),
        ),
        (
            "findings-searched",
            html(page("/findings"), move || {
                let filter =
                    FindingFilter::from_query("q=cve&changed=since_visit&cve=CVE-2026-1&workload=Role//a&namespace=-");
                let found = FindingPage { ranked: true, ..sample::page() };
                let news = found.rows.iter().map(|row| row.id).zip(NewsOfFinding::ALL.iter().copied()).collect();
                view! {
                    <FindingsPage findings=found filter=filter.expect("a filter") news=news columns=FindingColumn::ALL.to_vec()
                        clusters=sample::clusters() scanned=true deciding=sample::deciding(1) />
                }
            }),
        ),
        (
            "findings-grouped",
            html(page("/findings"), move || {
                view! {
                    <FindingGroupsPage groups=sample::groups() list=ListView::from_query("group=workload").expect("a list")
                        clusters=sample::clusters() assignees=sample::deciding(1).assignees scanned=true />
                }
            }),
        ),
        (
            "saved-views",
            html(
                page("/views"),
                move || view! { <SavedViewsPage views=sample::saved_views() assignees=sample::nobody() person=sample::reader() /> },
            ),
        ),
        (
            "saved-views-none",
            html(
                page("/views"),
                move || view! { <SavedViewsPage views=vec![] assignees=sample::nobody() person=sample::reader() /> },
            ),
        ),
        (
            "findings-empty",
            html(page("/findings"), || {
                view! {
                    <FindingsPage findings=empty filter=FindingFilter::default() clusters=sample::clusters() scanned=false />
                }
            }),
        ),
        (
            "finding",
            html(page("/findings/1"), || {
                view! { <FindingDetailPage finding=sample::finding() acceptances=acceptances::of_finding() tickets=sample::tickets() deciding=sample::deciding(1) /> }
            }),
        ),
        (
            "acceptances",
            html(
                page("/acceptances"),
                || view! { <AcceptancesPage lists=acceptances::lists() continued=false feed=feed() /> },
            ),
        ),
        (
            "acceptances-empty",
            html(
                page("/acceptances"),
                || view! { <AcceptancesPage lists=nothing_accepted continued=false feed=feed() /> },
            ),
        ),
        (
            "acceptance-new",
            html(page("/acceptances/new"), || {
                view! { <NewAcceptancePage chosen=None extends=None clusters=sample::clusters() teams=vec!["payments".into()] label_keys=vec!["environment".into(), "tier".into()] /> }
            }),
        ),
        (
            "acceptance-ask",
            html(page("/acceptances/new"), || {
                let asked = acceptances::row(3, AcceptanceState::Active);
                view! { <NewAcceptancePage chosen=Some((asked.scope, acceptances::preview())) extends=Some(asked.id) clusters=vec![] teams=vec![] label_keys=vec![] /> }
            }),
        ),
        ("acceptance-requested", html(page("/acceptances/1"), move || acceptance(AcceptanceState::Requested))),
        ("acceptance", html(page("/acceptances/1"), move || acceptance(AcceptanceState::Active))),
        ("acceptance-ended", html(page("/acceptances/1"), move || acceptance(AcceptanceState::Ended))),
        (
            "finding-own-claim",
            html(
                page("/findings/1"),
                || view! { <FindingDetailPage finding=sample::finding() deciding=sample::deciding(2) /> },
            ),
        ),
        ("my-work", html(page("/my-work"), || view! { <MyWorkPage work=sample::work() undoable=None /> })),
        ("my-work-empty", html(page("/my-work"), || view! { <MyWorkPage work=sample::no_work() undoable=None /> })),
        ("confirm", html(page("/findings/confirm"), || view! { <ConfirmPage confirming=sample::confirming() /> })),
        ("finding-merged", html(page("/findings/1"), || view! { <FindingDetailPage finding=sample::merged() /> })),
        (
            "finding-objects",
            html(page("/findings/1/objects"), || {
                view! { <FindingObjectsPage finding=sample::finding().row objects=sample::finding_objects() /> }
            }),
        ),
        (
            "finding-objects-none",
            html(page("/findings/1/objects"), || {
                let none = FindingObjects { objects: vec![], ..sample::finding_objects() };
                view! { <FindingObjectsPage finding=sample::finding().row objects=none /> }
            }),
        ),
        ("object", html(page("/objects/1/-/x"), || view! { <ObjectPage object=sample::objects().remove(0) /> })),
        (
            "object-dropped",
            html(page("/objects/1/-/x"), || view! { <ObjectPage object=sample::objects().remove(1) /> }),
        ),
        (
            "object-unknown",
            html(page("/objects/1/-/x"), || view! { <ObjectPage object=sample::objects().remove(2) /> }),
        ),
        (
            "object-too-large",
            html(page("/objects/1/-/x"), || view! { <ObjectPage object=sample::objects().remove(3) /> }),
        ),
        (
            "object-over-budget",
            html(page("/objects/1/-/x"), || view! { <ObjectPage object=sample::objects().remove(4) /> }),
        ),
        (
            "object-left-out",
            html(page("/objects/1/-/x"), || view! { <ObjectPage object=sample::objects().remove(5) /> }),
        ),
        (
            "object-unreadable",
            html(page("/objects/1/-/x"), || view! { <ObjectPage object=sample::objects().remove(6) /> }),
        ),
        ("clusters", html(page("/clusters"), || view! { <ClustersPage clusters=sample::statuses() /> })),
        (
            "cluster",
            html(
                page("/clusters/staging"),
                || view! { <ClusterPage cluster=cluster rounds=sample::rounds() checks=sample::checks_on(2) scans=scans retained_from=Some(sample::at() - chrono::TimeDelta::days(300)) coverage=coverage /> },
            ),
        ),
        (
            "access",
            html(page("/clusters/staging/access"), || {
                let filter = AccessFilter::from_query("right=everything&kind=group&namespace=shop").expect("a filter");
                view! { <AccessReviewPage page=sample::access() filter=filter a_page=100 /> }
            }),
        ),
        (
            "access-never",
            html(page("/clusters/staging/access"), || {
                view! { <AccessReviewPage page=sample::access_never() filter=AccessFilter::default() a_page=100 /> }
            }),
        ),
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
        ("notifications", {
            let choices = Choices { channels: vec![], clusters: sample::clusters() };
            html(page("/notifications"), move || {
                view! { <NotificationsPage rules=notify::rules(None) address=Some("ada@example.org".into()) choices=choices /> }
            })
        }),
        ("notifications-none", {
            let choices = Choices { channels: vec![], clusters: vec![] };
            html(
                page("/notifications"),
                move || view! { <NotificationsPage rules=vec![] address=None choices=choices /> },
            )
        }),
        (
            "notification-channels",
            html(page("/notifications/channels"), || {
                view! { <ChannelsPage channels=notify::channels() rules=notify::rules(Some("web")) clusters=sample::clusters() /> }
            }),
        ),
        (
            "notification-channels-none",
            html(
                page("/notifications/channels"),
                || view! { <ChannelsPage channels=vec![] rules=vec![] clusters=vec![] /> },
            ),
        ),
        (
            "notification-log",
            html(page("/notifications/log"), || view! { <DeliveryLogPage log=notify::log() dead=false /> }),
        ),
        (
            "notification-dead",
            html(page("/notifications/dead"), || {
                view! { <DeliveryLogPage log=model::views::NotificationLog { rows: vec![], next: None, retained_from: None } dead=true /> }
            }),
        ),
        (
            "preferences",
            html(page("/preferences"), || view! { <PreferencesPage sessions=Some(people::sessions(2)) /> }),
        ),
        (
            "preferences-alone",
            html(page("/preferences"), || view! { <PreferencesPage sessions=Some(people::sessions(0)) /> }),
        ),
        ("preferences-past", html(past(page("/preferences")), || view! { <PreferencesPage sessions=Some(vec![]) /> })),
        (
            "preferences-nobody",
            html(sample::context(language, theme, "/preferences", &[]), || view! { <PreferencesPage sessions=None /> }),
        ),
        (
            "people",
            html(page("/people?text=r"), || {
                let next = Some("/people?text=r&cursor=x".to_owned());
                view! { <PeoplePageView people=people::people() text="r".to_owned() first=Some("/people?text=r".to_owned()) next=next /> }
            }),
        ),
        (
            "people-none",
            html(
                page("/people?text=r"),
                || view! { <PeoplePageView people=vec![] text="r".to_owned() first=None next=None /> },
            ),
        ),
        (
            "people-past",
            html(
                past(page("/people")),
                || view! { <PeoplePageView people=people::people() text=String::new() first=None next=None /> },
            ),
        ),
        ("error", html(page("/nowhere"), || view! { <ErrorPage word=ErrorWord::NotFound detail=None groups=None /> })),
        (
            "no-access",
            html(sample::context(language, theme, "/", &[]), || {
                view! {
                    <ErrorPage word=ErrorWord::LoginNoRole detail=None groups=Some(vec!["developers".into(), "everybody".into()]) />
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
