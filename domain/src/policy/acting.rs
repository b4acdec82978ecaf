//! What counts as having acted on a student's being at risk.
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use utoipa::ToSchema;

/// Something that people do for a student, and write down on the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Act {
    /// A contact that was made.
    Contact,
    /// A session that was held.
    Session,
    /// An intervention that was started.
    Intervention,
    /// A referral that was sent.
    Referral,
    /// A follow-up that was requested.
    FollowUp,
    /// A goal that was set.
    Goal,
    /// A support plan that was drafted.
    Plan,
    /// A mentor who was assigned.
    MentorAssignment,
}

/// Which acts count, and for how long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"acts": ["contact", "session", "referral"], "within_school_days": 20}))]
pub struct Acting {
    /// These count.
    #[schema(min_items = 1)]
    pub acts: BTreeSet<Act>,
    /// If they were done on one of so many last school days.
    #[schema(minimum = 1, maximum = 366)]
    pub within_school_days: u16,
}

impl Default for Acting {
    fn default() -> Self {
        use Act::*;
        Self { acts: [Contact, Session, Intervention, Referral].into(), within_school_days: 20 }
    }
}
