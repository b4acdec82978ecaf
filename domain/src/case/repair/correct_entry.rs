//! Putting right what an entry says.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Decide, Stamp, Text,
    case::{
        Case, CaseError, CaseEvent, Content, Due, Entry, Fact, FollowUp, LogContact, LogSession, NeedStatus,
        ensure_past,
    },
};

/// What an entry should have said, and why it did not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "now": {"kind": "note", "note": {"text": "Prefers to meet after last period.", "visibility": "team"}},
    "reason": "Misheard."
}))]
pub struct Correction {
    /// What it should have said: the same kind of thing.
    pub now: Content,
    /// Why it did not.
    pub reason: Text,
}

/// Put right what an entry says.
#[derive(Debug, Clone)]
pub struct CorrectEntry {
    /// The entry as it stood.
    pub was: Entry,
    /// What it should have said.
    pub correction: Correction,
}

/// What an entry says was put right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryCorrected {
    /// The entry as it stood.
    pub was: Entry,
    /// What it should have said; a due day as the calendar counted it.
    pub correction: Correction,
}

impl Decide<Case> for CorrectEntry {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_known()?;
        self.was.ensure_current()?;
        let Correction { now, reason } = &self.correction;
        if !now.same_kind(&self.was.content) {
            return Err(CaseError::KindChanged);
        }
        if *now == self.was.content {
            return Err(CaseError::NothingCorrected);
        }
        let correction = Correction { now: settle(now, &self.was, case, stamp)?, reason: reason.clone() };
        let made = match &correction.now {
            Content::Contact { contact } => case.calls_made_by(contact, self.was.id.uuid().into()),
            _ => vec![],
        };
        Ok([vec![EntryCorrected { was: self.was.clone(), correction }.into()], made].concat())
    }
}

/// What the entry says from now on, by the rules under which it was first written.
fn settle(now: &Content, was: &Entry, case: &Case, stamp: &Stamp) -> Result<Content, CaseError> {
    match (now, &was.content) {
        (Content::Session { intervention, session }, _) => {
            let log = LogSession { intervention: *intervention, session: session.clone() };
            log.decide(&case.as_if_open(), stamp)?;
        }
        (Content::Contact { contact }, _) => {
            LogContact(contact.clone()).decide(&case.as_if_open(), stamp)?;
        }
        (Content::Progress { goal, measurement }, _) => {
            // Its goal may have ended since.
            if !case.goals.contains_key(goal) {
                return Err(CaseError::NoSuchGoal);
            }
            ensure_past(measurement.on, stamp.today(), CaseError::ProgressInFuture)?;
        }
        // What was resolved or done stands as it ended.
        (Content::Need { .. }, _) if case.needs.get(&was.id.uuid().into()) == Some(&NeedStatus::Resolved) => {
            return Err(CaseError::NeedResolvedAlready);
        }
        (Content::FollowUp { follow_up }, Content::FollowUp { follow_up: before }) => {
            case.as_if_open().open_follow_up(was.id.uuid().into())?;
            if follow_up.due == before.due {
                // A due day that stays may have passed since.
                return Ok(now.clone());
            }
            let due = Due::On(follow_up.due.day(stamp)?);
            return Ok(Content::FollowUp { follow_up: FollowUp { due, ..follow_up.clone() } });
        }
        _ => {}
    }
    Ok(now.clone())
}

impl Fact for EntryCorrected {
    fn apply(self, case: &mut Case) {
        let id = self.was.id.uuid().into();
        if let (Content::Contact { contact: was }, Content::Contact { contact: now }) =
            (&self.was.content, &self.correction.now)
        {
            // In this order: what the contact still reaches is not asked again.
            case.remember_contact(now);
            case.forget_contact(was);
        }
        if let (Content::FollowUp { follow_up: was }, Content::FollowUp { follow_up: now }) =
            (self.was.content, self.correction.now)
            && let Some(open) = case.follow_ups.get_mut(&id)
        {
            if was.owner != now.owner {
                open.owner = now.owner;
            }
            match now.due {
                Due::On(due_on) if was.due != now.due => open.due_on = due_on,
                _ => {}
            }
        }
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.was.id.uuid())
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        self.correction.now.occurred_on()
    }
}

#[cfg(test)]
mod tests;
