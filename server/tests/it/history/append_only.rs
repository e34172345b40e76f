//! What is recorded is neither changed nor removed: triggers refuse the owner, and the role refuses the application.

use super::*;
use sqlx::{AssertSqlSafe, Executor, postgres::PgConnection};

const CHECK: &str = "bak.enabled";

async fn some_history(owner: &PgPool, pool: &PgPool) {
    let cluster = cluster(pool, "alpha").await;
    let by = person(owner, "Erik").await;
    let both = vec![observation(CHECK, "daily", Severity::High), observation(CHECK, "weekly", Severity::High)];
    recorded(pool, &scan(cluster, 10, vec![result(CHECK, Outcome::Fail, 0)], both)).await;
    let one = vec![observation(CHECK, "daily", Severity::High)];
    recorded(pool, &scan(cluster, 20, vec![result(CHECK, Outcome::Fail, 1)], one.clone())).await;
    recorded(pool, &scan(cluster, 30, vec![result(CHECK, Outcome::Fail, 0)], one)).await;
    let round = "INSERT INTO scan_round SELECT id, cluster_id, started_at, ended_at, recorded_at, 1, 1, 1, 1, 1, 1, 1 FROM scan";
    owner.execute(round).await.expect("a round");
    let id = finding_named(owner, "daily").await;
    let kind = &::model::disposition::Act::Acknowledge;
    deciding::decide(pool, &by, kind, &[id], "on it", second(40)).await.expect("decides");
    let rows = "INSERT INTO ledger_check SELECT gen_random_uuid(), now(), now(), seq, hash FROM ledger WHERE seq = 1;
                INSERT INTO ledger_anchor SELECT gen_random_uuid(), 'file', seq, hash, now(), 'disk full' FROM ledger WHERE seq = 1;
                INSERT INTO role_seen SELECT id, now(), '{viewer}' FROM person;
                INSERT INTO api_token SELECT gen_random_uuid(), id, 'x', decode(repeat('11', 32), 'hex'), '{view}', '{}', now(), now() + interval '1 day' FROM person;
                INSERT INTO saved_view SELECT gen_random_uuid(), id, now() FROM person;
                INSERT INTO saved_view_version (view_id, name, query, shared, removed, said_by, said_at) SELECT id, 'x', 'q=x', true, false, 'x', now() FROM saved_view";
    owner.execute(rows).await.expect("checks, heads, roles and tokens");
    acceptances::some(owner, pool, id).await;
}

/// Every way in which a row of history could be altered, open or closed.
const ATTEMPTS: &[&str] = &[
    "DELETE FROM acceptance",
    "DELETE FROM acceptance_event",
    "DELETE FROM attachment",
    "DELETE FROM acceptance_attachment",
    "TRUNCATE acceptance CASCADE",
    "UPDATE acceptance SET expires_at = expires_at + interval '1 year'",
    "UPDATE acceptance SET severity = 5",
    "UPDATE acceptance_event SET kind = 'approved'",
    "UPDATE attachment SET body = 'x'",
    "UPDATE acceptance_attachment SET name = 'x'",
    "DELETE FROM scan",
    "DELETE FROM finding",
    "DELETE FROM finding_interval",
    "DELETE FROM check_result",
    "DELETE FROM open_findings",
    "DELETE FROM findings_daily",
    "DELETE FROM findings_daily_by_check",
    "UPDATE findings_daily SET opened = opened - 1 WHERE opened > 0",
    "UPDATE findings_daily_by_check SET day = day - 1",
    "DELETE FROM day_zone",
    "UPDATE day_zone SET time_zone = 'Asia/Tokyo'",
    "DELETE FROM decision_finding",
    "DELETE FROM decision",
    "DELETE FROM ledger",
    "DELETE FROM scan_round",
    "TRUNCATE scan_round",
    "UPDATE scan_round SET bytes = 0",
    "UPDATE scan SET bytes = 0, requests = 0",
    "TRUNCATE scan CASCADE",
    "TRUNCATE finding CASCADE",
    "TRUNCATE finding_interval",
    "TRUNCATE check_result",
    "TRUNCATE open_findings",
    "TRUNCATE decision CASCADE",
    "TRUNCATE decision_finding",
    "TRUNCATE ledger",
    "UPDATE scan SET error = 'nothing to see'",
    "UPDATE scan SET opened = 0",
    "UPDATE finding SET subject_name = 'other'",
    "UPDATE finding_interval SET severity = 0",
    "UPDATE finding_interval SET valid_to = NULL, closed_by = NULL, continued = NULL WHERE valid_to IS NOT NULL",
    "UPDATE finding_interval SET continued = NOT continued WHERE valid_to IS NOT NULL",
    "UPDATE finding_interval SET valid_to = valid_to + interval '1 hour' WHERE valid_to IS NOT NULL",
    "UPDATE finding_interval SET valid_from = valid_from - interval '1 hour', opened_at = opened_at - interval '1 hour'",
    "UPDATE finding_interval SET valid_to = valid_from + interval '1 hour', closed_by = opened_by, continued = false, fault = 'x' WHERE valid_to IS NULL",
    "UPDATE finding_interval SET opened_by = opened_by",
    "UPDATE check_result SET outcome = 'pass'",
    "UPDATE check_result SET valid_to = NULL, closed_by = NULL WHERE valid_to IS NOT NULL",
    "UPDATE open_findings SET findings = findings + 1",
    "UPDATE open_findings SET valid_to = NULL WHERE valid_to IS NOT NULL",
    "UPDATE decision SET comment = 'other'",
    "UPDATE decision_finding SET decided_at = decided_at - interval '1 hour'",
    "UPDATE ledger SET payload = '{}'",
    "UPDATE ledger SET actor = actor",
    "DELETE FROM ledger WHERE seq = 1",
    "TRUNCATE ledger CASCADE",
    "UPDATE ledger_check SET entries = 0",
    "DELETE FROM ledger_check",
    "TRUNCATE ledger_check",
    "UPDATE ledger_anchor SET fault = NULL",
    "DELETE FROM ledger_anchor",
    "TRUNCATE ledger_anchor",
    "UPDATE role_seen SET roles = '{admin}'",
    "DELETE FROM role_seen",
    "DELETE FROM api_token",
    "UPDATE saved_view SET created_at = created_at",
    "DELETE FROM saved_view",
    "UPDATE saved_view_version SET query = ''",
    "DELETE FROM saved_view_version",
    "TRUNCATE saved_view_version",
];

/// Every way around the triggers that a statement has.
const AROUND: &[&str] = &[
    "ALTER TABLE ledger DISABLE TRIGGER ledger_fixed",
    "ALTER TABLE ledger DISABLE TRIGGER ALL",
    "DROP TRIGGER ledger_fixed ON ledger",
    "DROP TRIGGER ledger_kept ON ledger",
    "ALTER TABLE ledger DROP COLUMN hash",
    "ALTER TABLE ledger ALTER COLUMN payload TYPE varchar(10)",
    "ALTER TABLE ledger RENAME TO ledger_before",
    "DROP TABLE ledger",
    "DROP TABLE ledger CASCADE",
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "DROP FUNCTION refuse_change CASCADE",
    "CREATE TRIGGER a_first BEFORE UPDATE ON ledger FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE RULE quietly AS ON INSERT TO ledger DO INSTEAD NOTHING",
    "SET session_replication_role = replica",
    "ALTER ROLE bevis_app SUPERUSER",
    "SELECT ledger_append(now(), 'system', 'test.forged', '{}')",
    "UPDATE api_token SET scopes = '{administer}', person_id = person_id",
    "UPDATE api_token SET expires_at = 'infinity'",
    "UPDATE api_token SET secret_hash = decode(repeat('00', 32), 'hex')",
];

#[sqlx::test(migrations = "../migrations")]
async fn the_application_has_no_way_around_the_ledgers_triggers(owner: PgPool) {
    let pool = app_pool(&owner);
    some_history(&owner, &pool).await;
    let before = server::ledger::verify(&pool).await.expect("it holds");
    let mut db = pool.acquire().await.expect("a connection");
    for attempt in AROUND {
        let outcome = (&mut *db).execute(AssertSqlSafe(*attempt)).await;
        let code =
            outcome.err().and_then(|e| e.as_database_error().and_then(|e| e.code().map(std::borrow::Cow::into_owned)));
        assert_eq!(code.as_deref(), Some("42501"), "as bevis_app: {attempt}");
    }
    drop(db);
    assert_eq!(server::ledger::verify(&pool).await.expect("it holds"), before);
    pool.close().await;
}

async fn refusals(db: &mut PgConnection) -> Vec<(String, Option<String>)> {
    let mut refusals = Vec::new();
    for attempt in ATTEMPTS {
        let outcome = (&mut *db).execute(AssertSqlSafe(*attempt)).await;
        let code = outcome
            .err()
            .and_then(|error| error.as_database_error().and_then(|e| e.code().map(std::borrow::Cow::into_owned)));
        refusals.push(((*attempt).to_owned(), code));
    }
    refusals
}

#[sqlx::test(migrations = "../migrations")]
async fn neither_the_owner_nor_the_application_alters_history(owner: PgPool) {
    let pool = app_pool(&owner);
    some_history(&owner, &pool).await;
    let mut db = owner.acquire().await.expect("a connection");
    for (attempt, code) in refusals(&mut db).await {
        assert_eq!(code.as_deref(), Some("23000"), "as owner: {attempt}");
    }
    let mut db = pool.acquire().await.expect("a connection");
    for (attempt, code) in refusals(&mut db).await {
        assert!(matches!(code.as_deref(), Some("23000" | "42501")), "as bevis_app: {attempt}: {code:?}");
    }
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_decision_is_about_findings_that_are_there(owner: PgPool) {
    let pool = app_pool(&owner);
    some_history(&owner, &pool).await;
    for (finding, decision) in [
        ("(SELECT id FROM finding LIMIT 1)", "gen_random_uuid()"),
        ("gen_random_uuid()", "(SELECT id FROM decision LIMIT 1)"),
    ] {
        let row = format!(
            "INSERT INTO decision_finding (finding_id, decision_id, kind, decided_at, standing)
             SELECT {finding}, {decision}, 'acknowledge', now(), 'acknowledged'"
        );
        let refused = owner.execute(AssertSqlSafe(row)).await.expect_err("one of them is not there");
        let code = refused.as_database_error().and_then(|error| error.code().map(std::borrow::Cow::into_owned));
        assert_eq!(code.as_deref(), Some("23503"), "{finding} {decision}");
    }
    pool.close().await;
}
