//! Who may ask for a pack, and who may fetch it, by hand-made requests.

use super::seed;
use crate::harness::TestApp;
use http::{Method, StatusCode};
use model::role::{Permission, Role};
use server::reports::work_once;
use sqlx::PgPool;

#[sqlx::test(migrations = "../migrations")]
async fn only_those_who_may_create_and_fetch_packs(owner: PgPool) {
    let test = TestApp::new(&owner);
    seed::history(&owner, &test.app.db).await;
    let narrow = r#"{"controls":["A.8.24"]}"#;
    let mut id = String::new();
    for role in Role::ALL {
        let answer = test.as_role(*role).await.json(Method::POST, "/api/v1/packs", narrow).await;
        if role.grants(Permission::CreatePack) {
            assert_eq!(answer.status, StatusCode::ACCEPTED, "{role}: {}", answer.body);
            let json: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
            json["pack"].as_str().expect("an id").clone_into(&mut id);
        } else {
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role}");
        }
    }
    while work_once(&test.app.db, &test.app.clock, &test.app.signer).await.expect("worked") {}
    let path = format!("/api/v1/packs/{id}/archive");
    for role in Role::ALL {
        let answer = test.as_role(*role).await.get(&path).await;
        let expected = if role.grants(Permission::DownloadPack) { StatusCode::OK } else { StatusCode::FORBIDDEN };
        assert_eq!(answer.status, expected, "{role}: {}", answer.body.chars().take(200).collect::<String>());
    }
    let past = format!("{path}?as_of=2026-06-30T12:05:00Z");
    let answer = test.as_role(Role::Auditor).await.get(&past).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "nobody had asked for it then");
    assert_ne!(test.nobody().get(&path).await.status, StatusCode::OK);
}
