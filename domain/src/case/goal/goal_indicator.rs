//! A goal is measured by what the district's systems tell, instead of by hand.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{case::SchoolDays, policy::Measure};

/// The indicator that measures a goal, and over which days. Days, incidents and courses are counted, shares of days are
/// in percent, credits in credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"measure": "days_absent", "over": {"last_school_days": 20}}))]
pub struct GoalIndicator {
    /// What is counted.
    pub measure: Measure,
    /// Over which days, up to the day of each point.
    #[serde(default)]
    pub over: Window,
}

/// The days over which an indicator is counted, up to the day as of which it is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = IndicatorWindow, example = json!({"last_school_days": 20}))]
pub enum Window {
    /// Since the goal's first day.
    #[default]
    SinceStart,
    /// Since the beginning of the school year.
    SchoolYear,
    /// So many last days on which the student was enrolled and school was kept.
    LastSchoolDays(SchoolDays),
}
