//! A session, held with one student or with several.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Minutes, Text, case::CaseError};

/// What became of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SessionOutcome {
    /// It was held.
    Held,
    /// The student did not come.
    NoShow,
    /// It was called off.
    Cancelled,
}

/// A session, or one that should have been.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"held_on": "2026-03-02", "outcome": "held", "minutes": 20, "note": "Set the alarm together."}))]
pub struct Session {
    /// The day on which it was held, or should have been.
    pub held_on: NaiveDate,
    /// What became of it.
    pub outcome: SessionOutcome,
    /// How long it took; given for a session that was held, and for no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<Minutes>,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl Session {
    /// Checks what a session says of itself, whoever took part.
    pub(super) fn check(&self) -> Result<(), CaseError> {
        match (self.outcome, self.minutes) {
            (SessionOutcome::Held, None) => Err(CaseError::SessionWithoutMinutes),
            (SessionOutcome::NoShow | SessionOutcome::Cancelled, Some(_)) => Err(CaseError::MinutesWithoutSession),
            _ => Ok(()),
        }
    }
}
