//! Ending before their time, on what was seen, once, by Bevis.

use super::*;
use ::model::{
    acceptance::Watch,
    scan::{ObjectBody, ObjectList, ObjectRef},
};
use flate2::{Compression, write::DeflateEncoder};
use std::io::Write;

async fn watch(pool: &PgPool, id: AcceptanceId, at: i64) -> (AcceptanceState, Vec<Option<Watch>>) {
    let mut db = pool.acquire().await.expect("a connection");
    let detail = acceptances::detail(&mut db, id, second(at)).await.expect("loads").expect("is there");
    (detail.row.state, detail.conditions.iter().map(|condition| condition.watch).collect())
}

fn ending(scope: AcceptanceScope, on: EndsOn) -> NewAcceptance {
    NewAcceptance { ends_on: BTreeSet::from([on]), ..new(scope, 1_000) }
}

#[sqlx::test(migrations = "../migrations")]
async fn it_ends_when_the_severity_rises_once_and_says_what_was_seen(owner: PgPool) {
    let (pool, cluster, engineer, [maja, _]) = two(&owner).await;
    let id = asked(&pool, &engineer, &ending(on("alpha"), EndsOn::SeverityRises), 20).await;
    assert!(acceptances::evaluate(&pool, second(25)).await.expect("evaluated").is_empty());
    done(&pool, &maja, id, AcceptanceAct::Approve, 30).await.expect("approved");
    assert!(acceptances::evaluate(&pool, second(35)).await.expect("evaluated").is_empty());
    assert_eq!(watch(&pool, id, 35).await, (AcceptanceState::Active, vec![Some(Watch::Watching)]));
    let worse = vec![observation(CHECK, "daily", Severity::Critical)];
    recorded(&pool, &scan(cluster, 40, vec![result(CHECK, Outcome::Fail, 0)], worse)).await;
    let (one, two) = tokio::join!(acceptances::evaluate(&pool, second(45)), acceptances::evaluate(&pool, second(45)));
    let ended = [one.expect("evaluated"), two.expect("evaluated")].concat();
    assert_eq!(ended, [id], "two servers end it once");
    assert!(acceptances::evaluate(&pool, second(50)).await.expect("evaluated").is_empty());
    assert_eq!(watch(&pool, id, 44).await.0, AcceptanceState::Active, "what it was before stays so");
    assert_eq!(watch(&pool, id, 46).await, (AcceptanceState::Ended, vec![Some(Watch::Met)]));
    let mut db = pool.acquire().await.expect("a connection");
    let detail = acceptances::detail(&mut db, id, second(46)).await.expect("loads").expect("is there");
    let event = detail.events.last().expect("an event");
    let daily = finding_named(&owner, "daily").await;
    assert_eq!((event.act, event.by.as_str(), event.person), (AcceptanceAct::End, "Bevis", None));
    assert_eq!((event.seen["finding"].as_str(), event.seen["severity"].as_str()), (&*daily.to_string(), "critical"));
    let entries = ledger::entries(&mut db, 0, 100).await.expect("entries");
    let entry = entries.last().expect("an entry");
    assert_eq!((entry.actor.as_str(), entry.action.as_str()), ("Bevis", "acceptance.ended"));
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn it_ends_when_there_is_a_correction_and_says_where_that_cannot_be_told(owner: PgPool) {
    let (pool, cluster, engineer, [maja, _]) = two(&owner).await;
    let found = |text: &str| {
        let mut found = observation("ext.findings", "shop", Severity::High);
        found.subject.key = Some("CVE-2026-0001 libc".into());
        found.detail.insert("text".into(), text.into());
        found
    };
    let read = |at, text: &str| Scan {
        source: Source::External,
        ..scan(cluster, at, vec![result("ext.findings", Outcome::Fail, 0)], vec![found(text)])
    };
    recorded(&pool, &read(10, "libc 1.0")).await;
    let cve = AcceptanceScope::Cve { cve: "CVE-2026-0001".into() };
    let id = asked(&pool, &engineer, &ending(cve.clone(), EndsOn::FixAvailable), 20).await;
    let untold = asked(&pool, &engineer, &ending(on("alpha"), EndsOn::FixAvailable), 20).await;
    for id in [id, untold] {
        done(&pool, &maja, id, AcceptanceAct::Approve, 30).await.expect("approved");
    }
    assert!(acceptances::evaluate(&pool, second(35)).await.expect("evaluated").is_empty());
    assert_eq!(watch(&pool, id, 35).await.1, [Some(Watch::Watching)]);
    assert_eq!(watch(&pool, untold, 35).await.1, [Some(Watch::Unknown)], "such a check says nothing of corrections");
    recorded(&pool, &read(40, "libc 1.0 → 1.1")).await;
    assert_eq!(acceptances::evaluate(&pool, second(45)).await.expect("evaluated"), [id]);
    assert_eq!(watch(&pool, id, 50).await.0, AcceptanceState::Ended);
    let (settings, ask) = (AcceptanceSettings::default(), ending(cve, EndsOn::FixAvailable));
    let again = acceptances::request(&pool, &settings, &engineer, &ask, second(60)).await;
    assert!(matches!(again, Err(Error::Conflict { key: "error-acceptance-fix-exists" })));
    pool.close().await;
}

/// A list of the Schedule `daily` whose specification says something; without a body where nothing is kept of it.
fn schedule(at: i64, says: &str, kept: bool) -> ObjectList {
    let json = format!(
        r#"{{"object":{{"kind":"Schedule","metadata":{{"resourceVersion":"{at}"}},"spec":{{"says":"{says}"}}}},"redacted":[],"dropped":[]}}"#
    );
    let hash = Uuid::from_u128(u128::from(says.len() as u64) << 64 | u128::from(at.unsigned_abs()));
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(json.as_bytes()).expect("written");
    let body = ObjectBody {
        hash,
        packed: encoder.finish().expect("packed").into(),
        size: u32::try_from(json.len()).expect("small"),
    };
    ObjectList {
        resource: "velero.io/v1/schedules".into(),
        kind: "Schedule".into(),
        fetched_at: second(at),
        confirmed_at: None,
        bodies: if kept { vec![body] } else { vec![] },
        objects: vec![ObjectRef {
            namespace: Some("velero".into()),
            name: "daily".into(),
            version: at.to_string(),
            hash: hash.simple().to_string(),
            owner: None,
            kept: None,
        }],
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn an_approval_more_than_needed_does_not_approve_what_it_has_become(owner: PgPool) {
    let (pool, cluster, engineer, [maja, ole]) = two(&owner).await;
    let both = || ["daily", "weekly"].map(|name| observation(CHECK, name, Severity::High)).to_vec();
    let read = |at, says: &str| Scan {
        objects: vec![schedule(at, says, true)],
        ..scan(cluster, at, vec![result(CHECK, Outcome::Fail, 0)], both())
    };
    recorded(&pool, &read(15, "a")).await;
    let daily = finding_named(&owner, "daily").await;
    let of = ending(AcceptanceScope::Finding { finding: daily }, EndsOn::SubjectChanged);
    let id = asked(&pool, &engineer, &of, 20).await;
    done(&pool, &maja, id, AcceptanceAct::Approve, 30).await.expect("approved");
    recorded(&pool, &read(40, "bb")).await;
    done(&pool, &ole, id, AcceptanceAct::Approve, 45).await.expect("kept");
    assert_eq!(acceptances::evaluate(&pool, second(50)).await.expect("evaluated"), [id]);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn it_ends_when_the_specification_changes_and_not_when_only_the_rest_does(owner: PgPool) {
    let (pool, cluster, engineer, [maja, _]) = two(&owner).await;
    let both = || ["daily", "weekly"].map(|name| observation(CHECK, name, Severity::High)).to_vec();
    let read = |at, says: &str, kept| Scan {
        objects: vec![schedule(at, says, kept)],
        ..scan(cluster, at, vec![result(CHECK, Outcome::Fail, 0)], both())
    };
    recorded(&pool, &read(15, "a", true)).await;
    let [daily, weekly] = [finding_named(&owner, "daily").await, finding_named(&owner, "weekly").await];
    let of = |finding| ending(AcceptanceScope::Finding { finding }, EndsOn::SubjectChanged);
    let id = asked(&pool, &engineer, &of(daily), 20).await;
    let unseen = asked(&pool, &engineer, &of(weekly), 20).await;
    for id in [id, unseen] {
        done(&pool, &maja, id, AcceptanceAct::Approve, 30).await.expect("approved");
    }
    recorded(&pool, &read(40, "a", true)).await;
    assert!(acceptances::evaluate(&pool, second(45)).await.expect("evaluated").is_empty(), "only its version moved");
    assert_eq!(watch(&pool, id, 45).await.1, [Some(Watch::Watching)]);
    assert_eq!(watch(&pool, unseen, 45).await.1, [Some(Watch::Unknown)], "an object that was never kept");
    recorded(&pool, &read(50, "bb", false)).await;
    assert!(acceptances::evaluate(&pool, second(55)).await.expect("evaluated").is_empty());
    assert_eq!(watch(&pool, id, 55).await.1, [Some(Watch::Unknown)], "it is another, and what it is was not kept");
    recorded(&pool, &read(60, "bbb", true)).await;
    assert_eq!(acceptances::evaluate(&pool, second(65)).await.expect("evaluated"), [id]);
    assert_eq!(watch(&pool, unseen, 65).await.0, AcceptanceState::Active);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn one_that_cannot_be_ended_holds_up_no_other(owner: PgPool) {
    let (pool, cluster, engineer, [maja, _]) = two(&owner).await;
    let mut ids = Vec::new();
    for (name, at) in [("daily", 20), ("weekly", 21)] {
        let scope = AcceptanceScope::Finding { finding: finding_named(&owner, name).await };
        let id = asked(&pool, &engineer, &ending(scope, EndsOn::SeverityRises), at).await;
        done(&pool, &maja, id, AcceptanceAct::Approve, at + 10).await.expect("approved");
        ids.push(id);
    }
    let refuse = format!(
        "CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this one'; END $$;
         CREATE TRIGGER refuse_one BEFORE INSERT ON acceptance_event FOR EACH ROW
         WHEN (NEW.acceptance_id = '{}') EXECUTE FUNCTION refuse_one();",
        ids[0]
    );
    sqlx::raw_sql(AssertSqlSafe(refuse)).execute(&owner).await.expect("a fault");
    let worse = ["daily", "weekly"].map(|name| observation(CHECK, name, Severity::Critical)).to_vec();
    recorded(&pool, &scan(cluster, 40, vec![result(CHECK, Outcome::Fail, 0)], worse)).await;
    assert_eq!(acceptances::evaluate(&pool, second(45)).await.expect("evaluated"), [ids[1]], "the first does not end");
    assert_eq!(watch(&pool, ids[0], 46).await, (AcceptanceState::Active, vec![Some(Watch::Met)]));
    assert_eq!(watch(&pool, ids[1], 46).await, (AcceptanceState::Ended, vec![Some(Watch::Met)]));
    sqlx::raw_sql("DROP TRIGGER refuse_one ON acceptance_event").execute(&owner).await.expect("mended");
    assert_eq!(acceptances::evaluate(&pool, second(50)).await.expect("evaluated"), [ids[0]], "it is tried again");
    pool.close().await;
}
