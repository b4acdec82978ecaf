//! PostgreSQL's programs, found on the machine.
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{Options, StartError, archive, directory::DataDirectory, error::install_command};

/// Older ones lack settings that keep personal data out of the log.
const OLDEST: u32 = 13;

/// A directory with `postgres` and `initdb` of one major version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binaries {
    pub directory: PathBuf,
    pub major: u32,
}

impl Binaries {
    /// The programs in `directory`, if they are there and answer.
    pub fn at(directory: &Path) -> Option<Self> {
        let postgres = directory.join("postgres");
        if !directory.join("initdb").is_file() || !postgres.is_file() {
            return None;
        }
        let answer = Command::new(postgres).arg("--version").output().ok()?;
        let major = major(&String::from_utf8(answer.stdout).ok()?)?;
        (major >= OLDEST).then(|| Self { directory: directory.to_owned(), major })
    }

    /// The path of one of the programs.
    pub fn program(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// The ones to use: what `options` name, else what is installed: of the version that wrote the data directory, or
    /// the newest; else what can be fetched.
    pub fn choose(options: &Options, directory: &DataDirectory) -> Result<Self, StartError> {
        let written_by = written_by(&directory.cluster())?;
        let named = match (&options.binaries, &options.archive) {
            (Some(place), _) => Some(Self::at(place).ok_or_else(|| StartError::BinariesIncomplete(place.clone()))?),
            (None, Some(archive)) => Some(archive::unpacked(archive, directory)?),
            (None, None) => None,
        };
        let is_named = named.is_some();
        let found = named.map_or_else(|| installed(directory), |named| vec![named]);
        let fits = |binaries: &&Self| written_by.is_none_or(|major| binaries.major == major);
        // The first of equals: what the PATH says comes before what merely lies about.
        if let Some(best) = found.iter().rev().filter(fits).max_by_key(|binaries| binaries.major) {
            return Ok(best.clone());
        }
        let fetched = match &options.releases {
            Some(releases) if !is_named => archive::fetched(releases, written_by, directory),
            _ => Err(archive::NotFetched::SwitchedOff),
        };
        match (fetched, written_by) {
            (Ok(binaries), _) => Ok(binaries),
            (Err(archive::NotFetched::Start(error)), _) => Err(error),
            (Err(_), Some(major)) if !found.is_empty() => Err(mismatch(directory, major, &found)),
            (Err(why), _) => Err(missing(&why, written_by)),
        }
    }
}

fn missing(why: &archive::NotFetched, major: Option<u32>) -> StartError {
    StartError::NoBinaries { fetching: why.to_string(), install: install_command(major) }
}

fn mismatch(directory: &DataDirectory, written_by: u32, found: &[Binaries]) -> StartError {
    let mut majors: Vec<_> = found.iter().map(|binaries| binaries.major).collect();
    majors.sort_unstable();
    majors.dedup();
    let found = majors.iter().map(|major| format!("version {major}")).collect::<Vec<_>>().join(" and ");
    let directory = directory.cluster();
    StartError::VersionMismatch { directory, written_by, found, install: install_command(Some(written_by)) }
}

/// The major version that wrote `cluster`; none where there is no cluster yet.
fn written_by(cluster: &Path) -> Result<Option<u32>, StartError> {
    if !cluster.exists() {
        return Ok(None);
    }
    let version = fs::read_to_string(cluster.join("PG_VERSION")).ok().and_then(|text| text.trim().parse().ok());
    version.map(Some).ok_or_else(|| StartError::NotADataDirectory(cluster.to_owned()))
}

/// `postgres (PostgreSQL) 15.4 (Debian …)` → 15; betas and release candidates say `18beta1`.
fn major(answer: &str) -> Option<u32> {
    let version = answer.split_whitespace().nth(2)?;
    let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn installed(directory: &DataDirectory) -> Vec<Binaries> {
    places(directory).iter().filter_map(|place| Binaries::at(place)).collect()
}

fn places(directory: &DataDirectory) -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut places: Vec<_> = env::split_paths(&path).filter(|place| place.is_absolute()).collect();
    if let Ok(answer) = Command::new("pg_config").arg("--bindir").output() {
        places.push(PathBuf::from(String::from_utf8_lossy(&answer.stdout).trim()));
    }
    let families = [
        ("/usr/lib/postgresql", "", "bin"),
        ("/usr", "pgsql-", "bin"),
        ("/usr/libexec", "postgresql", ""),
        ("/opt/homebrew/opt", "postgresql", "bin"),
        ("/usr/local/opt", "postgresql", "bin"),
        ("/home/linuxbrew/.linuxbrew/opt", "postgresql", "bin"),
        ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
    ];
    for (parent, prefix, inside) in families {
        places.extend(children(Path::new(parent), prefix).map(|child| child.join(inside)));
    }
    places.extend(children(&directory.binaries(), "postgresql-").map(|child| child.join("bin")));
    places
}

fn children(parent: &Path, prefix: &'static str) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    entries.filter(move |entry| entry.file_name().to_string_lossy().starts_with(prefix)).map(|entry| entry.path())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_postgres_says() {
        assert_eq!(major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major("command not found"), None);
    }

    #[test]
    fn without_programs_one_command_is_named() {
        let words = missing(&archive::NotFetched::SwitchedOff, None).to_string();
        assert!(words.contains("install it with `"), "{words}");
        assert!(words.contains("DATABASE_URL"), "{words}");
    }
}
