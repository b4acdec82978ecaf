//! The account PostgreSQL runs under: ours, or an unprivileged one where ours is root.
use std::{
    fs,
    os::unix::fs::{MetadataExt, chown},
    path::{Path, PathBuf},
    process::Command,
};

use super::{StartError, error::doing};

/// A user PostgreSQL is dropped to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub name: String,
    pub uid: u32,
    pub gid: u32,
}

/// Whether we are root, as which PostgreSQL refuses to run.
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

impl Account {
    /// Whom to drop to: nobody else than ourselves unless we are root; then the owner of the cluster where there is
    /// one, since a directory outlives the accounts of a machine.
    pub fn to_drop_to(cluster: &Path) -> Result<Option<Self>, StartError> {
        if !is_root() {
            return Ok(None);
        }
        if let Ok(existing) = fs::metadata(cluster)
            && existing.uid() != 0
        {
            let name = format!("number {}", existing.uid());
            return Ok(Some(Self { name, uid: existing.uid(), gid: existing.gid() }));
        }
        ["postgres", "nobody"].into_iter().find_map(Self::named).map(Some).ok_or(StartError::NoAccount)
    }

    /// Asks `id`, which knows about every directory of users the machine is configured for.
    fn named(name: &str) -> Option<Self> {
        let number = |flag| -> Option<u32> {
            let answer = Command::new("id").args([flag, name]).output().ok()?;
            String::from_utf8(answer.stdout).ok()?.trim().parse().ok()
        };
        let (uid, gid) = (number("-u")?, number("-g")?);
        (uid != 0).then(|| Self { name: name.to_owned(), uid, gid })
    }

    /// Gives `path` to the account.
    pub fn own(&self, path: &Path) -> Result<(), StartError> {
        chown(path, Some(self.uid), Some(self.gid)).map_err(doing("give away", path))
    }

    /// Refuses a directory that the account cannot get to.
    pub fn reaches(&self, directory: &Path) -> Result<(), StartError> {
        match self.first_closed(directory) {
            Some(directory) => Err(StartError::NotReachable { directory, user: self.name.clone() }),
            None => Ok(()),
        }
    }

    fn first_closed(&self, directory: &Path) -> Option<PathBuf> {
        let closed = |path: &&Path| {
            fs::metadata(path).is_ok_and(|it| {
                let bit = match (it.uid() == self.uid, it.gid() == self.gid) {
                    (true, _) => 0o100,
                    (_, true) => 0o010,
                    _ => 0o001,
                };
                it.mode() & bit == 0
            })
        };
        let ancestors: Vec<_> = directory.ancestors().collect();
        ancestors.into_iter().rev().find(closed).map(Path::to_owned)
    }
}
