//! Needs: identified, and resolved.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Case, CaseError};
use crate::NeedId;

mod identify_need;
mod resolve_need;

pub use identify_need::{IdentifyNeed, Need, NeedCategory, NeedIdentified};
pub use resolve_need::{NeedResolution, NeedResolved, ResolveNeed};

/// Where a need stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NeedStatus {
    /// Not met yet.
    Open,
    /// Met, or gone.
    Resolved,
}

impl Case {
    fn need(&self, need: NeedId) -> Result<NeedStatus, CaseError> {
        self.ensure_open()?;
        self.needs.get(&need).copied().ok_or(CaseError::NoSuchNeed)
    }
}
