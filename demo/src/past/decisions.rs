//! What the demo's people decided in that past.

use super::store;
use crate::people;
use anyhow::{Context as _, anyhow};
use chrono::{DateTime, TimeDelta, Utc};
use model::{
    acceptance::{AcceptanceAct, AcceptanceScope, EndsOn},
    disposition::{Act, Assignee, Ticket},
    ids::FindingId,
    role::Role,
    views::FindingFilter,
};
use server::{
    acceptances::{self, By, NewAcceptance},
    config::Config,
    decisions::{self, Actor},
    findings,
};
use sqlx::PgPool;
use std::collections::BTreeSet;

/// Something that somebody decides about everything that fails a check on a cluster.
pub(super) struct Planned {
    /// Days after the past began.
    pub(super) day: i64,
    by: Role,
    cluster: &'static str,
    check: &'static str,
    what: What,
    comment: &'static str,
}

enum What {
    Acknowledge,
    AssignTo(Role),
    /// Due so many days later.
    Due(i64),
    Ticket(&'static str),
    Comment,
    FalsePositive,
    /// Asks that the risk be accepted for so many days, with a control in its place; an officer approves within the hour.
    Accept(i64, &'static str),
    /// The same, and nobody has looked at it yet.
    AskToAccept(i64, &'static str),
}

use What::{Accept, Acknowledge, AskToAccept, AssignTo, Comment, Due, FalsePositive};

const fn engineer(day: i64, cluster: &'static str, check: &'static str, what: What, comment: &'static str) -> Planned {
    Planned { day, by: Role::Engineer, cluster, check, what, comment }
}

const fn officer(day: i64, cluster: &'static str, check: &'static str, what: What, comment: &'static str) -> Planned {
    Planned { day, by: Role::SecurityOfficer, cluster, check, what, comment }
}

/// In order of time.
pub(super) const PLAN: [Planned; 14] = [
    engineer(
        3,
        "prod-aarhus",
        "rbac.secret_readers",
        Acknowledge,
        "secret-sync is replaced by the external secrets operator before the end of the quarter. Ticket PLAT-212.",
    ),
    engineer(
        8,
        "edge-odense",
        "bak.location_tls",
        Acknowledge,
        "MinIO stands in the plant's own network. TLS comes with the new switch; the supplier has confirmed the date.",
    ),
    engineer(
        11,
        "prod-aarhus",
        "rbac.no_wildcards",
        Acknowledge,
        "The deployer for reporting gets a role of its own. Half of the namespaces are done.",
    ),
    engineer(
        15,
        "prod-aarhus",
        "cert.issuers",
        Acknowledge,
        "The Vault token of the internal issuer ran out. Nothing uses that issuer any more; it will be removed.",
    ),
    engineer(
        22,
        "prod-aarhus",
        "pod.psa_level",
        Acknowledge,
        "Labels for the legacy namespaces wait for the vendor's new image, which no longer runs as root.",
    ),
    officer(60, "prod-aarhus", "rbac.secret_readers", AssignTo(Role::Engineer), "Can this be done in March?"),
    engineer(
        61,
        "prod-aarhus",
        "rbac.secret_readers",
        What::Ticket("https://jira.nordlys.example/browse/PLAT-212"),
        "Planned with the operator.",
    ),
    officer(
        112,
        "prod-aarhus",
        "cert.valid",
        AssignTo(Role::Engineer),
        "The booking page is what patients see. **First**, please.",
    ),
    officer(112, "prod-aarhus", "cert.valid", Due(14), ""),
    engineer(
        113,
        "edge-odense",
        "bak.location_tls",
        Accept(60, "The plant's network is closed to the outside, and its switch logs every connection to MinIO."),
        "The switch is delayed until the new year. The copies hold no patient data.",
    ),
    engineer(
        116,
        "prod-aarhus",
        "rbac.groups_not_users",
        FalsePositive,
        "These two are the accounts that open the glass in an emergency, and stand in a sealed envelope. @signe, please look.",
    ),
    engineer(
        117,
        "prod-aarhus",
        "pod.psa_level",
        AskToAccept(45, "The namespaces have a default-deny network policy, and Falco watches them."),
        "The vendor's image comes six weeks late.",
    ),
    officer(
        118,
        "prod-aarhus",
        "rbac.no_wildcards",
        Comment,
        "The auditor asks about this one:\n\n- which namespaces are left?\n- when are they done?\n\n@jonas",
    ),
    engineer(118, "staging", "rbac.no_wildcards", Acknowledge, "Goes with the next release of the preview tool."),
];

/// Takes a decision, if there is anything left to decide.
pub(super) async fn take(pool: &PgPool, config: &Config, planned: &Planned, at: DateTime<Utc>) -> anyhow::Result<()> {
    let filter = FindingFilter {
        cluster: vec![planned.cluster.into()],
        check: Some(planned.check.into()),
        ..FindingFilter::default()
    };
    let mut db = pool.acquire().await?;
    let failing = findings::matching(&mut db, &filter, 100, at).await.context("reading findings")?;
    drop(db);
    if failing.is_empty() {
        return Ok(());
    }
    let by = by(pool, config, planned.by, at).await?;
    let act = match planned.what {
        Acknowledge => Act::Acknowledge,
        Comment => Act::Comment,
        FalsePositive => Act::FalsePositive,
        AssignTo(role) => Act::Assign(Assignee::Person(self::by(pool, config, role, at).await?.person)),
        Due(days) => Act::SetDue((at + TimeDelta::days(days)).date_naive()),
        What::Ticket(address) => Act::LinkTicket(Ticket::read(address).context("the address of a ticket")?),
        Accept(days, control) => return ask(pool, config, planned, (days, control, true), at).await,
        AskToAccept(days, control) => return ask(pool, config, planned, (days, control, false), at).await,
    };
    decide(pool, &by, &act, &failing, planned, at).await
}

async fn decide(
    pool: &PgPool,
    by: &Actor,
    act: &Act,
    failing: &[FindingId],
    planned: &Planned,
    at: DateTime<Utc>,
) -> anyhow::Result<()> {
    let decided = decisions::decide(pool, by, act, failing, planned.comment, at).await;
    decided.map(|_| ()).map_err(|error| anyhow!("deciding about {} on {}: {error}", planned.check, planned.cluster))
}

async fn ask(
    pool: &PgPool,
    config: &Config,
    planned: &Planned,
    (days, control, approved): (i64, &str, bool),
    at: DateTime<Utc>,
) -> anyhow::Result<()> {
    let asks = in_role(by(pool, config, planned.by, at).await?, planned.by);
    let new = NewAcceptance {
        scope: AcceptanceScope::Cluster { check: planned.check.into(), cluster: planned.cluster.into() },
        reason: planned.comment.into(),
        compensating_control: control.into(),
        residual_risk: String::new(),
        begins_at: None,
        expires_at: at + TimeDelta::days(days),
        ends_on: BTreeSet::from([EndsOn::SeverityRises]),
        extends: None,
    };
    let failed = |error: server::error::Error| anyhow!("accepting {} on {}: {error}", planned.check, planned.cluster);
    let id = acceptances::request(pool, &config.acceptances, &asks, &new, at).await.map_err(failed)?;
    if approved {
        let officer = in_role(by(pool, config, Role::SecurityOfficer, at).await?, Role::SecurityOfficer);
        let later = at + TimeDelta::minutes(50);
        let comment = "Seen on site. Not longer than this.";
        acceptances::act(pool, &officer, id, AcceptanceAct::Approve, comment, later).await.map_err(failed)?;
    }
    Ok(())
}

fn in_role(actor: Actor, role: Role) -> By {
    By { person: actor.person, name: actor.name, roles: vec![role] }
}

async fn by(pool: &PgPool, config: &Config, role: Role, at: DateTime<Utc>) -> anyhow::Result<Actor> {
    let person = people::with_role(role).with_context(|| format!("the demo has nobody who is {role}"))?;
    Ok(store::person(pool, &config.login.issuer, &person, at).await?)
}
