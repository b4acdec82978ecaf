//! The lock by which one process at a time owns a data directory.
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Write},
    path::Path,
};

use super::{StartError, error::doing};

/// Held for as long as the value lives; the operating system frees it however its process ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// What came of asking for the lock.
pub enum Taken {
    /// It is ours.
    Ours(Lock),
    /// Another process has it.
    By(Option<u32>),
}

impl Lock {
    /// Takes the lock at `path` if nobody has it.
    ///
    /// The file itself stays: removing it would let two processes lock two files of one name.
    pub fn take(path: &Path) -> Result<Taken, StartError> {
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(doing("open the lock", path))?;
        match file.try_lock() {
            Ok(()) => {
                file.set_len(0).map_err(doing("write the lock", path))?;
                writeln!(file, "{}", std::process::id()).map_err(doing("write the lock", path))?;
                Ok(Taken::Ours(Self { _file: file }))
            }
            Err(TryLockError::WouldBlock) => {
                let mut owner = String::new();
                let read = file.read_to_string(&mut owner);
                Ok(Taken::By(read.ok().and_then(|_| owner.trim().parse().ok())))
            }
            Err(TryLockError::Error(error)) => Err(doing("lock", path)(error)),
        }
    }
}
