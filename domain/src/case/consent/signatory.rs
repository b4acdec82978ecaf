//! Who signs for a student.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the person who signs is to the student.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "parent")]
pub enum SignatoryRelation {
    /// A parent.
    Parent,
    /// A legal guardian.
    Guardian,
    /// The student, of age.
    StudentOfAge,
    /// Somebody else with the right to sign.
    Other,
}
