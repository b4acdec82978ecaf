//! What is no case, and what it is to whoever asks.
use domain::Role;
use strum::{IntoStaticStr, VariantArray};

use super::Same;

/// What somebody wants to do to what is no case; its name is the action of the policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Deed {
    KnowSchool,
    ListStudents,
    ListStaff,
    KeepSchool,
    Enrol,
    ReadFigures,
    ReadBands,
    ReadSchoolEffects,
    ReadWarnings,
    ReadStaffActivity,
    ListOverrides,
    ExplainAccess,
    ReadStudent,
    KeepStudent,
    ReadIndicators,
    ReadStaff,
    KeepStaff,
    ReadConfidentiality,
    RecordConfidentiality,
    ReadActivity,
    ExplainOwnAccess,
    ViewAs,
    GiveRole,
    KeepPartner,
    ReadSharing,
    KeepSharing,
    WritePolicies,
    ReadRegister,
    ReadEffects,
    RequestCaseHistories,
    DecideCaseHistories,
    ExportCaseHistories,
    ReadAmendments,
    ReadDestructions,
}

/// What it is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A school.
    School {
        /// Whether the role is held there.
        here: bool,
    },
    /// A student's record.
    Student {
        /// Whether the role is held at one of the student's schools.
        here: bool,
        /// Whether the student has a school at all.
        placed: bool,
        /// Whether whoever asks mentors the student.
        mentors: bool,
        /// Whether the student's name is shared with the partner of the role.
        named: bool,
    },
    /// A staff record.
    Colleague(Colleague),
    /// A role for somebody.
    Post {
        /// Whether for whoever asks.
        own: bool,
        /// Which.
        role: Role,
        /// Whether at the school of the role in which it is asked.
        school: Same,
    },
    /// A partner.
    Partner {
        /// Whether the role is held with it.
        own: bool,
    },
    /// A request for case histories.
    HistoriesRequest {
        /// Whether it is of whoever asks.
        own: bool,
    },
    /// The district as a whole.
    District,
}

/// What a member of staff is to whoever asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colleague {
    /// Whether it is they.
    pub own: bool,
    /// Whether the colleague works, worked or will work at the school of the role.
    pub worked_here: bool,
    /// Whether the colleague works or will work there.
    pub works_here: bool,
    /// Whether the colleague works, worked or will work for the partner of the role.
    pub same_partner: bool,
    /// Whether for any partner.
    pub of_partners: bool,
    /// Whether the colleague has, had or will have any role.
    pub has_roles: bool,
    /// Whether all roles that the colleague has or will have are the asker's to give.
    pub given: bool,
}
