//! Referrals to partners, the whole loop.
use domain::{
    ReferralId,
    case::{
        AcceptReferral, CancelReferral, CompleteReferral, DraftReferral, FailReferral, ForwardReferral, HoldReferral,
        Referral, ReferralAcceptance, ReferralCancellation, ReferralCompletion, ReferralFailure, ReferralForwarding,
        ReferralRejection, RejectReferral, RequestReferral, ResumeReferral, ServiceStart, StartService,
    },
};

use super::{declare::changes, reason::Reason};

changes! { in "referrals";
    /// Draft a referral to a partner.
    draft_referral: DraftReferral, post "/referrals", body Referral => Created;
        |referral| DraftReferral(referral)
    /// Send a drafted referral. One that shares data needs a consent in force.
    request_referral: RequestReferral, post "/referrals/{referral}/request",
        path "referral": ReferralId => Changed; |referral| RequestReferral { referral }
    /// Accept a referral, for the partner.
    accept_referral: AcceptReferral, post "/referrals/{referral}/acceptance",
        path "referral": ReferralId, body ReferralAcceptance => Changed;
        |referral, acceptance| AcceptReferral { referral, acceptance }
    /// Turn a referral down, for the partner.
    reject_referral: RejectReferral, post "/referrals/{referral}/rejection",
        path "referral": ReferralId, body ReferralRejection => Changed;
        |referral, rejection| RejectReferral { referral, rejection }
    /// Say that service started.
    start_service: StartService, post "/referrals/{referral}/service",
        path "referral": ReferralId, body ServiceStart => Changed; |referral, start| StartService { referral, start }
    /// Let a referral wait.
    hold_referral: HoldReferral, post "/referrals/{referral}/hold",
        path "referral": ReferralId, body Reason => Changed;
        |referral, said| HoldReferral { referral, reason: said.reason }
    /// Go on with a waiting referral.
    resume_referral: ResumeReferral, post "/referrals/{referral}/resumption",
        path "referral": ReferralId, body Reason => Changed;
        |referral, said| ResumeReferral { referral, reason: said.reason }
    /// Send a referral on to another partner.
    forward_referral: ForwardReferral, post "/referrals/{referral}/forwarding",
        path "referral": ReferralId, body ReferralForwarding => Changed;
        |referral, forwarding| ForwardReferral { referral, forwarding }
    /// Close the loop: say what came of a referral.
    complete_referral: CompleteReferral, post "/referrals/{referral}/completion",
        path "referral": ReferralId, body ReferralCompletion => Changed;
        |referral, completion| CompleteReferral { referral, completion }
    /// Say that a referral came to nothing.
    fail_referral: FailReferral, post "/referrals/{referral}/failure",
        path "referral": ReferralId, body ReferralFailure => Changed;
        |referral, failure| FailReferral { referral, failure }
    /// Take a referral back.
    cancel_referral: CancelReferral, post "/referrals/{referral}/cancellation",
        path "referral": ReferralId, body ReferralCancellation => Changed;
        |referral, cancellation| CancelReferral { referral, cancellation }
}
