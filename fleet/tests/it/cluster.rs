//! Discovery, pages, faults: as a client meets them.

use crate::client;
use chrono::{DateTime, TimeDelta, Utc};
use fleet::{
    cluster::{Fault, Profile, RESOURCES, Settings, SimCluster, Story, World},
    now::Now,
    trouble::Trouble,
};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const CERTIFICATES: &str = "/apis/cert-manager.io/v1/certificates";

fn noon() -> DateTime<Utc> {
    "2026-11-02T12:00:00Z".parse().expect("an instant")
}

async fn many(n: usize) -> (SimCluster, Now) {
    let now = Now::manual(noon());
    let cluster =
        SimCluster::hold(Settings::new("test", now.clone()), World::many(n, noon())).await.expect("a cluster");
    (cluster, now)
}

fn request(cluster: &SimCluster, path: &str) -> reqwest::RequestBuilder {
    client().get(format!("{}{path}", cluster.url())).bearer_auth("token-of-test")
}

async fn get(cluster: &SimCluster, path: &str) -> (u16, Value) {
    let answer = request(cluster, path).send().await.expect("an answer");
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

#[tokio::test]
async fn a_list_comes_in_pages_of_one_state() {
    let (cluster, now) = many(1203).await;
    let (mut seen, mut token, mut left) = (Vec::new(), String::new(), Vec::new());
    loop {
        let (status, page) = get(&cluster, &format!("{CERTIFICATES}?limit=500&continue={token}")).await;
        assert_eq!(status, 200);
        for item in page["items"].as_array().expect("items") {
            assert_eq!(item["kind"], "Certificate");
            assert!((2500..4500).contains(&item.to_string().len()), "{}", item.to_string().len());
            seen.push(item["metadata"]["name"].as_str().expect("a name").to_owned());
        }
        left.push(page["metadata"]["remainingItemCount"].as_u64());
        // A change between two pages is not seen by either.
        cluster.remove("certificates", Some("tenant-00011"), "certificate-001150");
        now.advance(TimeDelta::seconds(20));
        match page["metadata"]["continue"].as_str() {
            Some(next) => token = next.into(),
            None => break,
        }
    }
    assert_eq!(left, [Some(703), Some(203), None]);
    seen.dedup();
    assert_eq!(seen.len(), 1203);
    assert_eq!(get(&cluster, CERTIFICATES).await.1["items"].as_array().map(Vec::len), Some(1202));
}

#[tokio::test]
async fn a_token_grows_too_old() {
    let (cluster, now) = many(10).await;
    let (_, first) = get(&cluster, &format!("{CERTIFICATES}?limit=4")).await;
    now.advance(TimeDelta::minutes(6));
    let next = format!("{CERTIFICATES}?limit=4&continue={}", first["metadata"]["continue"].as_str().expect("a token"));
    let (status, refusal) = get(&cluster, &next).await;
    assert_eq!((status, refusal["reason"].as_str()), (410, Some("Expired")));
    assert!(refusal["metadata"]["continue"].is_string());
}

#[tokio::test]
async fn discovery_is_of_both_kinds() {
    let (cluster, _) = many(1).await;
    let (_, groups) = get(&cluster, "/apis").await;
    assert!(groups["groups"].as_array().expect("groups").iter().any(|group| group["name"] == "cert-manager.io"));
    let (_, resources) = get(&cluster, "/apis/cert-manager.io/v1").await;
    assert_eq!(resources["resources"][0]["name"], "certificates");
    assert_eq!(get(&cluster, "/apis/velero.io/v1").await.0, 404);
    let accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";
    let answer = request(&cluster, "/apis").header("accept", accept).send().await.expect("an answer");
    assert!(answer.headers()["content-type"].to_str().expect("text").contains("APIGroupDiscoveryList"));
    let list: Value = answer.json().await.expect("json");
    assert_eq!(list["kind"], "APIGroupDiscoveryList");
    assert_eq!(get(&cluster, "/version").await.1["gitVersion"], "v1.33.4");
}

#[tokio::test]
async fn single_objects_metadata_and_reviews() {
    let (cluster, _) = many(1).await;
    let (status, namespace) = get(&cluster, "/api/v1/namespaces/tenant-00000").await;
    assert_eq!((status, namespace["kind"].as_str()), (200, Some("Namespace")));
    assert_eq!(get(&cluster, "/api/v1/namespaces/nowhere").await.1["message"], "namespaces \"nowhere\" not found");
    let accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    let list: Value = request(&cluster, CERTIFICATES)
        .header("accept", accept)
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("json");
    assert_eq!(list["kind"], "PartialObjectMetadataList");
    assert!(list["items"][0]["metadata"]["uid"].is_string() && list["items"][0]["spec"].is_null());
    cluster.set_fault("rolebindings", Fault::Forbidden);
    for (resource, allowed) in [("namespaces", true), ("rolebindings", false)] {
        let review = json!({ "spec": { "resourceAttributes": { "resource": resource, "verb": "list" } } });
        let url = format!("{}/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", cluster.url());
        let answer = client().post(url).bearer_auth("token-of-test").json(&review).send().await.expect("an answer");
        assert_eq!(answer.json::<Value>().await.expect("json")["status"]["allowed"], allowed);
    }
}

#[tokio::test]
async fn faults_answer_as_a_real_server_does() {
    let (cluster, _) = many(3).await;
    let unauthorised = client().get(format!("{}/version", cluster.url())).send().await.expect("an answer");
    assert_eq!(unauthorised.status(), 401);
    let cases = [
        (Fault::Unauthorized, 401, "Unauthorized"),
        (Fault::Forbidden, 403, "Forbidden"),
        (Fault::Absent, 404, "NotFound"),
        (Fault::TooManyRequests(2), 429, "TooManyRequests"),
        (Fault::InternalError, 500, "InternalError"),
        (Fault::Unavailable, 503, "ServiceUnavailable"),
    ];
    for (fault, code, reason) in cases {
        cluster.set_fault("certificates", fault);
        let (status, body) = get(&cluster, CERTIFICATES).await;
        assert_eq!((status, body["kind"].as_str(), body["reason"].as_str()), (code, Some("Status"), Some(reason)));
        assert_eq!(get(&cluster, "/api/v1/namespaces").await.0, 200, "other resources are well");
    }
    cluster.set_fault("certificates", Fault::NullItems);
    assert!(get(&cluster, CERTIFICATES).await.1["items"].is_null());
    cluster.clear_faults();
    cluster.set_fault_times("certificates", Fault::InternalError, 1);
    assert_eq!(get(&cluster, CERTIFICATES).await.0, 500);
    assert_eq!(get(&cluster, CERTIFICATES).await.0, 200);
}

#[tokio::test]
async fn discovery_names_what_is_listed_and_nothing_else() {
    for profile in Profile::ALL {
        let story = Story { profile, domain: "nordlys.example".into(), seed: 7, began: noon() - TimeDelta::days(120) };
        // The first instant at which its line does not fail.
        let now =
            (0..100).map(|slot| noon() + TimeDelta::minutes(10 * slot)).find(|at| !story.away(*at)).expect("an end");
        let cluster = SimCluster::tell(Settings::new("test", Now::manual(now)), story).await.expect("a cluster");
        let (_, groups) = get(&cluster, "/apis").await;
        let groups = groups["groups"].as_array().expect("groups");
        let names: Vec<_> = groups.iter().map(|group| &group["name"]).collect();
        let mut once = names.clone();
        once.dedup();
        assert_eq!(names, once, "each group is named once");
        let versions = groups.iter().flat_map(|group| group["versions"].as_array().expect("versions"));
        let mut told = Vec::new();
        for version in versions.filter_map(|version| version["groupVersion"].as_str()) {
            let (status, list) = get(&cluster, &format!("/apis/{version}")).await;
            assert_eq!((status, list["groupVersion"].as_str()), (200, Some(version)));
            for resource in list["resources"].as_array().expect("resources") {
                told.push(format!("{version}/{}", resource["name"].as_str().expect("a name")));
            }
        }
        for resource in RESOURCES.iter().filter(|resource| !resource.group.is_empty()) {
            let name = format!("{}/{}", resource.api_version(), resource.plural);
            let (status, _) = get(&cluster, &format!("/apis/{name}")).await;
            assert_eq!(status != 404, told.contains(&name), "{profile:?} {name} answers {status}");
        }
    }
}

#[tokio::test]
async fn logs_are_read_and_cut() {
    let (cluster, _) = many(1).await;
    assert_eq!(request(&cluster, "/api/v1/namespaces/a/pods/b/log").send().await.expect("an answer").status(), 404);
    let story = Story {
        profile: Profile::Troubled,
        domain: "nordlys.example".into(),
        seed: 7,
        began: noon() - TimeDelta::days(120),
    };
    let cluster = SimCluster::tell(Settings::new("test", Now::manual(noon())), story).await.expect("a cluster");
    let path = "/api/v1/namespaces/kube-bench/pods/kube-bench-aar-worker-1/log";
    let text = |path: String| {
        let asked = request(&cluster, &path).send();
        async { asked.await.expect("an answer").text().await.expect("text") }
    };
    let whole = text(path.to_owned()).await;
    let result: Value = serde_json::from_str(&whole[whole.find('{').expect("JSON")..]).expect("JSON");
    assert_eq!(result["Controls"][0]["node_type"], "node");
    assert_eq!(text(format!("{path}?limitBytes=100")).await, whole[..100]);
}

#[tokio::test]
async fn a_whole_group_can_be_absent() {
    let (cluster, _) = many(1).await;
    for plural in ["certificates", "certificaterequests", "issuers", "clusterissuers"] {
        cluster.set_fault(plural, Fault::Absent);
    }
    let (_, groups) = get(&cluster, "/apis").await;
    assert!(!groups["groups"].as_array().expect("groups").iter().any(|group| group["name"] == "cert-manager.io"));
}

#[tokio::test]
async fn trouble_on_the_way() {
    let (cluster, _) = many(50).await;
    let body = |trouble| {
        cluster.set_fault("certificates", Fault::Trouble(trouble));
        request(&cluster, CERTIFICATES).timeout(Duration::from_millis(600)).send()
    };
    let page = body(Trouble::Html).await.expect("an answer").text().await.expect("text");
    assert!(page.starts_with("<!doctype html>"));
    assert!(body(Trouble::HalfBody).await.expect("a head").bytes().await.is_err());
    assert!(body(Trouble::Hang).await.is_err_and(|error| error.is_timeout()));
    assert!(body(Trouble::Refuse).await.is_err());
    let began = Instant::now();
    assert!(body(Trouble::Slow(Duration::from_millis(200))).await.is_ok());
    assert!(began.elapsed() >= Duration::from_millis(200));
    let mut endless = body(Trouble::Endless).await.expect("a head");
    let mut read = 0;
    while read < 2_000_000 {
        read += endless.chunk().await.expect("more").expect("more still").len();
    }
    cluster.clear_faults();
    cluster.set_away(true);
    assert!(request(&cluster, CERTIFICATES).send().await.is_err());
    cluster.set_away(false);
    assert_eq!(get(&cluster, CERTIFICATES).await.0, 200);
}

#[tokio::test]
async fn the_date_is_the_servers_own() {
    let (cluster, _) = many(1).await;
    let date = |answer: reqwest::Response| answer.headers()["date"].to_str().expect("text").to_owned();
    assert_eq!(date(request(&cluster, "/version").send().await.expect("an answer")), "Mon, 02 Nov 2026 12:00:00 GMT");
    cluster.set_skew(90);
    assert_eq!(date(request(&cluster, "/version").send().await.expect("an answer")), "Mon, 02 Nov 2026 12:01:30 GMT");
}
