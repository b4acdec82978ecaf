//! Overrides of access: somebody who may not see a case opens it in an emergency, and answers for it (34 CFR 99.36).
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

mod override_access;
mod review_override;

pub use override_access::{AccessOverridden, AccessOverride, OverrideAccess};
pub use review_override::{OverrideReview, OverrideReviewed, ReviewOverride};

/// What the privacy officer finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OverrideFinding {
    /// There was an emergency, and what was read was needed.
    Justified,
    /// There was none, or less would have done.
    NotJustified,
}

#[cfg(test)]
mod given {
    use super::*;
    use crate::case::{CaseEvent, given::*};

    /// A teacher of another school opened the case for half an hour.
    pub fn overridden() -> Vec<CaseEvent> {
        vec![opened(), at_once().into()]
    }

    /// The override of these tests.
    pub fn at_once() -> AccessOverridden {
        let until = stamp().at + chrono::TimeDelta::minutes(30);
        AccessOverridden { access_override: id(95), by: stamp().by, details: wish(30), until }
    }

    /// So many minutes, for an emergency.
    pub fn wish(minutes: u16) -> AccessOverride {
        AccessOverride { reason: text("collapsed at practice"), minutes: minutes.try_into().expect("minutes") }
    }
}
