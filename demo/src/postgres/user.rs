//! Whom the server runs as: ourselves, or the user `postgres` where we are root.

use anyhow::Context as _;
use nix::unistd::{Gid, Uid, User, chown, geteuid};
use std::{
    ffi::OsStr,
    os::unix::process::CommandExt as _,
    path::Path,
    process::{Command, Stdio},
};

/// An unprivileged user.
#[derive(Clone, Copy)]
pub(super) struct RunsAs(Option<(Uid, Gid)>);

impl RunsAs {
    /// Ourselves, unless we are root.
    pub(super) fn unprivileged() -> anyhow::Result<Self> {
        if !geteuid().is_root() {
            return Ok(Self(None));
        }
        let user = User::from_name("postgres").ok().flatten().context(
            "PostgreSQL refuses to run as root, and there is no user `postgres` that it could run as. Start the demo as an \
             ordinary user, or make that user: useradd --system --no-create-home postgres",
        )?;
        Ok(Self(Some((user.uid, user.gid))))
    }

    /// Gives a file or folder to that user.
    pub(super) fn own(self, path: &Path) -> anyhow::Result<()> {
        let Some((uid, gid)) = self.0 else { return Ok(()) };
        chown(path, Some(uid), Some(gid))
            .with_context(|| format!("{} cannot be given to the user postgres.", path.display()))
    }

    /// A program that runs as that user, apart from our terminal's signals.
    pub(super) fn command(self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        self.settle(&mut command);
        command
    }

    /// The same, and the kernel stops it (SIGINT: at once, but in order) should we be killed. Must be started from the
    /// main thread: the kernel watches the thread.
    pub(super) fn command_that_ends_with_us(self, program: &Path) -> Command {
        let setpriv = Path::new("/usr/bin/setpriv");
        if !setpriv.is_file() {
            return self.command(program);
        }
        let mut command = Command::new(setpriv);
        command.args(["--pdeathsig", "SIGINT"]);
        if let Some((uid, gid)) = self.0 {
            command.arg(format!("--reuid={uid}")).arg(format!("--regid={gid}")).arg("--clear-groups");
        }
        command.arg("--").arg(program);
        // The user is changed by setpriv: the kernel forgets the signal when it is changed after.
        Self(None).settle(&mut command);
        command
    }

    fn settle(self, command: &mut Command) {
        if let Some((uid, gid)) = self.0 {
            command.uid(uid.as_raw()).gid(gid.as_raw());
        }
        // Our own folder may be one that the other user cannot enter.
        command.process_group(0).stdin(Stdio::null()).current_dir("/").env("LC_ALL", "C.UTF-8");
    }
}
