//! Why something is not carried out after all.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why a follow-up or a referral is cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "no_longer_needed")]
pub enum CancelReason {
    /// It is not needed any more.
    NoLongerNeeded,
    /// It was there already.
    Duplicate,
    /// It was entered by mistake.
    EnteredInError,
    /// The school has corrected the absence from which it followed.
    AbsenceCorrected,
    /// The case was closed.
    CaseClosed,
    /// Another reason, told in the note.
    Other,
}
