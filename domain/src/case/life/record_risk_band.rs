//! A student's risk band changed under a policy.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Decide, Stamp,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// How much a student is at risk, under a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// On track.
    OnTrack,
    /// At risk.
    AtRisk,
    /// Chronic.
    Chronic,
    /// Severe.
    Severe,
}

/// Record that the band under a policy is another than it was.
#[derive(Debug, Clone)]
pub struct RecordRiskBand {
    /// The policy and its version, such as `attendance-works@1`.
    pub policy: String,
    /// The band now.
    pub band: Band,
    /// The indicators that led to it.
    pub triggers: Vec<String>,
}

/// Another risk band.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RiskBandChanged {
    /// The policy and its version.
    pub policy: String,
    /// The band from then on.
    pub band: Band,
    /// The indicators that led to it.
    pub triggers: Vec<String>,
}

impl Decide<Case> for RecordRiskBand {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_open()?;
        if case.bands.get(&self.policy) == Some(&self.band) {
            return Ok(vec![]);
        }
        let Self { policy, band, triggers } = self.clone();
        Ok(vec![RiskBandChanged { policy, band, triggers }.into()])
    }
}

impl Fact for RiskBandChanged {
    fn apply(self, case: &mut Case) {
        case.bands.insert(self.policy, self.band);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::given::*;

    fn record(band: Band) -> RecordRiskBand {
        RecordRiskBand { policy: "attendance-works@1".into(), band, triggers: vec!["attendance".into()] }
    }

    fn changed(band: Band) -> CaseEvent {
        RiskBandChanged { policy: "attendance-works@1".into(), band, triggers: vec!["attendance".into()] }.into()
    }

    #[test]
    fn another_band_is_recorded_and_the_same_is_not() {
        given([opened()]).when(record(Band::Chronic)).then_expect_events(vec![changed(Band::Chronic)]);
        given([opened(), changed(Band::Chronic)]).when(record(Band::Chronic)).then_expect_events(vec![]);
        given([opened(), changed(Band::Chronic)])
            .when(record(Band::Severe))
            .then_expect_events(vec![changed(Band::Severe)]);
    }
}
