//! Commands about the support plan.
use std::sync::Arc;

use super::dice::{Command, Dice};
use crate::case::*;

pub fn command(dice: &mut Dice, _: &Case) -> Command {
    let (reason, next_review_on) = (dice.text(), dice.day_ahead());
    match dice.below(9) {
        0 => Arc::new(DraftPlan(PlanDraft { summary: reason })),
        1 => Arc::new(SubmitPlan),
        2 => Arc::new(ApprovePlan(PlanApproval { next_review_on, note: dice.some_text() })),
        3 => Arc::new(ReturnPlan { reason }),
        4 => Arc::new(ReviewPlan(PlanReview { summary: reason, next_review_on })),
        5 => Arc::new(HoldPlan { reason }),
        6 => Arc::new(ResumePlan { reason }),
        7 => Arc::new(RevokePlan { reason }),
        _ => Arc::new(CompletePlan(PlanCompletion { summary: dice.some_text() })),
    }
}
