//! Schools, students, staff and partners: what the district's systems say of them, or people by hand.
//!
//! None of it is history of ours: it is kept with its source, and whoever changed it last is right.
mod agreement;
mod keep;
mod partner;
mod read;
mod rule;
mod school;
mod staff;
mod student;

pub use agreement::{
    AgreementState, AgreementToRecord, AgreementToSign, ConfidentialityAgreement, Signed, district_day,
};
pub use keep::{
    EnrolmentToKeep, KeepReference, Kept, PartnerToKeep, RoleToKeep, SchoolToKeep, StaffToKeep, StudentToKeep,
};
pub use partner::Partner;
pub use read::{ReadReference, StudentsWanted};
pub use rule::ReferenceError;
pub use school::{School, SchoolCalendarDays, SchoolDay, Term};
pub use staff::{HeldAt, StaffRecord, StaffRole, held_at};
pub use student::{Enrolment, Student, StudentLine};
