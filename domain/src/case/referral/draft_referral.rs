//! Writing a referral.
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{OpenReferral, ReferralStatus};
use crate::{
    Decide, PartnerId, ReferralId, Stamp, Text, Visibility,
    case::{Case, CaseError, CaseEvent, DataCategory, Fact, Purpose},
};

/// How soon help is needed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "routine")]
pub enum Urgency {
    /// In the usual time.
    #[default]
    Routine,
    /// Sooner than usual.
    Urgent,
    /// At once.
    Immediate,
}

/// Which partner is asked for what, why, and what it may see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "partner": "0192a000-0000-7000-8000-000000000021", "service": "Lunch mentoring", "purpose": "mentoring",
    "reason": "Needs an adult at school to talk to.", "shares": ["directory", "attendance"], "urgency": "routine",
    "visibility": "team"
}))]
pub struct Referral {
    /// Who is asked.
    pub partner: PartnerId,
    /// For which of its services.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Text>,
    /// What for.
    pub purpose: Purpose,
    /// Why.
    pub reason: Text,
    /// The data that the partner gets to see; sharing any needs a consent.
    #[serde(default)]
    pub shares: BTreeSet<DataCategory>,
    /// How soon help is needed.
    #[serde(default)]
    pub urgency: Urgency,
    /// Who may read it.
    #[serde(default)]
    pub visibility: Visibility,
}

/// Write a referral, without sending it yet.
#[derive(Debug, Clone)]
pub struct DraftReferral(pub Referral);

/// A referral was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferralDrafted {
    /// The referral.
    pub referral: ReferralId,
    /// What it asks for.
    pub draft: Referral,
}

impl Decide<Case> for DraftReferral {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_open()?;
        Ok(vec![ReferralDrafted { referral: stamp.id.into(), draft: self.0.clone() }.into()])
    }

    fn visibility(&self) -> Visibility {
        self.0.visibility
    }
}

impl Fact for ReferralDrafted {
    fn apply(self, case: &mut Case) {
        let Referral { partner, purpose, shares, .. } = self.draft;
        let status = ReferralStatus::Draft;
        let open = OpenReferral { status, partner, purpose, shares, resumes_to: status };
        case.referrals.insert(self.referral, open);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.referral.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    #[test]
    fn a_referral_is_drafted_without_consent() {
        let draft = draft([DataCategory::Attendance]);
        let drafted = ReferralDrafted { referral: created(), draft: draft.clone() };
        given([opened()]).when(DraftReferral(draft)).then_expect_events(vec![drafted.into()]);
    }

    #[test]
    fn a_closed_case_takes_no_referral() {
        given(closed()).when(DraftReferral(draft([]))).then_expect_error(CaseError::CaseClosed);
    }
}
