//! The signed head of the log: what an auditor keeps, and holds a later log against.
//!
//! Four files that need nothing of ours to be checked: the head (JSON) with the SHA-256 of the list of all streams,
//! that list (one stream a line: id, kind, version, hash of the last event), the signature of the head (ECDSA on P-256
//! with SHA-256, DER), and the public key (PEM).
mod against;
mod installation;
mod written;

use std::{
    io,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::hex::hex;
pub use against::Against;
pub use installation::Installation;
pub use written::Written;

/// What is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedHead {
    /// Whose log.
    pub installation: Uuid,
    /// When it was looked at.
    pub signed_at: DateTime<Utc>,
    /// How many streams it had.
    pub streams: u64,
    /// How many events.
    pub events: u64,
    /// The position of the last of them.
    pub position: u64,
    /// The SHA-256 of the list of streams, in hexadecimal digits.
    pub streams_sha256: String,
}

/// The head of one stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heads {
    pub stream: Uuid,
    pub kind: String,
    pub version: u64,
    pub chain: Vec<u8>,
}

/// Why there is no head.
#[derive(Debug, thiserror::Error)]
pub enum HeadError {
    /// A file cannot be read or written.
    #[error("cannot use {}: {source}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file does not hold what it should.
    #[error("{} does not hold what belongs to a signed head", .0.display())]
    Unreadable(PathBuf),
    /// Head and signature do not belong together.
    #[error("the signature of {} is not valid: the head was changed, or its key or signature replaced", .0.display())]
    Signature(PathBuf),
    /// List and head do not belong together.
    #[error("{} is not the list of which the head was signed", .0.display())]
    List(PathBuf),
    /// The installation's key is of no use.
    #[error("the installation's signing key cannot be used")]
    Key,
}

impl Heads {
    fn line(&self) -> String {
        format!("{} {} {} {}\n", self.stream, self.kind, self.version, hex(&self.chain))
    }

    fn read(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let mut word = || words.next();
        let (stream, kind, version, chain) = (word()?, word()?, word()?, word()?);
        let digits = |at| chain.get(at..at + 2).and_then(|byte| u8::from_str_radix(byte, 16).ok());
        Some(Self {
            stream: stream.parse().ok()?,
            kind: kind.to_owned(),
            version: version.parse().ok()?,
            chain: (0..chain.len()).step_by(2).map(digits).collect::<Option<_>>()?,
        })
    }

    fn key(&self) -> (Uuid, &str) {
        (self.stream, &self.kind)
    }
}

/// A file that goes with the head at `path`.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

const LIST: &str = "streams";
const SIGNATURE: &str = "sig";
const KEY: &str = "pem";

fn file(path: &Path) -> impl Fn(io::Error) -> HeadError + '_ {
    |source| HeadError::File { path: path.to_owned(), source }
}
