//! A head that was signed before, and the log of today as it stood then.
use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Lines},
    iter::Peekable,
    path::{Path, PathBuf},
};

use p256::{
    ecdsa::{Signature, VerifyingKey, signature::Verifier},
    pkcs8::DecodePublicKey,
};
use sha2::{Digest, Sha256};

use super::{HeadError, Heads, Installation, KEY, LIST, SIGNATURE, SignedHead, beside, file};
use crate::{
    hex::hex,
    verify::{Finding, Place},
};

/// The earlier head, with the log of today on its way past.
pub struct Against {
    path: PathBuf,
    head: SignedHead,
    key: VerifyingKey,
    /// The streams of then, where the list was kept.
    list: Option<Peekable<Lines<BufReader<File>>>>,
    hash: Sha256,
}

impl Against {
    /// Reads the head at `path` and checks its signature.
    pub fn read(path: &Path) -> Result<Self, HeadError> {
        let bytes = |path: &Path| fs::read(path).map_err(file(path));
        let unreadable = |path: PathBuf| HeadError::Unreadable(path);
        let head = bytes(path)?;
        let (key, signature) = (beside(path, KEY), beside(path, SIGNATURE));
        let pem = String::from_utf8(bytes(&key)?).map_err(|_| unreadable(key.clone()))?;
        let key = VerifyingKey::from_public_key_pem(&pem).map_err(|_| unreadable(key))?;
        let signed = Signature::from_der(&bytes(&signature)?).map_err(|_| unreadable(signature))?;
        key.verify(&head, &signed).map_err(|_| HeadError::Signature(path.to_owned()))?;
        let head: SignedHead = serde_json::from_slice(&head).map_err(|_| unreadable(path.to_owned()))?;
        let list = beside(path, LIST);
        let list = match File::open(&list) {
            Ok(open) => Some(checked(open, &head, &list)?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(file(&list)(error)),
        };
        Ok(Self { path: path.to_owned(), head, key, list, hash: Sha256::new() })
    }

    /// The position of its last event.
    pub fn position(&self) -> u64 {
        self.head.position
    }

    /// The next streams as they stood at that position, in the order of their ids.
    pub fn take(&mut self, heads: &[Heads]) -> Result<Vec<Finding>, HeadError> {
        let mut findings = vec![];
        for now in heads {
            self.hash.update(now.line());
            if self.list.is_none() {
                continue;
            }
            while let Some(gone) = self.next_if(|then| then.key() < now.key())? {
                findings.push(Finding::Cut(up_to(&gone)));
            }
            match self.next_if(|then| then.key() == now.key())? {
                None => findings.push(Finding::Added(up_to(now))),
                Some(then) if then.version > now.version => findings.push(Finding::Cut(up_to(&then))),
                Some(then) if then.version < now.version => findings.push(Finding::Added(up_to(now))),
                Some(then) if then.chain != now.chain => findings.push(Finding::Changed(up_to(&then))),
                Some(_) => {}
            }
        }
        Ok(findings)
    }

    /// What is left to say when all streams have passed.
    pub fn end(mut self, installation: &Installation) -> Result<Vec<Finding>, HeadError> {
        let mut findings = vec![];
        while let Some(gone) = self.next_if(|_| true)? {
            findings.push(Finding::Cut(up_to(&gone)));
        }
        if hex(&self.hash.finalize()) != self.head.streams_sha256 {
            findings.push(Finding::OtherLog);
        }
        if self.key != *installation.key.verifying_key() || self.head.installation != installation.id {
            findings.push(Finding::OtherSigner);
        }
        Ok(findings)
    }

    fn next_if(&mut self, wanted: impl Fn(&Heads) -> bool) -> Result<Option<Heads>, HeadError> {
        let unreadable = || HeadError::List(beside(&self.path, LIST));
        let Some(list) = &mut self.list else { return Ok(None) };
        let Some(line) = list.peek() else { return Ok(None) };
        let head = line.as_deref().ok().and_then(Heads::read).ok_or_else(unreadable)?;
        Ok(wanted(&head).then(|| list.next()).flatten().map(|_| head))
    }
}

fn up_to(head: &Heads) -> Place {
    Place { table: "events", of: head.stream, key: Some(format!("up to version {}", head.version)) }
}

/// The list, if it is the one that the head was made of.
fn checked(open: File, head: &SignedHead, path: &Path) -> Result<Peekable<Lines<BufReader<File>>>, HeadError> {
    let mut hash = Sha256::new();
    for line in BufReader::new(open).lines() {
        hash.update(line.map_err(file(path))?);
        hash.update("\n");
    }
    if hex(&hash.finalize()) != head.streams_sha256 {
        return Err(HeadError::List(path.to_owned()));
    }
    let again = File::open(path).map_err(file(path))?;
    Ok(BufReader::new(again).lines().peekable())
}
