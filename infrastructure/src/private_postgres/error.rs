//! Why a private PostgreSQL does not start, in words that say what to do.
use std::{io, path::PathBuf};

/// What stood in the way of a start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// PostgreSQL's programs are nowhere to be found.
    #[error(
        "PostgreSQL is not installed and {fetching}; install it with `{install}`, or set DATABASE_URL to use another server"
    )]
    NoBinaries {
        /// What came of fetching it.
        fetching: String,
        /// The one command that installs it here.
        install: String,
    },
    /// The directory given for the programs lacks them.
    #[error("{} has no PostgreSQL programs: it must hold `postgres` and `initdb`", .0.display())]
    BinariesIncomplete(PathBuf),
    /// The data directory was written by another major version.
    #[error(
        "the data directory {} was written by PostgreSQL {written_by}, but only {found} is here; install version {written_by} with `{install}` (then move the data with pg_dump or pg_upgrade if you want a newer one)",
        .directory.display()
    )]
    VersionMismatch {
        /// The data directory.
        directory: PathBuf,
        /// The major version it was written by.
        written_by: u32,
        /// The versions that are here.
        found: String,
        /// The one command that installs the right one here.
        install: String,
    },
    /// Another live instance owns the data directory.
    #[error("another Throughline{} is using the data directory {}; stop it, or give this one a directory of its own with --data-dir", process(*.pid), .directory.display())]
    SecondInstance {
        /// The data directory.
        directory: PathBuf,
        /// The process that owns it, where it could be read.
        pid: Option<u32>,
    },
    /// The account PostgreSQL runs under cannot enter a directory.
    #[error("PostgreSQL runs as the user {user}, who cannot enter {}; choose a place that every user can enter, such as /var/lib/throughline", .directory.display())]
    NotReachable {
        /// The directory that is closed.
        directory: PathBuf,
        /// The account.
        user: String,
    },
    /// Started as root on a machine without an account to drop to.
    #[error(
        "PostgreSQL refuses to run as root, and neither a user `postgres` nor `nobody` exists; create one, or start as another user"
    )]
    NoAccount,
    /// The directory holds something else.
    #[error("{} is neither empty nor a PostgreSQL data directory; choose another with --data-dir", .0.display())]
    NotADataDirectory(PathBuf),
    /// The socket's directory could be tampered with by others.
    #[error("the socket directory {} exists but is not private to PostgreSQL's user; remove it", .0.display())]
    SocketDirectory(PathBuf),
    /// The disk is full.
    #[error("the disk that holds {} is full; free some space and start again", .0.display())]
    DiskFull(PathBuf),
    /// `initdb` failed.
    #[error("PostgreSQL could not create its data directory: {0}")]
    InitFailed(String),
    /// `postgres` ended before it was ready.
    #[error("PostgreSQL stopped while starting (see {}): {last_words}", .log.display())]
    Died {
        /// Its log.
        log: PathBuf,
        /// The end of it.
        last_words: String,
    },
    /// The PostgreSQL of an owner that was killed goes on and does not stop.
    #[error("a PostgreSQL left behind on this data directory (process {0}) does not stop; end it and start again")]
    Orphan(u32),
    /// The archive could not be used.
    #[error("the PostgreSQL archive {archive} cannot be used: {why}")]
    Archive {
        /// Its path or address.
        archive: String,
        /// What is wrong with it.
        why: String,
    },
    /// It runs, but cannot be talked to.
    #[error("the private PostgreSQL does not answer: {0}")]
    NoAnswer(String),
    /// The owner beside us did not get ready.
    #[error("another Throughline owns the data directory {}, but its PostgreSQL is not ready", .0.display())]
    OwnerNotReady(PathBuf),
    /// The thread that starts it is gone.
    #[error("the thread that starts PostgreSQL ended early")]
    Vanished,
    /// The operating system refused something.
    #[error("cannot {doing}: {source}")]
    Io {
        /// What was being done.
        doing: String,
        /// What it said.
        source: io::Error,
    },
}

fn process(pid: Option<u32>) -> String {
    pid.map(|pid| format!(" (process {pid})")).unwrap_or_default()
}

/// Says what was being done when the operating system refused; a full disk is told apart.
pub(super) fn doing(doing: impl Into<String>, place: &std::path::Path) -> impl FnOnce(io::Error) -> StartError {
    let (doing, place) = (doing.into(), place.to_owned());
    move |source| match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StartError::DiskFull(place),
        _ => StartError::Io { doing: format!("{doing} {}", place.display()), source },
    }
}

/// The one command that installs PostgreSQL on this machine, of a major version where it matters.
pub(super) fn install_command(major: Option<u32>) -> String {
    let dash = |name: &str| major.map_or_else(|| name.to_owned(), |major| format!("{name}-{major}"));
    let versioned = |name: &str| major.map_or_else(|| name.to_owned(), |major| format!("{name}{major}"));
    let known = [
        ("/usr/bin/apt-get", format!("apt-get install -y {}", dash("postgresql"))),
        ("/usr/bin/dnf", format!("dnf install -y {}-server", versioned("postgresql"))),
        ("/sbin/apk", format!("apk add {}", versioned("postgresql"))),
        ("/usr/bin/pacman", "pacman -S --noconfirm postgresql".into()),
        ("/usr/bin/zypper", format!("zypper install -y {}-server", versioned("postgresql"))),
    ];
    known.into_iter().find(|(program, _)| std::path::Path::new(program).exists()).map_or_else(
        || format!("brew install {}", major.map_or_else(|| "postgresql".into(), |major| format!("postgresql@{major}"))),
        |(_, command)| command,
    )
}
