//! What the demo's engineer decided in that past.

use anyhow::{Context as _, anyhow};
use chrono::{DateTime, Utc};
use model::{disposition::Act, views::FindingFilter};
use server::{
    decisions::{self, Actor},
    findings,
};
use sqlx::PgPool;

/// An acknowledgement of everything that fails a check on a cluster.
pub(super) struct Planned {
    /// Days after the past began.
    pub(super) day: i64,
    cluster: &'static str,
    check: &'static str,
    comment: &'static str,
}

/// In order of time.
pub(super) const PLAN: [Planned; 5] = [
    Planned {
        day: 3,
        cluster: "prod-aarhus",
        check: "rbac.secret_readers",
        comment: "secret-sync is replaced by the external secrets operator before the end of the quarter. Ticket PLAT-212.",
    },
    Planned {
        day: 8,
        cluster: "edge-odense",
        check: "bak.location",
        comment: "MinIO stands in the plant's own network. TLS comes with the new switch; the supplier has confirmed the date.",
    },
    Planned {
        day: 11,
        cluster: "prod-aarhus",
        check: "rbac.no_wildcards",
        comment: "The deployer for reporting gets a role of its own. Half of the namespaces are done.",
    },
    Planned {
        day: 15,
        cluster: "prod-aarhus",
        check: "cert.issuers",
        comment: "The Vault token of the internal issuer ran out. Nothing uses that issuer any more; it will be removed.",
    },
    Planned {
        day: 22,
        cluster: "prod-aarhus",
        check: "pod.psa_level",
        comment: "Labels for the legacy namespaces wait for the vendor's new image, which no longer runs as root.",
    },
];

/// Takes a decision, if there is anything left to decide.
pub(super) async fn take(pool: &PgPool, actor: &Actor, planned: &Planned, at: DateTime<Utc>) -> anyhow::Result<()> {
    let filter = FindingFilter {
        cluster: vec![planned.cluster.into()],
        check: Some(planned.check.into()),
        ..FindingFilter::default()
    };
    let mut db = pool.acquire().await?;
    let open = findings::matching(&mut db, &filter, 100, at).await.context("reading findings")?;
    drop(db);
    if open.is_empty() {
        return Ok(());
    }
    let decided = decisions::decide(pool, actor, &Act::Acknowledge, &open, planned.comment, at).await;
    decided.map(|_| ()).map_err(|error| anyhow!("acknowledging {}: {error}", planned.check))
}
