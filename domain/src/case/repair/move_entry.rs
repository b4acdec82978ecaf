//! Moving an entry to the student whom it is about.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Decide, GoalId, InterventionId, Stamp, StudentId, Text,
    case::{
        Case, CaseError, CaseEvent, Content, Due, Entry, Fact, FollowUp, LogContact, LogSession, MeasureProgress,
        NeedStatus,
    },
};

/// What of the other student's the entry belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = json!({"goal": "0192a000-0000-7000-8000-000000000041"}))]
pub enum Attachment {
    /// An intervention, for a session.
    Intervention(InterventionId),
    /// A goal, for its progress.
    Goal(GoalId),
}

/// Whom an entry is about, what of that student's it belongs to, and why it was elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "to": "0192a000-0000-7000-8000-000000000032", "attach": {"intervention": "0192a000-0000-7000-8000-000000000051"},
    "reason": "Two students of the same name."
}))]
pub struct EntryMove {
    /// The student whom it is about.
    pub to: StudentId,
    /// What it belongs to there: a session needs an intervention, progress a goal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attach: Option<Attachment>,
    /// Why it was elsewhere.
    pub reason: Text,
}

/// Move an entry to the student whom it is about: one decision over both cases.
#[derive(Debug, Clone)]
pub struct MoveEntry {
    /// The entry as it stood.
    pub was: Entry,
    /// The student on whose case it stands.
    pub from: StudentId,
    /// Whom it is about, and why it was elsewhere.
    pub relocation: EntryMove,
}

/// An entry was moved away, to the student whom it is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryMovedToStudent {
    /// The entry as it stood.
    pub was: Entry,
    /// Whom it is about, and why it was elsewhere.
    pub relocation: EntryMove,
}

/// An entry about the student was moved here, from the case of another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryMovedFromStudent {
    /// The entry as it stands here: the same id, author and time.
    pub entry: Entry,
    /// On whose case it was.
    pub from: StudentId,
    /// Why it was there.
    pub reason: Text,
}

impl MoveEntry {
    /// Checks the rules of both cases and returns what follows on the one that the entry leaves, then on the other.
    ///
    /// `stamp` has the calendar of the other student's school.
    pub fn decide(
        &self,
        source: &Case,
        target: &Case,
        stamp: &Stamp,
    ) -> Result<(Vec<CaseEvent>, Vec<CaseEvent>), CaseError> {
        source.ensure_known()?;
        self.was.ensure_current()?;
        let EntryMove { to, reason, .. } = &self.relocation;
        if *to == self.from {
            return Err(CaseError::SameStudent);
        }
        let content = self.arrive(self.leave(source)?, target, stamp)?;
        let made = match &content {
            Content::Contact { contact } => target.calls_made_by(contact, self.was.id.uuid().into()),
            _ => vec![],
        };
        let entry = Entry { content, ..self.was.clone() };
        let away = EntryMovedToStudent { was: self.was.clone(), relocation: self.relocation.clone() };
        let here = EntryMovedFromStudent { entry, from: self.from, reason: reason.clone() };
        Ok((vec![away.into()], [vec![here.into()], made].concat()))
    }

    /// What goes along; only what is open has a place to go on.
    fn leave(&self, source: &Case) -> Result<Content, CaseError> {
        let id = self.was.id.uuid();
        Ok(match self.was.content.clone() {
            Content::FollowUp { follow_up } => {
                let open = source.as_if_open().open_follow_up(id.into())?;
                // What it was about stays behind.
                let (owner, due, about) = (open.owner, Due::On(open.due_on), None);
                Content::FollowUp { follow_up: FollowUp { owner, due, about, ..follow_up } }
            }
            need @ Content::Need { .. } => match source.needs.get(&id.into()) {
                Some(NeedStatus::Open) => need,
                Some(NeedStatus::Resolved) => return Err(CaseError::NeedResolvedAlready),
                None => return Err(CaseError::NoSuchNeed),
            },
            content => content,
        })
    }

    /// What it becomes under the rules of the other case.
    fn arrive(&self, content: Content, target: &Case, stamp: &Stamp) -> Result<Content, CaseError> {
        target.ensure_open()?;
        match (content, self.relocation.attach) {
            (Content::Session { session, .. }, Some(Attachment::Intervention(intervention))) => {
                LogSession { intervention, session: session.clone() }.decide(target, stamp)?;
                Ok(Content::Session { intervention, session })
            }
            (Content::Progress { measurement, .. }, Some(Attachment::Goal(goal))) => {
                MeasureProgress { goal, measurement: measurement.clone() }.decide(target, stamp)?;
                Ok(Content::Progress { goal, measurement })
            }
            (Content::Session { .. } | Content::Progress { .. }, _) => Err(CaseError::AttachmentMissing),
            (Content::Contact { contact }, _) => {
                LogContact(contact.clone()).decide(target, stamp)?;
                Ok(Content::Contact { contact })
            }
            (content, _) => Ok(content),
        }
    }
}

impl Fact for EntryMovedToStudent {
    fn apply(self, case: &mut Case) {
        case.forget(self.was.id, &self.was.content);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.was.id.uuid())
    }
}

impl Fact for EntryMovedFromStudent {
    fn apply(self, case: &mut Case) {
        case.take_over(self.entry.id, &self.entry.content);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.entry.id.uuid())
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        self.entry.content.occurred_on()
    }
}

#[cfg(test)]
mod tests;
