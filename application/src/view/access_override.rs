//! Overrides of access, as the views tell them.
use chrono::{DateTime, Utc};
use domain::{
    StaffId, Visibility,
    case::{AccessOverridden, AccessOverride, OverrideReview, OverrideReviewed},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Entered, code, unfold};

/// Where an override stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OverrideStatus {
    /// The privacy officer is to review it.
    Unreviewed,
    /// It was reviewed.
    Reviewed,
}

/// An override as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OverrideRecord {
    /// Why, and for how long.
    pub details: AccessOverride,
    /// Who opened the case.
    pub by: StaffId,
    /// When it shut again.
    pub until: DateTime<Utc>,
    /// Whether it was reviewed.
    pub status: OverrideStatus,
    /// What was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<OverrideReview>,
}

impl Entered for OverrideRecord {
    fn status(&self) -> String {
        code(&self.status)
    }

    fn visibility(&self) -> Visibility {
        // The school is told of it.
        Visibility::School
    }

    fn is_ended(&self) -> bool {
        self.status == OverrideStatus::Reviewed
    }
}

unfold! {
    AccessOverridden as AccessOverride: |e, file, now| {
        let (details, by, until) = (e.details.clone(), e.by, e.until);
        let status = OverrideStatus::Unreviewed;
        file.write(e.access_override, now, OverrideRecord { details, by, until, status, review: None });
    }, says "Case opened in an emergency".into(), Some(&e.details.reason);

    OverrideReviewed as AccessOverride: |e, file, now| {
        file.change(e.access_override, now, |record: &mut OverrideRecord| {
            record.status = OverrideStatus::Reviewed;
            record.review = Some(e.review.clone());
        });
    }, says "Override reviewed".into(), e.review.note.as_ref();
}
