//! PostgreSQL's programs from an archive, for machines that have none.
use std::{
    fs::{self, File},
    io::{self, Cursor, Read},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

use super::{
    StartError,
    binaries::Binaries,
    directory::DataDirectory,
    error::doing,
    releases::{download, newest},
};
use crate::hex::hex;

/// The version that is fetched where no data directory asks for another.
const MAJOR: u32 = 17;

/// Why nothing was fetched.
#[derive(Debug, thiserror::Error)]
pub enum NotFetched {
    /// Nobody wants us to.
    #[error("fetching it is switched off")]
    SwitchedOff,
    /// The network, or who answered there.
    #[error("could not be fetched ({0})")]
    Failed(String),
    /// It came, and could not be used.
    #[error(transparent)]
    Start(#[from] StartError),
}

/// The programs in the archive at a path or an address, unpacked once.
pub fn unpacked(archive: &str, directory: &DataDirectory) -> Result<Binaries, StartError> {
    let unusable = |why: String| StartError::Archive { archive: archive.to_owned(), why };
    if archive.starts_with("http://") || archive.starts_with("https://") {
        let place = place(directory, archive);
        return there(&place).map_or_else(
            || {
                tracing::info!(archive, "fetching PostgreSQL");
                unpack(Cursor::new(download(archive).map_err(unusable)?), &place, archive)
            },
            Ok,
        );
    }
    let file = File::open(archive).map_err(|error| unusable(error.to_string()))?;
    let it = file.metadata().map_err(|error| unusable(error.to_string()))?;
    let place = place(directory, &format!("{archive} {} {}", it.len(), it.mtime()));
    there(&place).map_or_else(|| unpack(file, &place, archive), Ok)
}

/// The newest of the published programs of version `major`, which are kept where the next start finds them.
pub fn fetched(releases: &str, major: Option<u32>, directory: &DataDirectory) -> Result<Binaries, NotFetched> {
    tracing::info!("no fitting PostgreSQL is installed: fetching one");
    let major = major.unwrap_or(MAJOR);
    let (name, bytes) = newest(releases, major).map_err(NotFetched::Failed)?;
    Ok(unpack(Cursor::new(bytes), &directory.binaries().join(format!("postgresql-{major}")), &name)?)
}

fn place(directory: &DataDirectory, archive: &str) -> PathBuf {
    directory.binaries().join(format!("archive-{}", hex(&Sha256::digest(archive)[..8])))
}

fn there(place: &Path) -> Option<Binaries> {
    Binaries::at(&place.join("bin"))
}

/// Unpacks beside `place`, and moves it there when it is whole and answers.
fn unpack(archive: impl Read, place: &Path, name: &str) -> Result<Binaries, StartError> {
    let home = place.parent().unwrap_or(place);
    fs::create_dir_all(home).map_err(doing("create", home))?;
    let unpacked = tempfile::Builder::new()
        .prefix("unpacking-")
        .permissions(PermissionsExt::from_mode(0o755))
        .tempdir_in(home)
        .map_err(doing("write to", home))?;
    let unusable = |why: String| StartError::Archive { archive: name.to_owned(), why };
    let mut entries = tar::Archive::new(GzDecoder::new(archive));
    entries.set_preserve_ownerships(false);
    entries.unpack(unpacked.path()).map_err(|error| match doing("unpack into", home)(root_cause(error)) {
        StartError::Io { source, .. } => unusable(source.to_string()),
        full => full,
    })?;
    let tree = tree_with_programs(unpacked.path()).ok_or_else(|| unusable("it has no bin/initdb".into()))?;
    there(&tree).ok_or_else(|| unusable("its programs do not run here".into()))?;
    if place.exists() {
        fs::remove_dir_all(place).map_err(doing("replace", place))?;
    }
    fs::rename(&tree, place).map_err(doing("create", place))?;
    there(place).ok_or_else(|| unusable("its programs do not run where they were put".into()))
}

/// What the operating system said, which `tar` wraps.
fn root_cause(error: io::Error) -> io::Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(inner) = cause {
        if let Some(code) = inner.downcast_ref::<io::Error>().and_then(io::Error::raw_os_error) {
            return io::Error::from_raw_os_error(code);
        }
        cause = inner.source();
    }
    error
}

/// The archive's own root, or the one directory that most archives wrap everything in.
fn tree_with_programs(unpacked: &Path) -> Option<PathBuf> {
    let wrapped = fs::read_dir(unpacked).ok()?.flatten().map(|entry| entry.path());
    std::iter::once(unpacked.to_owned()).chain(wrapped).find(|tree| tree.join("bin/initdb").is_file())
}
