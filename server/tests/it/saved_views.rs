//! Saved views over HTTP: whose they are, where they lead, and what the ledger tells of them.

use crate::harness::{
    TestApp,
    caller::{Answer, Caller},
    people,
};
use http::{Method, StatusCode};
use model::role::Role;
use serde_json::{Value, json};
use sqlx::PgPool;

async fn save(caller: &mut Caller, name: &str, query: &str, shared: bool) -> Answer {
    let body = json!({ "name": name, "query": query, "shared": shared });
    caller.json(Method::POST, "/api/v1/views", &body.to_string()).await
}

async fn saved(caller: &mut Caller, name: &str, query: &str, shared: bool) -> String {
    let answer = save(caller, name, query, shared).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let made: Value = serde_json::from_str(&answer.body).unwrap();
    made["id"].as_str().unwrap().to_owned()
}

async fn names(caller: &mut Caller, at: &str) -> Vec<String> {
    let value: Value = serde_json::from_str(&caller.get(&format!("/api/v1/views{at}")).await.body).unwrap();
    value["views"].as_array().unwrap().iter().map(|view| view["name"].as_str().unwrap().to_owned()).collect()
}

fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_view_leads_to_its_list_and_to_no_other_place(pool: PgPool) {
    let app = TestApp::new(&pool);
    let mut viewer = app.as_role(Role::Viewer).await;
    let list = viewer.get("/findings?severity=high&group=check").await.body;
    assert!(list.contains("action=\"/views\"") || !list.contains("<table"), "{list}");
    let sent = form(&[
        ("name", " My <b> list "),
        ("query", "columns=owner&group=check&severity=high&q=a%26b&cursor=x&notice=y"),
    ]);
    let told = viewer.post("/views", &sent).await;
    assert_eq!((told.status, told.location()), (StatusCode::SEE_OTHER, "/views?notice=view-saved"));
    let page = viewer.get("/views?notice=view-saved").await.body;
    assert!(
        page.contains("My &lt;b&gt; list") && !page.contains("<b>") && page.contains("The view is saved"),
        "{page}"
    );
    let link = page.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|to| to.starts_with("/views/"));
    let link = link.unwrap().to_owned();
    let to = viewer.get(&link).await;
    let canonical = "/findings?severity=high&q=a%26b&group=check&columns=owner";
    assert_eq!((to.status, to.location()), (StatusCode::SEE_OTHER, canonical));
    app.app.clock.advance(chrono::TimeDelta::minutes(20));
    let past = viewer.get(&format!("{link}?as_of=2026-11-02T09:10:00Z")).await;
    assert_eq!(past.location(), format!("{canonical}&as_of=2026-11-02T09%3A10%3A00Z"));
    for query in ["https://evil.example/", "//evil.example", "\\evil"] {
        let id = saved(&mut viewer, "x", query, false).await;
        assert_eq!(viewer.get(&format!("/views/{id}")).await.location(), "/findings", "nothing is left of {query}");
    }
    for query in ["https://evil.example/=x", "q=x&next=//evil.example", "group=colour", "columns=a"] {
        assert_eq!(save(&mut viewer, "x", query, false).await.status, StatusCode::BAD_REQUEST, "{query}");
    }
    for name in ["", "  ", "a\nb", &"x".repeat(101)] {
        assert_eq!(save(&mut viewer, name, "", false).await.status, StatusCode::BAD_REQUEST, "{name:?}");
    }
    let long = (0..400).fold(String::new(), |long, n| format!("{long}cluster=cluster-{n}&"));
    let refused = save(&mut viewer, "x", &long, false).await;
    assert!(refused.status == StatusCode::BAD_REQUEST && refused.body.contains("too many filters"), "{}", refused.body);
    assert_eq!(viewer.get("/views/x").await.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrations = "../migrations")]
async fn only_its_owner_changes_a_view_and_only_officers_and_administrators_remove_anothers(pool: PgPool) {
    let app = TestApp::new(&pool);
    let mut owner = app.as_role(Role::Auditor).await;
    let own = saved(&mut owner, "own", "severity=high", false).await;
    for role in Role::ALL {
        let shared = saved(&mut owner, "shared", "severity=low", true).await;
        let mut other = app.as_role(*role).await;
        assert_eq!(names(&mut other, "").await, ["shared"], "{role}");
        assert_eq!(other.get(&format!("/views/{shared}")).await.location(), "/findings?severity=low");
        for (path, body) in [
            (format!("/views/{own}"), None),
            (format!("/views/{own}/change"), Some("name=x")),
            (format!("/views/{own}/remove"), Some("")),
        ] {
            let answer = match body {
                None => other.get(&path).await,
                Some(body) => other.post(&path, body).await,
            };
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} as {role}");
        }
        let change = json!({ "name": "stolen" }).to_string();
        let answer = other.json(Method::POST, &format!("/api/v1/views/{shared}/change"), &change).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role}");
        let removes = matches!(role, Role::SecurityOfficer | Role::Admin);
        let page = other.get("/views").await.body;
        assert_eq!(page.contains(&format!("/views/{shared}/remove")), removes, "{role}");
        let answer = other.post(&format!("/views/{shared}/remove"), "").await;
        assert_eq!(answer.status, if removes { StatusCode::SEE_OTHER } else { StatusCode::FORBIDDEN }, "{role}");
        if !removes {
            owner.post(&format!("/views/{shared}/remove"), "").await;
        }
        app.app.clock.advance(chrono::TimeDelta::seconds(1));
        assert_eq!(names(&mut other, "").await, Vec::<String>::new(), "{role}");
    }
    assert_eq!(names(&mut owner, "").await, ["own"]);
    assert_eq!(app.nobody().get(&format!("/views/{own}")).await.status, StatusCode::SEE_OTHER);
}

#[sqlx::test(migrations = "../migrations")]
async fn every_change_is_in_the_ledger_and_the_past_is_told_as_it_was(pool: PgPool) {
    let app = TestApp::new(&pool);
    let mut owner = app.as_role(Role::Engineer).await;
    let id = saved(&mut owner, "one", "severity=high", false).await;
    app.app.clock.advance(chrono::TimeDelta::minutes(20));
    let changed = owner.post(&format!("/views/{id}/change"), &form(&[("name", "two"), ("shared", "1")])).await;
    assert_eq!(changed.location(), "/views?notice=view-changed");
    owner.post(&format!("/views/{id}/change"), &form(&[("name", "two"), ("shared", "1")])).await;
    app.app.clock.advance(chrono::TimeDelta::minutes(20));
    owner.post(&format!("/views/{id}/remove"), "").await;
    app.app.clock.advance(chrono::TimeDelta::minutes(20));
    assert_eq!(names(&mut owner, "").await, Vec::<String>::new());
    assert_eq!(names(&mut owner, "?as_of=2026-11-02T09:10:00Z").await, ["one"]);
    assert_eq!(names(&mut owner, "?as_of=2026-11-02T09:30:00Z").await, ["two"]);
    let entries = people::ledger(&pool).await;
    let told: Vec<_> = entries.iter().filter(|(action, _)| action.starts_with("view.")).collect();
    let actions: Vec<&str> = told.iter().map(|(action, _)| action.as_str()).collect();
    assert_eq!(actions, ["view.save", "view.change", "view.remove"], "saying the same again is no change");
    assert_eq!(people::named_by_id(&pool, "view.").await, (3, 0), "names are not one each");
    assert!(told[1].1.contains("\"one\"") && told[1].1.contains("\"two\""), "{}", told[1].1);
    assert_eq!(owner.post(&format!("/views/{id}/remove"), "").await.status, StatusCode::NOT_FOUND);
    for _ in 0..100 {
        saved(&mut owner, "many", "", false).await;
    }
    assert_eq!(save(&mut owner, "one too many", "", false).await.status, StatusCode::CONFLICT);
}

#[sqlx::test(migrations = "../migrations")]
async fn columns_are_chosen_remembered_and_named_in_the_address(pool: PgPool) {
    let app = TestApp::new(&pool);
    let mut viewer = app.as_role(Role::Viewer).await;
    let sent = form(&[
        ("back", "/findings?severity=high&columns=severity"),
        ("columns", "ticket"),
        ("columns", "check"),
        ("columns", ""),
    ]);
    let told = viewer.post("/preferences", &sent).await;
    assert_eq!(told.location(), "/findings?severity=high&columns=check.ticket&notice=preferences-kept");
    let kept = told
        .headers
        .get_all("set-cookie")
        .iter()
        .any(|it| it.to_str().unwrap().starts_with("bevis_columns=check.ticket;"));
    assert!(kept, "{:?}", told.headers);
    let elsewhere = form(&[("back", "https://evil.example/"), ("usual_columns", "1")]);
    assert_eq!(
        viewer.post("/preferences", &elsewhere).await.location(),
        "/?columns=severity.subject.cluster.state.since&notice=preferences-kept"
    );
    assert_eq!(viewer.get("/findings?columns=colour").await.status, StatusCode::BAD_REQUEST);
    let odd = viewer.clone().with_cookie("bevis_columns", "<script>").get("/findings").await;
    assert_eq!(odd.status, StatusCode::OK);
    let none = viewer.post("/preferences", "theme=dark&back=%2Ffindings").await;
    assert_eq!(none.location(), "/findings?notice=preferences-kept", "other preferences leave the address alone");
}
