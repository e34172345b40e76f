//! Kept labels: as intervals, written as they change and ended by nothing that was not read; and what a selector selects.

use super::{acceptances::someone, *};
use ::model::{
    acceptance::{AcceptanceAct, AcceptanceScope},
    ids::CheckId,
    labels::{Carried, KINDS, KeptLabels, LabelsOfKind, Operator, Selector, Term},
    role::Role,
    scan::Facts,
};
use kube::core::{Expression, Selector as OfKube, SelectorExt};
use proptest::{
    prelude::{Strategy, any},
    strategy::ValueTree,
    test_runner::TestRunner,
};
use server::{
    acceptances::{self as accepting, NewAcceptance},
    config::AcceptanceSettings,
};
use std::collections::{BTreeMap, BTreeSet};

const CHECK: &str = "bak.enabled";

/// Labels from `env=test !tier`.
fn kept(text: &str) -> KeptLabels {
    let label = |word: &str| match (word.split_once('='), word.strip_prefix('!')) {
        (Some((key, value)), _) => (key.to_owned(), Some(value.to_owned())),
        (None, Some(key)) => (key.to_owned(), None),
        (None, None) => panic!("{word}"),
    };
    text.split_whitespace().map(label).collect()
}

/// Objects of a kind from `namespace/name` and their labels.
fn kind(kind: &str, objects: &[(&str, &str)]) -> LabelsOfKind {
    let object = |(path, labels): &(&str, &str)| {
        let (namespace, name) = path.split_once('/').expect("a path");
        (namespace.to_owned(), name.to_owned(), kept(labels))
    };
    LabelsOfKind { kind: kind.to_owned(), objects: objects.iter().map(object).collect() }
}

fn labelled(cluster: ClusterId, at: i64, labels: Vec<LabelsOfKind>) -> Scan {
    Scan { facts: Facts { labels, ..Facts::default() }, source: Source::Workloads, ..scan(cluster, at, vec![], vec![]) }
}

/// Everything that is kept, as `kind namespace/name labels from-to`, in order.
async fn rows(owner: &PgPool) -> Vec<String> {
    let rows = sqlx::query!(
        r#"SELECT s.kind, s.namespace, s.name, s.labels::text AS "labels!", s.valid_from, s.valid_to
           FROM subject_labels s JOIN cluster c ON c.id = s.cluster_id ORDER BY c.name, 1, 2, 3, 5"#
    );
    let since = |at: Instant| (at - second(0)).num_seconds();
    let rows = rows.fetch_all(owner).await.expect("rows");
    let row = rows.into_iter().map(|it| {
        let until = it.valid_to.map(|to| since(to).to_string()).unwrap_or_default();
        let labels = it.labels.replace([' ', '"', '{', '}'], "");
        format!("{} {}/{} {labels} {}-{until}", it.kind, it.namespace, it.name, since(it.valid_from))
    });
    row.collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn labels_are_written_as_they_change_and_ended_by_nothing_unread(owner: PgPool) {
    let pool = app_pool(&owner);
    let (alpha, beta) = (cluster(&pool, "alpha").await, cluster(&pool, "beta").await);
    let first = || {
        vec![
            kind("Deployment", &[("shop/web", "env=test !tier"), ("shop/old", "!env !tier")]),
            kind("CronJob", &[("shop/nightly", "env=dev !tier")]),
        ]
    };
    for cluster in [alpha, beta] {
        recorded(&pool, &labelled(cluster, 10, first())).await;
    }
    let before = rows(&owner).await;
    assert_eq!(before.len(), 6);
    recorded(&pool, &labelled(alpha, 20, first())).await;
    assert_eq!(rows(&owner).await, before, "an unchanged reading writes nothing");
    // CronJobs were not read: what was known of them stays. Of another source nothing is said of them either.
    let second_time = kind("Deployment", &[("shop/web", "env=prod !tier"), ("shop/new", "env=test !tier")]);
    recorded(&pool, &labelled(alpha, 30, vec![second_time])).await;
    recorded(&pool, &Scan { source: Source::Rbac, ..labelled(alpha, 40, vec![]) }).await;
    assert_eq!(
        rows(&owner).await,
        [
            "CronJob shop/nightly env:dev,tier:null 10-",
            "Deployment shop/new env:test,tier:null 30-",
            "Deployment shop/old env:null,tier:null 10-30",
            "Deployment shop/web env:test,tier:null 10-30",
            "Deployment shop/web env:prod,tier:null 30-",
            "CronJob shop/nightly env:dev,tier:null 10-",
            "Deployment shop/old env:null,tier:null 10-",
            "Deployment shop/web env:test,tier:null 10-",
        ]
    );
    // A reading that began before the newest one changes nothing.
    let late = labelled(alpha, 45, vec![kind("CronJob", &[])]);
    recorded(&pool, &Scan { started_at: second(25), ..late }).await;
    assert_eq!(rows(&owner).await.len(), 8);
    recorded(&pool, &labelled(alpha, 50, vec![kind("CronJob", &[])])).await;
    assert!(rows(&owner).await.contains(&"CronJob shop/nightly env:dev,tier:null 10-50".to_owned()), "all are gone");
    for attempt in [
        "DELETE FROM subject_labels",
        "TRUNCATE subject_labels",
        "UPDATE subject_labels SET labels = '{}'",
        "UPDATE subject_labels SET valid_to = NULL WHERE valid_to IS NOT NULL",
    ] {
        for who in [&owner, &pool] {
            assert!(sqlx::raw_sql(attempt).execute(who).await.is_err(), "{attempt}");
        }
    }
    pool.close().await;
}

fn selector(text: &str) -> Selector {
    text.parse().expect("a selector")
}

fn by(text: &str, cluster: Option<&str>) -> AcceptanceScope {
    AcceptanceScope::Labels { check: CHECK.into(), cluster: cluster.map(Into::into), selector: selector(text) }
}

fn on(kind: &str, path: &str) -> Observation {
    let (namespace, name) = path.split_once('/').expect("a path");
    let namespace = Some(namespace.to_owned()).filter(|it| !it.is_empty());
    let subject = Subject { kind: kind.into(), namespace, name: name.into(), key: None };
    Observation { subject, ..observation(CHECK, name, Severity::High) }
}

async fn covers(pool: &PgPool, scope: &AcceptanceScope, at: i64) -> Vec<String> {
    let mut db = pool.acquire().await.expect("a connection");
    let settings = AcceptanceSettings::default();
    let preview = accepting::preview(&mut db, &settings, scope, second(at)).await.expect("a preview");
    let name = |row: &::model::views::FindingRow| format!("{} {}", row.cluster.name, row.subject);
    let mut names: Vec<String> = preview.cover.findings.iter().map(|covered| name(&covered.finding)).collect();
    names.sort();
    names
}

/// The labels of two clusters, which change at second 30, and findings on what carries them.
async fn world(owner: &PgPool) -> (PgPool, [ClusterId; 2]) {
    let pool = app_pool(owner);
    let (alpha, beta) = (cluster(&pool, "alpha").await, cluster(&pool, "beta").await);
    let namespaces =
        |pay: &str| vec![kind("Namespace", &[("/shop", "env=test !tier"), ("/pay", pay), ("/bare", "!env !tier")])];
    let workloads = |web: &str| {
        let deployments = [
            ("shop/web", web),
            ("shop/own", "env=prod tier=db"),
            ("pay/web", "!env tier=db"),
            ("bare/web", "!env !tier"),
        ];
        vec![kind("Deployment", &deployments)]
    };
    for (cluster, at) in [(alpha, 10), (beta, 10), (alpha, 30)] {
        let pay = if at < 30 { "env=prod !tier" } else { "env=test !tier" };
        let web = if at < 30 { "!env !tier" } else { "env=dev !tier" };
        recorded(&pool, &Scan { source: Source::Inventory, ..labelled(cluster, at, namespaces(pay)) }).await;
        recorded(&pool, &labelled(cluster, at, workloads(web))).await;
    }
    for cluster in [alpha, beta] {
        let findings = vec![
            on("Deployment", "shop/web"),
            on("Deployment", "shop/own"),
            on("Deployment", "shop/unread"),
            on("Deployment", "pay/web"),
            on("Deployment", "bare/web"),
            on("Deployment", "gone/web"),
            on("Namespace", "/shop"),
            on("Schedule", "shop/daily"),
            on("Node", "/n1"),
        ];
        recorded(&pool, &scan(cluster, 12, vec![result(CHECK, Outcome::Fail, 0)], findings)).await;
    }
    (pool, [alpha, beta])
}

#[sqlx::test(migrations = "../migrations")]
async fn a_selector_covers_what_carries_the_labels_and_nothing_unknown(owner: PgPool) {
    let (pool, [alpha, _]) = world(&owner).await;
    let (web, own, pay, bare) =
        ("Deployment shop/web", "Deployment shop/own", "Deployment pay/web", "Deployment bare/web");
    let (space, daily) = ("Namespace shop", "Schedule shop/daily");
    for (text, at, expected) in [
        ("env=test", 20, vec![web, space, daily]),
        ("env=test", 30, vec![pay, space, daily]),
        ("env in (test,dev)", 30, vec![pay, web, space, daily]),
        ("env=prod", 20, vec![pay, own]),
        ("env!=test", 20, vec![bare, pay, own]),
        ("env", 20, vec![pay, own, web, space, daily]),
        ("!env", 20, vec![bare]),
        ("!tier", 20, vec![bare, web, space]),
        ("tier=db,env notin (test,dev)", 20, vec![pay, own]),
        ("tier=db,env=test", 30, vec![pay]),
        ("env=stage", 20, vec![]),
    ] {
        let expected: Vec<String> = expected.into_iter().map(|it| format!("alpha {it}")).collect();
        assert_eq!(covers(&pool, &by(text, Some("alpha")), at).await, expected, "{text} at {at}");
    }
    assert_eq!(covers(&pool, &by("env=test", None), 20).await.len(), 6, "on every cluster");

    // What is accepted and when is one answer, whichever way it is asked, while labels come, go and change.
    let engineer = someone(&owner, "Erik", Role::Engineer).await;
    let officer = someone(&owner, "Maja", Role::SecurityOfficer).await;
    let texts = ["env=test", "env!=test", "!env", "env", "tier=db,env=test", "env in (test,dev),!tier"];
    for (at, text) in (40..).zip(texts) {
        let new = NewAcceptance {
            scope: by(text, if at % 2 == 0 { Some("alpha") } else { None }),
            reason: "only tests run there".into(),
            compensating_control: "nothing from outside reaches it".into(),
            residual_risk: String::new(),
            begins_at: None,
            expires_at: second(at + 100),
            ends_on: BTreeSet::new(),
            extends: None,
        };
        let settings = AcceptanceSettings::default();
        let id = accepting::request(&pool, &settings, &engineer, &new, second(at)).await.expect("asked for");
        let again = accepting::request(&pool, &settings, &engineer, &new, second(at)).await.expect("asked for");
        assert_eq!(id, again, "a form sent twice asks once");
        accepting::act(&pool, &officer, id, AcceptanceAct::Approve, "seen", second(at + 10)).await.expect("approved");
        let mut db = pool.acquire().await.expect("a connection");
        let detail = accepting::detail(&mut db, id, second(at + 10)).await.expect("loads").expect("is there");
        assert_eq!(detail.row.scope, new.scope);
        assert!(detail.row.covered > 0);
    }
    let moved = vec![kind("Namespace", &[("/shop", "env=prod tier=db"), ("/bare", "!env")])];
    recorded(&pool, &Scan { source: Source::Inventory, ..labelled(alpha, 70, moved) }).await;
    recorded(
        &pool,
        &labelled(alpha, 80, vec![kind("Deployment", &[("shop/web", "!env"), ("shop/unread", "env=test")])]),
    )
    .await;
    recorded(&pool, &labelled(alpha, 90, vec![kind("Deployment", &[("shop/web", "env=test !tier")])])).await;
    service_levels::assert_spans(&owner).await;

    let mut db = pool.acquire().await.expect("a connection");
    let settings = AcceptanceSettings::default();
    let unknown = accepting::preview(&mut db, &settings, &by("team=red", None), second(60)).await.expect_err("refused");
    assert!(unknown.to_string().contains("env, tier"), "{unknown}");
    let nothing = accepting::preview(&mut db, &settings, &by("env=test", None), second(9)).await.expect_err("refused");
    assert!(nothing.to_string().contains("no-labels"), "{nothing}");
    drop(db);
    pool.close().await;
}

/// One of what there can be of labels of two keys.
fn some_labels() -> impl Strategy<Value = Option<KeptLabels>> {
    let value = proptest::option::of(proptest::option::of(0..3_u8));
    let labels = (value.clone(), value).prop_map(|(env, tier)| {
        let label = |key: &str, value: Option<Option<u8>>| {
            value.map(|value| (key.to_owned(), value.map(|it| ["", "a", "b"][usize::from(it)].to_owned())))
        };
        label("env", env).into_iter().chain(label("tier", tier)).collect()
    });
    proptest::option::of(labels)
}

fn some_selector() -> impl Strategy<Value = Selector> {
    let term =
        (any::<bool>(), 0..4_u8, proptest::collection::btree_set(0..3_usize, 1..3)).prop_map(|(env, how, values)| {
            let operator = [Operator::In, Operator::NotIn, Operator::Exists, Operator::Absent][usize::from(how)];
            let values = values.into_iter().map(|it| ["", "a", "b"][it].to_owned()).collect();
            let values = if how < 2 { values } else { BTreeSet::new() };
            Term { key: if env { "env" } else { "tier" }.into(), operator, values }
        });
    proptest::collection::vec(term, 1..4).prop_map(|terms| Selector::from_terms(terms).expect("terms"))
}

/// What the database says of a selector and labels.
async fn in_sql(db: &mut PgConnection, selector: &Selector, carried: Carried<'_>) -> bool {
    let terms = serde_json::to_value(selector.terms().collect::<Vec<_>>()).expect("JSON");
    let json = |labels: Option<&KeptLabels>| labels.map(|labels| serde_json::to_value(labels).expect("JSON"));
    sqlx::query_scalar!(
        r#"SELECT matches AS "matches!" FROM selector_matches($1, $2, $3, $4)"#,
        terms,
        carried.kind,
        json(carried.own),
        json(carried.namespace),
    )
    .fetch_one(db)
    .await
    .expect("an answer")
}

/// What Kubernetes' own rule says where everything is known.
fn in_kubernetes(selector: &Selector, labels: &BTreeMap<String, String>) -> bool {
    let of = |term: &Term| match term.operator {
        Operator::In => Expression::In(term.key.clone(), term.values.clone()),
        Operator::NotIn => Expression::NotIn(term.key.clone(), term.values.clone()),
        Operator::Exists => Expression::Exists(term.key.clone()),
        Operator::Absent => Expression::DoesNotExist(term.key.clone()),
    };
    selector.terms().map(of).collect::<OfKube>().matches(labels)
}

#[sqlx::test(migrations = "../migrations")]
async fn the_model_the_database_and_kubernetes_select_the_same(owner: PgPool) {
    let mut db = owner.acquire().await.expect("a connection");
    for kind in KINDS.iter().copied().chain(["Pod", "Schedule", "Node", ""]) {
        let carries = sqlx::query_scalar!(r#"SELECT carries_labels($1) AS "carries!""#, kind);
        assert_eq!(carries.fetch_one(&mut *db).await.expect("an answer"), KINDS.contains(&kind), "{kind}");
    }
    let mut runner = TestRunner::deterministic();
    let all = (some_selector(), some_labels(), some_labels(), any::<bool>());
    let (mut selected, mut known) = (0, 0);
    for _ in 0..5_000 {
        let (selector, own, namespace, workload) = all.new_tree(&mut runner).expect("a case").current();
        let own = own.filter(|_| workload);
        let kind = if workload { "Deployment" } else { "Schedule" };
        let carried = Carried { kind, own: own.as_ref(), namespace: namespace.as_ref() };
        let matches = selector.matches(carried);
        assert_eq!(in_sql(&mut db, &selector, carried).await, matches, "{selector} of {carried:?}");
        selected += i32::from(matches);
        let (Some(own), Some(namespace)) = (&own, &namespace) else { continue };
        if own.len() == 2 && namespace.len() == 2 {
            let given = |labels: &KeptLabels| labels.clone().into_iter().filter_map(|(key, value)| Some((key, value?)));
            let labels: BTreeMap<String, String> = given(namespace).chain(given(own)).collect();
            assert_eq!(in_kubernetes(&selector, &labels), matches, "{selector} of {labels:?}");
            assert_eq!(selector.to_string().parse::<Selector>().as_ref(), Ok(&selector));
            known += 1;
        }
    }
    assert!(selected > 100 && known > 20, "{selected}, {known}");
    drop(db);
}

#[sqlx::test(migrations = "../migrations")]
async fn another_key_is_known_from_when_it_is_kept(owner: PgPool) {
    let pool = app_pool(&owner);
    let alpha = cluster(&pool, "alpha").await;
    let read = async |at: i64, labels: &str| {
        let namespaces = vec![kind("Namespace", &[("/shop", labels)])];
        recorded(&pool, &Scan { source: Source::Inventory, ..labelled(alpha, at, namespaces) }).await;
        recorded(&pool, &labelled(alpha, at, vec![kind("Deployment", &[("shop/web", labels)])])).await;
    };
    read(10, "!env").await;
    let check: CheckId = CHECK.into();
    recorded(
        &pool,
        &scan(alpha, 12, vec![result(check.as_str(), Outcome::Fail, 0)], vec![on("Deployment", "shop/web")]),
    )
    .await;
    read(20, "!env !tier").await;
    read(30, "!tier").await;
    let count = async |text: &str, at| covers(&pool, &by(text, None), at).await.len();
    assert_eq!((count("!env", 15).await, count("!env", 25).await), (1, 1));
    assert_eq!(count("!tier", 25).await, 1);
    let mut db = pool.acquire().await.expect("a connection");
    let settings = AcceptanceSettings::default();
    for (text, at) in [("!tier", 15), ("!env", 35)] {
        let refused = accepting::preview(&mut db, &settings, &by(text, None), second(at)).await;
        assert!(refused.is_err(), "{text} at {at}: a key that is not kept is not known to be absent");
    }
    drop(db);
    pool.close().await;
}
