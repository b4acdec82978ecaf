//! What an intervention is, by kind of work and by size of the group.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InterventionKind {
    /// Check & Connect: a mentor who checks in and stays connected.
    CheckAndConnect,
    /// Mentoring.
    Mentoring,
    /// Tutoring.
    Tutoring,
    /// Counseling.
    Counseling,
    /// Reaching out about absence.
    AttendanceOutreach,
    /// Work with the family.
    FamilyEngagement,
    /// Support of behavior.
    BehaviorSupport,
    /// Enrichment, after school or in the summer.
    Enrichment,
    /// Something else, told in the description.
    Other,
}

/// To how many it is delivered at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// To one student.
    Individual,
    /// To a small group.
    SmallGroup,
    /// To a class.
    WholeClass,
    /// To everybody at the school.
    WholeSchool,
}
