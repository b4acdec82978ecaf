//! Resolving a need.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::NeedStatus;
use crate::{
    Decide, NeedId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// How a need was met, or why it is none any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"note": "Takes the earlier bus since January."}))]
pub struct NeedResolution {
    /// How it was met, or why it is none any more.
    pub note: Text,
}

/// Say that a need is met.
#[derive(Debug, Clone)]
pub struct ResolveNeed {
    /// The need.
    pub need: NeedId,
    /// How it was met.
    pub resolution: NeedResolution,
}

/// A need was met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NeedResolved {
    /// The need.
    pub need: NeedId,
    /// How it was met.
    pub resolution: NeedResolution,
}

impl Decide<Case> for ResolveNeed {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        match case.need(self.need)? {
            NeedStatus::Open => Ok(vec![NeedResolved { need: self.need, resolution: self.resolution.clone() }.into()]),
            NeedStatus::Resolved => Err(CaseError::NeedResolvedAlready),
        }
    }
}

impl Fact for NeedResolved {
    fn apply(self, case: &mut Case) {
        case.needs.insert(self.need, NeedStatus::Resolved);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.need.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Need, NeedCategory, NeedIdentified, given::*};

    fn need() -> NeedId {
        Uuid::from_u128(20).into()
    }

    fn identified() -> Vec<CaseEvent> {
        let details = Need {
            category: NeedCategory::Attendance,
            description: text("misses first period"),
            visibility: Default::default(),
        };
        vec![opened(), NeedIdentified { need: need(), details }.into()]
    }

    fn resolution() -> NeedResolution {
        NeedResolution { note: text("takes the earlier bus") }
    }

    fn resolve() -> ResolveNeed {
        ResolveNeed { need: need(), resolution: resolution() }
    }

    fn resolved() -> CaseEvent {
        NeedResolved { need: need(), resolution: resolution() }.into()
    }

    #[test]
    fn a_need_is_resolved() {
        given(identified()).when(resolve()).then_expect_events(vec![resolved()]);
    }

    #[test]
    fn a_need_is_resolved_once() {
        let past = [identified(), vec![resolved()]].concat();
        given(past).when(resolve()).then_expect_error(CaseError::NeedResolvedAlready);
    }

    #[test]
    fn a_need_must_have_been_identified() {
        given([opened()]).when(resolve()).then_expect_error(CaseError::NoSuchNeed);
    }
}
