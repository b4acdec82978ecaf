//! What Ed-Fi references point at, and the columns that most kinds share.
use crate::import::kind::{Column, Holds, Target};

/// Ed-Fi gives all organisations ids from one space: a school is an education organization too.
pub(super) const ORGANIZATION: Target = Target { kind: "education_organization", table: None };
pub(super) const SCHOOL: Target = Target { kind: "education_organization", table: Some("schools") };
pub(super) const STUDENT: Target = Target { kind: "student", table: Some("students") };
pub(super) const STAFF: Target = Target { kind: "staff", table: Some("staff") };
pub(super) const CONTACT: Target = Target { kind: "contact", table: Some("contacts") };
pub(super) const SESSION: Target = Target { kind: "session", table: Some("sessions") };
pub(super) const CALENDAR: Target = Target { kind: "calendar", table: Some("calendars") };
pub(super) const PROGRAM: Target = Target { kind: "program", table: Some("programs") };
pub(super) const COHORT: Target = Target { kind: "cohort", table: Some("cohorts") };
pub(super) const INCIDENT: Target = Target { kind: "discipline_incident", table: Some("discipline_incidents") };
pub(super) const PRESCRIPTION: Target =
    Target { kind: "intervention_prescription", table: Some("intervention_prescriptions") };
pub(super) const INTERVENTION: Target = Target { kind: "intervention", table: Some("interventions") };

pub(super) const THE_STUDENT: Column =
    Column::must("student", &["StudentReference/StudentIdentity/StudentUniqueId"], Holds::Refers(STUDENT));
pub(super) const THE_STAFF: Column =
    Column::must("staff", &["StaffReference/StaffIdentity/StaffUniqueId"], Holds::Refers(STAFF));
pub(super) const THE_SCHOOL: Column =
    Column::must("school", &["SchoolReference/SchoolIdentity/SchoolId"], Holds::Refers(SCHOOL));
pub(super) const THE_ORGANIZATION: Column = Column::must(
    "education_organization",
    &["EducationOrganizationReference/EducationOrganizationIdentity/EducationOrganizationId"],
    Holds::Refers(ORGANIZATION),
);
pub(super) const BEGIN_DATE: Column = Column::must("begin_date", &["BeginDate"], Holds::Date);
pub(super) const END_DATE: Column = Column::may("end_date", &["EndDate"], Holds::Date);
pub(super) const SCHOOL_YEAR: Column = Column::may("school_year", &["SchoolYear"], Holds::Text);
