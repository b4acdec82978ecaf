//! A request for amendment, for who is to decide it and for the privacy officer.
use chrono::NaiveDate;
use domain::{EntryId, SchoolId, StudentId, Visibility, case::AmendmentStatus};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Reader;
use crate::view::{AmendmentRecord, Content, Record};

/// A family asks for an entry to be amended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "amendment": "0192a000-0000-7000-8000-000000000911", "student": "0192a000-0000-7000-8000-000000000101",
    "school": "0192a000-0000-7000-8000-000000000001", "about": "0192a000-0000-7000-8000-000000000201",
    "status": "requested", "asked_on": "2026-03-02", "due_on": "2026-04-16", "overdue": false,
    "content": {
        "about": "0192a000-0000-7000-8000-000000000201", "visibility": "team", "status": "requested",
        "request": {"asked": "She was at the nurse's.", "by": "Maria Lopez", "relation": "parent", "on": "2026-03-02"},
        "decide_by": "2026-04-16"
    }
}))]
pub struct AmendmentLine {
    /// The request.
    pub amendment: EntryId,
    /// Whose case.
    pub student: StudentId,
    /// The school that supports the student.
    pub school: SchoolId,
    /// The entry that is to be amended.
    pub about: EntryId,
    /// Where the request stands.
    pub status: AmendmentStatus,
    /// The day on which the family asked.
    pub asked_on: NaiveDate,
    /// The day by which the school is to act, where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub due_on: Option<NaiveDate>,
    /// Whether that day is past.
    pub overdue: bool,
    /// What was asked, and what became of it; left out for the privacy officer where the entry is restricted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub content: Option<AmendmentRecord>,
}

impl AmendmentLine {
    /// The line for `reader`: nothing of any other entry, and nothing where they may not read what the request is about,
    /// unless they know of every request.
    pub fn of(record: Record, knows_all: bool, reader: &Reader) -> Option<Self> {
        let (opens, due_on) = (reader.opens(&record), record.content.due_on());
        let Content::Amendment(content) = record.content else { return None };
        let restricted = matches!(record.visibility, Visibility::MentalHealth | Visibility::AuthorAndSupervisor);
        (opens || knows_all).then(|| Self {
            amendment: record.entry,
            student: record.student,
            school: record.school,
            about: content.about,
            status: content.status,
            asked_on: record.occurred_on,
            due_on,
            overdue: due_on.is_some_and(|day| day < reader.today),
            content: (opens || !restricted).then_some(content),
        })
    }
}
