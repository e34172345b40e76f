//! What the pages of access reviews, of platforms and of systems say, and do not say.
#![cfg(feature = "ssr")]
#![allow(clippy::default_trait_access, clippy::items_after_statements, reason = "samples are written to be read")]

mod samples;

use frontend::{
    context::Theme,
    i18n::Language,
    pages::{
        access::AccessReviewPage, cluster::ClusterPage, clusters::ClustersPage, control::ControlPage,
        overview::OverviewPage,
    },
};
use leptos::prelude::*;
use model::{
    access::AccessFilter,
    control::ControlState,
    problem::{Problem, ProblemWord},
    role::Role,
    scan::Coverage,
    views::AccessPage,
};

fn html<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    html_in(Language::English, view)
}

fn html_in<V: IntoView + 'static>(language: Language, view: impl FnOnce() -> V) -> String {
    let _set_before = any_spawner::Executor::init_tokio();
    let owner = Owner::new_root(None);
    owner.with(|| {
        provide_context(samples::context(language, Theme::System, "/", &[Role::Auditor]));
        view().to_html()
    })
}

fn text(html: &str) -> String {
    let mut text = String::new();
    let mut within = false;
    for c in html.chars() {
        match c {
            '<' => {
                within = true;
                text.push(' ');
            }
            '>' => within = false,
            c if !within => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn review(page: AccessPage, filter: &str) -> String {
    let filter = AccessFilter::from_query(filter).expect("a filter");
    html(|| view! { <AccessReviewPage page=page filter=filter a_page=100 /> })
}

#[tokio::test]
async fn a_review_says_who_may_do_what_where_and_through_what() {
    let page = review(samples::access(), "right=everything");
    let said = text(&page);
    for expected in [
        "Group platform-admins Everything Whole cluster ClusterRoleBinding/cluster-admin-of-a-team-with-a-rather-long-name",
        "User anna.ærlig@example.org Run commands in pods, attach to them, or tunnel into them",
        "Who belongs to a group is known to the login provider alone",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    // The address is the state: of the download and of the other pages too.
    assert!(page.contains("/clusters/staging/access.csv?right=everything&amp;since="), "{page}");
    assert!(page.contains("rel=\"next\"") && page.contains("rel=\"prev\""));
}

#[tokio::test]
async fn what_was_not_read_stands_beside_it() {
    let said = text(&review(samples::access(), ""));
    for expected in [
        "Not every role and binding was read",
        "3 more grants are not kept",
        "older than a reading may be",
        "gave no review (Forbidden)",
        "cannot list resource at the cluster scope",
        "what seems lost may only not have been seen now",
        "The first 1 of 700 are shown",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    let mut whole = samples::access();
    if let Some(reading) = &mut whole.reading {
        (reading.is_complete, reading.left_out, reading.coverage) = (true, 0, Coverage::Complete);
        reading.reads.truncate(1);
        reading.read_at = samples::at();
    }
    let said = text(&review(whole, ""));
    assert!(!said.contains("What this review does not show"), "{said}");
}

#[tokio::test]
async fn nothing_reviewed_is_no_empty_review() {
    let said = text(&review(samples::access_never(), ""));
    assert!(said.contains("Nothing was reviewed yet") && said.contains("says nothing about who may do what"), "{said}");
    assert!(!said.contains("No grants"), "{said}");
    let mut empty = samples::access();
    empty.grants.clear();
    if let Some(reading) = &mut empty.reading {
        reading.grants = 0;
    }
    assert!(text(&review(empty.clone(), "")).contains("What was not read may hold some"));
    if let Some(reading) = &mut empty.reading {
        reading.is_complete = true;
    }
    assert!(text(&review(empty, "")).contains("nobody is granted anything"));
}

#[tokio::test]
async fn what_changed_is_told_by_whom_it_is_gained_and_lost() {
    let said = text(&review(samples::access(), ""));
    let gained = said.find("Gained 1").expect("somebody gained");
    let lost = said.find("Lost 700").expect("somebody lost");
    assert!(said[gained..lost].contains("anna.ærlig@example.org") && !said[gained..lost].contains("consultants"));
    assert!(said[lost..].contains("Group consultants Everything Whole cluster"));
    let mut without = samples::access();
    if let Some(since) = &mut without.since {
        since.before = None;
    }
    let said = text(&review(without, ""));
    assert!(said.contains("nothing can be said of what changed since") && !said.contains("Nobody gained"), "{said}");
}

#[tokio::test]
async fn a_cluster_says_what_it_is_why_and_with_whom_it_belongs_together() {
    let page = |index: usize| {
        let cluster = samples::statuses().remove(index);
        let checks = samples::checks_on(index);
        text(&html(
            || view! { <ClusterPage cluster=cluster checks=checks rounds=vec![] scans=vec![] retained_from=None coverage=samples::coverage_of_sources() /> },
        ))
    };
    let workload = page(0);
    assert!(workload.contains("kubeadm · Welkin (Compliant Kubernetes), workload cluster"), "{workload}");
    assert!(
        workload.contains("the two labels that kubeadm gives to its control plane, on the node cph-control-plane-0")
    );
    assert!(workload.contains("Its management cluster Production Aarhus it serves the issuer"), "{workload}");
    assert!(workload.contains("Seen in the management cluster Production Aarhus"), "{workload}");
    assert!(page(1).contains("Its workload clusters Production Copenhagen"));
    assert!(page(2).contains("Its management cluster is not known") && page(2).contains("not known which one"));
    assert!(page(3).contains("Platform not known"), "what nobody read is not unrecognised");
}

#[tokio::test]
async fn each_system_has_its_section_with_its_checks_and_findings() {
    let cluster = samples::statuses().remove(0);
    let checks = samples::checks_on(0);
    let failing = checks.iter().filter(|check| check.state == ControlState::NotMet).count();
    assert!(failing > 0);
    let page = html(
        || view! { <ClusterPage cluster=cluster.clone() checks=checks.clone() rounds=vec![] scans=vec![] retained_from=None coverage=samples::coverage_of_sources() /> },
    );
    for source in &cluster.sources {
        assert!(page.contains(&format!("id=\"source-{}\"", source.source)), "{}", source.source);
        assert!(
            page.contains(&format!("/findings?cluster=prod-cph&amp;source={}", source.source)),
            "{}",
            source.source
        );
    }
    for check in &checks {
        assert!(page.contains(&format!("href=\"/checks/{}\"", check.check)), "{}", check.check);
    }
    let staging = samples::statuses().remove(2);
    let said = text(&html(
        || view! { <ClusterPage cluster=staging checks=samples::checks_on(2) rounds=vec![] scans=vec![] retained_from=None coverage=samples::coverage_of_sources() /> },
    ));
    let place = |words: &str| said.find(words).unwrap_or_else(|| panic!("{words}: {said}"));
    assert!(place("Not read as they should be") < place("Installed and read"));
    assert!(place("Installed and read") < place("Not installed 1"), "{said}");
}

#[tokio::test]
async fn lists_of_sources_are_short_and_open_without_scripts() {
    let all = samples::statuses()[3].sources.len();
    let pages = [
        html(|| view! { <OverviewPage overview=samples::overview() /> }),
        html(|| view! { <ClustersPage clusters=samples::statuses() /> }),
    ];
    for page in pages {
        assert_eq!(page.matches("<details class=\"sources-in-short\"").count(), 4);
        assert!(!page.contains("<table class=\"rows fresh\"") && !page.contains("<table class=\"rows sources\""));
        let said = text(&page);
        assert!(said.contains("cert-manager") && said.contains("1 not installed"), "{said}");
        // A cluster that does not answer has nothing that was read.
        assert!(said.contains(&format!("{all} not as they should be")), "{said}");
    }
}

#[tokio::test]
async fn the_controls_of_access_lead_to_the_reviews() {
    let page = html(
        || view! { <ControlPage detail=samples::control() cluster=None coverage=samples::coverage_of_control() /> },
    );
    assert!(page.contains("href=\"/clusters/prod-cph/access\""), "A.8.2");
    let mut other = samples::control();
    other.status.control = "A.8.13".into();
    let page = html(|| view! { <ControlPage detail=other cluster=None coverage=samples::coverage_of_control() /> });
    assert!(!page.contains("/access\""));
}

/// The page of a cluster in Danish, with `problems` where a reading failed.
fn danish_cluster(index: usize, problems: &[Problem]) -> String {
    let mut cluster = samples::statuses().remove(index);
    let failed = cluster.sources.iter_mut().filter_map(|source| source.last_scan.as_mut());
    for scan in failed.filter(|scan| scan.error.is_some()) {
        scan.problems = problems.to_vec();
        for read in scan.reads.iter_mut().filter(|read| read.error.is_some()) {
            read.problems = problems.to_vec();
        }
    }
    let scans: Vec<_> = cluster.sources.iter().filter_map(|source| source.last_scan.clone()).collect();
    html_in(Language::Danish, || {
        view! { <ClusterPage cluster=cluster checks=vec![] rounds=vec![] scans=scans retained_from=None coverage=samples::coverage_of_sources() /> }
    })
}

#[tokio::test]
async fn what_went_wrong_is_told_in_danish_and_older_words_are_marked_as_english() {
    let problem = |key, values: &[(&str, &str)]| Problem {
        key,
        values: values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        resource: None,
    };
    let forbidden = problem(ProblemWord::Forbidden, &[("permission", "list clusterrolebindings")]);
    let connect = [("server", "https://10.20.4.1:6443"), ("cause", "connection refused")];
    let unreachable = problem(ProblemWord::Connect, &connect);
    for (index, problem, danish, english) in [
        (2, forbidden, "en tilladelse mangler (403): “list clusterrolebindings”", "cannot list resource"),
        (
            3,
            unreachable,
            "API-serveren på https://10.20.4.1:6443 kan ikke nås: “connection refused”",
            "timed out after",
        ),
    ] {
        let page = danish_cluster(index, &[problem]);
        let said = text(&page);
        // Beside its source, in the log, and at the request.
        assert!(said.matches(danish).count() >= 3, "{danish}: {said}");
        assert!(!said.contains(english) && !page.contains("lang=\"en\""), "{said}");
        let before = danish_cluster(index, &[]);
        assert!(text(&before).contains(english) && !text(&before).contains(danish));
        for marked in before.split("<code").filter(|code| code.contains(english)) {
            let tag = marked.split('>').next().unwrap_or_default();
            assert!(tag.contains("lang=\"en\""), "not marked as English: <code{tag}>");
        }
        assert!(before.contains("lang=\"en\""));
    }
}
