//! One thing written down on a case: a goal, a session, a note, …
use chrono::{DateTime, NaiveDate, Utc};
use domain::{EntryId, Role, SchoolId, StaffId, StudentId, Visibility};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;

use super::{Content, Moment};

/// Whether an entry still stands as it was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, IntoStaticStr, EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Standing {
    /// As it was written.
    #[default]
    Current,
    /// Put right since.
    Corrected,
    /// Taken back: it had been entered in error.
    Retracted,
    /// Moved to the student whom it is about.
    Moved,
}

/// An entry with who wrote it, when, and for whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Record {
    /// The entry.
    pub entry: EntryId,
    /// Whose case it is on.
    pub student: StudentId,
    /// The school at which it is: what is open goes along with the student, all else stays.
    pub school: SchoolId,
    /// Whether it still stands.
    #[serde(default)]
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
    /// What it says.
    pub content: Content,
}

impl Record {
    /// A new record.
    pub fn new(entry: EntryId, moment: &Moment, school: SchoolId, content: Content) -> Self {
        Self {
            entry,
            student: moment.student,
            school,
            standing: Standing::Current,
            visibility: content.visibility(),
            author: moment.by,
            author_role: moment.role,
            recorded_at: moment.at,
            occurred_on: content.occurred_on().unwrap_or(moment.today),
            changed_at: moment.at,
            version: moment.version,
            content,
        }
    }

    /// Notes when it last changed.
    pub fn touch(&mut self, moment: &Moment) {
        self.changed_at = moment.at;
        self.version = moment.version;
        self.visibility = self.content.visibility();
        self.occurred_on = self.content.occurred_on().unwrap_or(self.occurred_on);
    }
}
