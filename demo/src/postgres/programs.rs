//! Where the server's programs are.

use anyhow::Context as _;
use std::path::{Path, PathBuf};

/// Finds the newest installed version's programs: the folder with `initdb` and `postgres`.
pub(super) fn find() -> anyhow::Result<PathBuf> {
    newest(Path::new("/usr/lib/postgresql")).or_else(usual).context(
        "PostgreSQL's server programs are not installed. On Debian: run scripts/setup, or: sudo apt-get install postgresql",
    )
}

/// The highest version in Debian's layout, `<version>/bin`.
fn newest(root: &Path) -> Option<PathBuf> {
    let versions = std::fs::read_dir(root).ok()?.flatten();
    versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| complete(bin))
        .max()
        .map(|(_, bin)| bin)
}

fn usual() -> Option<PathBuf> {
    ["/usr/bin", "/usr/local/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin"]
        .map(PathBuf::from)
        .into_iter()
        .find(|bin| complete(bin))
}

fn complete(bin: &Path) -> bool {
    ["initdb", "postgres"].iter().all(|program| bin.join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_complete_version_is_found() {
        let root = tempfile::tempdir().expect("a folder");
        for (version, programs) in [("9", 2), ("15", 2), ("17", 1), ("notes", 2)] {
            let bin = root.path().join(version).join("bin");
            std::fs::create_dir_all(&bin).expect("a folder");
            for program in ["initdb", "postgres"].iter().take(programs) {
                std::fs::write(bin.join(program), "").expect("a file");
            }
        }
        assert_eq!(newest(root.path()), Some(root.path().join("15/bin")));
        assert_eq!(newest(&root.path().join("nowhere")), None);
    }
}
