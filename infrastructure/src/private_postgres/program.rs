//! Runs PostgreSQL's programs: dropped to the right account, ended with the thread that started them.
use std::{
    env,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::LazyLock,
};

use super::account::Account;

/// `setpriv` of util-linux, where it is here and knows of the parent-death signal.
static SETPRIV: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    let knows = |path: &PathBuf| {
        let mut trial = Command::new(path);
        trial.args(["--pdeathsig", "TERM", "true"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        trial.status().is_ok_and(|status| status.success())
    };
    ["/usr/bin/setpriv", "/bin/setpriv"].into_iter().map(PathBuf::from).find(knows)
});

/// The signal PostgreSQL gets when the thread that started it is gone.
#[derive(Clone, Copy)]
pub enum OnOrphaned {
    /// Shut down in order.
    FastShutdown,
    /// End at once; the next start recovers.
    End,
}

/// A command for `program`, run as `account`.
///
/// The parent-death signal follows the thread, not the process: start from a thread that lasts. Where there is no
/// `setpriv` the program outlives a killed owner, and the next start stops it.
pub fn command(program: &Path, account: Option<&Account>, on_orphaned: OnOrphaned) -> Command {
    let mut command = match &*SETPRIV {
        Some(setpriv) => {
            let signal = match on_orphaned {
                OnOrphaned::FastShutdown => "INT",
                OnOrphaned::End => "QUIT",
            };
            let mut command = Command::new(setpriv);
            command.args(["--pdeathsig", signal]);
            if let Some(account) = account {
                command.args([format!("--reuid={}", account.uid), format!("--regid={}", account.gid)]);
                command.arg("--clear-groups");
            }
            command.arg("--").arg(program);
            command
        }
        None => {
            let mut command = Command::new(program);
            if let Some(account) = account {
                command.uid(account.uid).gid(account.gid);
            }
            command
        }
    };
    // PGDATA, PGOPTIONS and their like are about other servers; messages are read in English.
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PG")) {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C").current_dir("/").stdin(Stdio::null());
    // Ctrl-C in a terminal is for the server, which stops PostgreSQL after its last request.
    command.process_group(0);
    command
}
