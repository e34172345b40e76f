//! What holds of every page, whatever it shows.
#![cfg(feature = "ssr")]
#![allow(clippy::default_trait_access, clippy::items_after_statements, reason = "samples are written to be read")]

#[path = "samples/notify.rs"]
mod notify;
#[path = "samples/render.rs"]
mod render;
mod samples;

use frontend::{context::Theme, i18n::Language};
use model::role::Role;
use std::collections::BTreeSet;

fn every_page() -> Vec<(String, String)> {
    let _set_before = any_spawner::Executor::init_tokio();
    let mut pages = Vec::new();
    for language in Language::ALL {
        for role in Role::ALL {
            for (name, html) in render::pages(*language, Theme::System, *role) {
                pages.push((format!("{name} in {} for {role}", language.tag()), html));
            }
        }
    }
    pages
}

#[tokio::test]
async fn no_text_is_missing() {
    for (name, html) in every_page() {
        assert!(
            !html.contains('⟦'),
            "{name}: {}",
            html.split('⟦').nth(1).unwrap_or_default().chars().take(80).collect::<String>()
        );
        assert!(!html.contains("{$"), "{name} has a value that nobody gave");
    }
}

#[tokio::test]
async fn nothing_needs_a_looser_policy() {
    for (name, html) in every_page() {
        assert!(!html.contains(" style="), "{name} has a style attribute");
        assert!(!html.contains("<style"), "{name} has an inline style sheet");
        assert!(!html.contains("javascript:"), "{name} has a script in an address");
        for script in html.split("<script").skip(1) {
            let tag = script.split("</script>").next().unwrap_or_default();
            assert!(tag.contains("src=\"/static/") && tag.ends_with('>'), "{name} has an inline script: {tag}");
        }
        for handler in ["onclick=", "onload=", "onerror=", "onsubmit=", "onchange="] {
            assert!(!html.contains(handler), "{name} has {handler}");
        }
    }
}

#[tokio::test]
async fn what_is_text_alone_holds_no_markup() {
    for (name, html) in every_page() {
        for element in ["title", "textarea"] {
            // The title of a drawing is no text alone: it is known by what it stands in.
            for inside in html.split("<svg").map(|part| part.split_once("</svg>").map_or(part, |(_, after)| after)) {
                for rest in inside.split(&format!("<{element}")).skip(1) {
                    let text = rest.split_once('>').map_or("", |(_, text)| text).split("</").next().unwrap_or_default();
                    assert!(!text.contains('<'), "{name} shows markup in its {element}: {text}");
                }
            }
        }
    }
}

#[tokio::test]
async fn ids_are_unique_and_labels_lead_somewhere() {
    for (name, html) in every_page() {
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{name} has an id twice: {ids:?}");
        for reference in html.split("aria-labelledby=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(unique.contains(reference), "{name}: nothing has the id {reference}");
        }
        assert_eq!(html.matches("<h1").count(), 1, "{name} has one first heading");
    }
}

#[tokio::test]
async fn only_those_who_may_are_offered_decisions_and_packs() {
    let _set_before = any_spawner::Executor::init_tokio();
    for role in Role::ALL {
        let pages = render::pages(Language::English, Theme::System, *role);
        let has = |name: &str, text: &str| pages.iter().any(|(page, html)| *page == name && html.contains(text));
        let decides = matches!(role, Role::Engineer | Role::SecurityOfficer);
        assert_eq!(has("finding", "/decide\""), decides, "{role}");
        assert_eq!(has("findings", "action=\"/findings/decide\""), decides, "{role}");
        assert_eq!(has("findings", "name=\"finding\""), decides, "{role}");
        let officer = *role == Role::SecurityOfficer;
        for act in ["approve", "reject"] {
            assert_eq!(has("acceptance-requested", &format!("/{act}\"")), officer, "{role}");
        }
        assert_eq!(has("acceptance", "/revoke\""), officer, "{role}");
        assert!(!has("acceptance-ended", "method=\"post\" action=\"/acceptances"), "{role}");
        assert_eq!(has("acceptances", "href=\"/acceptances/new\""), decides, "{role}");
        let judges = *role == Role::SecurityOfficer;
        assert_eq!(has("finding", "/review\""), judges, "{role}");
        assert!(!has("finding-own-claim", "/review\""), "nobody judges their own claim");
        let creates = matches!(role, Role::Manager | Role::SecurityOfficer);
        assert_eq!(has("packs", "method=\"post\" action=\"/packs\""), creates, "{role}");
        assert_eq!(has("packs", "/archive\""), creates || *role == Role::Auditor, "{role}");
    }
}

#[tokio::test]
async fn sessions_are_ended_by_administrators_and_by_those_who_have_others() {
    let _set_before = any_spawner::Executor::init_tokio();
    for role in Role::ALL {
        let pages = render::pages(Language::English, Theme::System, *role);
        let html = |name: &str| pages.iter().find(|(page, _)| *page == name).map(|(_, html)| html).expect("a page");
        let count = |name: &str| html(name).matches("/end-sessions\"").count();
        let administers = *role == Role::Admin;
        assert_eq!(count("people"), if administers { 2 } else { 0 }, "{role}: those who have any");
        assert_eq!(count("people-past"), 0, "{role}: nothing is ended in the past");
        assert_eq!(html("overview").contains("href=\"/people\""), administers, "{role}");
        assert!(html("preferences").contains("action=\"/preferences/sessions/end-others\""), "{role}");
        for name in ["preferences-alone", "preferences-past", "preferences-nobody"] {
            assert!(!html(name).contains("end-others"), "{role}: {name}");
        }
    }
    let pages = render::pages(Language::English, Theme::System, Role::Admin);
    let html = |name: &str| pages.iter().find(|(page, _)| *page == name).map(|(_, html)| html).expect("a page");
    let people = html("people");
    for said in [
        "End all sessions of Freja &lt;b&gt;Holm",
        "None: the log-in was refused",
        "Not known",
        "Later than",
        "…</code>",
    ] {
        assert!(people.contains(said), "{said}: {people}");
    }
    assert!(html("people-none").contains("contains this. Search"), "why there is nobody");
    assert!(html("preferences-alone").contains("logged in nowhere else"));
    assert!(!html("preferences-nobody").contains("Your sessions"));
}

#[tokio::test]
async fn what_was_not_watched_is_told_in_words_and_never_as_watched() {
    let _set_before = any_spawner::Executor::init_tokio();
    let pages = render::pages(Language::English, Theme::System, Role::Viewer);
    let html = |name: &str| pages.iter().find(|(page, _)| *page == name).map(|(_, html)| html.clone()).expect("a page");
    let coverage = html("coverage");
    for reason in ["Not retained", "Nobody ran", "Unreachable", "Not in the configuration"] {
        assert!(coverage.contains(reason), "{reason}");
    }
    assert!(coverage.contains("fill-gap-not_retained") && coverage.contains("fill-gap-nobody_ran"));
    assert!(!coverage.contains(">100.00 %"), "a year with gaps is not whole");
    assert!(coverage.contains("aria-current=\"true\""), "the period that is shown is marked");
    assert!(html("coverage-empty").contains("No cluster was registered in this period"));
    let of_control = html("coverage-of-control");
    assert!(of_control.contains("name=\"control\" value=\"A.8.2\""), "another period is of the control too");
    assert!(of_control.contains("href=\"/coverage?days=30&amp;control=A.8.2&amp;cluster=edge\""));
    assert!(html("control").contains("href=\"/coverage?control=A.8.2\""));
    let cluster = html("cluster");
    assert!(cluster.contains("Readings before") && cluster.contains("are not retained"));
    assert!(html("control").contains("Observed without a gap on"));
}

#[tokio::test]
async fn the_chart_of_the_overview_draws_nothing_on_days_on_which_its_table_has_a_dash() {
    let _set_before = any_spawner::Executor::init_tokio();
    let pages = render::pages(Language::English, Theme::System, Role::Viewer);
    let overview = pages.iter().find(|(page, _)| *page == "overview").map(|(_, html)| html.clone()).expect("a page");
    let drawn = |words: &str| -> Vec<bool> {
        let days = overview.split("<g>").skip(1).filter_map(|rest| rest.split("</g>").next());
        days.filter(|day| day.contains(words)).map(|day| day.contains("fill-severity-")).collect()
    };
    assert_eq!(drawn(": not looked at"), [false; 2]);
    assert_eq!(drawn(": not retained"), [false]);
    assert_eq!(drawn("open findings"), [true; 27]);
}

#[tokio::test]
async fn text_from_clusters_stays_text() {
    let _set_before = any_spawner::Executor::init_tokio();
    use frontend::pages::findings::FindingsPage;
    use leptos::prelude::*;
    let evil = "<img src=x onerror=alert(1)>\"'&";
    let mut page = samples::page();
    page.rows.truncate(1);
    page.rows[0].subject.name = evil.into();
    page.rows[0].detail.insert("subject".into(), evil.into());
    page.rows[0].cluster.title = evil.into();
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        provide_context(samples::context(Language::English, Theme::System, "/findings", &[Role::Engineer]));
        view! { <FindingsPage findings=page filter=Default::default() clusters=vec![] scanned=true /> }.to_html()
    });
    assert!(!html.contains("<img"), "{html}");
    assert!(html.contains("&lt;img src=x"));
    assert!(html.contains("&quot;'&amp;"), "quotes in attributes are escaped");
}

#[tokio::test]
async fn how_clocks_stand_is_told_in_words_on_the_finding_and_in_lists() {
    let _set_before = any_spawner::Executor::init_tokio();
    let of = |language, name: &str| {
        let pages = render::pages(language, Theme::System, Role::Viewer);
        pages.into_iter().find(|(page, _)| *page == name).map(|(_, html)| html).expect("a page")
    };
    // The sample's clock to acknowledge is due soon, and the one to fix ran out two days ago.
    for (language, texts) in [
        (
            Language::English,
            ["Time to acknowledge", "Due soon", "Time to fix", "Overdue", "7 business days", "Was due"],
        ),
        (
            Language::Danish,
            [
                "Tid til bekræftelse",
                "Frist nærmer sig",
                "Tid til rettelse",
                "Overskredet",
                "7 arbejdsdage",
                "Frist var",
            ],
        ),
    ] {
        let finding = of(language, "finding");
        for text in texts {
            assert!(finding.contains(text), "{text} in {language:?}");
        }
    }
    let list = of(Language::English, "findings");
    for text in ["Fix overdue by 2 days", "Fix within 3 days", "Time to fix paused", "Acknowledge within 3 days"] {
        assert!(list.contains(text), "{text}");
    }
    assert!(
        list.contains("name=\"service\"") && list.contains("value=\"breached\"") && list.contains("value=\"due_soon\"")
    );
    let list = of(Language::Danish, "findings");
    for text in ["Rettelse 2 dage over fristen", "Rettes inden 3 dage", "Tid til rettelse på pause"] {
        assert!(list.contains(text), "{text}");
    }
    assert!(of(Language::English, "my-work").contains("Fix overdue by"));
}

#[tokio::test]
async fn a_clock_that_stands_says_why_and_what_is_left_and_none_is_not_shown() {
    let _set_before = any_spawner::Executor::init_tokio();
    use frontend::pages::finding::FindingDetailPage;
    use leptos::prelude::*;
    use model::service_level::{Clock, ClockStanding, PauseReason, ServiceLevel, Target, TargetUnit};
    let rendered = |level: ServiceLevel| {
        let mut finding = samples::finding();
        finding.row.service_level = level;
        Owner::new_root(None).with(|| {
            provide_context(samples::context(Language::English, Theme::System, "/findings/1", &[Role::Viewer]));
            view! { <FindingDetailPage finding=finding /> }.to_html()
        })
    };
    let clock = Clock {
        standing: ClockStanding::Paused,
        target: Target { amount: 5, unit: TargetUnit::BusinessDays },
        due: None,
        ended_at: None,
        paused_since: Some(samples::at()),
        paused_by: Some(PauseReason::Accepted),
        left_seconds: Some(3 * 86_400 + 5),
    };
    let html = rendered(ServiceLevel { acknowledge: None, fix: Some(clock) });
    for text in ["Paused since", "The risk is accepted", "Time left", "3 business days", "5 business days"] {
        assert!(html.contains(text), "{text}");
    }
    assert!(!html.contains("Time to acknowledge"), "there is no target");
    assert!(!rendered(ServiceLevel::default()).contains("Service levels"), "nobody promised anything");
}

#[tokio::test]
async fn a_list_of_findings_offers_what_its_reader_can_do_with_it() {
    let _set_before = any_spawner::Executor::init_tokio();
    let of = |role| render::pages(Language::English, Theme::System, role);
    let html = |pages: &[(&str, String)], name: &str| {
        pages.iter().find(|(page, _)| *page == name).map(|(_, html)| html.clone()).expect("a page")
    };
    let pages = of(Role::Engineer);
    let searched = html(&pages, "findings-searched");
    for said in [
        "The best matches are first",
        "New since your last visit",
        "Closed since your last visit",
        "aria-keyshortcuts=\"/\"",
        "data-keys",
        "Since your last visit",
        "Role a",
        "Without a namespace",
        "CVE-2026-1",
    ] {
        assert!(searched.contains(said), "{said}");
    }
    assert!(!html(&pages, "findings").contains("since your last visit</span>"), "nothing is marked by itself");
    assert!(!html(&of(Role::Viewer), "findings").contains("data-keys"), "no keys where nothing can be selected");
    let grouped = html(&pages, "findings-grouped");
    for said in ["Only the 50,000 worst findings", "more groups than these 2", "Deployment shop/&lt;b&gt;", "12,345"] {
        assert!(grouped.contains(said), "{said}");
    }
    let views = html(&pages, "saved-views");
    assert!(views.contains("View &lt;b&gt; 1") && views.contains("High · “a&amp;b” · in groups: Check"), "{views}");
    assert!(
        views.contains("/change\"") && !views.contains("00000000-0000-0000-0000-000000000003/remove"),
        "not another's"
    );
    let officer = html(&of(Role::SecurityOfficer), "saved-views");
    assert!(officer.contains("00000000-0000-0000-0000-000000000003/remove"), "an officer removes a shared one");
    assert!(!officer.contains("00000000-0000-0000-0000-000000000003/change"), "and changes none of another's");
}
