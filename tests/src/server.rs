//! A running `throughline serve`: the real process, with everything that it says.
use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use rustix::process::{Pid, Signal, kill_process};

use crate::throughline;

const PATIENCE: Duration = Duration::from_secs(60);

/// A server, ended with the value, and with the tests' own process however that ends.
pub struct Server {
    child: Child,
    watcher: Child,
    said: Arc<Said>,
    /// Where it listens: `http://127.0.0.1:PORT`.
    pub address: String,
}

#[derive(Default)]
struct Said {
    text: Mutex<String>,
    more: Condvar,
}

impl Server {
    /// A server on the database at `url`.
    pub fn on(url: &str) -> anyhow::Result<Self> {
        Self::start(serve().env("DATABASE_URL", url))
    }

    /// A server with a private PostgreSQL in `directory`.
    pub fn in_directory(directory: &Path) -> anyhow::Result<Self> {
        Self::start(serve().arg("--data-dir").arg(directory))
    }

    /// Starts `command` and waits until it says where it listens.
    pub fn start(command: &mut Command) -> anyhow::Result<Self> {
        Self::start_within(PATIENCE, command)
    }

    /// Starts `command`, which may take so long until it says where it listens.
    pub fn start_within(patience: Duration, command: &mut Command) -> anyhow::Result<Self> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let said = Arc::<Said>::default();
        said.take_in(child.stdout.take().context("its output")?);
        said.take_in(child.stderr.take().context("its log")?);
        let watcher = watch(child.id())?;
        let mut server = Self { child, watcher, said, address: String::new() };
        server.address = server.said_after("address     ", patience)?;
        Ok(server)
    }

    /// Everything that it has said so far.
    pub fn said(&self) -> String {
        self.said.text().clone()
    }

    /// The rest of the line that begins with `words`, once it was said.
    fn said_after(&mut self, words: &str, patience: Duration) -> anyhow::Result<String> {
        let deadline = Instant::now() + patience;
        loop {
            let find = |text: &str| {
                let (_, rest) = text.split_once(words)?;
                rest.split_once('\n').map(|(line, _)| line.trim().to_owned())
            };
            if let Some(found) = find(&self.said()) {
                return Ok(found);
            }
            if let Some(status) = self.child.try_wait()? {
                // What it said last may still be on its way.
                thread::sleep(Duration::from_millis(100));
                bail!("the server ended ({status}): {}", self.said());
            }
            if Instant::now() > deadline {
                bail!("the server does not start: {}", self.said());
            }
            self.said.wait_for_more();
        }
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: Signal) -> anyhow::Result<()> {
        let pid = i32::try_from(self.child.id())?;
        Ok(kill_process(Pid::from_raw(pid).context("a process")?, signal)?)
    }

    /// The words with which it was started, as everybody on the machine can read them.
    pub fn command_line(&self) -> anyhow::Result<String> {
        Ok(std::fs::read_to_string(format!("/proc/{}/cmdline", self.child.id()))?)
    }

    /// Ends it at once, as the kernel or a power failure would.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Waits until it has ended.
    pub fn ended(&mut self) -> anyhow::Result<ExitStatus> {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            thread::sleep(Duration::from_millis(20));
        }
        bail!("the server does not end: {}", self.said())
    }
}

/// The master key of all servers here: nobody's records are under it.
pub const MASTER_KEY: &str = "QSBtYXN0ZXIga2V5IGZvciB0ZXN0cyBhbmQgbm8gb3Q=";

/// `throughline`, without a word from this machine's environment.
pub fn command() -> Command {
    let mut command = Command::new(throughline());
    command.current_dir("/").env_remove("DATABASE_URL").env_remove("THROUGHLINE_DATA_DIR").env_remove("RUST_LOG");
    command.env_remove("THROUGHLINE_MASTER_KEY_FILE").env("THROUGHLINE_MASTER_KEY", MASTER_KEY);
    command
}

/// Whether a command that ends did so well, and what it said.
///
/// # Panics
/// Where it cannot be run.
pub fn said(command: &mut Command) -> (bool, String) {
    let output = command.output().expect("an end");
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (output.status.success(), text.trim().to_owned())
}

/// `throughline serve` on a free port, with the development issuer.
pub fn serve() -> Command {
    let mut command = command();
    command.args(["serve", "--dev-issuer", "--listen", "127.0.0.1:0"]);
    command
}

/// A small shell that kills the server when the pipe to it closes.
fn watch(pid: u32) -> anyhow::Result<Child> {
    let mut shell = Command::new("sh");
    shell.args(["-c", "cat > /dev/null; kill -KILL \"$1\" 2> /dev/null", "sh"]).arg(pid.to_string());
    Ok(shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?)
}

impl Said {
    fn text(&self) -> MutexGuard<'_, String> {
        self.text.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_in(self: &Arc<Self>, pipe: impl Read + Send + 'static) {
        let said = self.clone();
        thread::spawn(move || {
            for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                let mut text = said.text();
                text.push_str(&line);
                text.push('\n');
                said.more.notify_all();
            }
        });
    }

    fn wait_for_more(&self) {
        let _ = self.more.wait_timeout(self.text(), Duration::from_millis(50));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The watcher first: the number of a process that ended may be another's soon.
        for child in [&mut self.watcher, &mut self.child] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
