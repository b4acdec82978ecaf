//! More or less intensive support.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Tier;
use crate::{
    Decide, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Change how intensive the support is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"tier": 3, "reason": "Two further weeks of absence."}))]
pub struct ChangeTier {
    /// The new tier.
    pub tier: Tier,
    /// Why.
    pub reason: Text,
}

/// Another tier of support.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TierChanged {
    /// The tier before.
    pub from: Tier,
    /// The tier from then on.
    pub to: Tier,
    /// Why.
    pub reason: Text,
}

impl Decide<Case> for ChangeTier {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_open()?;
        if case.tier == self.tier {
            return Err(CaseError::SameTier);
        }
        Ok(vec![TierChanged { from: case.tier, to: self.tier, reason: self.reason.clone() }.into()])
    }
}

impl Fact for TierChanged {
    fn apply(self, case: &mut Case) {
        case.tier = self.to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::given::*;

    fn change(tier: Tier) -> ChangeTier {
        ChangeTier { tier, reason: text("more absences") }
    }

    #[test]
    fn the_tier_changes() {
        let changed = TierChanged { from: Tier::TWO, to: Tier::THREE, reason: text("more absences") };
        given([opened()]).when(change(Tier::THREE)).then_expect_events(vec![changed.into()]);
    }

    #[test]
    fn the_same_tier_is_no_change() {
        given([opened()]).when(change(Tier::TWO)).then_expect_error(CaseError::SameTier);
    }

    #[test]
    fn a_case_must_be_open() {
        given([]).when(change(Tier::TWO)).then_expect_error(CaseError::NoCase);
        given(closed()).when(change(Tier::THREE)).then_expect_error(CaseError::CaseClosed);
    }
}
