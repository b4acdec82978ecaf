//! A hearing about a refusal, held by somebody who has no interest in its outcome (34 CFR 99.22).
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::AmendmentStatus;
use crate::{
    AmendmentId, Decide, Stamp, Text, Visibility,
    case::{Case, CaseError, CaseEvent, Fact, ensure_past},
};

/// What a hearing came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HearingOutcome {
    /// The entry is to be put right.
    ToBeAmended,
    /// The entry stands: the family may put its statement beside it.
    Stands,
}

/// A hearing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "held_on": "2026-03-20", "outcome": "stands", "presided_by": "R. Ortiz, principal of another school",
    "findings": "Two teachers saw it."
}))]
pub struct Hearing {
    /// The day on which it was held.
    pub held_on: NaiveDate,
    /// What it came to.
    pub outcome: HearingOutcome,
    /// Who presided: somebody without an interest in the outcome.
    pub presided_by: Text,
    /// The evidence in short, and the reasons.
    pub findings: Text,
}

/// Write down what a hearing came to.
#[derive(Debug, Clone)]
pub struct RecordHearing {
    /// The request.
    pub amendment: AmendmentId,
    /// The hearing.
    pub hearing: Hearing,
    /// Who may read the entry, and so what was found.
    pub visibility: Visibility,
}

/// A hearing about a refusal was held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HearingHeld {
    /// The request.
    pub amendment: AmendmentId,
    /// The hearing.
    pub hearing: Hearing,
}

impl Decide<Case> for RecordHearing {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        match case.open_amendment(self.amendment)?.status {
            AmendmentStatus::Refused => {}
            AmendmentStatus::Ordered | AmendmentStatus::Upheld => return Err(CaseError::HearingHeldAlready),
            _ => return Err(CaseError::AmendmentNotRefused),
        }
        ensure_past(self.hearing.held_on, stamp.today(), CaseError::AmendmentInFuture)?;
        Ok(vec![HearingHeld { amendment: self.amendment, hearing: self.hearing.clone() }.into()])
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }
}

impl Fact for HearingHeld {
    fn apply(self, case: &mut Case) {
        let status = match self.hearing.outcome {
            HearingOutcome::ToBeAmended => AmendmentStatus::Ordered,
            HearingOutcome::Stands => AmendmentStatus::Upheld,
        };
        case.amendment_stands(self.amendment, status);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.amendment.uuid())
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        Some(self.hearing.held_on)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn hear(outcome: HearingOutcome) -> RecordHearing {
        RecordHearing { amendment: amendment(), hearing: hearing(outcome), visibility: Visibility::Team }
    }

    #[test]
    fn a_hearing_is_held_about_what_was_refused() {
        for outcome in [HearingOutcome::Stands, HearingOutcome::ToBeAmended] {
            let event = heard(outcome).pop().expect("an event");
            given(refused()).when(hear(outcome)).then_expect_events(vec![event]);
        }
        given(requested()).when(hear(HearingOutcome::Stands)).then_expect_error(CaseError::AmendmentNotRefused);
    }

    #[test]
    fn one_hearing_is_held() {
        let past = heard(HearingOutcome::Stands);
        given(past).when(hear(HearingOutcome::ToBeAmended)).then_expect_error(CaseError::HearingHeldAlready);
    }

    #[test]
    fn nobody_was_heard_tomorrow() {
        let hearing = Hearing { held_on: march(3), ..hearing(HearingOutcome::Stands) };
        let command = RecordHearing { hearing, ..hear(HearingOutcome::Stands) };
        given(refused()).when(command).then_expect_error(CaseError::AmendmentInFuture);
    }
}
