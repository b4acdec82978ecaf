//! The programs that take part, built in release.
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, ensure};
use serde_json::Value;

/// Builds a program of the workspace at `manifest`, and says where it is.
pub fn build(manifest: &Path, package: &str, program: &str, features: &str) -> anyhow::Result<PathBuf> {
    eprintln!("building {program} {features}");
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--release", "--locked", "--package", package, "--bin", program, "--message-format=json"]);
    cargo.args(["--features", features]);
    cargo.arg("--manifest-path").arg(manifest).stderr(Stdio::inherit());
    let built = cargo.output()?;
    ensure!(built.status.success(), "{program} cannot be built");
    let messages = String::from_utf8(built.stdout)?;
    let executable = |line: &str| {
        let message: Value = serde_json::from_str(line).ok()?;
        let ours = message["target"]["name"] == program;
        ours.then(|| message["executable"].as_str().map(PathBuf::from)).flatten()
    };
    messages.lines().find_map(executable).with_context(|| format!("cargo does not say where {program} is"))
}

/// The server, from the sources that this benchmark lies in.
pub fn throughline() -> anyhow::Result<PathBuf> {
    build(&root().join("Cargo.toml"), "api", "throughline", "")
}

/// The same server, with every decision taken out of it: whoever calls may do everything.
pub fn undecided() -> anyhow::Result<PathBuf> {
    // Cargo leaves it where the other one stands: that one is put aside, and back.
    let decided = throughline()?;
    let (aside, undecided) = (decided.with_extension("decided"), decided.with_extension("undecided"));
    fs::copy(&decided, &aside)?;
    fs::copy(build(&root().join("Cargo.toml"), "api", "throughline", "undecided")?, &undecided)?;
    fs::rename(&aside, &decided)?;
    Ok(undecided)
}

/// One of the others.
pub fn rival(name: &str) -> anyhow::Result<PathBuf> {
    build(&Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"), name, name, "")
}

/// The product's own workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Where what was installed once is kept: beside the programs that were built.
pub fn kept(name: &str) -> PathBuf {
    let here = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join("bench-rivals")));
    here.unwrap_or_default().join(name)
}
