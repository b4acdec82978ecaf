//! Identifying a need.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::NeedStatus;
use crate::{
    Decide, NeedId, Stamp, Text, Visibility,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// What a need is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NeedCategory {
    /// Coming to school, and on time.
    Attendance,
    /// Learning.
    Academic,
    /// Behavior.
    Behavior,
    /// Social and emotional growth.
    SocialEmotional,
    /// Mental health.
    MentalHealth,
    /// Physical health.
    PhysicalHealth,
    /// Food, clothing, housing, transport.
    BasicNeeds,
    /// The family.
    Family,
    /// Safety.
    Safety,
    /// Something else, told in the description.
    Other,
}

/// Something that a student needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "category": "attendance", "description": "Misses first period twice a week.", "visibility": "team"
}))]
pub struct Need {
    /// What it is about.
    pub category: NeedCategory,
    /// What is needed.
    pub description: Text,
    /// Who may read it.
    #[serde(default)]
    pub visibility: Visibility,
}

/// Say what the student needs.
#[derive(Debug, Clone)]
pub struct IdentifyNeed(pub Need);

/// A need was identified.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NeedIdentified {
    /// The need.
    pub need: NeedId,
    /// What is needed.
    pub details: Need,
}

impl Decide<Case> for IdentifyNeed {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_open()?;
        Ok(vec![NeedIdentified { need: stamp.id.into(), details: self.0.clone() }.into()])
    }

    fn visibility(&self) -> Visibility {
        self.0.visibility
    }
}

impl Fact for NeedIdentified {
    fn apply(self, case: &mut Case) {
        case.needs.insert(self.need, NeedStatus::Open);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.need.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::given::*;

    fn need() -> Need {
        Need {
            category: NeedCategory::BasicNeeds,
            description: text("has no winter coat"),
            visibility: Visibility::School,
        }
    }

    #[test]
    fn a_need_is_identified() {
        let identified = NeedIdentified { need: created(), details: need() };
        given([opened()]).when(IdentifyNeed(need())).then_expect_events(vec![identified.into()]);
    }

    #[test]
    fn a_closed_case_takes_no_need() {
        given(closed()).when(IdentifyNeed(need())).then_expect_error(CaseError::CaseClosed);
    }
}
