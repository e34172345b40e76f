//! To whom findings can be given, and which tickets can be linked.

use super::store;
use crate::{
    config::Tickets,
    error::{Error, Result},
};
use chrono::{Datelike, NaiveDate};
use model::{disposition::Ticket, views::Assignees};
use sqlx::PgConnection;

/// People who have logged in, and the groups that they are in.
pub async fn assignees(db: &mut PgConnection) -> Result<Assignees> {
    Ok(store::assignees(db).await?)
}

/// Reads a ticket as somebody wrote it: an address, or a key where the configuration says what its address is.
pub fn ticket(settings: &Tickets, text: &str) -> Result<Ticket> {
    let text = text.trim();
    let by_key = || settings.address.as_ref().filter(|_| is_key(text)).map(|address| address.replace("{key}", text));
    let address = if text.contains("://") { Some(text.to_owned()) } else { by_key() };
    let refused = || {
        let key = if settings.address.is_some() { "error-ticket" } else { "error-ticket-address" };
        Error::Invalid { key, value: text.chars().take(100).collect() }
    };
    // What every browser takes for an address, and what we do, must be the same.
    address.filter(|address| address.parse::<url::Url>().is_ok()).as_deref().and_then(Ticket::read).ok_or_else(refused)
}

/// Reads a due date, as `2026-12-31`.
pub fn due_date(text: &str) -> Result<NaiveDate> {
    let refused = || Error::Invalid { key: "error-due-unreadable", value: text.chars().take(100).collect() };
    let date = text.trim().parse::<NaiveDate>().map_err(|_| refused())?;
    // What lies beyond was mistyped.
    if (2000..2200).contains(&date.year()) { Ok(date) } else { Err(refused()) }
}

/// Letters, digits, dashes, underscores: nothing that changes what an address means.
fn is_key(text: &str) -> bool {
    !text.is_empty() && text.len() <= 50 && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_put_into_the_configured_address_and_nothing_else_is() {
        let with = Tickets { address: Some("https://jira.example/browse/{key}".into()) };
        let read =
            |settings: &Tickets, text: &str| ticket(settings, text).ok().map(|ticket| ticket.address().to_owned());
        assert_eq!(read(&with, " OPS-12 ").as_deref(), Some("https://jira.example/browse/OPS-12"));
        assert_eq!(read(&with, "https://other.example/7").as_deref(), Some("https://other.example/7"));
        assert_eq!(read(&Tickets::default(), "https://other.example/7").as_deref(), Some("https://other.example/7"));
        assert_eq!(read(&Tickets::default(), "OPS-12"), None);
        for text in
            ["", "../admin", "OPS 12", "OPS-12?x=1", "javascript:alert(1)", "javascript://alert(1)", "ftp://x/y"]
        {
            assert_eq!(read(&with, text), None, "{text}");
        }
    }
}
