//! For which absences a mentor is to call home.
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::indicator::Mark;

/// Which absences of a mentee ask for a call home, and how late one may be told and still does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"absences": ["unexcused", "excused"], "within_school_days": 3}))]
pub struct CallHome {
    /// These absences do.
    #[schema(min_items = 1)]
    pub absences: BTreeSet<Mark>,
    /// If the absence is told at most so many school days after its day; what is told later asks for none.
    #[serde(default = "three")]
    #[schema(minimum = 0, maximum = 30)]
    pub within_school_days: u16,
}

/// Over a weekend, and a night on which no file came.
const fn three() -> u16 {
    3
}
