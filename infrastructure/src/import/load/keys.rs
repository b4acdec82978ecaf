//! What singles out the rows that a file tells, in eight bytes each: enough to see that another file tells the same row.
use sha2::{Digest, Sha256};

use crate::import::{
    build::{Row, digest},
    kind::Kind,
};

/// The keys of a file's rows, sorted.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Keys(Vec<u64>);

/// What singles out one row of `kind`, as the file names it.
pub(crate) fn key(kind: &Kind, row: &Row) -> u64 {
    let mut hash = Sha256::new();
    hash.update(kind.name);
    for (column, value) in kind.columns.iter().zip(&row.values) {
        if kind.key.contains(&column.name) {
            digest(&mut hash, value);
        }
    }
    let mut key = [0; 8];
    key.copy_from_slice(&hash.finalize()[..8]);
    u64::from_be_bytes(key)
}

impl Keys {
    /// The keys of these rows.
    pub(crate) fn of(keys: impl IntoIterator<Item = u64>) -> Self {
        let mut keys: Vec<u64> = keys.into_iter().collect();
        keys.sort_unstable();
        Self(keys)
    }

    /// Those that `other` has, too.
    pub(crate) fn shared(&self, other: &Self) -> Vec<u64> {
        let (mut shared, mut rest) = (vec![], other.0.as_slice());
        for &key in &self.0 {
            rest = &rest[rest.iter().take_while(|&&other| other < key).count()..];
            match rest.first() {
                None => break,
                Some(&first) if first == key => shared.push(key),
                Some(_) => {}
            }
        }
        shared
    }

    /// As they are stored.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|key| key.to_be_bytes()).collect()
    }

    /// As they were stored.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        let (keys, _) = bytes.as_chunks::<8>();
        Self(keys.iter().map(|key| u64::from_be_bytes(*key)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_files_share_what_both_tell_and_keys_are_stored_as_they_are() {
        let (one, other) = (Keys::of([9, 1, 5, 5]), Keys::of([2, 5, 9, 11]));
        assert_eq!((one.shared(&other), other.shared(&one)), (vec![5, 5, 9], vec![5, 9]));
        assert_eq!(one.shared(&Keys::default()), Vec::<u64>::new());
        assert_eq!(Keys::from_bytes(&one.to_bytes()), one);
    }
}
