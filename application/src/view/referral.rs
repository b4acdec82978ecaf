//! Referrals, as the views tell them.
use chrono::NaiveDate;
use domain::{
    ConsentId, PartnerId, Text, Visibility,
    case::{
        Referral, ReferralAccepted, ReferralCancelled, ReferralCompleted, ReferralDrafted, ReferralFailed,
        ReferralForwarded, ReferralOutcome, ReferralPutOnHold, ReferralRejected, ReferralRequested, ReferralResumed,
        ReferralStatus, ServiceStarted,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CaseFile, Entered, Moment, code, spoken, unfold};

/// A referral as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReferralRecord {
    /// What was asked of whom.
    pub referral: Referral,
    /// The partner who has it now.
    pub partner: PartnerId,
    /// Where it stands.
    pub status: ReferralStatus,
    /// The consent on which data is shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentId>,
    /// The day on which it was last sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requested_on: Option<NaiveDate>,
    /// The day by which the partner is to answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respond_by: Option<NaiveDate>,
    /// The day from which an unanswered referral surfaces by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surfaces_on: Option<NaiveDate>,
    /// The first day of service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_started_on: Option<NaiveDate>,
    /// Where it stood before it was put on hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_from: Option<ReferralStatus>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<ReferralOutcome>,
    /// What was said with its last change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Text>,
}

impl Entered for ReferralRecord {
    fn status(&self) -> String {
        code(&self.status)
    }

    fn visibility(&self) -> Visibility {
        self.referral.visibility
    }

    fn is_ended(&self) -> bool {
        use ReferralStatus::{Cancelled, Completed, Failed, Rejected};
        matches!(self.status, Completed | Rejected | Cancelled | Failed)
    }

    fn partner(&self) -> Option<PartnerId> {
        // A draft is nobody's but the school's.
        (self.status != ReferralStatus::Draft).then_some(self.partner)
    }

    fn due_on(&self) -> Option<NaiveDate> {
        self.surfaces_on.filter(|_| self.status == ReferralStatus::Requested)
    }
}

/// The referral has another status, with a remark or without one.
fn turn(
    file: &mut CaseFile,
    referral: impl Into<uuid::Uuid>,
    now: &Moment,
    status: ReferralStatus,
    remark: Option<&Text>,
    more: impl FnOnce(&mut ReferralRecord),
) {
    file.change(referral, now, |referral: &mut ReferralRecord| {
        referral.status = status;
        referral.remark = remark.cloned();
        more(referral);
    });
}

unfold! {
    ReferralDrafted as Referral: |e, file, now| {
        file.write(e.referral, now, ReferralRecord {
            referral: e.draft.clone(),
            partner: e.draft.partner,
            status: ReferralStatus::Draft,
            consent: None,
            requested_on: None,
            respond_by: None,
            surfaces_on: None,
            service_started_on: None,
            held_from: None,
            outcome: None,
            remark: None,
        });
    }, says format!("Referral drafted for {}", spoken(&e.draft.purpose)), Some(&e.draft.reason);

    ReferralRequested as Referral: |e, file, now| {
        turn(file, e.referral, now, ReferralStatus::Requested, None, |referral| {
            referral.consent = e.consent;
            referral.requested_on = Some(now.today);
            referral.respond_by = Some(e.respond_by);
            referral.surfaces_on = Some(e.surfaces_on);
        });
    }, says format!("Referral sent, answer due by {}", e.respond_by), None;

    ReferralAccepted as Referral: |e, file, now| {
        turn(file, e.referral, now, ReferralStatus::Accepted, e.acceptance.note.as_ref(), |_| ());
    }, says "Referral accepted".into(), e.acceptance.note.as_ref();

    ReferralRejected as Referral: |e, file, now| {
        turn(file, e.referral, now, ReferralStatus::Rejected, e.rejection.note.as_ref(), |_| ());
    }, says format!("Referral rejected: {}", spoken(&e.rejection.reason)), e.rejection.note.as_ref();

    ServiceStarted as Referral: |e, file, now| {
        turn(file, e.referral, now, ReferralStatus::InProgress, e.start.note.as_ref(), |referral| {
            referral.service_started_on = Some(e.start.on);
        });
    }, says format!("Service started on {}", e.start.on), e.start.note.as_ref();

    ReferralPutOnHold as Referral: |e, file, now| {
        file.change(e.referral, now, |referral: &mut ReferralRecord| referral.held_from = Some(referral.status));
        turn(file, e.referral, now, ReferralStatus::OnHold, Some(&e.reason), |_| ());
    }, says "Referral put on hold".into(), Some(&e.reason);

    ReferralResumed as Referral: |e, file, now| {
        turn(file, e.referral, now, ReferralStatus::OnHold, Some(&e.reason), |referral| {
            referral.status = referral.held_from.take().unwrap_or(ReferralStatus::Accepted);
        });
    }, says "Referral resumed".into(), Some(&e.reason);

    ReferralForwarded as Referral: |e, file, now| {
        turn(file, e.referral, now, ReferralStatus::Requested, Some(&e.forwarding.reason), |referral| {
            referral.partner = e.forwarding.partner;
            referral.consent = e.consent;
            referral.requested_on = Some(now.today);
            referral.respond_by = Some(e.respond_by);
            referral.surfaces_on = Some(e.surfaces_on);
        });
    }, says format!("Referral forwarded to another partner, answer due by {}", e.respond_by), Some(&e.forwarding.reason);

    ReferralCompleted as Referral: |e, file, now| {
        turn(file, e.referral, now, ReferralStatus::Completed, e.completion.note.as_ref(), |referral| {
            referral.outcome = Some(e.completion.outcome);
        });
    }, says format!("Referral completed: {}", spoken(&e.completion.outcome)), e.completion.note.as_ref();

    ReferralFailed as Referral: |e, file, now| {
        turn(file, e.referral, now, ReferralStatus::Failed, e.failure.note.as_ref(), |_| ());
    }, says format!("Referral failed: {}", spoken(&e.failure.reason)), e.failure.note.as_ref();

    ReferralCancelled as Referral: |e, file, now| {
        turn(file, e.referral, now, ReferralStatus::Cancelled, e.cancellation.note.as_ref(), |_| ());
    }, says format!("Referral cancelled by {}: {}", spoken(&e.cancellation.by), spoken(&e.cancellation.reason)),
        e.cancellation.note.as_ref();
}
