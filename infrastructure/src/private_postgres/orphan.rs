//! A PostgreSQL that outlived the owner of its data directory.
use std::{
    fs,
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use super::{StartError, error::doing, postmaster::PidFile};

/// How long a dead one is left to be buried, in which its children end, too.
const UNBURIED: Duration = Duration::from_secs(10);

/// Stops the PostgreSQL that still runs on `cluster`, which nobody owns since the lock is ours: in order first, then
/// at once (the next start recovers). It is never killed outright, which would leave its children writing.
pub fn stop(cluster: &Path) -> Result<(), StartError> {
    let Some(PidFile { pid, .. }) = PidFile::read(cluster) else { return Ok(()) };
    let Some(process) = i32::try_from(pid).ok().and_then(Pid::from_raw) else { return Ok(()) };
    let deadline = Instant::now() + UNBURIED;
    while is_unburied(pid) && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(50));
    }
    if !alive(process) {
        // PostgreSQL takes over the file of a dead one, after it has looked for children that live on.
        return Ok(());
    }
    if !is_postgres_on(cluster, pid) {
        // The number went to another process, which PostgreSQL could take for its predecessor.
        let stale = cluster.join("postmaster.pid");
        return fs::remove_file(&stale).map_err(doing("remove", &stale));
    }
    tracing::warn!(pid, "stopping a PostgreSQL that outlived its owner");
    for (signal, patience) in [(Signal::INT, 20), (Signal::QUIT, 10)] {
        // It may have ended on its own account by now.
        let _ = kill_process(process, signal);
        let deadline = Instant::now() + Duration::from_secs(patience);
        while Instant::now() < deadline {
            if !alive(process) || !is_postgres_on(cluster, pid) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
    Err(StartError::Orphan(pid))
}

/// Whether the process is dead, but nobody has asked yet how it ended: its number is still taken.
fn is_unburied(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit(')').next().is_some_and(|state| state.trim_start().starts_with('Z'))
}

fn alive(process: Pid) -> bool {
    test_kill_process(process) != Err(rustix::io::Errno::SRCH)
}

/// PostgreSQL works in its data directory; where that cannot be asked, its name has to do.
fn is_postgres_on(cluster: &Path, pid: u32) -> bool {
    if Path::new("/proc/self/cwd").exists() {
        return fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|directory| directory == cluster);
    }
    let answer = Command::new("ps").args(["-o", "command=", "-p", &pid.to_string()]).output();
    answer.is_ok_and(|answer| String::from_utf8_lossy(&answer.stdout).contains("postgres"))
}
