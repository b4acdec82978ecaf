//! Adjusting the dosage of an intervention.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Dosage;
use crate::{
    Decide, InterventionId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Another dosage, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"dosage": {"sessions_per_week": 5, "minutes": 15}, "reason": "Short and daily works better."}))]
pub struct InterventionAdjustment {
    /// The dosage from now on.
    pub dosage: Dosage,
    /// Why.
    pub reason: Text,
}

/// Change the planned dosage of an intervention that has not ended.
#[derive(Debug, Clone)]
pub struct AdjustIntervention {
    /// The intervention.
    pub intervention: InterventionId,
    /// What changes, and why.
    pub adjustment: InterventionAdjustment,
}

/// The planned dosage of an intervention changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InterventionAdjusted {
    /// The intervention.
    pub intervention: InterventionId,
    /// What changed, and why.
    pub adjustment: InterventionAdjustment,
}

impl Decide<Case> for AdjustIntervention {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.unended_intervention(self.intervention)?;
        Ok(vec![InterventionAdjusted { intervention: self.intervention, adjustment: self.adjustment.clone() }.into()])
    }
}

impl Fact for InterventionAdjusted {
    fn apply(self, _: &mut Case) {}

    fn entry(&self) -> Option<Uuid> {
        Some(self.intervention.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn adjustment() -> InterventionAdjustment {
        InterventionAdjustment { dosage: weekly(5), reason: text("short and daily works better") }
    }

    fn adjust() -> AdjustIntervention {
        AdjustIntervention { intervention: intervention(), adjustment: adjustment() }
    }

    #[test]
    fn an_intervention_is_adjusted_until_it_ends() {
        for past in [planned(), active(), paused()] {
            let adjusted = InterventionAdjusted { intervention: intervention(), adjustment: adjustment() };
            given(past).when(adjust()).then_expect_events(vec![adjusted.into()]);
        }
        given(completed()).when(adjust()).then_expect_error(CaseError::InterventionEnded);
    }
}
