//! Mail: one message in text and HTML, by SMTP.

use super::{Delivery, Failure, Letter};
use crate::{
    config::notify::{Mail, MailEncryption, MailList},
    notify::content::Text,
};
use anyhow::Context;
use askama::Template;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
        extension::ClientId,
    },
};
use std::time::{Duration, SystemTime};

#[derive(Clone)]
pub(super) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// A line as the templates show it.
struct Shown<'a> {
    severity: Option<String>,
    text: &'a str,
    link: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "notification.html")]
struct Html<'a> {
    text: &'a Text,
    lines: &'a [Shown<'a>],
}

#[derive(Template)]
#[template(path = "notification.txt", escape = "none")]
struct Plain<'a> {
    text: &'a Text,
    lines: &'a [Shown<'a>],
}

impl Mailer {
    pub(super) fn new(mail: &Mail, limit: Duration) -> anyhow::Result<Self> {
        let from = mail.from.get_ref().parse().context("notify.mail.from is no mail address")?;
        let mut tls = TlsParameters::builder(mail.host.clone());
        if let Some(file) = &mail.ca_file {
            let pem =
                std::fs::read(file).with_context(|| format!("cannot read notify.mail.ca_file {}", file.display()))?;
            let authority = Certificate::from_pem(&pem)
                .with_context(|| format!("notify.mail.ca_file {} holds no readable certificate", file.display()))?;
            tls = tls.add_root_certificate(authority);
        }
        let (tls, port) = match mail.encryption {
            MailEncryption::Starttls => (Tls::Required(tls.build_rustls()?), 587),
            MailEncryption::Tls => (Tls::Wrapper(tls.build_rustls()?), 465),
            MailEncryption::None => (Tls::None, 25),
        };
        let host = from_domain(&from);
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&mail.host)
            .port(mail.port.unwrap_or(port))
            .hello_name(ClientId::Domain(host))
            .timeout(Some(limit))
            .tls(tls);
        if let (Some(name), Some(password)) = (&mail.username, &mail.password) {
            let password = password.reveal().context("reading notify.mail.password")?;
            builder = builder.credentials(Credentials::new(name.clone(), password));
        }
        Ok(Self { transport: builder.build(), from })
    }

    /// To the person that a letter is for, at the address that their last log-in told.
    pub(super) async fn to_person(&self, letter: &Letter<'_>) -> Delivery {
        let Some((name, address)) = letter.reader else {
            return Err(Failure::Never("the person has no mail address".into()));
        };
        let Ok(address) = address.parse() else {
            return Err(Failure::Never("the person's mail address is none".into()));
        };
        let name = super::super::content::plain(name, 100);
        self.send(letter, &[Mailbox::new((!name.is_empty()).then_some(name), address)]).await
    }

    pub(super) async fn send(&self, letter: &Letter<'_>, to: &[Mailbox]) -> Delivery {
        let message =
            self.message(letter, to).map_err(|error| Failure::Never(format!("cannot be written: {error}")))?;
        match self.transport.send(message).await {
            Ok(answer) => Ok(format!("SMTP {}", answer.code())),
            Err(error) => Err(refusal(&error)),
        }
    }

    fn message(&self, letter: &Letter<'_>, to: &[Mailbox]) -> anyhow::Result<Message> {
        let shown: Vec<Shown<'_>> = letter
            .text
            .lines
            .iter()
            .map(|line| Shown {
                severity: line.severity.map(|severity| letter.locale.t(&format!("severity-{severity}"))),
                text: &line.text,
                link: line.link.as_deref(),
            })
            .collect();
        let html = Html { text: letter.text, lines: &shown }.render()?;
        let plain = Plain { text: letter.text, lines: &shown }.render()?;
        let mut builder = Message::builder()
            .from(self.from.clone())
            .subject(letter.text.title.clone())
            .date(SystemTime::from(letter.created_at))
            .message_id(Some(format!("<{}@{}>", letter.id, from_domain(&self.from))))
            // So that nobody's out-of-office reply comes back (RFC 3834).
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("Content-Language", letter.text.language));
        for mailbox in to {
            builder = builder.to(mailbox.clone());
        }
        Ok(builder.multipart(MultiPart::alternative_plain_html(plain, html))?)
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn from_domain(from: &Mailbox) -> String {
    from.email.domain().to_owned()
}

/// What the mail server's no means. Its words are left out: they may repeat addresses.
fn refusal(error: &lettre::transport::smtp::Error) -> Failure {
    let code = error.status().map(|code| format!("SMTP {code}"));
    match code {
        Some(code) if error.is_permanent() => Failure::Never(code),
        Some(code) => Failure::later(code),
        None if error.is_timeout() => Failure::later("no full answer in time"),
        None if error.is_tls() => Failure::later("no protected connection to the mail server"),
        None if error.is_client() => Failure::later("the mail server lacks what is asked for"),
        None => Failure::later("the mail server cannot be reached"),
    }
}

/// The addresses of a list.
pub(super) fn mailboxes(list: &MailList) -> anyhow::Result<Vec<Mailbox>> {
    let name = list.name.get_ref();
    anyhow::ensure!(!list.to.is_empty(), "the mail_list \"{name}\" has no addresses");
    list.to
        .iter()
        .map(|address| address.parse().with_context(|| format!("the mail_list \"{name}\" has an address that is none")))
        .collect()
}
