//! Parties to whom a partner may disclose further what it was shown, and what for (34 CFR 99.32(b)).
use chrono::NaiveDate;
use domain::StaffId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A subcontractor of a partner, or whoever else gets the data through it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "Harbour Data Hosting LLC", "interest": "keeps the partner's case files", "since": "2026-09-01"
}))]
pub struct OnwardPartyToKeep {
    /// What the party is called: an organisation's name.
    #[schema(min_length = 1, max_length = 200, pattern = r"^[^\x00]*[^\x00-\x20][^\x00]*$")]
    pub name: String,
    /// Its legitimate interest.
    #[schema(min_length = 1, max_length = 1000, pattern = r"^[^\x00]*[^\x00-\x20][^\x00]*$")]
    pub interest: String,
    /// The first day on which it may get data.
    pub since: NaiveDate,
    /// The last, once it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub until: Option<NaiveDate>,
}

/// A party to whom a partner may disclose further, as it stands in an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OnwardParty {
    /// The party.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Its legitimate interest.
    pub interest: String,
    /// The first day on which it may get data.
    pub since: NaiveDate,
    /// The last, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub until: Option<NaiveDate>,
    /// Who recorded it.
    pub recorded_by: StaffId,
}

/// The same in the register: who may have got it through the partner, and what for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"name": "Harbour Data Hosting LLC", "interest": "keeps the partner's case files"}))]
pub struct Onward {
    /// What the party is called.
    pub name: String,
    /// Its legitimate interest.
    pub interest: String,
}
