//! Opening a case in an emergency.
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Decide, Minutes, OverrideId, StaffId, Stamp, Text, Visibility,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// The longest override, in minutes: a working day.
const LONGEST: u16 = 480;

/// Why a case has to be opened at once, and for how long.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Collapsed at practice; the clinic asks what she takes.", "minutes": 30}))]
pub struct AccessOverride {
    /// The emergency.
    pub reason: Text,
    /// For how long, at most eight hours.
    pub minutes: Minutes,
}

/// Open a case in an emergency.
#[derive(Debug, Clone)]
pub struct OverrideAccess(pub AccessOverride);

/// Somebody opened the case in an emergency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccessOverridden {
    /// The override.
    pub access_override: OverrideId,
    /// Who opened it.
    pub by: StaffId,
    /// Why, and for how long.
    pub details: AccessOverride,
    /// When it shuts again.
    pub until: DateTime<Utc>,
}

impl Decide<Case> for OverrideAccess {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_known()?;
        let minutes = u16::from(self.0.minutes);
        if minutes > LONGEST {
            return Err(CaseError::OverrideTooLong);
        }
        let until = stamp.at + TimeDelta::minutes(minutes.into());
        let (access_override, details) = (stamp.id.into(), self.0.clone());
        Ok(vec![AccessOverridden { access_override, by: stamp.by, details, until }.into()])
    }

    fn visibility(&self) -> Visibility {
        Visibility::School
    }
}

impl Fact for AccessOverridden {
    fn apply(self, case: &mut Case) {
        case.overrides.insert(self.access_override, self.by);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.access_override.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    #[test]
    fn a_case_is_opened_in_an_emergency_until_the_time_is_up() {
        let event = AccessOverridden { access_override: created(), ..at_once() };
        given([opened()]).when(OverrideAccess(wish(30))).then_expect_events(vec![event.into()]);
    }

    #[test]
    fn an_override_lasts_eight_hours_at_most() {
        given([opened()]).when(OverrideAccess(wish(481))).then_expect_error(CaseError::OverrideTooLong);
    }

    #[test]
    fn there_must_be_a_case() {
        given([]).when(OverrideAccess(wish(30))).then_expect_error(CaseError::NoCase);
    }
}
