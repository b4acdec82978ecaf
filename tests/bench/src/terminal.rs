//! Throughline's commands, as somebody at a terminal gives them.
use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::ensure;
use tokio::process::Command;

use crate::throughline::MASTER_KEY;

/// A terminal in the directory `home`, with the database at `url`.
pub struct Terminal<'a> {
    /// The program.
    pub binary: PathBuf,
    /// The database.
    pub url: String,
    /// The directory.
    pub home: &'a Path,
}

impl Terminal<'_> {
    /// Gives one command and waits until it has ended; how long it took, and what it said.
    pub async fn run(&self, arguments: &[&str]) -> anyhow::Result<(Duration, String)> {
        let mut command = Command::new(&self.binary);
        command.args(arguments).current_dir(self.home);
        command.env("DATABASE_URL", &self.url).env("THROUGHLINE_MASTER_KEY", MASTER_KEY);
        let began = Instant::now();
        let output = command.output().await?;
        ensure!(output.status.success(), "{arguments:?} failed: {}", String::from_utf8_lossy(&output.stderr));
        Ok((began.elapsed(), String::from_utf8(output.stdout)?))
    }
}
