//! People, and the ending of their sessions: by administrators, by themselves, and from a terminal.

use crate::harness::{
    TestApp,
    caller::{Answer, Caller},
    people as kept,
};
use chrono::TimeDelta;
use http::{Method, Request, StatusCode, header};
use model::{ids::PersonId, role::Role};
use serde_json::{Value, json};
use server::{auth::session, people};
use sqlx::PgPool;

/// Somebody with so many sessions, each in a browser of its own.
async fn logged_in(app: &TestApp, name: &str, role: Role, sessions: usize) -> (PersonId, Vec<Caller>) {
    let mut db = app.app.db.acquire().await.unwrap();
    let now = app.app.clock.now();
    let person = kept::person(&mut db, name, now).await;
    let mut callers = vec![];
    for _ in 0..sessions {
        let new = session::New { person, roles: &[role], id_token: None, provider_sid: None };
        let begun = session::begin(&mut db, &app.app.config.session, &new, now).await.unwrap();
        callers.push(app.nobody().with_session(begun.id.reveal()));
    }
    (person, callers)
}

async fn has_email(pool: &PgPool, person: PersonId, email: &str) {
    sqlx::query!("UPDATE person SET email = $2 WHERE id = $1", person.0, email).execute(pool).await.unwrap();
}

/// Who ended whose sessions, as the ledger has it: the actor and the entry.
async fn revocations(pool: &PgPool) -> Vec<(String, Value)> {
    sqlx::query!("SELECT actor, payload FROM ledger WHERE action = 'session.revoke' ORDER BY seq")
        .map(|row| (row.actor, serde_json::from_str(&row.payload).unwrap()))
        .fetch_all(pool)
        .await
        .unwrap()
}

async fn is_in(caller: &mut Caller) -> bool {
    caller.get("/").await.status == StatusCode::OK
}

async fn listed(admin: &mut Caller, query: &str) -> Value {
    let answer = admin.get(&format!("/api/v1/people{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

fn names(listed: &Value) -> Vec<&str> {
    listed["people"].as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap()).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn an_administrator_ends_the_sessions_of_another_who_is_sent_to_log_in(pool: PgPool) {
    let app = TestApp::new(&pool);
    let (gone, mut theirs) = logged_in(&app, "Gone", Role::Engineer, 2).await;
    let (_, mut others) = logged_in(&app, "Staying", Role::Engineer, 1).await;
    let (administrator, mut admins) = logged_in(&app, "Admin", Role::Admin, 1).await;
    let admin = &mut admins[0];
    let page = admin.get("/people").await;
    let action = format!("/people/{gone}/end-sessions");
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains(&format!("action=\"{action}\"")), "{}", page.body);
    assert!(is_in(&mut theirs[0]).await);

    let answer = admin.post(&action, "back=%2Fpeople%3Ftext%3Dgone").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(answer.location(), "/people?text=gone&notice=sessions-ended.2");
    let told = admin.get(answer.location()).await.body;
    assert!(told.contains("2 sessions are ended. The person is logged out everywhere"), "{told}");
    assert!(!told.contains(&action), "there is nothing left to end");

    for caller in &mut theirs {
        let answer = caller.get("/findings").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.location(), "/auth/login?return_to=%2Ffindings");
    }
    assert!(is_in(&mut others[0]).await && is_in(admin).await, "nobody else is logged out");
    assert_eq!(kept::ends(&pool).await, ["revoked", "revoked"]);
    let entry = (format!("person:{administrator}"), json!({ "person": gone, "ended": 2, "kept": null }));
    assert_eq!(revocations(&pool).await, [entry]);
    let ledger = kept::ledger(&pool).await;
    let ends: Vec<_> = ledger.iter().filter(|(action, _)| action == "session.end").collect();
    assert_eq!(ends.len(), 2, "each has its own besides");
    assert!(ends.iter().all(|(_, payload)| payload.contains(&format!("person:{administrator}"))), "{ends:?}");

    let again = admin.post(&action, "").await;
    assert_eq!(again.location(), "/people?notice=sessions-ended.0");
    assert_eq!(revocations(&pool).await.len(), 1, "nothing was ended");
    let nobody = admin.post("/people/00000000-0000-7000-8000-000000000000/end-sessions", "").await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_else_sees_people_or_ends_their_sessions(pool: PgPool) {
    let app = TestApp::new(&pool);
    let (victim, mut theirs) = logged_in(&app, "Victim", Role::Engineer, 1).await;
    let (page, api) = (format!("/people/{victim}/end-sessions"), format!("/api/v1/people/{victim}/end-sessions"));
    for role in Role::ALL.iter().filter(|role| **role != Role::Admin) {
        let (_, mut callers) = logged_in(&app, "Other", *role, 1).await;
        let caller = &mut callers[0];
        assert_eq!(caller.get("/people").await.status, StatusCode::FORBIDDEN, "{role}");
        assert_eq!(caller.get("/api/v1/people").await.status, StatusCode::FORBIDDEN, "{role}");
        assert!(!caller.get("/").await.body.contains("href=\"/people\""), "{role}: nothing leads there");
        assert_eq!(caller.post(&page, "").await.status, StatusCode::FORBIDDEN, "{role}, by hand");
        assert_eq!(caller.json(Method::POST, &api, "{}").await.status, StatusCode::FORBIDDEN, "{role}, by hand");
    }
    let (_, mut admins) = logged_in(&app, "Admin", Role::Admin, 1).await;
    let elsewhere = Request::post(&page)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site");
    assert_eq!(admins[0].send(elsewhere).await.status, StatusCode::FORBIDDEN, "another site makes a browser send it");
    assert!(is_in(&mut theirs[0]).await);
    assert!(revocations(&pool).await.is_empty());
}

#[sqlx::test(migrations = "../migrations")]
async fn a_person_ends_their_other_sessions_and_keeps_the_present_one(pool: PgPool) {
    let app = TestApp::new(&pool);
    let (person, mut own) = logged_in(&app, "Busy", Role::Viewer, 3).await;
    let (_, mut others) = logged_in(&app, "Other", Role::Viewer, 1).await;
    let end = "/preferences/sessions/end-others";
    let page = own[1].get("/preferences").await.body;
    assert!(page.contains("Your sessions") && page.contains(&format!("action=\"{end}\"")), "{page}");
    assert_eq!(page.matches("The one that you use now").count(), 1);
    assert!(page.contains("class=\"places\""), "a public page knows its reader");
    let answer = own[1].post(end, "").await;
    assert_eq!(answer.location(), "/preferences?notice=other-sessions-ended.2");
    let told = own[1].get(answer.location()).await.body;
    assert!(told.contains("Your 2 other sessions are ended. This one goes on."), "{told}");
    assert!(told.contains("logged in nowhere else") && !told.contains(&format!("action=\"{end}\"")), "{told}");
    assert!(!is_in(&mut own[0]).await && !is_in(&mut own[2]).await && is_in(&mut own[1]).await);
    assert!(is_in(&mut others[0]).await, "they are of one person");
    let entries = revocations(&pool).await;
    assert_eq!(entries.len(), 1);
    assert_eq!((entries[0].0.as_str(), &entries[0].1["ended"]), (format!("person:{person}").as_str(), &json!(2)));
    let kept = entries[0].1["kept"].as_str().unwrap();
    assert_eq!(kept.len(), 16, "the one that stays, by the name that the ledger has for it");
    assert_eq!(app.nobody().post(end, "").await.status, StatusCode::UNAUTHORIZED);
}

#[sqlx::test(migrations = "../migrations")]
async fn preferences_are_for_everybody_and_tell_sessions_to_their_owner_alone(pool: PgPool) {
    let app = TestApp::new(&pool);
    let nobody = app.nobody().get("/preferences").await;
    assert_eq!(nobody.status, StatusCode::OK);
    assert!(!nobody.body.contains("Your sessions") && !nobody.body.contains("class=\"places\""), "{}", nobody.body);
    let (_, mut own) = logged_in(&app, "Busy", Role::Viewer, 1).await;
    let id = own[0].session().unwrap().to_owned();
    let page = own[0].get("/preferences").await.body;
    assert!(page.contains("logged in nowhere else") && !page.contains(&id) && !page.contains('⟦'), "{page}");
    app.app.clock.advance(TimeDelta::minutes(31));
    assert!(!own[0].get("/preferences").await.body.contains("Your sessions"), "an idle session is none");
    let danish = logged_in(&app, "Dansk", Role::Viewer, 2).await.1.remove(0);
    let page = danish.with_cookie("bevis_language", "da").get("/preferences").await.body;
    assert!(page.contains("Dine sessioner") && page.contains("Afslut de andre") && !page.contains('⟦'), "{page}");
}

#[sqlx::test(migrations = "../migrations")]
async fn people_are_listed_with_what_lets_them_in_as_of_an_instant(pool: PgPool) {
    let app = TestApp::new(&pool);
    let (_, mut admins) = logged_in(&app, "Admin", Role::Admin, 1).await;
    let (anna, mut annas) = logged_in(&app, "Anna Ås", Role::Engineer, 2).await;
    has_email(&pool, anna, "anna@example.org").await;
    let before = app.app.clock.now();
    let token = json!({ "name": "nightly", "scopes": ["view"], "days": 1 }).to_string();
    assert_eq!(annas[0].json(Method::POST, "/api/v1/tokens", &token).await.status, StatusCode::CREATED);
    app.app.clock.advance(TimeDelta::minutes(20));
    assert!(is_in(&mut annas[0]).await && is_in(&mut admins[0]).await);
    app.app.clock.advance(TimeDelta::minutes(11));
    let admin = &mut admins[0];

    let found = listed(admin, "?text=ANNA%40").await;
    let person = &found["people"][0];
    assert_eq!(names(&found), ["Anna Ås"]);
    assert_eq!((&person["email"], &person["roles"]), (&json!("anna@example.org"), &json!(["engineer"])));
    assert_eq!(person["sessions"], 1, "the other was idle for too long");
    assert_eq!((&person["last_used_at"], &person["tokens"]), (&json!("2026-11-02T09:20:00Z"), &json!(1)));
    assert_eq!(person["last_login_at"], "2026-11-02T09:00:00Z");
    let then = listed(admin, &format!("?as_of={}", before.format("%Y-%m-%dT%H:%M:%SZ"))).await;
    let person = &then["people"][1];
    assert_eq!((names(&then)[1], &person["sessions"]), ("Anna Ås", &json!(2)), "both were live then");
    assert_eq!(person["last_used_at"], Value::Null, "one was used later, and when before is not known");
    assert_eq!(listed(admin, "?text=nobody").await["people"], json!([]));
    assert_eq!(listed(admin, "?text=%00").await["people"], json!([]));
    assert!(admin.get("/people?text=nobody").await.body.contains("contains this"), "why there is nobody");

    // The list goes on where it ended, and every person is in it once.
    let mut db = app.app.db.acquire().await.unwrap();
    for n in 0..60 {
        kept::person(&mut db, &format!("Person {}", n % 7), app.app.clock.now()).await;
    }
    let first = admin.get("/people").await.body;
    let rows = |body: &str| body.matches("<th scope=\"row\"").count();
    assert_eq!(rows(&first), 50);
    let cursor = first.split("/people?cursor=").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert_eq!(rows(&admin.get(&format!("/people?cursor={cursor}")).await.body), 12);
    for strange in ["x", "00000000-0000-7000-8000-000000000000"] {
        let refused: Answer = admin.get(&format!("/people?cursor={strange}")).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{strange}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn no_page_and_no_answer_holds_what_opens_a_session(pool: PgPool) {
    let app = TestApp::new(&pool);
    let (_, mut admins) = logged_in(&app, "Admin", Role::Admin, 2).await;
    let id = admins[0].session().unwrap().to_owned();
    let hashes = sqlx::query_scalar!(r#"SELECT encode(id_hash, 'hex') AS "hash!" FROM session"#);
    let hashes = hashes.fetch_all(&pool).await.unwrap();
    for path in ["/people", "/api/v1/people", "/preferences"] {
        let body = admins[0].get(path).await.body;
        assert!(body.contains("Admin"), "{path}: {body}");
        assert!(!body.contains(&id) && hashes.iter().all(|hash| !body.contains(&hash[..16])), "{path}: {body}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn the_api_ends_sessions_and_says_how_many(pool: PgPool) {
    let app = TestApp::new(&pool);
    let (gone, mut theirs) = logged_in(&app, "Gone", Role::Viewer, 2).await;
    let (_, mut admins) = logged_in(&app, "Admin", Role::Admin, 1).await;
    let path = format!("/api/v1/people/{gone}/end-sessions");
    let answer = admins[0].json(Method::POST, &path, "{}").await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, r#"{"ended":2}"#));
    assert!(!is_in(&mut theirs[0]).await && !is_in(&mut theirs[1]).await);
    assert_eq!(listed(&mut admins[0], "?text=gone").await["people"][0]["sessions"], 0);
    for unknown in ["00000000-0000-7000-8000-000000000000", "x"] {
        let answer = admins[0].json(Method::POST, &format!("/api/v1/people/{unknown}/end-sessions"), "{}").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{unknown}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_terminal_ends_the_sessions_of_one_person_and_never_guesses_of_whom(pool: PgPool) {
    let app = TestApp::new(&pool);
    let (anna, mut annas) = logged_in(&app, "Anna", Role::Viewer, 2).await;
    let (twin, mut twins) = logged_in(&app, "Twin", Role::Viewer, 1).await;
    has_email(&pool, anna, "Anna@example.org").await;
    let now = app.app.clock.now();
    let end = async |who: &str| people::end_command(&app.app.db, who, "terminal: root", now).await;
    for nobody in ["nobody@example.org", "", "00000000-0000-7000-8000-000000000000"] {
        assert!(end(nobody).await.is_err(), "{nobody}");
    }
    let said = end("anna@EXAMPLE.org").await.unwrap();
    assert_eq!(said, format!("Sessions of Anna ({anna}) that were ended: 2."));
    assert!(!is_in(&mut annas[0]).await && is_in(&mut twins[0]).await);
    let entry = ("terminal: root".to_owned(), json!({ "person": anna, "ended": 2, "kept": null }));
    assert_eq!(revocations(&pool).await, [entry]);

    has_email(&pool, twin, "anna@example.org").await;
    let refused = end("anna@example.org").await.unwrap_err().to_string();
    assert!(refused.contains(&anna.to_string()) && refused.contains(&twin.to_string()), "{refused}");
    assert!(is_in(&mut twins[0]).await);
    end(&twin.to_string()).await.unwrap();
    assert!(!is_in(&mut twins[0]).await);
}
