//! What lies where in a data directory.
use std::{
    fs::{self, DirBuilder},
    io,
    os::unix::{
        ffi::OsStrExt,
        fs::{DirBuilderExt, MetadataExt},
    },
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::{StartError, account::Account, error::doing};
use crate::hex::hex;

/// The name of PostgreSQL's socket in its directory.
pub const SOCKET: &str = ".s.PGSQL.5432";
/// A socket's path is at most this long on Linux; macOS has four bytes less.
const LONGEST_SOCKET_PATH: usize = 103;

/// The data directory, as an absolute path.
#[derive(Clone, Debug)]
pub struct DataDirectory(PathBuf);

impl DataDirectory {
    /// Creates it where it does not exist.
    pub fn open(path: &Path) -> Result<Self, StartError> {
        fs::create_dir_all(path).map_err(doing("create", path))?;
        path.canonicalize().map(Self).map_err(doing("open", path))
    }

    /// The directory itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// PostgreSQL's own data directory.
    pub fn cluster(&self) -> PathBuf {
        self.0.join("postgres")
    }

    /// Where that one is made, so that one that is there is whole.
    pub fn unfinished_cluster(&self) -> PathBuf {
        self.0.join("postgres.unfinished")
    }

    /// PostgreSQL's log.
    pub fn log(&self) -> PathBuf {
        self.0.join("postgres.log")
    }

    /// The owner's lock.
    pub fn lock(&self) -> PathBuf {
        self.0.join("throughline.lock")
    }

    /// Programs unpacked from an archive.
    pub fn binaries(&self) -> PathBuf {
        self.0.join("binaries")
    }

    /// The directory of the socket: inside, or where that path is too long, one in /tmp named by a hash of it.
    pub fn socket(&self) -> PathBuf {
        let inside = self.0.join("run");
        if inside.join(SOCKET).as_os_str().len() <= LONGEST_SOCKET_PATH {
            return inside;
        }
        let hash = Sha256::digest(self.0.as_os_str().as_bytes());
        Path::new("/tmp").join(format!("throughline-{}", hex(&hash[..8])))
    }

    /// Removes what a PostgreSQL that ended suddenly left in the socket's directory. The next one would take whoever has
    /// its number now, or a dead process that nobody has buried, for an owner of the socket. To be called by the owner
    /// of the lock, once no PostgreSQL runs.
    pub fn clear_socket(&self) -> Result<(), StartError> {
        for name in [format!("{SOCKET}.lock"), SOCKET.to_owned()] {
            let left = self.socket().join(name);
            match fs::remove_file(&left) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(doing("remove", &left)(error)),
                _ => {}
            }
        }
        Ok(())
    }

    /// Creates the socket's directory, private to whoever PostgreSQL runs as.
    pub fn make_socket_directory(&self, account: Option<&Account>) -> Result<(), StartError> {
        let path = self.socket();
        match DirBuilder::new().mode(0o700).create(&path) {
            Ok(()) => account.map_or(Ok(()), |account| account.own(&path)),
            // In /tmp somebody else may have been there first: only one that is ours alone will do.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let there = fs::symlink_metadata(&path).map_err(doing("look at", &path))?;
                let owner = account.map_or_else(|| rustix::process::geteuid().as_raw(), |account| account.uid);
                let private = there.is_dir() && there.uid() == owner && there.mode() & 0o077 == 0;
                if private { Ok(()) } else { Err(StartError::SocketDirectory(path)) }
            }
            Err(error) => Err(doing("create", &path)(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_socket_of_a_deep_directory_is_short() {
        let deep = DataDirectory(Path::new("/").join("long/".repeat(40)));
        assert!(deep.socket().starts_with("/tmp"));
        assert!(deep.socket().as_os_str().len() < 60);
        let shallow = DataDirectory("/var/lib/throughline".into());
        assert_eq!(shallow.socket(), Path::new("/var/lib/throughline/run"));
    }
}
