//! The school agrees, and the entry is put right.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    AmendmentId, Decide, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Content, CorrectEntry, Correction, Entry, Fact, RetractEntry, Retraction},
};

/// How the entry is put right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "how", rename_all = "snake_case", deny_unknown_fields)]
#[schema(example = json!({"how": "retract"}))]
pub enum AmendmentRepair {
    /// It says something else from now on.
    Correct {
        /// What: the same kind of thing.
        now: Content,
    },
    /// It is taken back.
    Retract,
    /// It was put right already, by an operation of its own kind.
    Done,
}

/// What the school does about a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"repair": {"how": "retract"}, "note": "The nurse confirms that she was there."}))]
pub struct AmendmentAgreement {
    /// How the entry is put right.
    pub repair: AmendmentRepair,
    /// Why.
    pub note: Text,
}

/// How an entry was put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Repaired {
    /// It says something else.
    Corrected,
    /// It was taken back.
    Retracted,
    /// It had been put right by an operation of its own kind.
    Done,
}

/// Agree to what the family asks for, and put the entry right with the same stroke.
#[derive(Debug, Clone)]
pub struct AgreeToAmendment {
    /// The request.
    pub amendment: AmendmentId,
    /// The entry as it stood, where it is put right now.
    pub was: Option<Entry>,
    /// What is done.
    pub agreement: AmendmentAgreement,
}

/// What the family asked for was agreed to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AmendmentAgreed {
    /// The request.
    pub amendment: AmendmentId,
    /// How the entry was put right.
    pub repaired: Repaired,
    /// Why.
    pub note: Text,
}

impl Decide<Case> for AgreeToAmendment {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        let about = case.open_amendment(self.amendment)?.about;
        if self.was.as_ref().is_some_and(|was| was.id != about) {
            return Err(CaseError::AnotherEntryAmended);
        }
        let AmendmentAgreement { repair, note } = &self.agreement;
        let reason = note.clone();
        let (repaired, mut events) = match (repair, self.was.clone()) {
            (AmendmentRepair::Correct { now }, Some(was)) => {
                let correction = Correction { now: now.clone(), reason };
                (Repaired::Corrected, CorrectEntry { was, correction }.decide(case, stamp)?)
            }
            (AmendmentRepair::Retract, Some(was)) => {
                (Repaired::Retracted, RetractEntry { was, retraction: Retraction { reason } }.decide(case, stamp)?)
            }
            (AmendmentRepair::Done, None) => (Repaired::Done, vec![]),
            _ => return Err(CaseError::AnotherEntryAmended),
        };
        events.push(AmendmentAgreed { amendment: self.amendment, repaired, note: note.clone() }.into());
        Ok(events)
    }
}

impl Fact for AmendmentAgreed {
    fn apply(self, case: &mut Case) {
        case.end_amendment(self.amendment);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.amendment.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{EntryRetracted, HearingOutcome, given::*, note::given::*};

    fn agree(repair: AmendmentRepair, was: Option<Entry>) -> AgreeToAmendment {
        AgreeToAmendment {
            amendment: amendment(),
            was,
            agreement: AmendmentAgreement { repair, note: text("so it is") },
        }
    }

    fn agreed(repaired: Repaired) -> CaseEvent {
        AmendmentAgreed { amendment: amendment(), repaired, note: text("so it is") }.into()
    }

    fn retracted() -> Vec<CaseEvent> {
        let taken_back = EntryRetracted { was: noted(), retraction: Retraction { reason: text("so it is") } };
        vec![taken_back.into(), agreed(Repaired::Retracted)]
    }

    #[test]
    fn an_entry_is_taken_back_as_the_family_asked() {
        given(requested()).when(agree(AmendmentRepair::Retract, Some(noted()))).then_expect_events(retracted());
    }

    #[test]
    fn an_entry_is_put_right_by_the_rules_of_every_correction() {
        let correct = || AmendmentRepair::Correct { now: noted().content };
        given(requested()).when(agree(correct(), Some(noted()))).then_expect_error(CaseError::NothingCorrected);
    }

    #[test]
    fn what_was_put_right_by_an_operation_of_its_own_is_agreed_to() {
        given(requested()).when(agree(AmendmentRepair::Done, None)).then_expect_events(vec![agreed(Repaired::Done)]);
    }

    #[test]
    fn what_was_refused_may_be_agreed_to_after_all_and_what_a_hearing_ordered_is() {
        for past in [refused(), heard(HearingOutcome::ToBeAmended)] {
            given(past).when(agree(AmendmentRepair::Retract, Some(noted()))).then_expect_events(retracted());
        }
    }

    #[test]
    fn the_entry_that_was_asked_about_is_put_right_and_no_other() {
        let another = Entry { id: id(4), ..noted() };
        for was in [Some(another), None] {
            let command = agree(AmendmentRepair::Retract, was);
            given(requested()).when(command).then_expect_error(CaseError::AnotherEntryAmended);
        }
    }

    #[test]
    fn there_must_be_such_a_request_and_it_must_not_have_ended() {
        let done = || agree(AmendmentRepair::Done, None);
        given(with_note()).when(done()).then_expect_error(CaseError::NoSuchAmendment);
        let past = [requested(), vec![agreed(Repaired::Done)]].concat();
        given(past).when(done()).then_expect_error(CaseError::AmendmentEnded);
    }
}
