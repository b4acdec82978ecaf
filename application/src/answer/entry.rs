//! An entry, as one person may see it.
use chrono::{DateTime, NaiveDate, Utc};
use domain::{EntryId, Role, StaffId, StudentId, Visibility};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Reader, StatementBeside};
use crate::{
    access::Operation,
    view::{Content, Record, Standing},
};

/// One thing written down on a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "entry": "0192a000-0000-7000-8000-000000000201", "student": "0192a000-0000-7000-8000-000000000101",
    "standing": "current", "visibility": "team", "author": "0192a000-0000-7000-8000-000000000011",
    "author_role": "success_mentor", "recorded_at": "2026-03-02T14:00:00Z", "occurred_on": "2026-03-02",
    "changed_at": "2026-03-02T14:00:00Z", "version": 12, "status": "made",
    "content": {
        "kind": "contact",
        "contact": {"on": "2026-03-02", "outcome": "made", "medium": "in_person", "with": "student", "minutes": 10, "visibility": "team"}
    },
    "next_actions": ["correct_entry", "retract_entry", "move_entry"]
}))]
pub struct Entry {
    /// The entry.
    pub entry: EntryId,
    /// Whose case it is on.
    pub student: StudentId,
    /// Whether it still stands as it was written.
    pub standing: Standing,
    /// Who may read it.
    pub visibility: Visibility,
    /// Who wrote it.
    pub author: StaffId,
    /// In which role.
    pub author_role: Role,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
    /// The day, at the school, on which it happened.
    pub occurred_on: NaiveDate,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
    /// The version of the case with its last change.
    pub version: u64,
    /// Where it stands in its own life, such as `active` or `made`.
    pub status: String,
    /// What it says; left out where it was taken back or moved to another student.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Content>,
    /// What the family has stated about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<StatementBeside>,
    /// What the caller may do with it next.
    pub next_actions: Vec<Operation>,
}

impl Entry {
    /// The entry for `reader`, where it opens to them.
    pub fn of(record: Record, file_open: bool, reader: &Reader) -> Option<Self> {
        if !reader.opens(&record) {
            return None;
        }
        let stands = matches!(record.standing, Standing::Current | Standing::Corrected);
        let next_actions =
            if stands { reader.next_with(file_open, &record.content, record.visibility) } else { vec![] };
        Some(Self {
            entry: record.entry,
            student: record.student,
            standing: record.standing,
            visibility: record.visibility,
            author: record.author,
            author_role: record.author_role,
            recorded_at: record.recorded_at,
            occurred_on: record.occurred_on,
            changed_at: record.changed_at,
            version: record.version,
            status: record.content.status(),
            content: stands.then_some(record.content),
            statements: reader.statements(record.entry),
            next_actions,
        })
    }
}

/// An entry inside another answer: who wrote it and when, and what it says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Listed<T> {
    /// The entry.
    pub entry: EntryId,
    /// Who wrote it.
    pub author: StaffId,
    /// In which role.
    pub author_role: Role,
    /// Who may read it.
    pub visibility: Visibility,
    /// The day, at the school, on which it happened.
    pub occurred_on: NaiveDate,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
    /// What it says.
    pub content: T,
    /// What the family has stated about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<StatementBeside>,
    /// What the caller may do with it next.
    pub next_actions: Vec<Operation>,
}

impl<T> Listed<T> {
    /// `content`, with the circumstances of its record, for `reader`.
    pub fn of(record: &Record, content: T, next_actions: Vec<Operation>, reader: &Reader) -> Self {
        Self {
            entry: record.entry,
            author: record.author,
            author_role: record.author_role,
            visibility: record.visibility,
            occurred_on: record.occurred_on,
            changed_at: record.changed_at,
            content,
            statements: reader.statements(record.entry),
            next_actions,
        }
    }
}

/// Something that exists and that the caller may not read.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Withheld {
    /// For whom it was written.
    pub visibility: Visibility,
    /// In which role its author wrote it.
    pub author_role: Role,
    /// The day on which it happened.
    pub on: NaiveDate,
}
