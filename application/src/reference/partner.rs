//! A partner organisation.
use domain::PartnerId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A partner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-0000000000b1",
    "name": "Communities in Schools of Grand Bend",
    "part_of": "0192a000-0000-7000-8000-0000000000b0",
    "source": "ed-fi"
}))]
pub struct Partner {
    /// The partner.
    pub id: PartnerId,
    /// What it is called.
    pub name: String,
    /// The organisation that it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub part_of: Option<PartnerId>,
    /// The system that owns the record: `ed-fi` or `hand`.
    pub source: String,
}
