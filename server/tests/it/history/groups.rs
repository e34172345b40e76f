//! Findings in groups: each counts what the list that it leads to shows.

use super::*;
use ::model::{
    disposition::{Act, Assignee},
    views::{FindingGroupBy, FindingGroups},
};

const VULNERABLE: &str = "vul.critical_fixable";

fn vulnerable(namespace: Option<&str>, name: &str, key: &str, severity: Severity) -> Observation {
    let subject = Subject {
        kind: "Deployment".into(),
        namespace: namespace.map(Into::into),
        name: name.into(),
        key: Some(key.into()),
    };
    Observation { check: VULNERABLE.into(), subject, severity, fault: "fixable".into(), detail: Detail::new() }
}

/// Two clusters with the same object, of which one is fixed on the first at second 50.
async fn planted(pool: &PgPool) {
    for (name, at) in [("alpha", 10), ("beta", 20)] {
        let id = cluster(pool, name).await;
        let stays = vec![
            vulnerable(Some("shop"), "web", "app CVE-2026-0001 openssl", Severity::Critical),
            vulnerable(Some("shop"), "web", "app CVE-2026-0002 zlib", Severity::High),
            vulnerable(Some("bank"), "a/b & c", "app CVE-2026-0001 openssl", Severity::Low),
            vulnerable(None, "nowhere", "app unnamed", Severity::Low),
            observation("bak.enabled", "weekly", Severity::High),
        ];
        let results = || vec![result(VULNERABLE, Outcome::Fail, 0), result("bak.enabled", Outcome::Fail, 0)];
        let gone = observation("bak.enabled", "gone", Severity::Critical);
        recorded(pool, &scan(id, at, results(), [stays.clone(), vec![gone]].concat())).await;
        if name == "alpha" {
            recorded(pool, &scan(id, 50, results(), stays)).await;
        }
    }
}

async fn groups(pool: &PgPool, query: &str, by: FindingGroupBy, at: i64) -> FindingGroups {
    let mut db = pool.acquire().await.expect("a connection");
    let filter = FindingFilter::from_query(query).expect("a filter");
    findings::groups(&mut db, &filter, by, second(at)).await.expect("groups")
}

#[sqlx::test(migrations = "../migrations")]
async fn every_group_counts_what_its_list_shows(owner: PgPool) {
    let pool = app_pool(&owner);
    planted(&pool).await;
    let by_erik = person(&owner, "Erik").await;
    let one = finding_named(&owner, "a/b & c").await;
    let given = Act::Assign(Assignee::Person(by_erik.person));
    deciding::decide(&pool, &by_erik, &given, &[one], "", second(60)).await.expect("decided");
    for query in ["", "severity=high&severity=low", "q=web", "state=closed", "cluster=beta", "state=open&state=closed"]
    {
        for at in [15, 40, 100] {
            for by in FindingGroupBy::ALL {
                let groups = groups(&pool, query, *by, at).await;
                let mut total = groups.ungrouped;
                for group in &groups.groups {
                    let listed = listed(&pool, &FindingFilter::from_query(&group.query).expect("a filter"), at).await;
                    assert_eq!(
                        i64::try_from(listed.len()).ok(),
                        Some(group.findings),
                        "{query} {by} at {at}: {group:?}"
                    );
                    let of_severities: i64 = group.severities.iter().map(|count| count.findings).sum();
                    assert_eq!(of_severities, group.findings);
                    total += group.findings;
                }
                let all = listed(&pool, &FindingFilter::from_query(query).expect("a filter"), at).await.len();
                assert_eq!(i64::try_from(all).ok(), Some(groups.count.rows), "{query} {by} at {at}");
                if *by != FindingGroupBy::Control {
                    assert_eq!(total, groups.count.rows, "{query} {by} at {at}: {groups:?}");
                }
            }
        }
    }
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn groups_are_named_and_the_worst_is_first(owner: PgPool) {
    let pool = app_pool(&owner);
    planted(&pool).await;
    let values = async |by, at| -> Vec<String> {
        groups(&pool, "", by, at).await.groups.into_iter().map(|group| group.value).collect()
    };
    assert_eq!(values(FindingGroupBy::Cve, 100).await, ["CVE-2026-0001", "CVE-2026-0002"]);
    assert_eq!(values(FindingGroupBy::Namespace, 15).await, ["shop", "velero", "-", "bank"]);
    assert_eq!(values(FindingGroupBy::Owner, 100).await, ["nobody"]);
    let clusters = groups(&pool, "", FindingGroupBy::Cluster, 100).await;
    let named: Vec<_> = clusters.groups.iter().map(|group| (group.value.as_str(), group.name.as_deref())).collect();
    assert_eq!(named, [("beta", Some("BETA")), ("alpha", Some("ALPHA"))], "beta has one critical more");
    let objects = groups(&pool, "namespace=shop", FindingGroupBy::Workload, 100).await;
    let of: Vec<_> =
        objects.groups.iter().map(|g| (g.value.as_str(), g.cluster.as_ref().expect("of one").name.as_str())).collect();
    assert_eq!(of, [("Deployment/shop/web", "alpha"), ("Deployment/shop/web", "beta")]);
    let controls = groups(&pool, "control=A.8.13", FindingGroupBy::Control, 100).await;
    assert_eq!(controls.groups.iter().map(|group| group.value.as_str()).collect::<Vec<_>>(), ["A.8.13"]);
    assert_eq!(groups(&pool, "", FindingGroupBy::Cve, 100).await.ungrouped, 5);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn more_groups_than_are_shown_are_said_to_be(owner: PgPool) {
    let pool = app_pool(&owner);
    let id = cluster(&pool, "prod").await;
    let many = (0..201).map(|n| observation("bak.enabled", &format!("thing-{n}"), Severity::Low)).collect();
    recorded(&pool, &scan(id, 10, vec![result("bak.enabled", Outcome::Fail, 0)], many)).await;
    let objects = groups(&pool, "", FindingGroupBy::Workload, 100).await;
    assert!(objects.more && objects.groups.len() == 200 && objects.count.rows == 201, "{:?}", objects.count);
    assert!(!groups(&pool, "q=thing-1", FindingGroupBy::Workload, 100).await.more);
    pool.close().await;
}
