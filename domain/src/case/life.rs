//! The life of the case itself: opened, moved with the student, closed, reopened.
mod change_school;
mod change_tier;
mod close_case;
mod erase_case;
mod open_case;
mod record_risk_band;
mod reopen_case;
mod tier;

pub use change_school::{ChangeSchool, SchoolChanged};
pub use change_tier::{ChangeTier, TierChanged};
pub use close_case::{CaseClosed, CloseCase, CloseReason};
pub use erase_case::{CaseErased, EraseCase};
pub use open_case::{CaseOpened, OpenCase, OpenCaseFor};
pub use record_risk_band::{Band, RecordRiskBand, RiskBandChanged};
pub use reopen_case::{CaseReopened, ReopenCase};
pub use tier::Tier;
