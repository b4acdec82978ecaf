//! A server that runs as long as it is needed.
use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use anyhow::Context;

/// A server that says on a line `address`, and where it listens.
pub struct Served {
    child: Child,
    /// `127.0.0.1:PORT`.
    pub address: String,
}

impl Served {
    /// Starts `command` and waits until it listens.
    pub fn start(command: &mut Command) -> anyhow::Result<Self> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut lines = BufReader::new(child.stdout.take().context("its output")?).lines();
        let said = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, address) = line.split_once("address")?;
            Some(address.trim().trim_start_matches("http://").to_owned())
        });
        // Whatever it says later is read, so that it never waits for us.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        let Some(address) = said else {
            child.wait()?;
            anyhow::bail!("{:?} did not come up", command.get_program());
        };
        Ok(Self { child, address })
    }

    /// The memory that it holds now, in megabytes.
    pub fn megabytes(&self) -> anyhow::Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next());
        Ok(kilobytes.context("its memory")?.parse::<f64>()? / 1024.0)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
