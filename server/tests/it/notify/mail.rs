//! Mail, through a real mail server: aiosmtpd, which keeps what it takes in a Maildir.

use super::*;
use std::{
    fs,
    io::Write as _,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
};
use tempfile::TempDir;

/// A mail server, ended with the test.
struct MailServer {
    process: Child,
    port: u16,
    folder: TempDir,
}

/// How it protects connections.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Protection {
    None,
    Starttls,
    Tls,
}

/// The Python that has the server's package; Debian's is `python3-aiosmtpd`, which scripts/setup installs.
fn python() -> Option<&'static str> {
    let has = |python: &&str| {
        let asked = Command::new(python).args(["-c", "import aiosmtpd"]).stderr(Stdio::null()).status();
        asked.is_ok_and(|status| status.success())
    };
    ["/usr/bin/python3", "python3"].into_iter().find(has)
}

impl MailServer {
    /// `None`, said aloud, where the machine has none.
    async fn start(protection: Protection) -> Option<Self> {
        let Some(python) = python() else {
            // Past the capture of the test program, so that it is seen.
            let line = b"SKIPPED mail: no aiosmtpd on this machine; `scripts/setup test` installs python3-aiosmtpd\n";
            std::io::stderr().write_all(line).unwrap();
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new(python);
        command.args(["-m", "aiosmtpd", "-n", "-l", &format!("127.0.0.1:{port}")]);
        if protection != Protection::None {
            let made = rcgen::generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
            let (cert, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
            fs::write(&cert, made.cert.pem()).unwrap();
            fs::write(&key, made.signing_key.serialize_pem()).unwrap();
            let (name, own) = if protection == Protection::Starttls {
                ("--tlscert", "--tlskey")
            } else {
                ("--smtpscert", "--smtpskey")
            };
            command.arg(name).arg(cert).arg(own).arg(key);
        }
        let kept = folder.path().join("kept");
        command.args(["-c", "aiosmtpd.handlers.Mailbox"]).arg(&kept).stdout(Stdio::null()).stderr(Stdio::null());
        let process = command.spawn().unwrap();
        let server = Self { process, port, folder };
        for _ in 0..600 {
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return Some(server);
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("the mail server does not listen");
    }

    fn configuration(&self, encryption: &str) -> String {
        let authority = self.folder.path().join("cert.pem");
        let authority =
            if authority.exists() { format!("ca_file = \"{}\"\n", authority.display()) } else { String::new() };
        format!(
            "request_seconds = 20\n[[mail_list]]\nname = \"ops\"\nto = [\"ops@example.org\", \"second@example.org\"]\n\
             [mail]\nhost = \"localhost\"\nport = {}\nencryption = \"{encryption}\"\nfrom = \"Bevis <bevis@example.org>\"\n{authority}",
            self.port
        )
    }

    /// What was taken, as it came.
    fn kept(&self) -> Vec<String> {
        let new = self.folder.path().join("kept").join("new");
        let read = |path: &Path| fs::read_to_string(path).unwrap();
        fs::read_dir(new).map(|files| files.map(|file| read(&file.unwrap().path())).collect()).unwrap_or_default()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _gone = self.process.kill();
        let _gone = self.process.wait();
    }
}

/// A header of a mail, unfolded.
fn header(mail: &str, name: &str) -> String {
    let head = mail.replace("\r\n", "\n").replace("\n ", " ");
    let head = head.split("\n\n").next().unwrap().to_owned();
    let line = head.lines().find(|line| line.to_lowercase().starts_with(&format!("{}:", name.to_lowercase())));
    line.map(|line| line[name.len() + 1..].trim().to_owned()).unwrap_or_default()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_list_gets_text_and_html_and_headers_that_nothing_foreign_gets_into(pool: PgPool) {
    let Some(server) = MailServer::start(Protection::None).await else { return };
    let app = with_channels(&pool, &server.configuration("none"));
    let cluster = clusters(&app, &["alpha"]).await[0];
    let velero = Scanned { app: &app, cluster, source: Source::Velero };
    velero.reads(&[]).await;
    add(&app, &rule("ops")).await;
    velero.reads(&[("<script>alert(1)</script>\r\nBcc: evil@example.org", Severity::High)]).await;
    later(&app, WINDOW).await;
    assert_eq!(messages(&pool).await[0].3, "SMTP 250");
    let mails = server.kept();
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!(header(mail, "To"), "ops@example.org, second@example.org");
    assert_eq!(header(mail, "Auto-Submitted"), "auto-generated");
    assert_eq!(header(mail, "Bcc"), "");
    let id = sqlx::query_scalar!("SELECT id FROM notification_message").fetch_one(&pool).await.unwrap();
    assert_eq!(header(mail, "Message-ID"), format!("<{id}@example.org>"));
    // Quoted-printable breaks long lines.
    let mail = &mail.replace("\r\n", "\n").replace("=\n", "");
    assert!(mail.contains("text/plain") && mail.contains("text/html"), "{mail}");
    assert!(
        !mail.contains("<script>alert(1)</script>") || mail.matches("<script>").count() == 1,
        "only the text part shows it as it is: {mail}"
    );
    assert!(mail.contains("&#60;script&#62;") || mail.contains("&lt;script&gt;"), "the HTML part escapes it: {mail}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_person_gets_their_own_in_their_language_until_they_are_gone_for_long(pool: PgPool) {
    let Some(server) = MailServer::start(Protection::None).await else { return };
    let app = with_channels(&pool, &server.configuration("none"));
    let cluster = clusters(&app, &["alpha"]).await[0];
    let velero = Scanned { app: &app, cluster, source: Source::Velero };
    velero.reads(&[]).await;
    let by = actor(&app).await;
    let own = notify::NewRule { team: None, language: "da".into(), ..rule("mail") };
    notify::add(&app.app.db, &app.app.channels, &by, &own, app.app.clock.now()).await.unwrap();
    velero.reads(&[("a", Severity::High)]).await;
    later(&app, WINDOW).await;
    assert_eq!(messages(&pool).await[0].3, "the person has no mail address");
    sqlx::query!("UPDATE person SET email = 'ada@example.org'").execute(&pool).await.unwrap();
    velero.reads(&[("a", Severity::High), ("b", Severity::High)]).await;
    later(&app, WINDOW).await;
    let mails = server.kept();
    assert_eq!(mails.len(), 1);
    assert_eq!(header(&mails[0], "To"), "Ada <ada@example.org>");
    assert!(
        header(&mails[0], "Subject").contains("Et nyt fund") || header(&mails[0], "Subject").contains("=?utf-8?"),
        "{}",
        mails[0]
    );
    assert_eq!(header(&mails[0], "Content-Language"), "da");
    app.app.clock.advance(TimeDelta::days(91));
    velero.reads(&[("a", Severity::High)]).await;
    later(&app, WINDOW).await;
    assert_eq!(server.kept().len(), 1);
    let last = messages(&pool).await.pop().unwrap();
    assert_eq!((last.1.as_str(), last.3.as_str()), ("dropped", "the person has not logged in for long"));
}

#[sqlx::test(migrations = "../migrations")]
async fn who_lost_their_roles_is_told_of_nothing(pool: PgPool) {
    let Some(server) = MailServer::start(Protection::None).await else { return };
    let app = with_channels(&pool, &server.configuration("none"));
    let cluster = clusters(&app, &["alpha"]).await[0];
    let velero = Scanned { app: &app, cluster, source: Source::Velero };
    velero.reads(&[]).await;
    let by = actor(&app).await;
    sqlx::query!("UPDATE person SET email = 'ada@example.org'").execute(&pool).await.unwrap();
    notify::add(
        &app.app.db,
        &app.app.channels,
        &by,
        &notify::NewRule { team: None, ..rule("mail") },
        app.app.clock.now(),
    )
    .await
    .unwrap();
    let seen = async |roles: &[&str]| {
        let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
        let (person, now) = (by.person.0, app.app.clock.now());
        sqlx::query!("INSERT INTO role_seen (person_id, seen_at, roles) VALUES ($1, $2, $3)", person, now, &roles)
            .execute(&pool)
            .await
            .unwrap();
    };
    seen(&["engineer"]).await;
    velero.reads(&[("a", Severity::High)]).await;
    later(&app, WINDOW).await;
    assert_eq!(server.kept().len(), 1, "{:?}", messages(&pool).await);
    for (roles, failing) in [(&[][..], &["a", "b"][..]), (&["auditor"], &["a", "b", "c"])] {
        seen(roles).await;
        velero.reads(&failing.iter().map(|name| (*name, Severity::High)).collect::<Vec<_>>()).await;
        later(&app, WINDOW).await;
        assert_eq!(server.kept().len(), 1, "{roles:?}");
        let last = messages(&pool).await.pop().unwrap();
        assert_eq!((last.1.as_str(), last.3.as_str()), ("dropped", "the person's roles no longer allow it"));
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn connections_are_protected_as_configured_or_nothing_is_sent(pool: PgPool) {
    for (protection, encryption, sent) in [
        (Protection::Starttls, "starttls", true),
        (Protection::Tls, "tls", true),
        // It offers none, and so gets nothing.
        (Protection::None, "starttls", false),
    ] {
        let Some(server) = MailServer::start(protection).await else { return };
        let app = with_channels(&pool, &server.configuration(encryption));
        let by = actor(&app).await;
        let locale = frontend::i18n::Locale::new(frontend::i18n::Language::English, chrono_tz::UTC);
        let state = notify::test(&app.app, &by, "ops", locale).await.unwrap();
        assert_eq!(state == ::model::notify::MessageState::Sent, sent, "{encryption}: {:?}", messages(&pool).await);
        assert_eq!(server.kept().len(), usize::from(sent), "{encryption}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_mail_server_that_is_away_is_tried_again(pool: PgPool) {
    let app = with_channels(
        &pool,
        "[[mail_list]]\nname = \"ops\"\nto = [\"ops@example.org\"]\n[mail]\nhost = \"127.0.0.1\"\nport = 9\nencryption = \"none\"\nfrom = \"bevis@example.org\"\n",
    );
    let by = actor(&app).await;
    let locale = frontend::i18n::Locale::new(frontend::i18n::Language::English, chrono_tz::UTC);
    let state = notify::test(&app.app, &by, "ops", locale).await.unwrap();
    assert_eq!(state, ::model::notify::MessageState::Waiting);
    assert_eq!(messages(&pool).await[0].3, "the mail server cannot be reached");
}
