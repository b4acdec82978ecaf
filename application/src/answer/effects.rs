//! What changed after support began, as it is told.
use chrono::{DateTime, Utc};
use domain::{SchoolId, effect::Outcome, indicator::SchoolYear, policy::PolicyVersion};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    effects::{By, EffectOfGroup, EffectsAsked},
    figures::Progress,
    served::ServedSoFar,
};

/// What has to be said with every figure.
const CAUTIONS: [&str; 3] = [
    "Support begins when things are at their worst, and from there they change for the better by themselves (regression to \
     the mean). `change` contains that; read `difference`, with its interval.",
    "Those who were served may differ from those they are compared with in what nobody wrote down: the difference shows what \
     went together, not what brought it about.",
    "Other support that the served got in the same days is not taken out.",
];

/// On what the compared students are alike.
const MATCHED_ON: [&str; 4] = [
    "the day on which support began",
    "the grade",
    "the band under the policy on the day before",
    "the number in the window before: exactly up to nine, within three above",
];

/// What changed after support began, beside students who had none yet, by what they were served with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "school_year": 2026, "by": "intervention_type", "outcome": "days_absent", "window_school_days": 20,
    "policy": {"name": "attendance-works", "version": 1},
    "counted": {"position": 1024, "recorded_at": "2026-03-04T14:00:00Z"}, "imported_at": "2026-03-04T03:10:00Z",
    "matched_on": ["the day on which support began"], "cautions": ["Read `difference`, with its interval."],
    "groups": [{
        "group": "check_and_connect",
        "comparison": {
            "served": 48, "compared_with": 212, "before": 6.2, "after": 4.1, "change": -2.1, "change_of_others": -1.3,
            "difference": -0.8, "interval": {"from": -1.6, "to": -0.1}, "balance_before": {"all": 0.84, "matched": 0.02},
            "balance_share": {"matched": 0.06}
        },
        "dosage": [{"dosage": "one_to_three"}]
    }]
}))]
pub struct Effects {
    /// The school year in which support began, by the year in which it ends.
    pub school_year: SchoolYear,
    /// What is put together.
    pub by: By,
    /// What is counted.
    pub outcome: Outcome,
    /// How many school days the windows before and after have. Numbers are for so many days.
    pub window_school_days: usize,
    /// The policy by whose bands students are alike.
    pub policy: PolicyVersion,
    /// The school, where only its students are compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub school: Option<SchoolId>,
    /// How far the log is counted.
    pub counted: Progress,
    /// When an import of the district's files last finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub imported_at: Option<DateTime<Utc>>,
    /// On what the compared students are alike.
    pub matched_on: Vec<String>,
    /// What has to be said with every figure.
    pub cautions: Vec<String>,
    /// What changed, group by group. Of fewer than ten students nothing is told.
    pub groups: Vec<EffectOfGroup>,
}

impl Effects {
    /// What was asked, and what it comes to.
    pub fn of(asked: &EffectsAsked, so_far: ServedSoFar, groups: Vec<EffectOfGroup>) -> Self {
        Self {
            school_year: asked.school_year,
            by: asked.by,
            outcome: asked.outcome,
            window_school_days: asked.window.days(),
            policy: asked.policy.version.clone(),
            school: asked.school,
            counted: so_far.counted,
            imported_at: so_far.imported_at,
            matched_on: MATCHED_ON.map(str::to_owned).to_vec(),
            cautions: CAUTIONS.map(str::to_owned).to_vec(),
            groups,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_says_what_brought_it_about() {
        let all = CAUTIONS.iter().chain(&MATCHED_ON);
        assert!(all.clone().any(|words| words.contains("regression to the mean")));
        assert!(!all.clone().any(|words| words.contains("cause")));
    }
}
