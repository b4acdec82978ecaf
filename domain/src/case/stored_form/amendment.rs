//! Requests for amendment.
use crate::{
    Visibility,
    case::{given::*, *},
};

pub fn examples() -> Vec<CaseEvent> {
    let (amendment, about) = (id(97), id(90));
    let request = AmendmentRequest {
        asked: text("she was at the nurse's"),
        by: text("Maria Lopez"),
        relation: SignatoryRelation::Parent,
        on: Some(march(1)),
    };
    let refusal = AmendmentRefusal { reason: text("two teachers saw it"), family_told_on: Some(march(2)) };
    let hearing = Hearing {
        held_on: march(2),
        outcome: HearingOutcome::Stands,
        presided_by: text("a principal of another school"),
        findings: text("the nurse was away"),
    };
    let statement = Statement { text: text("she was there"), by: text("Maria Lopez"), on: Some(march(2)) };
    let withdrawal = AmendmentWithdrawal { by: text("Maria Lopez"), reason: Some(text("we talked")) };
    let (visibility, decide_by) = (Visibility::Team, march(31));
    vec![
        AmendmentRequested { amendment, about, visibility, request, decide_by }.into(),
        AmendmentAgreed { amendment, repaired: Repaired::Corrected, note: text("the nurse confirms it") }.into(),
        AmendmentRefused { amendment, refusal }.into(),
        HearingHeld { amendment, hearing }.into(),
        StatementAttached { amendment, about, statement }.into(),
        AmendmentWithdrawn { amendment, withdrawal }.into(),
    ]
}
