//! What an entry says: whatever may have to be put right later.
use std::mem::discriminant;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    GoalId, InterventionId,
    case::{CaseEvent, Contact, Due, FollowUp, Measurement, Need, Note, Session, Strength},
};

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = CorrectedContent, example = json!({"kind": "note", "note": {"text": "Prefers to meet before first period.", "visibility": "team"}}))]
pub enum Content {
    /// A need.
    Need {
        /// What is needed.
        need: Need,
    },
    /// A strength.
    Strength {
        /// What the student can build on.
        strength: Strength,
    },
    /// A session of an intervention.
    Session {
        /// The intervention.
        intervention: InterventionId,
        /// What the session was.
        session: Session,
    },
    /// A contact.
    Contact {
        /// What the contact was.
        contact: Contact,
    },
    /// Progress towards a goal.
    Progress {
        /// The goal.
        goal: GoalId,
        /// What was measured.
        measurement: Measurement,
    },
    /// A follow-up.
    FollowUp {
        /// What is to be done.
        follow_up: FollowUp,
    },
    /// A note.
    Note {
        /// What it says.
        note: Note,
    },
}

impl Content {
    /// Whether both say the same kind of thing.
    pub fn same_kind(&self, other: &Self) -> bool {
        discriminant(self) == discriminant(other)
    }

    /// The day on which it happened in the world, where it was told later.
    pub fn occurred_on(&self) -> Option<NaiveDate> {
        match self {
            Self::Session { session, .. } => Some(session.held_on),
            Self::Contact { contact } => Some(contact.on),
            Self::Progress { measurement, .. } => Some(measurement.on),
            Self::Need { .. } | Self::Strength { .. } | Self::FollowUp { .. } | Self::Note { .. } => None,
        }
    }
}

impl CaseEvent {
    /// What the event wrote down, where it can be put right later; a due day is the one that was counted then.
    pub fn written(&self) -> Option<Content> {
        Some(match self.clone() {
            Self::NeedIdentified(fact) => Content::Need { need: fact.details },
            Self::StrengthNoted(fact) => Content::Strength { strength: fact.details },
            Self::SessionLogged(fact) => Content::Session { intervention: fact.intervention, session: fact.details },
            Self::ContactLogged(fact) => Content::Contact { contact: fact.details },
            Self::ProgressMeasured(fact) => Content::Progress { goal: fact.goal, measurement: fact.measurement },
            Self::FollowUpRequested(fact) => {
                Content::FollowUp { follow_up: FollowUp { due: Due::On(fact.due_on), ..fact.request } }
            }
            Self::CallHomeRequested(fact) => Content::FollowUp { follow_up: fact.request },
            Self::NoteAdded(fact) => Content::Note { note: fact.details },
            Self::EntryCorrected(fact) => fact.correction.now,
            Self::EntryMovedFromStudent(fact) => fact.entry.content,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Content, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn a_content_names_its_kind_and_nothing_beside() {
        assert!(read(r#"{"kind": "note", "note": {"text": "was tired"}}"#).is_ok());
        assert!(read(r#"{"kind": "note", "note": {"text": "was tired"}, "goal": 1}"#).is_err());
        assert!(read(r#"{"note": {"text": "was tired"}}"#).is_err());
    }
}
