//! A partner begins to serve.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ReferralStatus, Step};
use crate::{
    Decide, ReferralId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact, ensure_past},
};

/// When the service began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"on": "2026-03-02", "note": "Meets him at lunch on Mondays."}))]
pub struct ServiceStart {
    /// The first day of service.
    pub on: NaiveDate,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Say that the partner's service began.
#[derive(Debug, Clone)]
pub struct StartService {
    /// The referral.
    pub referral: ReferralId,
    /// When the service began.
    pub start: ServiceStart,
}

/// The partner's service began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ServiceStarted {
    /// The referral.
    pub referral: ReferralId,
    /// When the service began.
    pub start: ServiceStart,
}

impl Decide<Case> for StartService {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.referral(self.referral, Step::Start)?;
        ensure_past(self.start.on, stamp.today(), CaseError::ServiceInFuture)?;
        Ok(vec![ServiceStarted { referral: self.referral, start: self.start.clone() }.into()])
    }
}

impl Fact for ServiceStarted {
    fn apply(self, case: &mut Case) {
        case.referral_stands(self.referral, ReferralStatus::InProgress);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.referral.uuid())
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        Some(self.start.on)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn start(on: NaiveDate) -> StartService {
        StartService { referral: referral(), start: ServiceStart { on, note: None } }
    }

    #[test]
    fn service_begins() {
        given(accepted()).when(start(march(2))).then_expect_events(vec![in_progress().remove(4)]);
    }

    #[test]
    fn service_to_come_is_not_told_yet() {
        given(accepted()).when(start(march(3))).then_expect_error(CaseError::ServiceInFuture);
    }

    #[test]
    fn service_begins_once_and_after_the_partner_accepted() {
        given(requested()).when(start(march(2))).then_expect_error(CaseError::ReferralNotAccepted);
        given(in_progress()).when(start(march(2))).then_expect_error(CaseError::ServiceAlreadyStarted);
    }
}
