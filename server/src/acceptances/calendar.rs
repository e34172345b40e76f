//! When acceptances run out, as a calendar that other programs subscribe to (RFC 5545).

use chrono::TimeDelta;
use icalendar::{Alarm, Calendar, Component, Event, EventLike, Trigger};
use model::{Instant, views::AcceptanceRow};
use url::Url;

/// How long before it runs out somebody is to be reminded: long enough to ask again and be approved.
const REMINDER: TimeDelta = TimeDelta::days(7);

/// A calendar with an event for each acceptance that is approved or in force, at the instant at which it runs out. `title`
/// gives each its words; links go to `public_url`.
pub fn calendar(
    name: &str,
    rows: &[AcceptanceRow],
    public_url: &Url,
    at: Instant,
    title: impl Fn(&AcceptanceRow) -> String,
) -> String {
    let mut calendar = Calendar::new();
    calendar.name(name);
    for row in rows {
        let title = title(row);
        let mut event = Event::new();
        event
            // Its own for ever, so that a program that reads it again changes what it has.
            .uid(&format!("{}@bevis", row.id))
            .timestamp(at)
            .summary(&title)
            .starts(row.expires_at)
            .ends(row.expires_at)
            .alarm(Alarm::display(&title, Trigger::before_start(REMINDER)));
        if let Ok(link) = public_url.join(&format!("/acceptances/{}", row.id)) {
            event.url(link.as_str());
        }
        calendar.push(event.done());
    }
    calendar.done().to_string()
}
