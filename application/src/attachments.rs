//! Attachments: forms that a family has signed, as they were scanned or photographed. What a consent leans on.
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{AttachmentId, Evidence, Fingerprint, Role, StaffId, StudentId, Visibility};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Error, reference::Kept};

mod media_type;
mod parts;
mod rule;

pub use media_type::MediaType;
pub use parts::Parts;
pub use rule::AttachmentError;

/// An attachment, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = SignedForm, example = json!({
    "attachment": "0192a000-0000-7000-8000-000000000921", "student": "0192a000-0000-7000-8000-000000000101",
    "media_type": "application/pdf", "size": 48213, "visibility": "team",
    "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "attached_by": "0192a000-0000-7000-8000-000000000012", "attached_as": "community_school_director",
    "attached_at": "2026-03-02T14:00:00Z"
}))]
pub struct Attachment {
    /// The attachment: with its digest, what a consent names as its evidence.
    pub attachment: AttachmentId,
    /// Whose it is.
    pub student: StudentId,
    /// What its bytes are.
    pub media_type: MediaType,
    /// How many there are.
    pub size: u32,
    /// Who may read it, of those who may read evidence.
    pub visibility: Visibility,
    /// The digest of its bytes.
    pub sha256: Fingerprint,
    /// Who brought it.
    pub attached_by: StaffId,
    /// In which role.
    pub attached_as: Role,
    /// When.
    pub attached_at: DateTime<Utc>,
}

impl Attachment {
    /// Whether both are the same file of the same student, for the same readers.
    pub fn is_as(&self, other: &Self) -> bool {
        let what = |it: &Self| (it.attachment, it.student, it.media_type, it.visibility);
        what(self) == what(other) && self.sha256 == other.sha256
    }
}

/// Keeps attachments, as a port. What an event does not name within a day is let go of.
#[async_trait]
pub trait Attachments: Send + Sync {
    /// Keeps an attachment with its sealed parts; [`Error::KeyReused`] where its id was given to another one. Kept again,
    /// it stays as it was.
    async fn keep(&self, attachment: &Attachment, parts: &Parts) -> Result<Kept, Error>;

    /// An attachment.
    async fn find(&self, student: StudentId, attachment: AttachmentId) -> Result<Option<Attachment>, Error>;

    /// Its sealed parts.
    async fn parts(&self, student: StudentId, attachment: AttachmentId) -> Result<Parts, Error>;

    /// Makes sure that everything is there that a decision leans on, and stays there until it is written down:
    /// [`AttachmentError::NoSuchEvidence`]. What is decided in the mental-health compartment leans on what is in it, too.
    async fn hold(&self, student: StudentId, evidence: &[Evidence], visibility: Visibility) -> Result<(), Error>;
}
