//! A case in short.
use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    SchoolId, StudentId, Text,
    case::{Band, CloseReason, DataCategory, Tier},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Reader;
use crate::{
    access::Operation,
    view::{CaseFile, CaseStatus},
};

/// A case in short: where it stands, where, since when and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "student": "0192a000-0000-7000-8000-000000000101", "school": "0192a000-0000-7000-8000-000000000001",
    "status": "open", "tier": 2, "reason": "Absent 14 of 60 days.", "opened_on": "2025-10-06", "bands": {},
    "version": 12, "next_actions": ["log_contact", "request_follow_up", "add_note"]
}))]
pub struct CaseSummary {
    /// Whose case.
    pub student: StudentId,
    /// The school that supports the student.
    pub school: SchoolId,
    /// Where the case stands.
    pub status: CaseStatus,
    /// How intensive the support is.
    pub tier: Tier,
    /// Why it was opened; withheld from partners.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// The day on which it was opened.
    pub opened_on: NaiveDate,
    /// When it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<DateTime<Utc>>,
    /// Why it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub close_reason: Option<CloseReason>,
    /// The risk band under each policy; withheld from partners.
    #[serde(default)]
    pub bands: BTreeMap<String, Band>,
    /// The version of the case.
    pub version: u64,
    /// What the caller may do with it next.
    pub next_actions: Vec<Operation>,
}

impl CaseSummary {
    /// The case for `reader`.
    pub fn of(file: &CaseFile, version: u64, reader: &Reader) -> Self {
        let inside = !reader.is_partner_only();
        reader.saw(DataCategory::SupportPlan);
        Self {
            student: file.student,
            school: file.school,
            status: file.status,
            tier: file.tier,
            reason: file.reason.clone().filter(|_| inside),
            opened_on: file.opened_on,
            closed_at: file.closed.map(|(at, _)| at),
            close_reason: file.closed.map(|(_, reason)| reason),
            bands: if inside { file.bands.clone() } else { BTreeMap::new() },
            version,
            next_actions: reader.next_with_case(file),
        }
    }
}
