//! The timeline, as one person may see it.
use chrono::{DateTime, Utc};
use domain::{EntryId, Role, StaffId, Text, Visibility};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Reader, StatementBeside};
use crate::{
    TimelineLine,
    view::{Kind, Standing},
};

/// One line of a student's story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "event": "0192a000-0000-7000-8000-000000000301", "version": 12, "type": "ContactLogged", "about": "contact",
    "entry": "0192a000-0000-7000-8000-000000000201", "standing": "current", "visibility": "team",
    "occurred_at": "2026-03-02T14:00:00Z", "recorded_at": "2026-03-02T14:00:00Z",
    "author": "0192a000-0000-7000-8000-000000000011", "author_role": "success_mentor",
    "headline": "Contact with the student, in person", "words": "Talked about the bus pass.",
    "withheld": false
}))]
pub struct TimelineItem {
    /// The event.
    pub event: Uuid,
    /// The version of the case with it.
    pub version: u64,
    /// Its type; left out where it is withheld.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub event_type: Option<String>,
    /// What kind of entry it is about; left out where it is withheld.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Kind>,
    /// The entry; left out where it is withheld.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// Whether the entry still stands as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
    /// Who may read the entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visibility: Option<Visibility>,
    /// When it happened in the world.
    pub occurred_at: DateTime<Utc>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// Who did it; left out where it is withheld.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<StaffId>,
    /// In which role.
    pub author_role: Role,
    /// What happened, in codes and figures; left out where it is withheld.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    /// What was said with it; left out where it is withheld, was taken back or moved to another student.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Text>,
    /// What the family has stated about the entry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<StatementBeside>,
    /// Whether the caller may know only that there is something.
    pub withheld: bool,
}

impl TimelineItem {
    /// The line for `reader`; nothing where a partner may not even know that there is something.
    pub fn of(line: TimelineLine, reader: &Reader) -> Option<Self> {
        let TimelineLine { row, entry } = line;
        let opens = match &entry {
            Some(record) => reader.opens(record),
            None => !reader.is_partner_only(),
        };
        if !opens && reader.is_partner_only() {
            return None;
        }
        let standing = entry.as_ref().map(|record| record.standing);
        let stands = !matches!(standing, Some(Standing::Retracted | Standing::Moved));
        Some(Self {
            event: row.event,
            version: row.version,
            event_type: opens.then_some(row.event_type),
            about: opens.then_some(row.about),
            entry: row.entry.filter(|_| opens).map(EntryId::from),
            standing,
            visibility: entry.as_ref().map(|record| record.visibility),
            occurred_at: row.occurred_at,
            recorded_at: row.recorded_at,
            author: opens.then_some(row.author),
            author_role: row.author_role,
            headline: opens.then_some(row.headline),
            words: row.words.filter(|_| opens && stands),
            statements: row.entry.filter(|_| opens).map(|id| reader.statements(id.into())).unwrap_or_default(),
            withheld: !opens,
        })
    }
}
