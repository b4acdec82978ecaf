//! Commands about referrals.
use std::sync::Arc;

use super::dice::{Command, Dice};
use crate::{
    PartnerId,
    case::{given::*, *},
};

pub fn command(dice: &mut Dice, case: &Case) -> Command {
    let referral = dice.any(case.referrals.keys());
    let (reason, note) = (dice.text(), dice.some_text());
    match dice.below(13) {
        0 | 1 => Arc::new(DraftReferral(Referral {
            partner: partner(dice),
            service: dice.some_text(),
            purpose: purpose(dice),
            reason,
            shares: dice.yes().then(|| category(dice)).into_iter().collect(),
            urgency: Urgency::Urgent,
            visibility: dice.visibility(),
        })),
        2 => Arc::new(RequestReferral { referral }),
        3 | 4 => Arc::new(AcceptReferral { referral, acceptance: ReferralAcceptance { note } }),
        5 => Arc::new(RejectReferral { referral, rejection: ReferralRejection { reason: RejectReason::Other, note } }),
        6 => Arc::new(StartService { referral, start: ServiceStart { on: dice.day(), note } }),
        7 => Arc::new(HoldReferral { referral, reason }),
        8 => Arc::new(ResumeReferral { referral, reason }),
        9 => Arc::new(ForwardReferral { referral, forwarding: ReferralForwarding { partner: partner(dice), reason } }),
        10 => Arc::new(CompleteReferral {
            referral,
            completion: ReferralCompletion { outcome: ReferralOutcome::GotHelp, on: dice.some_day(), note },
        }),
        11 => Arc::new(FailReferral { referral, failure: ReferralFailure { reason: FailReason::Other, note } }),
        _ => Arc::new(CancelReferral {
            referral,
            cancellation: ReferralCancellation { by: CancelledBy::Family, reason: CancelReason::Other, note },
        }),
    }
}

pub fn partner(dice: &mut Dice) -> PartnerId {
    id(300 + u128::from(dice.below(2)))
}

pub fn purpose(dice: &mut Dice) -> Purpose {
    dice.one_of(&[Purpose::Mentoring, Purpose::MentalHealth])
}

pub fn category(dice: &mut Dice) -> DataCategory {
    dice.one_of(&[DataCategory::Attendance, DataCategory::Directory])
}
