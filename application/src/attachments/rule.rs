//! The rules of attachments, by the name of their breach.
use domain::{Kind, Reject};
use strum::{EnumIter, IntoStaticStr};

use crate::{Error, error::rejected};

/// A broken rule. Its kebab-case name is the problem type that clients see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, IntoStaticStr, EnumIter)]
#[strum(serialize_all = "kebab-case")]
pub enum AttachmentError {
    /// Nothing at all.
    #[error("an attachment has bytes")]
    AttachmentEmpty,
    /// The bytes are of another kind than `Content-Type` says.
    #[error("the bytes are not of the kind that Content-Type names")]
    AttachmentOfAnotherKind,
    /// Something else follows, or hides in it.
    #[error(
        "the file holds more than the scan or the photo: something follows its end, or a script or a file lies in it"
    )]
    AttachmentHidesSomething,
    /// Evidence that is not there.
    #[error("there is no such attachment of this student with these bytes, for those who read what it is evidence of")]
    NoSuchEvidence,
}

impl AttachmentError {
    /// Every rule that there is.
    pub fn all() -> impl Iterator<Item = Self> {
        <Self as strum::IntoEnumIterator>::iter()
    }
}

impl Reject for AttachmentError {
    fn kind(&self) -> Kind {
        match self {
            Self::NoSuchEvidence => Kind::Conflict,
            Self::AttachmentEmpty | Self::AttachmentOfAnotherKind | Self::AttachmentHidesSomething => Kind::Invalid,
        }
    }

    fn code(&self) -> &'static str {
        self.into()
    }
}

impl From<AttachmentError> for Error {
    fn from(rule: AttachmentError) -> Self {
        rejected(&rule)
    }
}
