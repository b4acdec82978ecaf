//! Referrals: a partner is asked to help, answers, serves, and says what came of it.
use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Case, CaseError, DataCategory, Purpose};
use crate::{ConsentId, PartnerId, ReferralId, Stamp};

mod accept_referral;
mod cancel_referral;
mod complete_referral;
mod draft_referral;
mod fail_referral;
mod forward_referral;
mod hold_referral;
mod reject_referral;
mod request_referral;
mod resume_referral;
mod shared;
mod start_service;
mod status;

pub use accept_referral::{AcceptReferral, ReferralAcceptance, ReferralAccepted};
pub use cancel_referral::{CancelReferral, CancelledBy, ReferralCancellation, ReferralCancelled};
pub use complete_referral::{CompleteReferral, ReferralCompleted, ReferralCompletion, ReferralOutcome};
pub use draft_referral::{DraftReferral, Referral, ReferralDrafted, Urgency};
pub use fail_referral::{FailReason, FailReferral, ReferralFailed, ReferralFailure};
pub use forward_referral::{ForwardReferral, ReferralForwarded, ReferralForwarding};
pub use hold_referral::{HoldReferral, ReferralPutOnHold};
pub use reject_referral::{ReferralRejected, ReferralRejection, RejectReason, RejectReferral};
pub use request_referral::{ReferralRequested, RequestReferral};
pub use resume_referral::{ReferralResumed, ResumeReferral};
pub use shared::Shared;
pub use start_service::{ServiceStart, ServiceStarted, StartService};
pub use status::ReferralStatus;

use status::Step;

/// A referral that has not ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct OpenReferral {
    status: ReferralStatus,
    partner: PartnerId,
    purpose: Purpose,
    shares: BTreeSet<DataCategory>,
    /// Where it stood when it was put on hold.
    resumes_to: ReferralStatus,
}

/// The school days that a partner has for an answer, and then those of grace (Community Schools referral practice).
const ANSWER: u16 = 2;
const GRACE: u16 = 2;

/// The day by which an answer is due, and the day on which a referral without one surfaces.
fn deadlines(stamp: &Stamp) -> (NaiveDate, NaiveDate) {
    let respond_by = stamp.calendar.school_days_after(stamp.today(), ANSWER);
    (respond_by, stamp.calendar.school_days_after(respond_by, GRACE))
}

impl Case {
    /// The partners with a referral that was sent and is not over.
    pub fn partners(&self) -> impl Iterator<Item = PartnerId> {
        let sent = self.referrals.values().filter(|referral| referral.status != ReferralStatus::Draft);
        sent.map(|referral| referral.partner)
    }

    /// The open referral, where it may take that step.
    fn referral(&self, referral: ReferralId, step: Step) -> Result<&OpenReferral, CaseError> {
        self.ensure_open()?;
        match self.referrals.get(&referral) {
            Some(open) => open.status.allows(step).map(|()| open),
            None if self.ended_referrals.holds(&referral) => Err(CaseError::ReferralEnded),
            None => Err(CaseError::NoSuchReferral),
        }
    }

    /// The consent by which the referral may share its data with `partner`; none where it shares nothing.
    fn consent_to_share(
        &self,
        open: &OpenReferral,
        partner: PartnerId,
        today: NaiveDate,
    ) -> Result<Option<ConsentId>, CaseError> {
        if open.shares.is_empty() {
            return Ok(None);
        }
        let consent = self.consent_in_force(partner, open.purpose, &open.shares, today);
        consent.map(Some).ok_or(CaseError::ConsentMissing)
    }

    fn referral_stands(&mut self, referral: ReferralId, status: ReferralStatus) {
        if let Some(open) = self.referrals.get_mut(&referral) {
            open.status = status;
        }
    }

    fn end_referral(&mut self, referral: ReferralId) {
        self.referrals.remove(&referral);
        self.ended_referrals.add(referral);
    }

    /// Whether a partner still answers, prepares or serves.
    pub(super) fn referrals_run(&self) -> bool {
        self.referrals.values().any(|open| open.status != ReferralStatus::Draft)
    }
}

#[cfg(test)]
mod given {
    use super::*;
    pub use crate::case::consent::given::{consent, consented, partner};
    use crate::case::{CaseEvent, given::*};

    /// The referral of these tests.
    pub fn referral() -> ReferralId {
        uuid::Uuid::from_u128(70).into()
    }

    /// Partner 300 is asked for a mentor.
    pub fn draft(shares: impl IntoIterator<Item = DataCategory>) -> Referral {
        Referral {
            partner: partner(300),
            service: Some(text("lunch mentoring")),
            purpose: Purpose::Mentoring,
            reason: text("needs an adult to talk to"),
            shares: shares.into_iter().collect(),
            urgency: Urgency::Routine,
            visibility: Default::default(),
        }
    }

    /// A draft that shares nothing.
    pub fn drafted() -> Vec<CaseEvent> {
        vec![opened(), ReferralDrafted { referral: referral(), draft: draft([]) }.into()]
    }

    /// A draft that shares the attendance, with partner 300's consent for it.
    pub fn sharing() -> Vec<CaseEvent> {
        let drafted = ReferralDrafted { referral: referral(), draft: draft([DataCategory::Attendance]) };
        [consented(), vec![drafted.into()]].concat()
    }

    /// A referral that awaits its answer.
    pub fn requested() -> Vec<CaseEvent> {
        and(drafted(), requested_now(None))
    }

    /// The request of these tests: on Monday the 2nd, to be answered by Wednesday, surfacing on Friday.
    pub fn requested_now(consent: Option<ConsentId>) -> ReferralRequested {
        ReferralRequested { referral: referral(), consent, respond_by: march(4), surfaces_on: march(6) }
    }

    /// A referral that the partner took on.
    pub fn accepted() -> Vec<CaseEvent> {
        and(requested(), ReferralAccepted { referral: referral(), acceptance: ReferralAcceptance { note: None } })
    }

    /// A referral whose service began.
    pub fn in_progress() -> Vec<CaseEvent> {
        let start = ServiceStart { on: march(2), note: None };
        and(accepted(), ServiceStarted { referral: referral(), start })
    }

    /// A served referral that waits.
    pub fn on_hold() -> Vec<CaseEvent> {
        and(in_progress(), ReferralPutOnHold { referral: referral(), reason: text("on holiday") })
    }

    /// A referral that the partner turned down.
    pub fn rejected() -> Vec<CaseEvent> {
        let rejection = ReferralRejection { reason: RejectReason::NoCapacity, note: None };
        and(requested(), ReferralRejected { referral: referral(), rejection })
    }

    /// The past, and one thing more.
    pub fn and(past: Vec<CaseEvent>, event: impl Into<CaseEvent>) -> Vec<CaseEvent> {
        [past, vec![event.into()]].concat()
    }
}
