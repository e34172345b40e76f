//! Attachments: kept by the hash of their content, given back as downloads and never shown.

use super::{By, act::Held, store::attachments};
use crate::{
    config::AcceptanceSettings,
    db::new_id,
    error::{Error, Result},
    ledger,
};
use model::{
    Instant,
    ids::{AcceptanceId, AttachmentId, PersonId},
    role::{Permission, allows},
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, PgPool};

/// Characters of a name at most.
const LONGEST_NAME: usize = 120;

/// What is uploaded.
#[derive(Clone, Copy, Debug)]
pub struct Upload<'a> {
    /// The name that it had where it came from.
    pub name: &'a str,
    /// Its content.
    pub body: &'a [u8],
}

/// Something to take home.
#[derive(Clone, Debug)]
pub struct Download {
    /// Its name, in which every character may stand in a header.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// Its content.
    pub body: Vec<u8>,
}

#[derive(Serialize)]
struct Entry<'a> {
    acceptance: AcceptanceId,
    attachment: AttachmentId,
    at: Instant,
    person: PersonId,
    name: &'a str,
    media_type: &'a str,
    size: usize,
    sha256: String,
}

/// Attaches something to an acceptance that is not over, by who asked for it or an officer.
///
/// # Errors
/// Refused: what is empty, too large, of a kind that is not taken or not what its name says; more than the configuration
/// allows; an acceptance that is over; and other people's.
pub async fn attach(
    pool: &PgPool,
    settings: &AcceptanceSettings,
    by: &By,
    id: AcceptanceId,
    upload: Upload<'_>,
    at: Instant,
) -> Result<AttachmentId> {
    let name = name(upload.name);
    let media_type = media_type(&name, upload.body)
        .ok_or_else(|| Error::Invalid { key: "error-attachment-kind", value: name.clone() })?;
    if upload.body.len() > settings.attachment_bytes() {
        return Err(Error::Invalid { key: "error-attachment-large", value: format!("{} MB", settings.attachment_mb) });
    }
    let mut tx = pool.begin().await?;
    let held = Held::load(&mut tx, id, at).await?.ok_or(Error::NotFound)?;
    if held.asked.requested_by != by.person && !allows(&by.roles, Permission::Approve) {
        return Err(Error::Conflict { key: "error-acceptance-not-own" });
    }
    if held.state.is_over() {
        return Err(Error::Conflict { key: "error-acceptance-too-late" });
    }
    let before = attachments::of(&mut tx, &[id], held.at).await?;
    if before.len() >= usize::from(settings.attachments.get()) {
        return Err(Error::Conflict { key: "error-attachment-many" });
    }
    let sha256: [u8; 32] = Sha256::digest(upload.body).into();
    // The same file sent twice, as by a form.
    if let Some((_, same)) = before.iter().find(|(_, it)| it.sha256 == hex::encode(sha256) && it.name == name) {
        return Ok(same.id);
    }
    let new = attachments::New {
        id: AttachmentId(new_id(held.at)),
        acceptance: id,
        name: &name,
        media_type,
        sha256,
        body: upload.body,
        at: held.at,
    };
    attachments::insert(&mut tx, by, &new).await?;
    let entry = Entry {
        acceptance: id,
        attachment: new.id,
        at: new.at,
        person: by.person,
        name: &name,
        media_type,
        size: upload.body.len(),
        sha256: hex::encode(sha256),
    };
    ledger::append(&mut tx, new.at, &by.name, "acceptance.attached", &entry).await?;
    let attachment = new.id;
    tx.commit().await?;
    Ok(attachment)
}

/// Something that was attached by an instant; `None` where it was not.
pub async fn download(
    db: &mut PgConnection,
    acceptance: AcceptanceId,
    id: AttachmentId,
    at: Instant,
) -> std::result::Result<Option<Download>, sqlx::Error> {
    let found = attachments::content(db, acceptance, id, at).await?;
    Ok(found.map(|(name, media_type, body)| Download { name, media_type, body }))
}

/// The last part of a name, of characters that every file system and every header takes.
fn name(text: &str) -> String {
    let last = text.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |character: char| match character {
        'æ' | 'Æ' => "ae".chars().collect::<Vec<_>>(),
        'ø' | 'Ø' => "oe".chars().collect(),
        'å' | 'Å' => "aa".chars().collect(),
        other if other.is_ascii_alphanumeric() || matches!(other, '.' | '-' | '_') => vec![other],
        _ => vec!['_'],
    };
    let name: String = last.chars().flat_map(plain).collect();
    let name = name.trim_start_matches('.');
    let start = name.chars().count().saturating_sub(LONGEST_NAME);
    // The end says what it is.
    name.chars().skip(start).collect()
}

/// What a file is by the end of its name, where its content agrees; `None` for what is not taken.
fn media_type(name: &str, body: &[u8]) -> Option<&'static str> {
    let (_, end) = name.rsplit_once('.')?;
    let is_text = || {
        std::str::from_utf8(body)
            .is_ok_and(|text| !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')))
    };
    let (media_type, agrees) = match end.to_ascii_lowercase().as_str() {
        "pdf" => ("application/pdf", body.starts_with(b"%PDF-")),
        "png" => ("image/png", body.starts_with(b"\x89PNG\r\n\x1a\n")),
        "jpg" | "jpeg" => ("image/jpeg", body.starts_with(b"\xff\xd8\xff")),
        "txt" | "md" | "log" => ("text/plain; charset=utf-8", is_text()),
        "csv" => ("text/csv; charset=utf-8", is_text()),
        "docx" => {
            ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", body.starts_with(b"PK\x03\x04"))
        }
        "xlsx" => {
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body.starts_with(b"PK\x03\x04"))
        }
        "odt" => ("application/vnd.oasis.opendocument.text", body.starts_with(b"PK\x03\x04")),
        _ => return None,
    };
    (agrees && !body.is_empty()).then_some(media_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_its_last_part_in_plain_characters() {
        for (given, kept) in [
            ("risk.pdf", "risk.pdf"),
            ("C:\\Users\\x\\vurdering på dansk.pdf", "vurdering_paa_dansk.pdf"),
            ("../../etc/passwd", "passwd"),
            (".htaccess", "htaccess"),
            ("a\"\r\nSet-Cookie: x=1.txt", "a___Set-Cookie__x_1.txt"),
        ] {
            assert_eq!(name(given), kept);
        }
        assert!(name(&format!("{}.pdf", "a".repeat(1_000))).len() <= LONGEST_NAME);
        assert!(name(&format!("{}.pdf", "a".repeat(1_000))).ends_with("a.pdf"));
    }

    #[test]
    fn a_file_is_what_its_name_says_or_is_not_taken() {
        assert_eq!(media_type("a.pdf", b"%PDF-1.7 ..."), Some("application/pdf"));
        assert_eq!(media_type("a.TXT", "blåbær\n".as_bytes()), Some("text/plain; charset=utf-8"));
        for (name, body) in [
            ("a.pdf", b"<html>".as_slice()),
            ("a.html", b"<html>"),
            ("a.svg", b"<svg/>"),
            ("a.txt", b"\x00\x01"),
            ("a.txt", b"\xff\xfe"),
            ("a.txt", b""),
            ("a.exe", b"MZ"),
            ("pdf", b"%PDF-"),
        ] {
            assert_eq!(media_type(name, body), None, "{name}");
        }
    }
}
