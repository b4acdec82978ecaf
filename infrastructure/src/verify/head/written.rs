//! A head that is being written: the list stream by stream, then what is signed.
use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::PathBuf,
};

use chrono::{SubsecRound, Utc};
use p256::{
    ecdsa::{Signature, signature::Signer},
    pkcs8::{EncodePublicKey, LineEnding},
};
use sha2::{Digest, Sha256};

use super::{HeadError, Heads, Installation, KEY, LIST, SIGNATURE, SignedHead, beside, file};
use crate::{hex::hex, verify::Checked};

/// A head of which the list is open.
pub struct Written {
    path: PathBuf,
    list: BufWriter<File>,
    hash: Sha256,
    streams: u64,
}

impl Written {
    /// Begins the list beside `path`.
    pub fn new(path: PathBuf) -> Result<Self, HeadError> {
        let list = beside(&path, LIST);
        let list = BufWriter::new(File::create(&list).map_err(file(&list))?);
        Ok(Self { path, list, hash: Sha256::new(), streams: 0 })
    }

    /// The next streams, in the order of their ids.
    pub fn take(&mut self, heads: &[Heads]) -> Result<(), HeadError> {
        for head in heads {
            let line = head.line();
            self.hash.update(&line);
            self.streams += 1;
            self.list.write_all(line.as_bytes()).map_err(file(&self.path))?;
        }
        Ok(())
    }

    /// Signs it.
    pub fn sign(mut self, installation: &Installation, position: u64, checked: &Checked) -> Result<(), HeadError> {
        self.list.flush().map_err(file(&self.path))?;
        let head = SignedHead {
            installation: installation.id,
            signed_at: Utc::now().trunc_subsecs(0),
            streams: self.streams,
            events: checked.events,
            position,
            streams_sha256: hex(&self.hash.finalize()),
        };
        let head = serde_json::to_string_pretty(&head).map_err(|_| HeadError::Unreadable(self.path.clone()))? + "\n";
        let signature: Signature = installation.key.sign(head.as_bytes());
        let key = installation.key.verifying_key().to_public_key_pem(LineEnding::LF).map_err(|_| HeadError::Key)?;
        let write = |path: PathBuf, bytes: &[u8]| fs::write(&path, bytes).map_err(file(&path));
        write(beside(&self.path, KEY), key.as_bytes())?;
        write(beside(&self.path, SIGNATURE), signature.to_der().as_bytes())?;
        write(self.path, head.as_bytes())
    }

    /// Leaves nothing behind.
    pub fn discard(self) {
        // A list without a head vouches for nothing, should it stay.
        let _ = fs::remove_file(beside(&self.path, LIST));
    }
}
