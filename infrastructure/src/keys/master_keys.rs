//! Master keys as a file or a setting holds them: one a line, the first of which wraps.
use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    str::FromStr,
};

use application::{
    Error,
    sealing::{KeyService, Wrapped},
};
use async_trait::async_trait;
use base64::{Engine, prelude::BASE64_STANDARD};
use domain::SealingKey;
use zeroize::Zeroizing;

use crate::hex::hex;

/// One master key or several: the first wraps, all unwrap. While keys are rotated the one before stands behind it.
#[derive(Debug, Clone)]
pub struct MasterKeys {
    keys: Vec<(String, SealingKey)>,
}

/// Why something holds no master keys. It quotes nothing of them.
#[derive(Debug, thiserror::Error)]
pub enum UnusableKeys {
    /// The file cannot be read or written.
    #[error("the master key cannot be read or written: {0}")]
    File(#[from] io::Error),
    /// There is none.
    #[error("there is no master key in it; `throughline key create` makes one")]
    Empty,
    /// That is no key.
    #[error("line {0} is no master key: it is 32 bytes in base64, as `throughline key create` writes them")]
    Line(usize),
}

impl MasterKeys {
    /// A new master key.
    #[must_use]
    pub fn generate() -> Self {
        Self { keys: vec![named(SealingKey::generate())] }
    }

    /// The keys in a file.
    ///
    /// # Errors
    /// Where it cannot be read, or holds something else.
    pub fn read(path: &Path) -> Result<Self, UnusableKeys> {
        Zeroizing::new(fs::read_to_string(path)?).parse()
    }

    /// The keys in a file, which is made with a new key where there is none.
    ///
    /// # Errors
    /// Where it cannot be read or made, or holds something else.
    pub fn read_or_create(path: &Path) -> Result<Self, UnusableKeys> {
        match Self::generate().create(path) {
            Err(UnusableKeys::File(error)) if error.kind() == io::ErrorKind::AlreadyExists => Self::read(path),
            made => made.and_then(|()| Self::read(path)),
        }
    }

    /// Writes the keys to a new file that only its owner reads.
    ///
    /// # Errors
    /// Where there is such a file already, or none can be made.
    pub fn create(&self, path: &Path) -> Result<(), UnusableKeys> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(self.lines().as_bytes())?;
        Ok(file.sync_all()?)
    }

    /// A new key before these, which wraps from then on.
    #[must_use]
    pub fn succeeded(&self) -> Self {
        let first = named(SealingKey::generate());
        Self { keys: std::iter::once(first).chain(self.keys.iter().cloned()).collect() }
    }

    /// The keys as a file holds them.
    #[must_use]
    pub fn lines(&self) -> Zeroizing<String> {
        let line = |(_, key): &(String, SealingKey)| format!("{}\n", BASE64_STANDARD.encode(key.bytes()));
        Zeroizing::new(self.keys.iter().map(line).collect())
    }

    /// The names of the keys, the current one first. A name tells nothing of its key.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|(name, _)| name.as_str())
    }
}

fn named(key: SealingKey) -> (String, SealingKey) {
    (hex(&key.fingerprint(b"name")[..6]), key)
}

impl FromStr for MasterKeys {
    type Err = UnusableKeys;

    fn from_str(lines: &str) -> Result<Self, UnusableKeys> {
        let lines = lines.split_whitespace().enumerate();
        let keys = lines.map(|(at, line)| {
            let bytes = BASE64_STANDARD.decode(line).ok().map(Zeroizing::new);
            let key = bytes.and_then(|bytes| SealingKey::from_bytes(&bytes));
            key.map(named).ok_or(UnusableKeys::Line(at + 1))
        });
        let keys: Vec<_> = keys.collect::<Result<_, _>>()?;
        if keys.is_empty() { Err(UnusableKeys::Empty) } else { Ok(Self { keys }) }
    }
}

#[async_trait]
impl KeyService for MasterKeys {
    fn current(&self) -> &str {
        // There is at least one.
        self.keys.first().map_or("", |(name, _)| name)
    }

    async fn wrap(&self, place: &[u8], key: &SealingKey) -> Result<Wrapped, Error> {
        let (name, master) = self.keys.first().ok_or_else(|| Error::unavailable("no master key"))?;
        Ok(Wrapped { master: name.clone(), bytes: master.seal(place, key.bytes()) })
    }

    async fn unwrap(&self, place: &[u8], wrapped: &Wrapped) -> Result<SealingKey, Error> {
        let master = self.keys.iter().find(|(name, _)| *name == wrapped.master);
        let (_, master) = master.ok_or_else(|| Error::unavailable("the master key of a student's key is not there"))?;
        let key = master.open(place, &wrapped.bytes).and_then(|bytes| SealingKey::from_bytes(&bytes));
        key.ok_or_else(|| Error::unavailable("a student's key does not unwrap"))
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[tokio::test]
    async fn a_key_unwraps_with_its_master_at_its_place_alone() {
        let (masters, key) = (MasterKeys::generate(), SealingKey::generate());
        let wrapped = masters.wrap(b"one", &key).await.expect("wrapped");
        assert_eq!(masters.unwrap(b"one", &wrapped).await.expect("a key"), key);
        assert_eq!(masters.succeeded().unwrap(b"one", &wrapped).await.expect("a key"), key);
        assert!(masters.unwrap(b"other", &wrapped).await.is_err());
        assert!(MasterKeys::generate().unwrap(b"one", &wrapped).await.is_err());
    }

    #[test]
    fn a_file_is_made_once_for_its_owner_alone_and_read_from_then_on() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("master.key");
        let made = MasterKeys::read_or_create(&path).expect("keys");
        assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
        let read = MasterKeys::read_or_create(&path).expect("keys");
        assert_eq!(made.names().collect::<Vec<_>>(), read.names().collect::<Vec<_>>());
        assert!(made.create(&path).is_err(), "nothing is written over");
    }

    #[test]
    fn what_is_no_key_is_named_by_its_line_and_not_quoted() {
        let keys = format!("{}not-a-key", *MasterKeys::generate().lines());
        let refused = keys.parse::<MasterKeys>().expect_err("a refusal").to_string();
        assert!(refused.starts_with("line 2") && !refused.contains("not-a-key"));
        assert!(matches!(" \n".parse::<MasterKeys>(), Err(UnusableKeys::Empty)));
    }
}
