//! The rows that a case comes to, as the tables keep them.
use chrono::{DateTime, NaiveDate, Utc};
use domain::{EntryId, PartnerId, Role, SchoolId, StaffId, StudentId, Visibility};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use uuid::Uuid;

use super::{CaseFile, CaseRow, Kind, Record, Standing, TimelineRow};
use crate::Table;

/// A row of a view, replaced as a whole.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Row {
    /// Of the table `case_files`.
    CaseFile(CaseFileRow),
    /// Of the table `caseload`.
    Caseload(CaseRow),
    /// Of the table `entries`.
    Entry(Box<EntryRow>),
    /// Of the table `timeline`.
    Timeline(Box<TimelineRow>),
}

impl Row {
    /// Whose table it is of.
    pub fn table(&self) -> Table {
        match self {
            Self::CaseFile(_) => Table::CaseFiles,
            Self::Caseload(_) => Table::Caseload,
            Self::Entry(_) => Table::Entries,
            Self::Timeline(_) => Table::Timeline,
        }
    }

    /// What singles it out in its table: the student, and what of the student's.
    pub fn key(&self) -> (Uuid, Uuid) {
        match self {
            Self::CaseFile(row) => (row.student.uuid(), Uuid::nil()),
            Self::Caseload(row) => (row.student.uuid(), Uuid::nil()),
            Self::Entry(row) => (row.student.uuid(), row.entry.uuid()),
            Self::Timeline(row) => (row.student.uuid(), row.event),
        }
    }
}

/// The row of the `case_files` table.
#[derive(Debug, Clone, Serialize)]
pub struct CaseFileRow {
    /// Whose case.
    pub student: StudentId,
    /// The version of the case.
    pub version: u64,
    /// The [`CaseFile`], as JSON.
    pub body: Box<RawValue>,
}

impl CaseFileRow {
    /// The row of a case.
    pub fn of(file: &CaseFile, student: Uuid, version: u64) -> Self {
        Self { student: student.into(), version, body: json(file) }
    }
}

/// The row of the `entries` table: what lists ask for stands beside the whole.
#[derive(Debug, Clone, Serialize)]
pub struct EntryRow {
    /// Whose case.
    pub student: StudentId,
    /// The entry.
    pub entry: EntryId,
    /// What it is.
    pub kind: Kind,
    /// Where it stands in its own life.
    pub status: String,
    /// Whether it still stands as it was written.
    pub standing: Standing,
    /// The school at which it is, which is the student's while it is open.
    pub school: SchoolId,
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
    /// The entry to which it belongs.
    pub parent: Option<Uuid>,
    /// Who has to act.
    pub owner: Option<StaffId>,
    /// The partner concerned.
    pub partner: Option<PartnerId>,
    /// The day by which something is due.
    pub due_on: Option<NaiveDate>,
    /// The [`Record`], as JSON.
    pub body: Box<RawValue>,
}

impl EntryRow {
    /// The row of `record`.
    pub fn of(record: &Record) -> Self {
        let content = &record.content;
        Self {
            student: record.student,
            entry: record.entry,
            kind: content.kind(),
            status: content.status(),
            standing: record.standing,
            school: record.school,
            visibility: record.visibility,
            author: record.author,
            author_role: record.author_role,
            recorded_at: record.recorded_at,
            occurred_on: record.occurred_on,
            changed_at: record.changed_at,
            version: record.version,
            parent: content.parent(),
            owner: content.owner(),
            partner: content.partner(),
            due_on: content.due_on(),
            body: json(record),
        }
    }
}

/// Plain data, which always serialises.
fn json(value: &impl Serialize) -> Box<RawValue> {
    to_raw_value(value).unwrap_or_default()
}
