//! Discontinuing an intervention.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::InterventionStatus;
use crate::{
    Decide, InterventionId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Why an intervention was not carried through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DiscontinueReason {
    /// It did not help.
    NotEffective,
    /// It could not be delivered as planned.
    NotDeliverable,
    /// The student did not take part.
    NoParticipation,
    /// The family or the student declined.
    FamilyDeclined,
    /// Nobody was there to deliver it.
    StaffUnavailable,
    /// Another intervention took its place.
    Replaced,
    /// The student went to another school.
    StudentMoved,
    /// It is not needed any more.
    NoLongerNeeded,
    /// Another reason, told in the note.
    Other,
}

/// How an intervention was given up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"on": "2026-03-02", "reason": "not_effective", "note": "No change after six weeks."}))]
pub struct InterventionDiscontinuation {
    /// The last day.
    pub on: NaiveDate,
    /// Why.
    pub reason: DiscontinueReason,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Give an intervention up, even before it was started.
#[derive(Debug, Clone)]
pub struct DiscontinueIntervention {
    /// The intervention.
    pub intervention: InterventionId,
    /// How it was given up.
    pub discontinuation: InterventionDiscontinuation,
}

/// An intervention was given up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InterventionDiscontinued {
    /// The intervention.
    pub intervention: InterventionId,
    /// How it was given up.
    pub discontinuation: InterventionDiscontinuation,
}

impl Decide<Case> for DiscontinueIntervention {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.unended_intervention(self.intervention)?.ensure_end(self.discontinuation.on, stamp)?;
        let Self { intervention, discontinuation } = self.clone();
        Ok(vec![InterventionDiscontinued { intervention, discontinuation }.into()])
    }
}

impl Fact for InterventionDiscontinued {
    fn apply(self, case: &mut Case) {
        case.intervention_ended(self.intervention, InterventionStatus::Discontinued, self.discontinuation.on);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.intervention.uuid())
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        Some(self.discontinuation.on)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn discontinue(on: NaiveDate) -> DiscontinueIntervention {
        let discontinuation =
            InterventionDiscontinuation { on, reason: DiscontinueReason::NotEffective, note: Some(text("no change")) };
        DiscontinueIntervention { intervention: intervention(), discontinuation }
    }

    #[test]
    fn an_intervention_is_given_up_even_before_it_was_started() {
        for past in [planned(), active(), paused()] {
            let DiscontinueIntervention { intervention, discontinuation } = discontinue(march(2));
            let ended = InterventionDiscontinued { intervention, discontinuation };
            given(past).when(discontinue(march(2))).then_expect_events(vec![ended.into()]);
        }
    }

    #[test]
    fn an_intervention_ends_once() {
        given(completed()).when(discontinue(march(2))).then_expect_error(CaseError::InterventionEnded);
    }

    #[test]
    fn the_end_lies_between_the_start_and_today() {
        let february = march(1).pred_opt().expect("a date");
        given(active()).when(discontinue(february)).then_expect_error(CaseError::InterventionEndsBeforeStart);
        given(active()).when(discontinue(march(3))).then_expect_error(CaseError::InterventionInFuture);
    }
}
