//! Finds the server's binary, and has it built where it is missing or older than its sources.
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
    time::SystemTime,
};

use anyhow::{Context, ensure};

/// The `throughline` that was built from the present sources, in the profile of these tests.
///
/// # Panics
/// Where it cannot be built.
pub fn throughline() -> &'static Path {
    static FOUND: OnceLock<PathBuf> = OnceLock::new();
    FOUND.get_or_init(|| find().expect("the server's binary"))
}

fn find() -> anyhow::Result<PathBuf> {
    // target/PROFILE/deps/scenarios-HASH or target/PROFILE/examples/faults
    let deps = env::current_exe()?.parent().context("a directory")?.to_owned();
    let profile = deps.parent().context("a profile's directory")?;
    let binary = profile.join("throughline");
    if !is_current(&binary) {
        let name = profile.file_name().and_then(|name| name.to_str()).context("a profile")?;
        let name = if name == "debug" { "dev" } else { name };
        let mut build = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        build.args(["build", "--workspace", "--bin", "throughline", "--profile", name, "--target-dir"]);
        build.arg(profile.parent().context("a target directory")?).current_dir(env!("CARGO_MANIFEST_DIR"));
        ensure!(build.status()?.success(), "cannot build the server");
    }
    Ok(binary)
}

/// Whether the binary is younger than everything in the list of sources that cargo keeps beside it.
fn is_current(binary: &Path) -> bool {
    let changed = |path: &Path| fs::metadata(path)?.modified();
    let (Ok(built), Ok(list)) = (changed(binary), fs::read_to_string(binary.with_extension("d"))) else { return false };
    let sources = list.split_once(": ").map_or("", |(_, sources)| sources);
    let older = |source: &str| changed(Path::new(source)).unwrap_or(SystemTime::now()) <= built;
    sources.split_whitespace().all(older)
}
