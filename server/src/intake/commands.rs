//! `bevis token list` and `bevis audit verify`.

use super::{chain, token};
use model::Instant;
use sqlx::PgPool;
use std::{fmt::Write, process::ExitCode};

/// `bevis token list`: a line a token, newest first.
pub async fn list_tokens(pool: &PgPool, at: Instant) -> anyhow::Result<String> {
    let mut text = String::new();
    for row in token::list(pool).await? {
        let state = match row.revoked_at {
            Some(_) => "revoked",
            None if row.expires_at <= at => "expired",
            None => "in force",
        };
        let used = row.last_used_at.map_or_else(|| "never used".into(), |used| format!("last used {}", minute(used)));
        // Writing to a String cannot fail.
        let _always_fits = writeln!(
            text,
            "{}  {}  {}  {state} until {}, {used}  {}",
            row.id,
            row.cluster,
            row.source,
            minute(row.expires_at),
            row.name
        );
    }
    Ok(text)
}

/// `bevis audit verify`: prints how many batches there are, or the first that is not what it was.
pub async fn verify_audit_command(pool: &PgPool) -> anyhow::Result<ExitCode> {
    let (sentence, code) = match chain::verify(pool).await {
        Ok(batches) => (format!("The audit batches hold together: {batches}."), ExitCode::SUCCESS),
        Err(chain::AuditFault::Unreadable(error)) => return Err(error.into()),
        Err(fault) => (format!("The audit batches are broken: {fault}."), ExitCode::FAILURE),
    };
    #[expect(clippy::print_stdout, reason = "the verdict is what the command is for")]
    {
        println!("{sentence}");
    }
    Ok(code)
}

fn minute(at: Instant) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}
