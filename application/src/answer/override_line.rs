//! An override, for who reviews it and for the school that is told of it.
use chrono::{DateTime, Utc};
use domain::{EntryId, Role, SchoolId, StaffId, StudentId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::view::{Content, OverrideRecord, Record};

/// Somebody opened a case in an emergency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "access_override": "0192a000-0000-7000-8000-000000000901", "student": "0192a000-0000-7000-8000-000000000101",
    "school": "0192a000-0000-7000-8000-000000000001", "by": "0192a000-0000-7000-8000-000000000012",
    "role": "school_staff", "at": "2026-03-02T14:00:00Z",
    "content": {
        "details": {"reason": "Collapsed at practice.", "minutes": 30},
        "by": "0192a000-0000-7000-8000-000000000012", "until": "2026-03-02T14:30:00Z", "status": "unreviewed"
    }
}))]
pub struct OverrideLine {
    /// The override.
    pub access_override: EntryId,
    /// Whose case.
    pub student: StudentId,
    /// The school that supports the student.
    pub school: SchoolId,
    /// Who opened it.
    pub by: StaffId,
    /// In which role.
    pub role: Role,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, until when, and what was found.
    pub content: OverrideRecord,
}

impl OverrideLine {
    /// The line of an override; nothing of any other entry.
    pub fn of(record: Record) -> Option<Self> {
        let Content::AccessOverride(content) = record.content else { return None };
        Some(Self {
            access_override: record.entry,
            student: record.student,
            school: record.school,
            by: record.author,
            role: record.author_role,
            at: record.recorded_at,
            content,
        })
    }
}
