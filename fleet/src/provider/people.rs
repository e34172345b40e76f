//! The people of the demo: one for each role, and one for none.

/// Somebody who can log in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Stable: the `sub` claim is made of it.
    pub id: String,
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// The `groups` claim.
    pub groups: Vec<String>,
    /// What the log-in page says of them.
    pub about: String,
}

impl Person {
    /// A person with one group.
    pub fn new(id: &str, name: &str, group: &str, about: &str) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            email: format!("{id}@nordlys.example"),
            groups: vec![group.into()],
            about: about.into(),
        }
    }

    /// The subject: opaque and stable, as Dex makes it of user and connector.
    pub fn subject(&self) -> String {
        use base64::Engine as _;
        let id = self.id.as_bytes();
        let mut message = vec![0x0a, u8::try_from(id.len()).unwrap_or(u8::MAX)];
        message.extend_from_slice(id);
        message.extend_from_slice(b"\x12\x05local");
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(message)
    }
}

/// The demo's people, in the order in which the log-in page lists them.
pub fn people() -> Vec<Person> {
    vec![
        Person::new("asger", "Asger Lund", "bevis-viewers", "viewer: reads everything"),
        Person::new("mette", "Mette Kjær", "bevis-managers", "manager: creates and downloads evidence packs"),
        Person::new("jonas", "Jonas Friis", "bevis-engineers", "engineer: acknowledges findings"),
        Person::new("signe", "Signe Holm", "bevis-security", "security officer: both of these"),
        Person::new("rasmus", "Rasmus Dahl", "bevis-admins", "administrator: clusters and settings"),
        Person::new("birgit", "Birgit Nørgaard", "bevis-auditors", "auditor: reads, and downloads evidence packs"),
        Person::new("emil", "Emil Bach", "marketing", "no role: Bevis refuses, and says which groups it saw"),
    ]
}
