//! `[notify]`: by which channels people are told of what happens. Addresses of receivers come from here alone.

use super::{
    Secret,
    place::{
        Place::{At, Key},
        Wrong,
    },
};
use model::notify::ChannelKind;
use serde::{Deserialize, Serialize, Serializer};
use std::{
    collections::BTreeSet,
    num::{NonZeroU16, NonZeroU32},
    path::PathBuf,
};
use toml::Spanned;

/// `[notify]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct NotifySettings {
    /// Seconds that a message gathers more of its kind before it is sent.
    pub window_seconds: u32,
    /// How often a message is tried before it is given up.
    pub attempts: NonZeroU16,
    /// Seconds that one delivery may take.
    pub request_seconds: NonZeroU32,
    /// The hour of the day, in the organisation's time zone, at which weekly and monthly digests are sent.
    pub digest_hour: u8,
    /// People who have not logged in for so many days are told nothing more.
    pub forget_people_days: NonZeroU32,
    /// Allow receivers on plain http, anywhere; a loopback address may always be one.
    pub allow_http: bool,
    /// The mail server; without it there is no channel `mail`.
    pub mail: Option<Mail>,
    /// Mailing lists, sent to through the mail server.
    pub mail_list: Vec<MailList>,
    /// Receivers of CloudEvents.
    pub webhook: Vec<Webhook>,
    /// Incoming webhooks of Slack.
    pub slack: Vec<Incoming>,
    /// Incoming webhooks of Microsoft Teams workflows.
    pub teams: Vec<Incoming>,
    /// Alertmanagers.
    pub alertmanager: Vec<Alertmanager>,
    /// Jira projects.
    pub jira: Vec<Jira>,
    /// GitHub repositories.
    pub github: Vec<Forge>,
    /// GitLab projects.
    pub gitlab: Vec<Forge>,
}

impl Default for NotifySettings {
    fn default() -> Self {
        Self {
            window_seconds: 300,
            attempts: NonZeroU16::new(12).unwrap_or(NonZeroU16::MIN),
            request_seconds: NonZeroU32::new(10).unwrap_or(NonZeroU32::MIN),
            digest_hour: 7,
            forget_people_days: NonZeroU32::new(90).unwrap_or(NonZeroU32::MIN),
            allow_http: false,
            mail: None,
            mail_list: vec![],
            webhook: vec![],
            slack: vec![],
            teams: vec![],
            alertmanager: vec![],
            jira: vec![],
            github: vec![],
            gitlab: vec![],
        }
    }
}

/// `[notify.mail]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// The mail server.
    pub host: String,
    /// Its port; 587 with `starttls`, 465 with `tls`, 25 with `none`.
    #[serde(default)]
    pub port: Option<u16>,
    /// How the connection is protected.
    #[serde(default)]
    pub encryption: MailEncryption,
    /// Who sends, as `Bevis <bevis@example.org>`.
    pub from: Spanned<String>,
    /// The name to log in with.
    #[serde(default)]
    pub username: Option<String>,
    /// The password.
    #[serde(default)]
    pub password: Option<Secret>,
    /// A PEM file of authorities to trust besides the public ones.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MailEncryption {
    /// STARTTLS, without which nothing is sent.
    #[default]
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// None. Refused together with a password.
    None,
}

/// `[[notify.mail_list]]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MailList {
    /// The channel's name.
    pub name: Spanned<String>,
    /// The addresses.
    #[serde(serialize_with = "how_many")]
    pub to: Vec<String>,
}

/// `[[notify.webhook]]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// The channel's name.
    pub name: Spanned<String>,
    /// Where to send.
    pub url: Secret,
    /// The key of the signature, at least 24 characters.
    pub signing_key: Secret,
}

/// `[[notify.slack]]`, `[[notify.teams]]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Incoming {
    /// The channel's name.
    pub name: Spanned<String>,
    /// Where to send. Whoever has it can post, so it is a secret.
    pub url: Secret,
}

/// `[[notify.alertmanager]]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Alertmanager {
    /// The channel's name.
    pub name: Spanned<String>,
    /// Its address, without `/api/v2/alerts`.
    pub url: Secret,
    /// A bearer token, for one behind a proxy that asks for it.
    #[serde(default)]
    pub token: Option<Secret>,
    /// Hours that an alert fires at most when nothing more is heard of its finding.
    #[serde(default = "default_firing_hours")]
    pub firing_hours: NonZeroU32,
}

const fn default_firing_hours() -> NonZeroU32 {
    match NonZeroU32::new(168) {
        Some(hours) => hours,
        None => NonZeroU32::MIN,
    }
}

/// `[[notify.jira]]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Jira {
    /// The channel's name.
    pub name: Spanned<String>,
    /// The address of the site, as `https://example.atlassian.net`.
    #[serde(serialize_with = "origin")]
    pub url: String,
    /// Whether it is Jira Cloud, which searches at another address than Data Center.
    #[serde(default)]
    pub cloud: bool,
    /// The account's address, for Jira Cloud's basic authentication; without it the token is sent as a bearer.
    #[serde(default)]
    pub username: Option<String>,
    /// The token.
    pub token: Secret,
    /// The project's key.
    pub project: String,
    /// The name of the issue type.
    #[serde(default = "default_issue_type")]
    pub issue_type: String,
    /// The id of the transition that closes an issue; without it a comment says that the finding is fixed.
    #[serde(default)]
    pub close_transition: Option<String>,
    /// The id of the transition that opens it again.
    #[serde(default)]
    pub reopen_transition: Option<String>,
}

/// Who the people on a list are does not belong into what is never deleted.
fn how_many<S: Serializer>(addresses: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(addresses.len().try_into().unwrap_or(u64::MAX))
}

/// An address without what may be secret in it.
fn origin<S: Serializer>(address: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match address.parse::<url::Url>() {
        Ok(address) => serializer.serialize_str(&address.origin().ascii_serialization()),
        Err(_) => serializer.serialize_str("set"),
    }
}

fn default_issue_type() -> String {
    "Task".into()
}

/// `[[notify.github]]`, `[[notify.gitlab]]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Forge {
    /// The channel's name.
    pub name: Spanned<String>,
    /// The address of the API, as `https://api.github.com` or `https://gitlab.example.org/api/v4`.
    #[serde(serialize_with = "origin")]
    pub url: String,
    /// `owner/name`, or the path of a GitLab project.
    pub project: String,
    /// A token that may write issues.
    pub token: Secret,
}

impl NotifySettings {
    /// Name and kind of every channel, with the place of the name in the file.
    pub fn channels(&self) -> Vec<(&Spanned<String>, ChannelKind)> {
        fn all<'a, T>(
            list: &'a [T],
            name: impl Fn(&'a T) -> &'a Spanned<String> + 'a,
            kind: ChannelKind,
        ) -> impl Iterator<Item = (&'a Spanned<String>, ChannelKind)> {
            list.iter().map(move |one| (name(one), kind))
        }
        all(&self.mail_list, |c| &c.name, ChannelKind::Mail)
            .chain(all(&self.webhook, |c| &c.name, ChannelKind::Webhook))
            .chain(all(&self.slack, |c| &c.name, ChannelKind::Slack))
            .chain(all(&self.teams, |c| &c.name, ChannelKind::Teams))
            .chain(all(&self.alertmanager, |c| &c.name, ChannelKind::Alertmanager))
            .chain(all(&self.jira, |c| &c.name, ChannelKind::Jira))
            .chain(all(&self.github, |c| &c.name, ChannelKind::Github))
            .chain(all(&self.gitlab, |c| &c.name, ChannelKind::Gitlab))
            .collect()
    }

    /// What is wrong, with its place. Secrets, and so the addresses within them, are read when the server starts.
    pub(super) fn check(&self) -> Result<(), Wrong> {
        let mut seen = BTreeSet::from([PERSONAL]);
        for (name, _) in self.channels() {
            let (text, at) = (name.get_ref().as_str(), name.span().start);
            if !super::is_name(text) {
                return Err((
                    At(at),
                    format!("channel name \"{text}\": use lower-case letters, digits and dashes, 63 at most"),
                ));
            }
            if !seen.insert(text) {
                return Err((
                    At(at),
                    format!("channel name \"{text}\" is used twice; \"{PERSONAL}\" is people's own mail"),
                ));
            }
        }
        if let (Some(list), None) = (self.mail_list.first(), &self.mail) {
            return Err((At(list.name.span().start), "a mail_list needs a mail server: [notify.mail]".into()));
        }
        if self.digest_hour > 23 {
            return Err((
                Key("notify.digest_hour"),
                format!("notify.digest_hour {} is no hour of the day (0 to 23)", self.digest_hour),
            ));
        }
        self.mail.as_ref().map_or(Ok(()), Mail::check)
    }
}

/// The name of the channel to people's own addresses.
pub const PERSONAL: &str = "mail";

impl Mail {
    fn check(&self) -> Result<(), Wrong> {
        let at = self.from.span().start;
        if self.username.is_some() != self.password.is_some() {
            return Err((At(at), "notify.mail needs both username and password, or neither".into()));
        }
        if self.encryption == MailEncryption::None && self.password.is_some() {
            return Err((
                At(at),
                "notify.mail: a password is not sent over a connection without encryption; set encryption = \"starttls\" or \"tls\"".into(),
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<String> {
        let settings: NotifySettings = toml::from_str(text).expect("it parses");
        settings.check().err().map(|(_, why)| why)
    }

    #[test]
    fn names_are_one_each_and_a_password_is_not_sent_in_the_clear() {
        let hook = |name: &str| format!("[[webhook]]\nname = \"{name}\"\nurl = \"https://a\"\nsigning_key = \"k\"\n");
        assert_eq!(told(&hook("siem")), None);
        assert!(told(&format!("{}{}", hook("siem"), hook("siem"))).is_some_and(|why| why.contains("used twice")));
        assert!(told(&hook("mail")).is_some_and(|why| why.contains("own mail")));
        assert!(told(&hook("Big")).is_some_and(|why| why.contains("lower-case")));
        assert!(told("[[mail_list]]\nname = \"ops\"\nto = []").is_some_and(|why| why.contains("mail server")));
        let mail = |more: &str| format!("[mail]\nhost = \"m\"\nfrom = \"a@b.example\"\n{more}");
        assert_eq!(told(&mail("")), None);
        assert!(told(&mail("username = \"a\"")).is_some_and(|why| why.contains("both")));
        let open = "username = \"a\"\npassword = \"b\"\nencryption = \"none\"";
        assert!(told(&mail(open)).is_some_and(|why| why.contains("without encryption")));
        assert!(told("digest_hour = 24").is_some());
    }

    #[test]
    fn secrets_do_not_show() {
        let text = "[[slack]]\nname = \"ops\"\nurl = \"https://hooks.example/canary\"";
        let settings: NotifySettings = toml::from_str(text).expect("it parses");
        assert!(!format!("{settings:?}").contains("canary"));
    }
}
