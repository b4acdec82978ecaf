//! Reviewing an override.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::OverrideFinding;
use crate::{
    Decide, OverrideId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// What the privacy officer finds about an override.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"finding": "justified", "note": "The nurse confirmed it."}))]
pub struct OverrideReview {
    /// Whether it was justified.
    pub finding: OverrideFinding,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Review an override.
#[derive(Debug, Clone)]
pub struct ReviewOverride {
    /// The override.
    pub access_override: OverrideId,
    /// What was found.
    pub review: OverrideReview,
}

/// An override was reviewed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OverrideReviewed {
    /// The override.
    pub access_override: OverrideId,
    /// What was found.
    pub review: OverrideReview,
}

impl Decide<Case> for ReviewOverride {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_known()?;
        match case.overrides.get(&self.access_override) {
            Some(by) if *by == stamp.by => Err(CaseError::OwnOverride),
            Some(_) => {
                let review = self.review.clone();
                Ok(vec![OverrideReviewed { access_override: self.access_override, review }.into()])
            }
            None if case.reviewed_overrides.holds(&self.access_override) => Err(CaseError::OverrideReviewedAlready),
            None => Err(CaseError::NoSuchOverride),
        }
    }
}

impl Fact for OverrideReviewed {
    fn apply(self, case: &mut Case) {
        case.overrides.remove(&self.access_override);
        case.reviewed_overrides.add(self.access_override);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.access_override.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{AccessOverridden, given::*};

    fn review() -> OverrideReview {
        OverrideReview { finding: OverrideFinding::Justified, note: None }
    }

    fn command() -> ReviewOverride {
        ReviewOverride { access_override: id(95), review: review() }
    }

    fn by_another() -> Vec<CaseEvent> {
        vec![opened(), AccessOverridden { by: Uuid::from_u128(999).into(), ..at_once() }.into()]
    }

    fn reviewed() -> CaseEvent {
        OverrideReviewed { access_override: id(95), review: review() }.into()
    }

    #[test]
    fn what_somebody_else_opened_is_reviewed() {
        given(by_another()).when(command()).then_expect_events(vec![reviewed()]);
    }

    #[test]
    fn nobody_reviews_what_they_opened_themselves() {
        given(overridden()).when(command()).then_expect_error(CaseError::OwnOverride);
    }

    #[test]
    fn an_override_is_reviewed_once() {
        let past = [by_another(), vec![reviewed()]].concat();
        given(past).when(command()).then_expect_error(CaseError::OverrideReviewedAlready);
    }

    #[test]
    fn there_must_be_such_an_override() {
        given([opened()]).when(command()).then_expect_error(CaseError::NoSuchOverride);
    }
}
