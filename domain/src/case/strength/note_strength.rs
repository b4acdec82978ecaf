//! Noting a strength.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Decide, Stamp, StrengthId, Text, Visibility,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Something that a student can build on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"description": "Never misses a rehearsal of the band.", "visibility": "team"}))]
pub struct Strength {
    /// What the student can build on.
    pub description: Text,
    /// Who may read it.
    #[serde(default)]
    pub visibility: Visibility,
}

/// Note a strength.
#[derive(Debug, Clone)]
pub struct NoteStrength(pub Strength);

/// A strength was noted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StrengthNoted {
    /// The strength.
    pub strength: StrengthId,
    /// What the student can build on.
    pub details: Strength,
}

impl Decide<Case> for NoteStrength {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_open()?;
        Ok(vec![StrengthNoted { strength: stamp.id.into(), details: self.0.clone() }.into()])
    }

    fn visibility(&self) -> Visibility {
        self.0.visibility
    }
}

impl Fact for StrengthNoted {
    fn apply(self, _: &mut Case) {}

    fn entry(&self) -> Option<Uuid> {
        Some(self.strength.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::given::*;

    fn strength() -> Strength {
        Strength { description: text("plays in the band"), visibility: Visibility::Team }
    }

    #[test]
    fn a_strength_is_noted() {
        let noted = StrengthNoted { strength: created(), details: strength() };
        given([opened()]).when(NoteStrength(strength())).then_expect_events(vec![noted.into()]);
    }

    #[test]
    fn a_case_must_be_open() {
        given([]).when(NoteStrength(strength())).then_expect_error(CaseError::NoCase);
    }
}
