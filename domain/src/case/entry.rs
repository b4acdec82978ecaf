//! An entry: something written down on a case, as it stands.
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CaseError, Note};
use crate::{EntryId, Role, StaffId};

mod content;

pub use content::Content;

/// Whether an entry still says what is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "current")]
pub enum EntryStatus {
    /// As it was written.
    Current,
    /// Put right since.
    Corrected,
    /// Taken back: it should not have been written.
    Retracted,
    /// Moved to the student whom it is about.
    Moved,
}

/// An entry as it stands, with its author and time: a decision to repair it is handed the entry, since the state of
/// a case keeps none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Entry {
    /// The entry.
    pub id: EntryId,
    /// What it says.
    pub content: Content,
    /// Who wrote it.
    pub by: StaffId,
    /// In which role.
    pub role: Role,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
    /// The day, at the school, on which it happened.
    pub occurred_on: NaiveDate,
    /// Whether it still says what is so.
    pub status: EntryStatus,
}

impl Entry {
    pub(super) fn ensure_current(&self) -> Result<(), CaseError> {
        match self.status {
            EntryStatus::Current | EntryStatus::Corrected => Ok(()),
            EntryStatus::Retracted | EntryStatus::Moved => Err(CaseError::EntryNotCurrent),
        }
    }

    pub(super) fn note(&self) -> Result<&Note, CaseError> {
        self.ensure_current()?;
        match &self.content {
            Content::Note { note } => Ok(note),
            _ => Err(CaseError::NotANote),
        }
    }
}
