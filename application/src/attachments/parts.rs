//! The bytes of an attachment, sealed part by part, so that a large one is never in memory twice.
use domain::{AttachmentId, Fingerprint, Visibility};
use zeroize::Zeroizing;

use crate::{
    Error,
    sealing::{Opening, StudentKeys},
};

/// So many bytes are sealed at a time.
const PART: usize = 256 * 1024;

/// Sealed parts, in their order. They open with the student's keys, each only in its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts(pub Vec<Vec<u8>>);

impl Parts {
    /// Seals `bytes` for those who `visibility` names.
    pub fn seal(keys: &StudentKeys, attachment: AttachmentId, bytes: &[u8], visibility: Visibility) -> Self {
        let parts = (0_u32..).zip(bytes.chunks(PART));
        Self(parts.map(|(number, part)| keys.seal_part((attachment, number), part, visibility)).collect())
    }

    /// The digest of what is sealed, by which anybody can tell whether it is whole.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_parts(self.0.iter().map(Vec::as_slice))
    }

    /// The bytes again; [`Error::Unavailable`] where they are not those of which `sha256` is the digest.
    pub fn open(
        &self,
        opening: &Opening,
        attachment: AttachmentId,
        sha256: &Fingerprint,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        let size = self.0.iter().map(Vec::len).sum();
        let mut bytes = Zeroizing::new(Vec::with_capacity(size));
        for (number, part) in (0_u32..).zip(&self.0) {
            let part = opening.part((attachment, number), part);
            bytes.extend_from_slice(&part.ok_or_else(|| Error::unavailable("a part of an attachment does not open"))?);
        }
        if Fingerprint::of(&bytes) == *sha256 {
            Ok(bytes)
        } else {
            Err(Error::unavailable("an attachment is not what it was"))
        }
    }
}
