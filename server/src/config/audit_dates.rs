//! `[[audit_date]]`: instants with a name that people come back to.

use super::place::{Place::At, Wrong};
use model::Instant;
use serde::{Deserialize, Serialize};

/// `[[audit_date]]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AuditDate {
    /// What people read in the menu.
    pub name: toml::Spanned<String>,
    /// The instant as it is written, with its offset from UTC.
    #[serde(skip_serializing)]
    pub at: toml::value::Datetime,
    /// The same, read.
    #[serde(skip_deserializing)]
    pub instant: Instant,
}

/// Characters of the name of an audit date.
const LONGEST_NAME: usize = 60;

/// Reads the named instants, and puts them in their order.
pub(super) fn read(dates: &mut [AuditDate]) -> Result<(), Wrong> {
    for date in &mut *dates {
        let (name, at) = (date.name.get_ref(), date.name.span().start);
        if name.trim().is_empty() || name.chars().count() > LONGEST_NAME {
            return Err((At(at), format!("audit_date name \"{name}\": use 1 to {LONGEST_NAME} characters")));
        }
        let text = date.at.to_string();
        let instant = chrono::DateTime::parse_from_rfc3339(&text).map_err(|_| {
            (
                At(at),
                format!("audit_date \"{name}\": at = {text} needs a time and its offset, as 2026-06-30T23:59:59+02:00"),
            )
        })?;
        date.instant = instant.to_utc();
    }
    dates.sort_by_key(|date| date.instant);
    Ok(())
}
