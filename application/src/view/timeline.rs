//! The story of a case: one line per event.
use chrono::{DateTime, Utc};
use cqrs_es::DomainEvent;
use domain::{Role, StaffId, StudentId, Text, case::CaseEvent, on_case_event};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Kind, Moment, Unfold};
use crate::Happening;

/// The row of the `timeline` table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TimelineRow {
    /// Whose case.
    pub student: StudentId,
    /// The version of the case with the event.
    pub version: u64,
    /// The event.
    pub event: Uuid,
    /// Its type.
    #[serde(rename = "type")]
    pub event_type: String,
    /// What it is about: `goal`, `contact`, …
    pub about: Kind,
    /// The entry that it is about.
    pub entry: Option<Uuid>,
    /// When it happened in the world.
    pub occurred_at: DateTime<Utc>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// Who did it.
    pub author: StaffId,
    /// In which role.
    pub author_role: Role,
    /// What happened, in codes and figures.
    pub headline: String,
    /// What was said with it.
    pub words: Option<Text>,
}

impl TimelineRow {
    /// The line of an event.
    pub fn of(happening: &Happening<'_, CaseEvent>, moment: &Moment) -> Self {
        let event = happening.event;
        let (headline, words, about) =
            on_case_event!(event, fact => (fact.headline(), fact.words().cloned(), fact.about()));
        Self {
            student: moment.student,
            version: moment.version,
            event: happening.id,
            event_type: event.event_type(),
            about,
            entry: event.entry(),
            occurred_at: happening.metadata.occurred_at(event.occurred_on()),
            recorded_at: moment.at,
            author: moment.by,
            author_role: moment.role,
            headline,
            words,
        }
    }
}
