//! `bevis verify` and `bevis keygen`: plain sentences, and an exit code for scripts.

use super::signer::Signer;
use anyhow::Context as _;
use pack::{key, verify::verify};
use std::{fs, path::Path, process::ExitCode};

/// Verifies a pack and prints what that proves; the exit code is 0 where it holds, 1 where it does not, 2 where it could
/// not be tried. Needs no configuration, database or network.
pub fn verify_command(path: &Path, key: Option<&Path>) -> ExitCode {
    let (code, lines) = verdict(path, key);
    #[expect(clippy::print_stdout, reason = "the verdict is what the command is for")]
    for line in lines {
        println!("{line}");
    }
    ExitCode::from(code)
}

/// Makes a key in a new file and prints what to hand out: the public half and its id.
pub fn keygen_command(path: &Path) -> anyhow::Result<()> {
    let signer = Signer::generate(path)?;
    let public = signer.public_pem().context("writing the public key")?;
    #[expect(clippy::print_stdout, reason = "what is printed is what the command is for")]
    {
        println!("The private key is in {}; keep it, and keep a copy in a safe place.", path.display());
        println!("Publish its id where those who verify packs can find it: {}", signer.key_id());
        println!("{}", public.trim_end());
    }
    Ok(())
}

fn verdict(path: &Path, key: Option<&Path>) -> (u8, Vec<String>) {
    match read(path, key) {
        Err(sentence) => (2, vec![sentence]),
        Ok((bytes, trusted)) => match verify(&bytes, trusted.as_ref()) {
            Err(faults) => {
                let mut lines = vec![format!("{} does NOT hold:", path.display())];
                lines.extend(faults.0.iter().map(|fault| format!("  - {fault}.")));
                (1, lines)
            }
            Ok(verified) => {
                let mut lines = vec![format!("{} holds. This proves:", path.display())];
                lines.extend(verified.proves().into_iter().map(|sentence| format!("  - {sentence}")));
                lines.push("It does not prove:".to_owned());
                lines.extend(verified.leaves_open().into_iter().map(|sentence| format!("  - {sentence}")));
                (0, lines)
            }
        },
    }
}

type Read = (Vec<u8>, Option<ed25519_dalek::VerifyingKey>);

fn read(path: &Path, key: Option<&Path>) -> Result<Read, String> {
    let size = fs::metadata(path).map_err(|error| format!("Cannot read {}: {error}.", path.display()))?.len();
    if size > pack::archive::MAX_ARCHIVE as u64 {
        return Err(format!("{} is larger than a pack can be.", path.display()));
    }
    let bytes = fs::read(path).map_err(|error| format!("Cannot read {}: {error}.", path.display()))?;
    let trusted = key
        .map(|path| {
            let pem = fs::read_to_string(path).map_err(|error| format!("Cannot read {}: {error}.", path.display()))?;
            key::public_from_pem(&pem).map_err(|error| format!("{}: {error}.", path.display()))
        })
        .transpose()?;
    Ok((bytes, trusted))
}
