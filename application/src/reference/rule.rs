//! The rules of reference data kept by hand, by the name of their breach.
use domain::{Kind, Reject};
use strum::{EnumIter, IntoStaticStr};

use crate::{Error, error::rejected};

/// A broken rule. Its kebab-case name is the problem type that clients see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, IntoStaticStr, EnumIter)]
#[strum(serialize_all = "kebab-case")]
pub enum ReferenceError {
    /// No school by that id.
    #[error("there is no such school")]
    NoSuchSchool,
    /// No student by that id.
    #[error("there is no such student")]
    NoSuchStudent,
    /// Nobody on the staff by that id.
    #[error("there is no such member of staff")]
    NoSuchStaffMember,
    /// No partner by that id.
    #[error("there is no such partner")]
    NoSuchPartner,
    /// A time zone that the IANA database does not have.
    #[error("nobody knows this time zone")]
    UnknownTimeZone,
    /// Two enrolments at one school from one day on.
    #[error("the student entered this school on that day already")]
    EnrolmentTwice,
    /// Two people with one subject.
    #[error("somebody else signs in with this subject")]
    SubjectTaken,
    /// An end before the beginning.
    #[error("nothing ends before it begins")]
    EndsTooEarly,
    /// A signature of a day to come.
    #[error("nobody signs on a day to come")]
    SignedInFuture,
    /// A role without the place at which it is held, or with one where it has none.
    #[error("a school's role is held at a school, a partner's with a partner, the district's at neither")]
    RoleAtWrongPlace,
}

impl ReferenceError {
    /// Every rule that there is.
    pub fn all() -> impl Iterator<Item = Self> {
        <Self as strum::IntoEnumIterator>::iter()
    }
}

impl Reject for ReferenceError {
    fn kind(&self) -> Kind {
        match self {
            Self::NoSuchSchool | Self::NoSuchStudent | Self::NoSuchStaffMember | Self::NoSuchPartner => Kind::NotFound,
            Self::EnrolmentTwice | Self::SubjectTaken => Kind::Conflict,
            Self::UnknownTimeZone | Self::EndsTooEarly | Self::SignedInFuture | Self::RoleAtWrongPlace => Kind::Invalid,
        }
    }

    fn code(&self) -> &'static str {
        self.into()
    }
}

impl From<ReferenceError> for Error {
    fn from(rule: ReferenceError) -> Self {
        rejected(&rule)
    }
}
