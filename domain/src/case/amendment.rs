//! Requests for amendment: the family holds an entry to be inaccurate, misleading or a breach of privacy (34 CFR 99.20).
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    AmendmentId, EntryId,
    case::{Case, CaseError},
};

mod agree_to_amendment;
mod attach_statement;
mod record_hearing;
mod refuse_amendment;
mod request_amendment;
mod withdraw_amendment;

pub use agree_to_amendment::{AgreeToAmendment, AmendmentAgreed, AmendmentAgreement, AmendmentRepair, Repaired};
pub use attach_statement::{AttachStatement, Statement, StatementAttached};
pub use record_hearing::{Hearing, HearingHeld, HearingOutcome, RecordHearing};
pub use refuse_amendment::{AmendmentRefusal, AmendmentRefused, RefuseAmendment};
pub use request_amendment::{AmendmentRequest, AmendmentRequested, RequestAmendment};
pub use withdraw_amendment::{AmendmentWithdrawal, AmendmentWithdrawn, WithdrawAmendment};

/// Where a request for amendment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AmendmentStatus {
    /// The school is to decide.
    Requested,
    /// Refused: the family may ask for a hearing, or put its statement beside the entry.
    Refused,
    /// A hearing found for the family: the entry is to be put right.
    Ordered,
    /// A hearing found that the entry stands: the family may put its statement beside it.
    Upheld,
    /// Agreed to, and done.
    Agreed,
    /// Taken back by the family.
    Withdrawn,
    /// The family's statement stands beside the entry.
    Stated,
}

/// A request that has not ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct OpenAmendment {
    about: EntryId,
    status: AmendmentStatus,
}

impl Case {
    fn open_amendment(&self, id: AmendmentId) -> Result<&OpenAmendment, CaseError> {
        self.ensure_known()?;
        match self.amendments.get(&id) {
            Some(open) => Ok(open),
            None if self.ended_amendments.holds(&id) => Err(CaseError::AmendmentEnded),
            None => Err(CaseError::NoSuchAmendment),
        }
    }

    fn amendment_stands(&mut self, id: AmendmentId, status: AmendmentStatus) {
        if let Some(open) = self.amendments.get_mut(&id) {
            open.status = status;
        }
    }

    fn end_amendment(&mut self, id: AmendmentId) {
        self.amendments.remove(&id);
        self.ended_amendments.add(id);
    }
}

#[cfg(test)]
mod given {
    use super::*;
    use crate::{
        Visibility,
        case::{CaseEvent, SignatoryRelation, given::*, note::given::*},
    };

    /// The request of these tests.
    pub fn amendment() -> AmendmentId {
        id(97)
    }

    /// The mother asks for the note to be put right.
    pub fn request() -> AmendmentRequest {
        AmendmentRequest {
            asked: text("she was never tired"),
            by: text("Maria Lopez"),
            relation: SignatoryRelation::Parent,
            on: Some(march(1)),
        }
    }

    /// The note, and the request about it.
    pub fn requested() -> Vec<CaseEvent> {
        let (about, visibility, decide_by) = (noted().id, Visibility::Team, march(1) + chrono::Days::new(45));
        let asked = AmendmentRequested { amendment: amendment(), about, visibility, request: request(), decide_by };
        [with_note(), vec![asked.into()]].concat()
    }

    /// The request was refused.
    pub fn refused() -> Vec<CaseEvent> {
        let refusal = AmendmentRefusal { reason: text("the teacher saw it"), family_told_on: None };
        [requested(), vec![AmendmentRefused { amendment: amendment(), refusal }.into()]].concat()
    }

    /// A hearing was held about the refusal.
    pub fn heard(outcome: HearingOutcome) -> Vec<CaseEvent> {
        [refused(), vec![HearingHeld { amendment: amendment(), hearing: hearing(outcome) }.into()]].concat()
    }

    /// The hearing of these tests.
    pub fn hearing(outcome: HearingOutcome) -> Hearing {
        Hearing {
            held_on: march(2),
            outcome,
            presided_by: text("a principal of another school"),
            findings: text("why"),
        }
    }

    /// The family put its statement beside the note.
    pub fn stated() -> Vec<CaseEvent> {
        let statement = statement();
        [refused(), vec![StatementAttached { amendment: amendment(), about: noted().id, statement }.into()]].concat()
    }

    /// The statement of these tests.
    pub fn statement() -> Statement {
        Statement { text: text("she sleeps well"), by: text("Maria Lopez"), on: Some(march(2)) }
    }
}
