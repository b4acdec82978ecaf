//! Watches PostgreSQL, starts it again when it dies, and shuts it down in the end.
use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    time::{Duration, Instant},
};

use rustix::process::Signal;
use tokio::sync::watch;

use super::{
    StartError,
    lock::Lock,
    postmaster::{Postmaster, Recipe},
};

const GLANCE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// How a private PostgreSQL is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Health {
    /// It takes connections.
    Up {
        /// Its process.
        pid: u32,
    },
    /// It died, and is being started again.
    Restarting {
        /// How often that was tried since it was last up.
        attempt: u32,
        /// Why it died, in one sentence.
        why: String,
    },
    /// It was told to stop and has; the data directory is free.
    Stopped,
}

/// Dropped to stop PostgreSQL.
#[derive(Debug)]
pub struct Stopper(#[expect(dead_code, reason = "its end is what it says")] Sender<()>);

/// The receiving end of a [`Stopper`].
#[derive(Debug)]
pub struct Told(Receiver<()>);

/// A pair of which dropping one tells the other.
pub fn stopper() -> (Stopper, Told) {
    let (tell, told) = channel();
    (Stopper(tell), Told(told))
}

impl Told {
    /// Waits for the word to stop, for `time` at most.
    fn within(&self, time: Duration) -> bool {
        !matches!(self.0.recv_timeout(time), Err(RecvTimeoutError::Timeout))
    }
}

/// A PostgreSQL under supervision. It lives on one thread, since PostgreSQL ends with the thread that started it.
#[derive(Debug)]
pub struct Supervisor {
    pub recipe: Recipe,
    pub lock: Lock,
    pub told: Told,
}

impl Supervisor {
    /// Starts PostgreSQL and waits until it takes connections, however long it recovers.
    pub fn first_start(&self) -> Result<Postmaster, StartError> {
        let mut attempt = 0;
        loop {
            match self.start() {
                // Children of a killed predecessor need a moment to notice.
                Err(StartError::Died { last_words, .. }) if attempt < 20 && last_words.contains("shared memory") => {
                    attempt += 1;
                    if self.told.within(Duration::from_millis(250)) {
                        return Err(StartError::Vanished);
                    }
                }
                outcome => return outcome,
            }
        }
    }

    fn start(&self) -> Result<Postmaster, StartError> {
        let mut postmaster = self.recipe.spawn()?;
        let mut patience = Instant::now() + Duration::from_secs(5);
        while !postmaster.ready() {
            if postmaster.ended().is_some() {
                return Err(postmaster.why_it_ended());
            }
            if self.told.within(GLANCE / 2) {
                shut_down(&mut postmaster);
                return Err(StartError::Vanished);
            }
            if Instant::now() > patience {
                patience += Duration::from_secs(10);
                tracing::info!("PostgreSQL is still starting; after a crash it recovers first");
            }
        }
        Ok(postmaster)
    }

    /// Watches over `postmaster` until told to stop.
    pub fn run(self, mut postmaster: Postmaster, health: &watch::Sender<Health>) {
        while !self.told.within(GLANCE) {
            let Some(status) = postmaster.ended() else { continue };
            tracing::error!(%status, "PostgreSQL died and is started again");
            match self.revive(postmaster.why_it_ended(), health) {
                Some(revived) => postmaster = revived,
                None => return self.stopped(health),
            }
            tracing::info!(pid = postmaster.pid(), "PostgreSQL is up again");
            health.send_replace(Health::Up { pid: postmaster.pid() });
        }
        shut_down(&mut postmaster);
        self.stopped(health);
    }

    fn revive(&self, mut why: StartError, health: &watch::Sender<Health>) -> Option<Postmaster> {
        let mut pause = GLANCE;
        for attempt in 1.. {
            health.send_replace(Health::Restarting { attempt, why: why.to_string() });
            if self.told.within(pause) {
                return None;
            }
            match self.start() {
                Ok(postmaster) => return Some(postmaster),
                Err(StartError::Vanished) => return None,
                Err(error) => why = error,
            }
            tracing::error!(attempt, error = %why, "PostgreSQL does not start");
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
        None
    }

    fn stopped(self, health: &watch::Sender<Health>) {
        drop(self.lock);
        health.send_replace(Health::Stopped);
    }
}

/// In order, then at once, then by force.
fn shut_down(postmaster: &mut Postmaster) {
    for (signal, patience) in [(Signal::INT, 30), (Signal::QUIT, 10), (Signal::KILL, 5)] {
        postmaster.end(signal);
        let deadline = Instant::now() + Duration::from_secs(patience);
        while Instant::now() < deadline {
            if postmaster.ended().is_some() {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}
