//! Students, the people around them, and staff.
use super::targets::{self, BEGIN_DATE, END_DATE, THE_ORGANIZATION, THE_SCHOOL, THE_STAFF, THE_STUDENT};
use crate::import::kind::{Column, Holds, Identity, Kind};

const GIVEN_NAME: Column = Column::must("given_name", &["Name/FirstName"], Holds::Text);
const MIDDLE_NAME: Column = Column::may("middle_name", &["Name/MiddleName"], Holds::Text);
const FAMILY_NAME: Column = Column::must("family_name", &["Name/LastSurname"], Holds::Text);
const E_MAIL: Column = Column::may("e_mail", &["ElectronicMail/ElectronicMailAddress"], Holds::Text);

pub(super) const STUDENT: Kind = Kind {
    identity: Some(Identity { kind: "student", from: &["StudentUniqueId"] }),
    columns: &[
        GIVEN_NAME,
        MIDDLE_NAME,
        FAMILY_NAME,
        Column::may("generation_suffix", &["Name/GenerationCodeSuffix"], Holds::Text),
        Column::may("preferred_given_name", &["Name/PreferredFirstName"], Holds::Text),
        Column::may("preferred_family_name", &["Name/PreferredLastSurname"], Holds::Text),
        Column::may("birth_date", &["BirthData/BirthDate"], Holds::Date),
        Column::may("birth_sex", &["BirthData/BirthSex"], Holds::Text),
    ],
    duplicate: "student",
    ..Kind::new("Student", &["Student"], "students")
};

pub(super) const CONTACT: Kind = Kind {
    identity: Some(Identity { kind: "contact", from: &["ContactUniqueId"] }),
    columns: &[GIVEN_NAME, FAMILY_NAME, E_MAIL, Column::may("telephone", &["Telephone/TelephoneNumber"], Holds::Text)],
    duplicate: "contact",
    ..Kind::new("Contact", &["Contact"], "contacts")
};

pub(super) const STUDENT_CONTACT_ASSOCIATION: Kind = Kind {
    columns: &[
        THE_STUDENT,
        Column::must("contact", &["ContactReference/ContactIdentity/ContactUniqueId"], Holds::Refers(targets::CONTACT)),
        Column::may("relation", &["Relation"], Holds::Text),
        Column::may("primary_contact_status", &["PrimaryContactStatus"], Holds::Truth),
        Column::may("lives_with", &["LivesWith"], Holds::Truth),
        Column::may("emergency_contact_status", &["EmergencyContactStatus"], Holds::Truth),
        Column::may("legal_guardian", &["LegalGuardian"], Holds::Truth),
    ],
    key: &["student", "contact"],
    duplicate: "student-contact link",
    ..Kind::new("StudentContactAssociation", &["StudentContactAssociation"], "student_contacts")
};

pub(super) const STUDENT_SCHOOL_ASSOCIATION: Kind = Kind {
    columns: &[
        THE_STUDENT,
        THE_SCHOOL,
        Column::must("entry_date", &["EntryDate"], Holds::Date),
        Column::may("entry_grade_level", &["EntryGradeLevel"], Holds::Text),
        Column::may("entry_type", &["EntryType"], Holds::Text),
        Column::may("exit_date", &["ExitWithdrawDate"], Holds::Date),
        Column::may("exit_type", &["ExitWithdrawType"], Holds::Text),
    ],
    key: &["student", "school", "entry_date"],
    duplicate: "enrolment",
    ..Kind::new("StudentSchoolAssociation", &["StudentSchoolAssociation"], "enrolments")
};

pub(super) const STAFF: Kind = Kind {
    identity: Some(Identity { kind: "staff", from: &["StaffUniqueId"] }),
    columns: &[GIVEN_NAME, MIDDLE_NAME, FAMILY_NAME, E_MAIL, Column::may("login_id", &["LoginId"], Holds::Text)],
    duplicate: "member of staff",
    ..Kind::new("Staff", &["Staff"], "staff")
};

pub(super) const STAFF_EMPLOYMENT: Kind = Kind {
    columns: &[
        THE_STAFF,
        THE_ORGANIZATION,
        Column::must("employment_status", &["EmploymentStatus"], Holds::Text),
        Column::must("hire_date", &["EmploymentPeriod/HireDate"], Holds::Date),
        Column::may("end_date", &["EmploymentPeriod/EndDate"], Holds::Date),
    ],
    key: &["staff", "education_organization", "employment_status", "hire_date"],
    duplicate: "employment",
    ..Kind::new(
        "StaffEducationOrganizationEmploymentAssociation",
        &["StaffEducationOrganizationEmploymentAssociation"],
        "staff_employments",
    )
};

pub(super) const STAFF_ASSIGNMENT: Kind = Kind {
    columns: &[
        THE_STAFF,
        THE_ORGANIZATION,
        Column::must("staff_classification", &["StaffClassification"], Holds::Text),
        Column::may("position_title", &["PositionTitle"], Holds::Text),
        BEGIN_DATE,
        END_DATE,
    ],
    key: &["staff", "education_organization", "staff_classification", "begin_date"],
    duplicate: "assignment",
    ..Kind::new(
        "StaffEducationOrganizationAssignmentAssociation",
        &["StaffEducationOrganizationAssignmentAssociation"],
        "staff_assignments",
    )
};

pub(super) const STAFF_SCHOOL_ASSOCIATION: Kind = Kind {
    columns: &[
        THE_STAFF,
        THE_SCHOOL,
        Column::must("program_assignment", &["ProgramAssignment"], Holds::Text),
        Column::may("grade_levels", &["GradeLevel"], Holds::Texts),
        Column::may("academic_subjects", &["AcademicSubject"], Holds::Texts),
    ],
    key: &["staff", "school", "program_assignment"],
    duplicate: "staff-school link",
    ..Kind::new("StaffSchoolAssociation", &["StaffSchoolAssociation"], "staff_schools")
};
