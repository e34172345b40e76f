//! The ledger newest first: pages, filters, and who may read it.

use super::{append, second};
use crate::harness::{TestApp, people};
use http::StatusCode;
use model::role::Role;
use serde_json::Value;
use sqlx::PgPool;

async fn get(caller: &mut crate::harness::caller::Caller, query: &str) -> Value {
    let answer = caller.get(&format!("/api/v1/ledger/entries{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

fn numbers(page: &Value) -> Vec<i64> {
    page["entries"].as_array().unwrap().iter().map(|entry| entry["seq"].as_i64().unwrap()).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn pages_follow_each_other_without_gaps_while_entries_are_added(pool: PgPool) {
    let app = TestApp::new(&pool);
    for n in 1..=7 {
        append(&app.app.db, second(n), "Anna", "test.entry").await;
    }
    let mut admin = app.as_role(Role::Admin).await;
    let first = get(&mut admin, "?limit=3").await;
    assert_eq!((numbers(&first), &first["next"], &first["size"]), (vec![7, 6, 5], &Value::from(5), &Value::from(7)));
    append(&app.app.db, second(8), "Anna", "test.entry").await;
    let second_page = get(&mut admin, "?limit=3&before=5").await;
    assert_eq!(numbers(&second_page), [4, 3, 2]);
    let last = get(&mut admin, "?limit=3&before=2").await;
    assert_eq!((numbers(&last), &last["next"]), (vec![1], &Value::Null));
    let chained = first["entries"].as_array().unwrap().windows(2).all(|two| two[0]["prev_hash"] == two[1]["hash"]);
    assert!(chained, "each names the one before");
    for wrong in ["?before=x", "?limit=0", "?limit=501", "?colour=red", "?from=yesterday"] {
        assert_eq!(admin.get(&format!("/api/v1/ledger/entries{wrong}")).await.status, StatusCode::BAD_REQUEST);
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn filters_narrow_by_person_action_and_period(pool: PgPool) {
    let app = TestApp::new(&pool);
    let anna = people::person(&mut pool.acquire().await.unwrap(), "Anna Æblegaard", second(0)).await;
    append(&app.app.db, second(10), &format!("person:{anna}"), "login").await;
    append(&app.app.db, second(20), "Anna Æblegaard", "finding.acknowledge").await;
    append(&app.app.db, second(30), "Bo", "finding.acknowledge").await;
    append(&app.app.db, second(40), "system", "pack.build").await;
    let mut officer = app.as_role(Role::SecurityOfficer).await;
    for (query, expected) in [
        ("?actor=Anna+%C3%86blegaard", vec![2, 1]),
        (&*format!("?actor=person:{anna}"), vec![1]),
        ("?actor=Anna", vec![]),
        ("?action=finding.acknowledge", vec![3, 2]),
        ("?action=finding.acknowledge&actor=Bo", vec![3]),
        ("?from=2026-11-01T09:00:20Z", vec![4, 3, 2]),
        ("?until=2026-11-01T09:00:30Z", vec![2, 1]),
        ("?from=2026-11-01T09:00:11Z&until=2026-11-01T09:00:31Z", vec![3, 2]),
        ("?as_of=2026-11-01T09:00:25Z", vec![2, 1]),
        ("?as_of=2026-11-01T09:00:25Z&action=finding.acknowledge", vec![2]),
    ] {
        assert_eq!(numbers(&get(&mut officer, query).await), expected, "{query}");
    }
    let all = get(&mut officer, "").await;
    assert_eq!(all["actions"], serde_json::json!(["finding.acknowledge", "login", "pack.build"]));
    assert_eq!(all["names"][format!("person:{anna}")], "Anna Æblegaard");

    let page = officer.get("/ledger?actor=Anna+%C3%86blegaard&from=2026-11-01T09:00").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("id=\"entry-1\"") && !page.body.contains("id=\"entry-3\""), "{}", page.body);
    assert!(page.body.contains(r#"value="2026-11-01T09:00""#), "the form keeps what was asked: {}", page.body);
    assert!(!page.body.contains('⟦'), "it lacks a text");
    let empty = officer.get("/ledger?actor=Nobody").await.body;
    assert!(empty.contains("No entry matches"), "{empty}");
    let danish = officer.clone().with_cookie("bevis_language", "da").get("/ledger").await.body;
    assert!(danish.contains("Hovedbog") && !danish.contains('⟦'), "{danish}");
}

#[sqlx::test(migrations = "../migrations")]
async fn officers_administrators_and_auditors_read_it_and_nobody_else(pool: PgPool) {
    let app = TestApp::new(&pool);
    for role in Role::ALL {
        let may = matches!(role, Role::SecurityOfficer | Role::Admin | Role::Auditor);
        let mut caller = app.as_role(*role).await;
        for path in ["/ledger", "/api/v1/ledger", "/api/v1/ledger/entries"] {
            let status = caller.get(path).await.status;
            assert_eq!(status, if may { StatusCode::OK } else { StatusCode::FORBIDDEN }, "{path} as {role}");
        }
        let links = caller.get("/").await.body.contains("href=\"/ledger\"");
        assert_eq!(links, may, "as {role}");
    }
}
