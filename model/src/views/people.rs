//! People who have logged in, and their sessions.

use crate::{ids::PersonId, role::Role};
use chrono::{DateTime, Utc};
use serde::Serialize;

view! {
    /// People who have logged in, in the order of their names.
    PeoplePage {
        /// They.
        people: Vec<PersonRow>,
        /// Where the next ones begin; none where there are no more.
        next: Option<String>,
    }
}

view! {
    /// A person, with what lets them in.
    PersonRow {
        /// Their id.
        id: PersonId,
        /// Who says who they are.
        issuer: String,
        /// Who they are to it.
        subject: String,
        /// What they were called last.
        name: String,
        /// Their e-mail address then, if the provider told it.
        email: Option<String>,
        /// Their roles as the newest log-in saw them, empty where it was refused; none where no log-in ever saw any.
        roles: Option<Vec<Role>>,
        /// When they last logged in; none where all that is known is that they did later as well.
        last_login_at: Option<DateTime<Utc>>,
        /// Sessions that are live.
        sessions: i64,
        /// When one of these was last used, to the minute; none where there is none, or one was used later as well.
        last_used_at: Option<DateTime<Utc>>,
        /// Tokens of the API in force. They outlive sessions.
        tokens: i64,
    }
}

view! {
    /// A live session of the reader's, without anything that would let somebody use it.
    SessionRow {
        /// When it began.
        begun_at: DateTime<Utc>,
        /// When it was last used, to the minute; none where it was used later as well.
        last_used_at: Option<DateTime<Utc>>,
        /// When it ends whatever happens.
        expires_at: DateTime<Utc>,
        /// Whether it is the one that asks.
        present: bool,
    }
}
