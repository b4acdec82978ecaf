//! Referrals.
use crate::{
    Visibility,
    case::{given::*, *},
};

pub fn examples() -> Vec<CaseEvent> {
    let referral = id(75);
    let note = || Some(text("told in a note"));
    let draft = Referral {
        partner: id(300),
        service: Some(text("lunch mentoring")),
        purpose: Purpose::Mentoring,
        reason: text("needs an adult to talk to"),
        shares: [DataCategory::Attendance, DataCategory::CaseNotes].into(),
        urgency: Urgency::Urgent,
        visibility: Visibility::School,
    };
    let rejection = ReferralRejection { reason: RejectReason::NoCapacity, note: note() };
    let completion = ReferralCompletion { outcome: ReferralOutcome::GotHelp, on: Some(march(2)), note: note() };
    let failure = ReferralFailure { reason: FailReason::NoResponse, note: note() };
    let by = CancelledBy::Family;
    let cancellation = ReferralCancellation { by, reason: CancelReason::NoLongerNeeded, note: note() };
    vec![
        ReferralDrafted { referral, draft }.into(),
        ReferralRequested { referral, consent: Some(id(80)), respond_by: march(4), surfaces_on: march(6) }.into(),
        ReferralAccepted { referral, acceptance: ReferralAcceptance { note: note() } }.into(),
        ReferralRejected { referral, rejection }.into(),
        ServiceStarted { referral, start: ServiceStart { on: march(2), note: note() } }.into(),
        ReferralPutOnHold { referral, reason: text("on holiday") }.into(),
        ReferralResumed { referral, reason: text("back") }.into(),
        ReferralForwarded {
            referral,
            from: id(300),
            forwarding: ReferralForwarding { partner: id(301), reason: text("has a place at once") },
            consent: Some(id(82)),
            respond_by: march(4),
            surfaces_on: march(6),
        }
        .into(),
        ReferralCompleted { referral, completion }.into(),
        ReferralFailed { referral, failure }.into(),
        ReferralCancelled { referral, cancellation }.into(),
    ]
}
