//! How intensive the support is.
use derive_more::Into;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A tier of support, 1 to 3 (Multi-Tiered System of Supports): for all, for some, for a few.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Into, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "u8", into = "u8")]
#[schema(value_type = u8, minimum = 1, maximum = 3, example = 2)]
pub struct Tier(u8);

impl Tier {
    /// Support that everybody gets.
    pub const ONE: Self = Self(1);
    /// Targeted support.
    pub const TWO: Self = Self(2);
    /// Intensive, individual support.
    pub const THREE: Self = Self(3);
}

impl Default for Tier {
    fn default() -> Self {
        Self::ONE
    }
}

impl TryFrom<u8> for Tier {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        (1..=3).contains(&number).then_some(Self(number)).ok_or("a tier is 1, 2 or 3")
    }
}
