//! Where a private PostgreSQL lives, and where its programs may come from.
use std::{env, path::PathBuf};

/// What a start can be told; [`Options::new`] is right for most.
#[derive(Clone, Debug)]
pub struct Options {
    /// Everything is kept under this directory.
    pub data_directory: PathBuf,
    /// Only look here for PostgreSQL's programs (`THROUGHLINE_PG_BIN`).
    pub binaries: Option<PathBuf>,
    /// A `.tar.gz` of a PostgreSQL with `bin/initdb`, a path or an http(s) address, used instead of what is installed
    /// (`THROUGHLINE_PG_ARCHIVE`).
    pub archive: Option<String>,
    /// The list of releases, in the form of GitHub's, that is asked where nothing fitting is installed; `None`
    /// keeps off the network (`THROUGHLINE_PG_RELEASES`, empty for none).
    pub releases: Option<String>,
    /// Whether a commit survives the loss of power. Only tests may do without.
    pub durable: bool,
    /// Further PostgreSQL settings, which win over ours.
    pub settings: Vec<(String, String)>,
}

/// Archives that fit most machines, as `postgresql_embedded` uses them.
const RELEASES: &str = "https://api.github.com/repos/theseus-rs/postgresql-binaries/releases?per_page=100";

impl Options {
    /// Kept in `data_directory`, with the environment's say about programs.
    #[must_use]
    pub fn new(data_directory: PathBuf) -> Self {
        let set = |name| env::var(name).ok();
        Self {
            data_directory,
            binaries: set("THROUGHLINE_PG_BIN").filter(|it| !it.is_empty()).map(PathBuf::from),
            archive: set("THROUGHLINE_PG_ARCHIVE").filter(|it| !it.is_empty()),
            releases: Some(set("THROUGHLINE_PG_RELEASES").unwrap_or_else(|| RELEASES.into()))
                .filter(|it| !it.is_empty()),
            durable: true,
            settings: vec![],
        }
    }

    /// The data directory of a start that names none: one that the account PostgreSQL runs under can reach.
    #[must_use]
    pub fn default_data_directory() -> PathBuf {
        if super::account::is_root() {
            return "/var/lib/throughline".into();
        }
        let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        absolute("XDG_DATA_HOME")
            .or_else(|| absolute("HOME").map(|home| home.join(".local/share")))
            .map_or_else(|| "throughline-data".into(), |base| base.join("throughline"))
    }
}
