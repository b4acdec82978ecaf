//! What a person is at a school, a partner or the district.
use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};
use utoipa::ToSchema;

/// A role, held at a school, with a partner or for the district, from one day to another.
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
    IntoStaticStr,
    EnumIter,
    Display,
    EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// Supports some 15 to 20 mentees at one school.
    SuccessMentor,
    /// Community School Director: hired by the lead partner, at one school.
    CommunitySchoolDirector,
    /// Leads a school.
    Principal,
    /// Teaches, counsels or works at a school.
    SchoolStaff,
    /// School Mental Health Manager of one or more schools.
    MentalHealthManager,
    /// Works for a partner organisation.
    PartnerStaff,
    /// OCS program manager: the district's view across schools, never a student's record.
    ProgramManager,
    /// The district's privacy officer.
    PrivacyOfficer,
    /// A front end or an importer.
    Service,
}
