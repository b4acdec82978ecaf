//! A change, as who may know of it is told: what to look at, and nothing of what it says.
use chrono::{DateTime, Utc};
use domain::{EntryId, StudentId, Visibility};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    changes::Change,
    view::{Kind, Standing},
};

/// Something that happened to a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "event": "0192a000-0000-7000-8000-000000000301", "type": "ContactLogged",
    "student": "0192a000-0000-7000-8000-000000000101", "version": 12, "about": "contact",
    "entry": "0192a000-0000-7000-8000-000000000201", "standing": "current", "visibility": "team",
    "occurred_at": "2026-03-02T14:00:00Z", "recorded_at": "2026-03-02T14:00:00Z",
    "link": "/v1/students/0192a000-0000-7000-8000-000000000101/entries/0192a000-0000-7000-8000-000000000201"
}))]
pub struct ChangeItem {
    /// The event.
    pub event: Uuid,
    /// Its type.
    #[serde(rename = "type")]
    pub event_type: String,
    /// Whose case.
    pub student: StudentId,
    /// The version of the case with it.
    pub version: u64,
    /// What it is about.
    pub about: Kind,
    /// The entry that it is about, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// Whether that entry still stands as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
    /// Who may read that entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visibility: Option<Visibility>,
    /// When it happened in the world.
    pub occurred_at: DateTime<Utc>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// Where it can be read.
    pub link: String,
}

impl From<&Change> for ChangeItem {
    fn from(change: &Change) -> Self {
        let entry = change.entry.as_ref();
        let place = entry.map_or_else(|| "case".to_owned(), |record| format!("entries/{}", record.entry));
        Self {
            event: change.event,
            event_type: change.event_type.clone(),
            student: change.student,
            version: change.version,
            about: change.about,
            entry: entry.map(|record| record.entry),
            standing: entry.map(|record| record.standing),
            visibility: entry.map(|record| record.visibility),
            occurred_at: change.occurred_at,
            recorded_at: change.recorded_at,
            link: format!("/v1/students/{}/{place}", change.student),
        }
    }
}
