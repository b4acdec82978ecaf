//! Who may read an entry.
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;

/// Who may read an entry; that a restricted entry exists may be visible to people who may not read it.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    IntoStaticStr,
    EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[schema(example = "team")]
pub enum Visibility {
    /// Everybody who supports the student.
    #[default]
    Team,
    /// The staff of the student's school.
    School,
    /// Its author and the author's supervisor.
    AuthorAndSupervisor,
    /// The School Mental Health Managers of the student's school.
    MentalHealth,
}

impl Visibility {
    /// Whether the whole staff of the student's school may know of it.
    pub fn is_for_school(self) -> bool {
        matches!(self, Self::Team | Self::School)
    }
}
