//! The running `postgres` process.
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, ExitStatus, Stdio},
};

use rustix::process::{Pid, Signal, kill_process};

use super::{
    Options, StartError,
    account::Account,
    binaries::Binaries,
    directory::DataDirectory,
    error::doing,
    log::{LogOfAStart, tells_of_a_full_disk},
    program::{OnOrphaned, command},
};

/// All that it takes to start PostgreSQL, the first time and again.
#[derive(Debug)]
pub struct Recipe {
    pub directory: DataDirectory,
    pub binaries: Binaries,
    pub account: Option<Account>,
    pub options: Options,
}

/// A PostgreSQL that was started, ready or not.
#[derive(Debug)]
pub struct Postmaster {
    child: Child,
    cluster: PathBuf,
    log: LogOfAStart,
}

impl Recipe {
    /// Starts it; returns before it is ready.
    pub fn spawn(&self) -> Result<Postmaster, StartError> {
        let cluster = self.directory.cluster();
        let (log, file) = LogOfAStart::open(&self.directory.log())?;
        let program = self.binaries.program("postgres");
        let on_orphaned = if self.options.durable { OnOrphaned::FastShutdown } else { OnOrphaned::End };
        let mut postgres = command(&program, self.account.as_ref(), on_orphaned);
        postgres.arg("-D").arg(&cluster);
        for (name, value) in self.settings() {
            postgres.arg("-c").arg(format!("{name}={value}"));
        }
        let child = postgres.stdout(Stdio::null()).stderr(file).spawn().map_err(doing("run", &program))?;
        Ok(Postmaster { child, cluster, log })
    }

    fn settings(&self) -> Vec<(String, String)> {
        let durable = if self.options.durable { "on" } else { "off" };
        let socket = self.directory.socket().display().to_string().replace('"', "\"\"");
        let socket = format!("\"{socket}\"");
        let ours = [
            ("listen_addresses", ""),
            ("unix_socket_directories", &*socket),
            ("unix_socket_permissions", "0700"),
            ("fsync", durable),
            ("synchronous_commit", "on"),
            ("full_page_writes", durable),
            ("shared_buffers", if self.options.durable { "256MB" } else { "64MB" }),
            ("max_connections", "200"),
            ("max_wal_size", "2GB"),
            // Segments that are not needed any more go, with what was written to them: they are not used again.
            ("wal_recycle", "off"),
            ("cluster_name", "throughline"),
            ("timezone", "UTC"),
            // The log names what happened, never whose row or statement it happened to: errors go to the client only.
            ("log_min_messages", "log"),
            ("log_min_error_statement", "panic"),
            ("log_error_verbosity", "terse"),
            ("log_parameter_max_length_on_error", "0"),
            ("log_parameter_max_length", "0"),
            ("log_statement", "none"),
            ("log_min_duration_statement", "-1"),
            ("log_checkpoints", "off"),
            ("log_destination", "stderr"),
            ("logging_collector", "off"),
        ];
        let ours = ours.map(|(name, value)| (name.to_owned(), value.to_owned()));
        ours.into_iter().chain(self.options.settings.iter().cloned()).collect()
    }
}

impl Postmaster {
    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether it takes connections.
    pub fn ready(&self) -> bool {
        PidFile::read(&self.cluster).is_some_and(|file| file.pid == self.child.id() && file.ready)
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Asks it to end; `patience` steps up from in order to at once.
    pub fn end(&mut self, signal: Signal) {
        // Not yet waited for, so the number is still its own.
        if self.ended().is_none() {
            let _ = kill_process(Pid::from_child(&self.child), signal);
        }
    }

    /// Why it ended, from its log.
    pub fn why_it_ended(&self) -> StartError {
        let last_words = self.log.last_words();
        if tells_of_a_full_disk(&last_words) {
            StartError::DiskFull(self.cluster.clone())
        } else {
            StartError::Died { log: self.log.path().to_owned(), last_words }
        }
    }
}

/// What PostgreSQL says about itself in `postmaster.pid`.
#[derive(Debug, PartialEq, Eq)]
pub struct PidFile {
    pub pid: u32,
    pub ready: bool,
}

impl PidFile {
    /// The file in `cluster`, if there is one.
    pub fn read(cluster: &Path) -> Option<Self> {
        Self::parse(&fs::read_to_string(cluster.join("postmaster.pid")).ok()?)
    }

    fn parse(text: &str) -> Option<Self> {
        let pid = text.lines().next()?.trim().parse().ok()?;
        Some(Self { pid, ready: text.lines().nth(7).is_some_and(|status| status.trim() == "ready") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eighth_line_says_whether_it_is_ready() {
        let file = "41\n/data\n1790000000\n5432\n/data/run\n\n  123 4\n";
        assert_eq!(PidFile::parse(file), Some(PidFile { pid: 41, ready: false }));
        assert_eq!(PidFile::parse(&format!("{file}ready   \n")), Some(PidFile { pid: 41, ready: true }));
        assert_eq!(PidFile::parse(""), None);
    }
}
