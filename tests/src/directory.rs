//! Directories for what tests leave on the disk.
use std::{fs, io, os::unix::fs::PermissionsExt};

use tempfile::TempDir;

/// A directory that PostgreSQL's own account can enter, too; it goes with the value.
///
/// # Errors
/// Where there is no room for one.
pub fn directory() -> io::Result<TempDir> {
    let open = fs::Permissions::from_mode(0o755);
    tempfile::Builder::new().prefix("throughline-").permissions(open).tempdir()
}
