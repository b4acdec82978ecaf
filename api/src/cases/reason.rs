//! The body of a change that needs nothing but a reason.
use domain::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why something is done.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "In hospital until the end of the month."}))]
pub struct Reason {
    /// Why.
    pub reason: Text,
}
