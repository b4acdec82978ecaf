//! Needs and strengths, as the views tell them.
use domain::{
    Text, Visibility,
    case::{Need, NeedIdentified, NeedResolved, NeedStatus, Strength, StrengthNoted},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Entered, code, spoken, unfold};

/// A need as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NeedRecord {
    /// What is needed.
    pub need: Need,
    /// Whether it still is.
    pub status: NeedStatus,
    /// How it was met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Text>,
}

/// A strength as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StrengthRecord {
    /// What the student is good at.
    pub strength: Strength,
}

impl Entered for NeedRecord {
    fn status(&self) -> String {
        code(&self.status)
    }

    fn visibility(&self) -> Visibility {
        self.need.visibility
    }

    fn is_ended(&self) -> bool {
        self.status == NeedStatus::Resolved
    }
}

impl Entered for StrengthRecord {
    fn status(&self) -> String {
        "noted".to_owned()
    }

    fn visibility(&self) -> Visibility {
        self.strength.visibility
    }

    fn is_ended(&self) -> bool {
        false
    }
}

unfold! {
    NeedIdentified as Need: |e, file, now| {
        let (need, status, resolution) = (e.details.clone(), NeedStatus::Open, None);
        file.write(e.need, now, NeedRecord { need, status, resolution });
    }, says format!("Need identified: {}", spoken(&e.details.category)), Some(&e.details.description);

    NeedResolved as Need: |e, file, now| {
        file.change(e.need, now, |need: &mut NeedRecord| {
            need.status = NeedStatus::Resolved;
            need.resolution = Some(e.resolution.note.clone());
        });
    }, says "Need resolved".into(), Some(&e.resolution.note);

    StrengthNoted as Strength: |e, file, now| {
        file.write(e.strength, now, StrengthRecord { strength: e.details.clone() });
    }, says "Strength noted".into(), Some(&e.details.description);
}
