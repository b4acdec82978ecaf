//! The school refuses what the family asks for.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::AmendmentStatus;
use crate::{
    AmendmentId, Decide, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact, ensure_past},
};

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "The attendance of that day was taken twice.", "family_told_on": "2026-03-09"}))]
pub struct AmendmentRefusal {
    /// Why.
    pub reason: Text,
    /// The day on which the family was told of it, and of its right to a hearing; today, if it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family_told_on: Option<NaiveDate>,
}

/// Refuse what the family asks for.
#[derive(Debug, Clone)]
pub struct RefuseAmendment {
    /// The request.
    pub amendment: AmendmentId,
    /// Why.
    pub refusal: AmendmentRefusal,
}

/// What the family asked for was refused; it may ask for a hearing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AmendmentRefused {
    /// The request.
    pub amendment: AmendmentId,
    /// Why, and when the family was told.
    pub refusal: AmendmentRefusal,
}

impl Decide<Case> for RefuseAmendment {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        if case.open_amendment(self.amendment)?.status != AmendmentStatus::Requested {
            return Err(CaseError::AmendmentDecided);
        }
        let told = self.refusal.family_told_on.unwrap_or(stamp.today());
        ensure_past(told, stamp.today(), CaseError::AmendmentInFuture)?;
        let refusal = AmendmentRefusal { family_told_on: Some(told), ..self.refusal.clone() };
        Ok(vec![AmendmentRefused { amendment: self.amendment, refusal }.into()])
    }
}

impl Fact for AmendmentRefused {
    fn apply(self, case: &mut Case) {
        case.amendment_stands(self.amendment, AmendmentStatus::Refused);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.amendment.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{HearingOutcome, given::*};

    fn refuse(family_told_on: Option<NaiveDate>) -> RefuseAmendment {
        let refusal = AmendmentRefusal { reason: text("the teacher saw it"), family_told_on };
        RefuseAmendment { amendment: amendment(), refusal }
    }

    #[test]
    fn a_refusal_says_when_the_family_was_told_of_its_right_to_a_hearing() {
        let event = AmendmentRefused { amendment: amendment(), refusal: refuse(Some(march(2))).refusal };
        given(requested()).when(refuse(None)).then_expect_events(vec![event.into()]);
        given(requested()).when(refuse(Some(march(3)))).then_expect_error(CaseError::AmendmentInFuture);
    }

    #[test]
    fn a_request_is_refused_once() {
        for past in [refused(), heard(HearingOutcome::ToBeAmended)] {
            given(past).when(refuse(None)).then_expect_error(CaseError::AmendmentDecided);
        }
        given(stated()).when(refuse(None)).then_expect_error(CaseError::AmendmentEnded);
    }
}
