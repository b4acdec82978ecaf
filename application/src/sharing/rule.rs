//! The rules of agreements with partners, by the name of their breach.
use domain::{Kind, Reject};
use strum::{EnumIter, IntoStaticStr};

use crate::{Error, error::rejected};

/// A broken rule. Its kebab-case name is the problem type that clients see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, IntoStaticStr, EnumIter)]
#[strum(serialize_all = "kebab-case")]
pub enum SharingError {
    /// Neither schools nor students, or both.
    #[error("an agreement is about the students of schools, or about single students: one of the two")]
    AboutSchoolsOrStudents,
    /// An end before the beginning.
    #[error("an agreement does not end before it starts")]
    EndsBeforeItStarts,
    /// A renewal with an earlier end.
    #[error("a renewal gives an agreement a later end")]
    EndsEarlier,
    /// A school or a student that is not there.
    #[error("an agreement names only schools and students that are there")]
    NamesNobody,
    /// An end before the beginning.
    #[error("a party gets data on the first day or later: its last day does not lie before that")]
    OnwardEndsBeforeItStarts,
    /// A certificate while the agreement is in force.
    #[error("the agreement is still in force: a partner certifies once it has ended")]
    StillInForce,
    /// A certificate of what is still to be done.
    #[error("a destruction is certified once it was carried out")]
    DestructionInFuture,
    /// Another certificate for the same agreement.
    #[error("the partner has certified something else for this agreement")]
    CertifiedOtherwise,
}

impl SharingError {
    /// Every rule that there is.
    pub fn all() -> impl Iterator<Item = Self> {
        <Self as strum::IntoEnumIterator>::iter()
    }
}

impl Reject for SharingError {
    fn kind(&self) -> Kind {
        match self {
            Self::EndsEarlier | Self::StillInForce | Self::DestructionInFuture | Self::CertifiedOtherwise => {
                Kind::Conflict
            }
            Self::AboutSchoolsOrStudents
            | Self::EndsBeforeItStarts
            | Self::NamesNobody
            | Self::OnwardEndsBeforeItStarts => Kind::Invalid,
        }
    }

    fn code(&self) -> &'static str {
        self.into()
    }
}

impl From<SharingError> for Error {
    fn from(rule: SharingError) -> Self {
        rejected(&rule)
    }
}
