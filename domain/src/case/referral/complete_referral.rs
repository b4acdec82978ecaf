//! A referral comes to its end.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Step;
use crate::{
    Decide, ReferralId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact, ensure_past},
};

/// What came of a referral (closed-loop referral practice).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "got_help")]
pub enum ReferralOutcome {
    /// The student got the help.
    GotHelp,
    /// The student got some of it.
    PartlyHelped,
    /// The student did not meet the partner's terms.
    NotEligible,
    /// The partner had no place after all.
    NoCapacity,
    /// Nobody was reached.
    CouldNotContact,
    /// The family did not want it.
    DeclinedByFamily,
    /// The need had gone.
    NoLongerNeeded,
    /// Another partner helps.
    ReferredElsewhere,
    /// Something else, told in the note.
    Other,
}

/// What came of it, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"outcome": "got_help", "on": "2026-03-02", "note": "Eight meetings."}))]
pub struct ReferralCompletion {
    /// What came of it.
    pub outcome: ReferralOutcome,
    /// The last day of service; today, if it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Close a referral with its outcome.
#[derive(Debug, Clone)]
pub struct CompleteReferral {
    /// The referral.
    pub referral: ReferralId,
    /// What came of it, and when.
    pub completion: ReferralCompletion,
}

/// A referral was closed with its outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferralCompleted {
    /// The referral.
    pub referral: ReferralId,
    /// What came of it, and when.
    pub completion: ReferralCompletion,
}

impl Decide<Case> for CompleteReferral {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.referral(self.referral, Step::Complete)?;
        let today = stamp.today();
        ensure_past(self.completion.on.unwrap_or(today), today, CaseError::ServiceInFuture)?;
        Ok(vec![ReferralCompleted { referral: self.referral, completion: self.completion.clone() }.into()])
    }
}

impl Fact for ReferralCompleted {
    fn apply(self, case: &mut Case) {
        case.end_referral(self.referral);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.referral.uuid())
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        self.completion.on
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn completion(on: Option<NaiveDate>) -> ReferralCompletion {
        ReferralCompletion { outcome: ReferralOutcome::GotHelp, on, note: None }
    }

    fn complete(on: Option<NaiveDate>) -> CompleteReferral {
        CompleteReferral { referral: referral(), completion: completion(on) }
    }

    #[test]
    fn a_referral_ends_with_its_outcome() {
        let completed: CaseEvent = ReferralCompleted { referral: referral(), completion: completion(None) }.into();
        given(in_progress()).when(complete(None)).then_expect_events(vec![completed.clone()]);
        given(accepted()).when(complete(None)).then_expect_events(vec![completed.clone()]);
        given(and(in_progress(), completed)).when(complete(None)).then_expect_error(CaseError::ReferralEnded);
    }

    #[test]
    fn an_end_to_come_is_not_told_yet() {
        given(in_progress()).when(complete(Some(march(3)))).then_expect_error(CaseError::ServiceInFuture);
    }

    #[test]
    fn nothing_comes_of_what_the_partner_never_took_on() {
        given(requested()).when(complete(None)).then_expect_error(CaseError::ReferralNotAccepted);
        given(on_hold()).when(complete(None)).then_expect_error(CaseError::ReferralOnHold);
    }
}
