//! What a pack promises: the same bytes for the same content, and a named file for every change.

use ed25519_dalek::SigningKey;
use pack::{
    fault::{Fault, Faults},
    key,
    ledger::{Entry, START, entry_hash, sha256},
    manifest::Scope,
    verify::verify,
    write::{Content, write},
};
use proptest::prelude::*;
use std::{collections::BTreeMap, io::Read as _, sync::LazyLock};

fn signer() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn ledger() -> Vec<Entry> {
    let mut prev = START;
    (1..=3)
        .map(|seq| {
            let payload = format!("{{\"finding\":{seq}}}");
            let at = format!("2026-06-30T12:00:0{seq}.000000Z");
            let digest = sha256(payload.as_bytes());
            prev = entry_hash(prev, seq, &at, "Anna Æblegaard", "finding.acknowledge", digest);
            Entry {
                action: "finding.acknowledge".into(),
                actor: "Anna Æblegaard".into(),
                at,
                hash: hex::encode(prev),
                payload: (seq != 2).then_some(payload),
                payload_sha256: hex::encode(digest),
                seq,
            }
        })
        .collect()
}

fn content() -> Content {
    let files = BTreeMap::from([
        ("report.pdf".to_owned(), (0..5_000u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect()),
        ("data/findings.csv".to_owned(), "id;severity\n".repeat(400).into_bytes()),
        ("data/empty.json".to_owned(), Vec::new()),
    ]);
    let scope = Scope {
        clusters: vec!["nord".into()],
        controls: vec!["A.8.2".into()],
        language: "en".into(),
        time_zone: "Europe/Copenhagen".into(),
    };
    Content {
        as_of: "2026-07-01T00:00:00.000000Z".into(),
        scope,
        product_version: "0.1.0".into(),
        files,
        ledger: ledger(),
    }
}

static PACK: LazyLock<Vec<u8>> = LazyLock::new(|| write(content(), &signer()).expect("it can be written"));

/// What any ZIP program sees.
fn contents(bytes: &[u8]) -> Option<BTreeMap<String, Vec<u8>>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).ok()?;
            let mut content = Vec::new();
            file.read_to_end(&mut content).ok()?;
            Some((file.name().ok()?.into_owned(), content))
        })
        .collect()
}

fn faults(bytes: &[u8]) -> Vec<Fault> {
    verify(bytes, None).map_or_else(|Faults(faults)| faults, |_| Vec::new())
}

#[test]
fn a_pack_is_what_was_put_in() {
    let verified = verify(&PACK, Some(&signer().verifying_key())).expect("it verifies");
    assert!(verified.key_trusted);
    assert_eq!((verified.payloads, verified.manifest.ledger.seq), (2, 3));
    let seen = contents(&PACK).expect("any ZIP program reads it");
    for (name, bytes) in content().files {
        assert_eq!(seen.get(&name), Some(&bytes));
    }
    assert_eq!(verify(&PACK, None).expect("it verifies").leaves_open().len(), 4);
    assert_eq!(verified.leaves_open().len(), 3);
}

/// Fails when a new version of a dependency changes the bytes: then the format's number must grow too.
#[test]
fn the_same_content_gives_the_same_bytes_for_ever() {
    assert_eq!(write(content(), &signer()).expect("it can be written"), *PACK);
    let mut files = content().files;
    let text: Vec<String> = (0..3_000u32).map(|n| format!("{};{}\n", n * n % 977, n % 13)).collect();
    let text = text.concat();
    files.insert("data/results.csv".into(), text.into_bytes());
    let bytes = pack::archive::write(&files).expect("it can be written");
    assert_eq!(hex::encode(sha256(&bytes)), "e8d68a066175085f4c5d6461ece5e4cf6e555bf016ede1a8bf6b5814fe831abf");
}

#[test]
fn another_key_is_told() {
    let other = SigningKey::from_bytes(&[8; 32]).verifying_key();
    let Err(Faults(faults)) = verify(&PACK, Some(&other)) else { panic!("another key was accepted") };
    assert!(matches!(&faults[..], [Fault::OtherKey { found, trusted }] if *found != *trusted), "{faults:?}");
    let pem = key::public_to_pem(&other).expect("it can be written");
    assert_eq!(key::public_from_pem(&pem), Ok(other));
}

#[test]
fn a_pack_cut_off_anywhere_is_refused() {
    for length in (0..PACK.len()).step_by(97).chain(PACK.len() - 40..PACK.len()) {
        assert!(!faults(&PACK[..length]).is_empty(), "cut at {length}");
    }
    assert!(!faults(&[&PACK[..], b"x"].concat()).is_empty());
    assert!(!faults(&[b"x", &PACK[..]].concat()).is_empty());
}

#[test]
fn a_rebuilt_archive_names_what_differs() {
    type Files = BTreeMap<String, Vec<u8>>;
    let rebuilt = |change: &dyn Fn(&mut Files)| {
        let mut files = contents(&PACK).expect("any ZIP program reads it");
        change(&mut files);
        faults(&pack::archive::write(&files).expect("it can be written"))
    };
    assert_eq!(rebuilt(&|_| ()), []);
    let path = || "report.pdf".to_owned();
    assert_eq!(rebuilt(&|f| f.get_mut("report.pdf").expect("it is there")[9] ^= 1), [Fault::Changed { path: path() }]);
    assert_eq!(rebuilt(&|f| drop(f.remove("report.pdf"))), [Fault::Missing { path: path() }]);
    assert_eq!(rebuilt(&|f| drop(f.insert("more.txt".into(), vec![1]))), [Fault::Extra { path: "more.txt".into() }]);
    assert_eq!(rebuilt(&|f| f.get_mut("manifest.json").expect("it is there")[30] ^= 1), [Fault::Signature]);
    assert_eq!(rebuilt(&|f| f.get_mut("manifest.sig").expect("it is there")[3] ^= 1), [Fault::Signature]);
    let both = rebuilt(&|f| {
        f.insert("data/empty.json".into(), vec![1]);
        f.insert("key-id.txt".into(), vec![1]);
    });
    assert_eq!(both.len(), 2);
}

#[test]
fn a_ledger_that_was_rewritten_is_refused_by_the_writer_and_the_reader() {
    let mut forged = content();
    forged.ledger[1].actor = "Nobody".into();
    assert!(write(forged, &signer()).is_err());
    let mut late = content();
    late.as_of = "2026-06-30T12:00:02.000000Z".into();
    let bytes = write(late, &signer()).expect("the writer trusts its instant");
    assert!(matches!(&faults(&bytes)[..], [Fault::LedgerFile { .. }]));
}

#[test]
fn names_that_lead_out_of_the_folder_are_refused() {
    for name in ["../x", "/x", "a//b", "a/../b", ".hidden", "a\\b", "C:x", "", "a/", "æ", "a\0b", "a\u{202e}b"] {
        assert!(!pack::archive::is_name(name), "{name}");
        assert!(pack::archive::write(&BTreeMap::from([(name.to_owned(), vec![])])).is_err());
    }
    assert!(pack::archive::is_name("data/findings.csv"));
}

/// Archives that other programs make, or that somebody made with bad intent.
mod hostile {
    use super::*;
    use std::io::Write as _;
    use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, content) in files {
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
            writer.start_file(*name, options).expect("a header");
            writer.write_all(content).expect("content");
        }
        writer.finish().expect("an archive").into_inner()
    }

    #[test]
    fn foreign_archives_are_refused() {
        assert!(!faults(&zipped(&[("../../etc/passwd", b"x")])).is_empty());
        assert!(!faults(&zipped(&[("manifest.json", b"{}"), ("manifest.sig", &[0; 64])])).is_empty());
        assert!(!faults(&zipped(&[])).is_empty());
        for junk in [&b""[..], b"PK", b"PK\x03\x04", b"<html>", &[0; 4096]] {
            assert!(!faults(junk).is_empty());
        }
    }

    #[test]
    fn a_bomb_costs_nothing() {
        let bomb =
            pack::archive::write(&BTreeMap::from([("manifest.json".to_owned(), vec![0; 300 << 20])])).expect("written");
        assert!(bomb.len() < 1 << 20);
        let place = "manifest.json".to_owned();
        assert_eq!(faults(&bomb), [Fault::Archive { place, what: "it is larger than it can be" }]);
        // A header that claims more than deflate can give.
        let mut lying = pack::archive::write(&BTreeMap::from([("a".to_owned(), vec![0; 4096])])).expect("written");
        let directory = lying.windows(4).position(|w| w == b"PK\x01\x02").expect("a directory");
        lying[22..26].copy_from_slice(&500_000_000u32.to_le_bytes());
        lying[directory + 24..directory + 28].copy_from_slice(&500_000_000u32.to_le_bytes());
        assert!(matches!(&faults(&lying)[..], [Fault::Archive { place, .. }] if place == "a"));
    }

    #[test]
    fn a_file_twice_is_refused() {
        let one = pack::archive::write(&BTreeMap::from([("ab".to_owned(), vec![1, 2, 3]), ("ac".to_owned(), vec![4])]))
            .expect("written");
        let doubled: Vec<u8> = {
            let mut bytes = one.clone();
            for at in 0..bytes.len() - 1 {
                if &bytes[at..at + 2] == b"ac" {
                    bytes[at + 1] = b'b';
                }
            }
            bytes
        };
        assert_ne!(one, doubled);
        let what = "it is there twice, or out of order";
        assert_eq!(faults(&doubled), [Fault::Archive { place: "ab".into(), what }]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    /// One byte changed anywhere: refused, and a file named; or every ZIP program still sees the very same content.
    #[test]
    fn no_byte_is_free(at in any::<prop::sample::Index>(), mask in 1u8..) {
        let mut bytes = PACK.clone();
        let at = at.index(bytes.len());
        bytes[at] ^= mask;
        if faults(&bytes).is_empty() {
            prop_assert_eq!(contents(&bytes), contents(&PACK), "byte {}", at);
        }
    }

    #[test]
    fn noise_never_breaks_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(!faults(&[b"PK\x03\x04", &bytes[..]].concat()).is_empty());
    }
}

/// The commands of the page on verifying by hand are run as they stand there, on a pack and on a changed one.
#[test]
fn the_commands_on_the_page_work() {
    let there = |program: &str| std::process::Command::new(program).arg("--help").output().is_ok();
    if !there("openssl") || !there("python3") || !there("sh") {
        // Past the capture of the test program, so that it is seen, and counted as skipped by scripts/counts.
        let line =
            b"SKIPPED verify_by_hand: openssl, python3 and sh are needed for the commands of HOW-TO-VERIFY.txt\n";
        std::io::Write::write_all(&mut std::io::stderr(), line).expect("standard error");
        return;
    }
    for language in ["en", "da"] {
        let mut content = content();
        content.scope.language = language.into();
        let files = contents(&write(content, &signer()).expect("written")).expect("readable");
        let folder = tempfile::tempdir().expect("a folder");
        for (name, bytes) in &files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("it has one")).expect("a folder");
            std::fs::write(path, bytes).expect("a file");
        }
        let page = String::from_utf8(files["HOW-TO-VERIFY.txt"].clone()).expect("text");
        let commands = commands(&page);
        assert_eq!(commands.len(), 4, "{commands:#?}");
        let run = |command: &str| {
            let output =
                std::process::Command::new("sh").arg("-c").arg(command).current_dir(&folder).output().expect("it runs");
            (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
        };
        let id = String::from_utf8(files["key-id.txt"].clone()).expect("text").trim().replace('-', "");
        assert!(run(&commands[0]).1.starts_with(&id));
        assert!(run(&commands[1]).1.contains("Verified Successfully"));
        let differs = if language == "en" { "DIFFERS" } else { "AFVIGER" };
        assert!(!run(&commands[2]).1.contains(differs), "{}", run(&commands[2]).1);
        assert!(run(&commands[3]).0);
        std::fs::write(folder.path().join("report.pdf"), "changed").expect("a file");
        assert!(run(&commands[2]).1.contains(&format!("{differs} report.pdf")));
    }
}

fn commands(page: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    let mut open = false;
    for line in page.lines() {
        let begins = line.trim_start().starts_with("openssl p") || line.starts_with("python3 -c '");
        if begins {
            commands.push(String::new());
        }
        if begins || open {
            let command = commands.last_mut().expect("one was begun");
            command.push_str(line);
            command.push('\n');
            open = line.ends_with('\\')
                || line.ends_with("-c '")
                || (command.starts_with("python3") && !line.ends_with('\''));
        }
    }
    commands
}
