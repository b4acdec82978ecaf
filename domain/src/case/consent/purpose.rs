//! What a partner's service is for.
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// What a service is for, and what data may be shared for.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[schema(example = "mentoring")]
pub enum Purpose {
    /// Tutoring and other help with learning.
    AcademicSupport,
    /// Coming to school.
    AttendanceSupport,
    /// A mentor.
    Mentoring,
    /// Mental health.
    MentalHealth,
    /// Health, teeth, eyes.
    PhysicalHealth,
    /// Food, clothing, housing, transport.
    BasicNeeds,
    /// Arts, sports and other activities.
    Enrichment,
    /// Support of the family.
    FamilySupport,
}
