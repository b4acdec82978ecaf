//! Keeping schools, students, staff and partners by hand, where no information system does it.
use std::fmt;

use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{PartnerId, Role, SchoolId, StaffId, StudentId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{AgreementToRecord, SchoolDay};
use crate::{Error, Personal};

/// What became of a record that was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// There was none by that id.
    Created,
    /// It says something else now, or the same as before.
    Changed,
}

/// A school to keep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Elm Street School", "time_zone": "America/New_York"}))]
pub struct SchoolToKeep {
    /// What it is called.
    #[schema(min_length = 1, max_length = 200, pattern = r"^[^\x00]*[^\x00-\x20][^\x00]*$")]
    pub name: String,
    /// The time zone in which its days are judged, by its IANA name.
    #[schema(example = "America/New_York", max_length = 64, pattern = r"^[A-Za-z0-9_+\-]+(/[A-Za-z0-9_+\-]+)*$")]
    pub time_zone: String,
}

/// A student to keep.
#[derive(Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"given_name": "Ada", "family_name": "Example", "birth_date": "2010-02-03"}))]
pub struct StudentToKeep {
    /// The given name.
    pub given_name: Personal,
    /// Names in the middle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub middle_name: Option<Personal>,
    /// The family name.
    pub family_name: Personal,
    /// The given name that the student goes by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub preferred_given_name: Option<Personal>,
    /// The day of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub birth_date: Option<NaiveDate>,
}

impl fmt::Debug for StudentToKeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StudentToKeep(..)")
    }
}

/// An enrolment to keep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"school": "0192a000-0000-7000-8000-000000000001", "entered_on": "2026-09-08", "grade_level": "9"}))]
pub struct EnrolmentToKeep {
    /// The school.
    pub school: SchoolId,
    /// The first day.
    pub entered_on: NaiveDate,
    /// The grade on entering.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 200, pattern = r"^[^\x00]+$")]
    pub grade_level: Option<String>,
}

/// A member of staff to keep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"given_name": "Mia", "family_name": "Example", "e_mail": "mia@example.org", "subject": "mia"}))]
pub struct StaffToKeep {
    /// The given name.
    pub given_name: Personal,
    /// The family name.
    pub family_name: Personal,
    /// The e-mail address at work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub e_mail: Option<Personal>,
    /// The subject of the tokens that this person signs in with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub subject: Option<Personal>,
}

/// A role to grant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"role": "success_mentor", "school": "0192a000-0000-7000-8000-000000000001", "since": "2026-09-01"}))]
pub struct RoleToKeep {
    /// The role.
    pub role: Role,
    /// The school at which it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub school: Option<SchoolId>,
    /// The partner with which it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub partner: Option<PartnerId>,
    /// The first day.
    pub since: NaiveDate,
    /// The day from which it is held no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub until: Option<NaiveDate>,
}

/// A partner to keep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Harbour Clinic"}))]
pub struct PartnerToKeep {
    /// What it is called.
    #[schema(min_length = 1, max_length = 200, pattern = r"^[^\x00]*[^\x00-\x20][^\x00]*$")]
    pub name: String,
}

/// Changes to reference data by hand. Every one can be repeated: the caller names what is created, and what is granted
/// twice under one name is granted once.
///
/// A record that a source owns may be changed too; that holds until the source itself says something new of it.
/// What is referred to must be there: [`Error::Rejected`] with the code `no-such-school`, `no-such-student`,
/// `no-such-staff-member` or `no-such-partner` otherwise.
#[async_trait]
pub trait KeepReference: Send + Sync {
    /// Keeps a school; `unknown-time-zone` if nobody knows the zone.
    async fn put_school(&self, id: SchoolId, school: &SchoolToKeep) -> Result<Kept, Error>;

    /// Says of single days whether the school teaches.
    async fn put_school_days(&self, school: SchoolId, days: &[SchoolDay]) -> Result<(), Error>;

    /// Keeps a student.
    async fn put_student(&self, id: StudentId, student: &StudentToKeep) -> Result<Kept, Error>;

    /// Enrols a student; `enrolment-twice` if the student entered that school that day already. A repeat changes nothing,
    /// even if the enrolment ended meanwhile; [`Error::KeyReused`] if `id` names another enrolment.
    async fn enrol_student(&self, student: StudentId, id: Uuid, enrolment: &EnrolmentToKeep) -> Result<Kept, Error>;

    /// Ends an enrolment; [`Error::NotFound`] if the student has no such enrolment, `ends-too-early` if the day is before
    /// its first.
    async fn exit_student(&self, student: StudentId, id: Uuid, last_day: NaiveDate) -> Result<(), Error>;

    /// Keeps a member of staff; `subject-taken` if somebody else signs in with that subject.
    async fn put_staff(&self, id: StaffId, staff: &StaffToKeep) -> Result<Kept, Error>;

    /// Grants a role; `role-at-wrong-place` if it is not held where [`held_at`](super::held_at) says, `ends-too-early`
    /// if it ends before it begins. A repeat changes nothing, even if the role ended meanwhile; [`Error::KeyReused`] if
    /// `id` names another holding.
    async fn grant_role(&self, staff: StaffId, id: Uuid, role: &RoleToKeep) -> Result<Kept, Error>;

    /// Ends a role from a day on; [`Error::NotFound`] if the person has no such role, `ends-too-early` if that day is
    /// before its first.
    async fn end_role(&self, staff: StaffId, id: Uuid, until: NaiveDate) -> Result<(), Error>;

    /// Records what `staff` has signed, as `by` says. A repeat changes nothing.
    async fn put_agreement(&self, staff: StaffId, signed: &AgreementToRecord, by: StaffId) -> Result<Kept, Error>;

    /// Keeps a partner.
    async fn put_partner(&self, id: PartnerId, partner: &PartnerToKeep) -> Result<Kept, Error>;
}
