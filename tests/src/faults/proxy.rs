//! A socket between the servers and PostgreSQL that breaks when it is told to, also around a commit.
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        UnixListener, UnixStream,
        unix::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::Notify,
};

use super::armed::Armed;

/// The name of PostgreSQL's socket in its directory.
const SOCKET: &str = ".s.PGSQL.5432";
/// The message by which a client commits.
const COMMIT: &[u8] = b"Q\0\0\0\x0bCOMMIT\0";
/// What PostgreSQL says when it has.
const COMMITTED: &[u8] = b"C\0\0\0\x0bCOMMIT\0";
/// The message by which a client takes back, and what PostgreSQL says then.
const ROLLBACK: &[u8] = b"Q\0\0\0\x0dROLLBACK\0";
const ROLLED_BACK: &[u8] = b"C\0\0\0\x0dROLLBACK\0";

/// Where, around a commit, the connection breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// PostgreSQL never hears of the commit.
    BeforeCommit,
    /// PostgreSQL carries it out, and its answer is lost.
    AfterCommit,
    /// PostgreSQL is told to roll back, and the server that it has committed: what nobody can survive, so that a check
    /// that finds nothing then is no check.
    Forged,
}

/// The proxy.
#[derive(Clone)]
pub struct Proxy(Arc<State>);

#[derive(Default)]
struct State {
    cut: Notify,
    armed: Armed,
    hits: AtomicU64,
}

impl Proxy {
    /// Listens in `directory` for what is meant for the PostgreSQL whose socket is in `postgres`.
    pub fn listen(directory: &Path, postgres: &Path) -> anyhow::Result<Self> {
        let listener = UnixListener::bind(directory.join(SOCKET))?;
        let (proxy, target) = (Self(Arc::default()), postgres.join(SOCKET));
        let state = proxy.0.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                // While PostgreSQL is down, the client finds its connection closed.
                if let Ok(server) = UnixStream::connect(&target).await {
                    tokio::spawn(pass(state.clone(), client, server));
                }
            }
        });
        Ok(proxy)
    }

    /// Breaks every connection there is.
    pub fn cut(&self) {
        self.0.cut.notify_waiters();
    }

    /// Breaks the connections of the next `times` commits.
    pub fn arm(&self, fault: Fault, times: u32) {
        self.0.armed.set(fault, times);
    }

    /// Breaks no more.
    pub fn disarm(&self) {
        self.0.armed.clear();
    }

    /// How many connections were broken around a commit.
    pub fn hits(&self) -> u64 {
        self.0.hits.load(Ordering::Relaxed)
    }
}

/// Passes everything on, until one side ends or the connection is to break.
async fn pass(state: Arc<State>, client: UnixStream, server: UnixStream) {
    let ((from_client, to_client), (from_server, to_server)) = (client.into_split(), server.into_split());
    let turned = Turned::default();
    tokio::select! {
        () = state.cut.notified() => {}
        () = ask(&state, &turned, from_client, to_server) => {}
        () = answer(&turned, from_server, to_client) => {}
    }
}

/// What becomes of what PostgreSQL says from now on.
#[derive(Default)]
struct Turned {
    lost: AtomicBool,
    forged: AtomicBool,
}

async fn ask(state: &State, turned: &Turned, mut from: OwnedReadHalf, mut to: OwnedWriteHalf) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        let said = &buffer[..length];
        let commit = said.windows(COMMIT.len()).position(|part| part == COMMIT);
        match commit.and_then(|at| Some((at, state.armed.take()?))) {
            Some((at, Fault::BeforeCommit)) => {
                state.hits.fetch_add(1, Ordering::Relaxed);
                // What comes before it arrives; the transaction is left open and its connection ends.
                _ = to.write_all(&said[..at]).await;
                return;
            }
            Some((_, Fault::AfterCommit)) => {
                state.hits.fetch_add(1, Ordering::Relaxed);
                turned.lost.store(true, Ordering::SeqCst);
            }
            Some((at, Fault::Forged)) => {
                state.hits.fetch_add(1, Ordering::Relaxed);
                turned.forged.store(true, Ordering::SeqCst);
                let forged = [&said[..at], ROLLBACK, &said[at + COMMIT.len()..]].concat();
                if to.write_all(&forged).await.is_err() {
                    return;
                }
                continue;
            }
            None => {}
        }
        if to.write_all(said).await.is_err() {
            return;
        }
    }
}

async fn answer(turned: &Turned, mut from: OwnedReadHalf, mut to: OwnedWriteHalf) {
    let (mut buffer, mut tail) = (vec![0; 64 * 1024], vec![]);
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        if turned.forged.load(Ordering::SeqCst) {
            // Held back until the answer to the commit is there as a whole.
            tail.extend_from_slice(&buffer[..length]);
            if let Some(at) = tail.windows(ROLLED_BACK.len()).position(|part| part == ROLLED_BACK) {
                tail.splice(at..at + ROLLED_BACK.len(), COMMITTED.iter().copied());
                turned.forged.store(false, Ordering::SeqCst);
                if to.write_all(&tail).await.is_err() {
                    return;
                }
                tail.clear();
            }
        } else if turned.lost.load(Ordering::SeqCst) {
            tail.extend_from_slice(&buffer[..length]);
            if tail.windows(COMMITTED.len()).any(|part| part == COMMITTED) {
                return;
            }
        } else if to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}
