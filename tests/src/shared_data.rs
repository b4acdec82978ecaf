//! Real input that stands beside the project where it is there at all, and is never part of it.
use std::{env, path::PathBuf};

/// The folder of the Grand Bend sample district; without it a test says that it is skipped.
///
/// # Panics
/// Without it under `CI=true`.
#[must_use]
pub fn grand_bend() -> Option<PathBuf> {
    folder("edfi-grandbend")
}

/// The folder with small exports of a real school's system; without it a test says that it is skipped.
///
/// # Panics
/// Without it under `CI=true`.
#[must_use]
pub fn x2_fixtures() -> Option<PathBuf> {
    folder("x2-fixtures")
}

fn folder(name: &str) -> Option<PathBuf> {
    let shared = env::var_os("THROUGHLINE_SHARED_DATA")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data")), PathBuf::from);
    let folder = shared.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(env::var("CI").as_deref() != Ok("true"), "{name} is missing: set THROUGHLINE_SHARED_DATA");
    println!("skipped: {name} is not there (set THROUGHLINE_SHARED_DATA to the folder above it)");
    None
}
