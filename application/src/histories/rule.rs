//! The rules by which case histories go out, by the name of their breach.
use domain::{Kind, Reject};
use strum::{EnumIter, IntoStaticStr};

use crate::{Error, error::rejected};

/// A broken rule. Its kebab-case name is the problem type that clients see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, IntoStaticStr, EnumIter)]
#[strum(serialize_all = "kebab-case")]
pub enum HistoriesError {
    /// An export to which nobody has agreed.
    #[error("case histories go out once a privacy officer has agreed to the request")]
    HistoriesNotAgreed,
    /// An export after the last day.
    #[error("the time is over in which these case histories could be exported: ask for them again")]
    HistoriesLapsed,
    /// An export or a decision after the agreement was taken back.
    #[error("the privacy officer's agreement to these case histories was taken back: ask for them again")]
    HistoriesWithdrawn,
    /// A withdrawal where nobody has agreed.
    #[error("only an agreement can be taken back, and nobody has agreed to these case histories")]
    HistoriesNeverAgreed,
    /// A withdrawal after the last day.
    #[error("the agreement to these case histories has ended by itself: there is nothing left to take back")]
    HistoriesAgreementEnded,
    /// A decision after another.
    #[error("it was decided otherwise on this request, or by somebody else")]
    HistoriesDecided,
    /// A decision on one's own request.
    #[error("another privacy officer decides on what one of them asks for")]
    AnotherOfficerDecides,
}

impl HistoriesError {
    /// Every rule that there is.
    pub fn all() -> impl Iterator<Item = Self> {
        <Self as strum::IntoEnumIterator>::iter()
    }
}

impl Reject for HistoriesError {
    fn kind(&self) -> Kind {
        Kind::Conflict
    }

    fn code(&self) -> &'static str {
        self.into()
    }
}

impl From<HistoriesError> for Error {
    fn from(rule: HistoriesError) -> Self {
        rejected(&rule)
    }
}
