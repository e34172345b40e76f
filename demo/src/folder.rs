//! The data folder: where it is, who uses it, what is remembered in it.

use anyhow::{Context as _, bail};
use nix::sys::statvfs::statvfs;
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::Write as _,
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

/// Bytes that must be free before anything is started: months of history, PostgreSQL's log of them, and some packs.
const NEEDED: u64 = 1024 * 1024 * 1024;
/// `scripts/clean-demo` deletes only folders that hold this file.
const STATE: &str = "demo.json";

/// What is remembered from one start to the next.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct State {
    /// The port of PostgreSQL.
    pub(crate) postgres_port: u16,
    /// The password of PostgreSQL.
    pub(crate) postgres_password: String,
    /// The secret that Bevis and the identity provider share.
    pub(crate) client_secret: String,
    /// The ports of the simulated clusters, by name; their addresses stay what they were.
    pub(crate) cluster_ports: std::collections::BTreeMap<String, u16>,
    /// Day zero of the fleet's story; none before the history has been made.
    pub(crate) began: Option<chrono::DateTime<chrono::Utc>>,
}

/// The data folder, held by this process alone.
pub(crate) struct Folder {
    path: PathBuf,
    /// Locked until the process ends.
    _lock: File,
}

impl Folder {
    /// Opens the folder, makes it where it is missing, and locks it.
    pub(crate) fn open(path: PathBuf) -> anyhow::Result<Self> {
        let shown = path.display();
        let advice = "Choose a folder that can be written, as in: BEVIS_DEMO_DATA=/some/folder make demo";
        fs::create_dir_all(&path).with_context(|| format!("The data folder {shown} cannot be made. {advice}"))?;
        // PostgreSQL may run as another user, who must be able to walk through.
        let walkable = if nix::unistd::geteuid().is_root() { 0o711 } else { 0o700 };
        fs::set_permissions(&path, fs::Permissions::from_mode(walkable))
            .with_context(|| format!("The data folder {shown} belongs to somebody else. {advice}"))?;
        let opened = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path.join("lock"));
        let lock = opened.with_context(|| format!("The data folder {shown} cannot be written. {advice}"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => bail!(
                "Another demo is running with the data folder {shown}. Stop it with Ctrl-C in its terminal, or give this one \
                 its own folder and ports: BEVIS_DEMO_DATA=/some/folder BEVIS_DEMO_OIDC_PORT=5557 make demo PORT=8081"
            ),
            Err(TryLockError::Error(error)) => {
                return Err(error).context(format!("The data folder {shown} cannot be locked."));
            }
        }
        enough_room(&path)?;
        Ok(Self { path, _lock: lock })
    }

    /// A file or folder in it.
    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The folder itself.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// What is remembered; nothing at the first start.
    pub(crate) fn state(&self) -> anyhow::Result<Option<State>> {
        let file = self.join(STATE);
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).context(format!("{} cannot be read.", file.display())),
        };
        let advice = "It was written by another version or damaged; `make clean-demo` deletes the demo's data.";
        serde_json::from_str(&text)
            .map(Some)
            .with_context(|| format!("{} cannot be understood. {advice}", file.display()))
    }

    /// Remembers, all or nothing.
    pub(crate) fn remember(&self, state: &State) -> anyhow::Result<()> {
        self.write_private(STATE, &format!("{:#}\n", serde_json::to_value(state)?))
    }

    /// Writes a file that only its owner reads, all or nothing.
    pub(crate) fn write_private(&self, name: &str, text: &str) -> anyhow::Result<()> {
        let (file, half) = (self.join(name), self.join(&format!("{name}.new")));
        let opened = OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&half);
        opened
            .and_then(|mut opened| opened.write_all(text.as_bytes()).and_then(|()| opened.sync_all()))
            .and_then(|()| fs::rename(&half, &file))
            .with_context(|| format!("{} cannot be written.", file.display()))
    }
}

/// Where the data folder is when nobody says.
pub(crate) fn default_path(root: bool, home: Option<&Path>) -> anyhow::Result<PathBuf> {
    if root {
        return Ok("/var/lib/bevis-demo".into());
    }
    let home = home
        .context("There is no home folder for the demo's data. Set BEVIS_DEMO_DATA to a folder that can be written.")?;
    Ok(home.join(".local/share/bevis-demo"))
}

fn enough_room(path: &Path) -> anyhow::Result<()> {
    let Ok(about) = statvfs(path) else { return Ok(()) };
    room_in(path, about.blocks_available().saturating_mul(about.fragment_size()))
}

/// That so many bytes are enough.
fn room_in(path: &Path, free: u64) -> anyhow::Result<()> {
    if free < NEEDED {
        bail!(
            "There are only {} MB free under {}, and the demo needs {}. Free some, or choose another disk: \
             BEVIS_DEMO_DATA=/some/folder make demo",
            free / 1_048_576,
            path.display(),
            NEEDED / 1_048_576,
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> State {
        State {
            postgres_port: 1,
            postgres_password: "p".into(),
            client_secret: "s".into(),
            cluster_ports: [("a".to_owned(), 2)].into(),
            began: None,
        }
    }

    #[test]
    fn what_is_remembered_is_read_back() {
        let directory = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(directory.path().join("demo")).expect("it opens");
        assert_eq!(folder.state().expect("no state"), None);
        folder.remember(&state()).expect("written");
        assert_eq!(folder.state().expect("read"), Some(state()));
        let mode = fs::metadata(folder.join(STATE)).expect("a file").permissions().mode();
        assert_eq!(mode & 0o077, 0, "only its owner reads it");
    }

    #[test]
    fn two_demos_do_not_share_a_folder() {
        let directory = tempfile::tempdir().expect("a folder");
        let first = Folder::open(directory.path().into()).expect("it opens");
        let refusal = Folder::open(directory.path().into()).err().expect("refused").to_string();
        assert!(refusal.starts_with("Another demo is running"), "{refusal}");
        drop(first);
        Folder::open(directory.path().into()).expect("free again");
    }

    #[test]
    fn too_little_room_is_told_with_what_to_do() {
        let path = Path::new("/some/folder");
        room_in(path, NEEDED).expect("enough");
        let refusal = room_in(path, 700 * 1_048_576).expect_err("refused").to_string();
        assert!(refusal.starts_with("There are only 700 MB free under /some/folder"), "{refusal}");
        assert!(refusal.contains("needs 1024") && refusal.contains("BEVIS_DEMO_DATA="), "{refusal}");
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_told_with_what_to_do() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let refusal = Folder::open(file.path().join("demo")).err().expect("refused").to_string();
        assert!(refusal.contains("BEVIS_DEMO_DATA="), "{refusal}");
    }

    #[test]
    fn a_damaged_state_is_told_with_what_to_do() {
        let directory = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(directory.path().into()).expect("it opens");
        fs::write(folder.join(STATE), "{ half").expect("written");
        let refusal = format!("{:#}", folder.state().expect_err("refused"));
        assert!(refusal.contains("make clean-demo"), "{refusal}");
    }

    #[test]
    fn the_folder_depends_on_who_asks() {
        assert_eq!(default_path(true, None).expect("a path"), Path::new("/var/lib/bevis-demo"));
        assert_eq!(
            default_path(false, Some(Path::new("/home/a"))).expect("a path"),
            Path::new("/home/a/.local/share/bevis-demo")
        );
        assert!(default_path(false, None).is_err());
    }
}
