//! Which staff classification gives which role, and which none: rights are given only where the words leave no doubt.
use domain::Role;

/// Code values of Ed-Fi's `StaffClassificationDescriptor` (after the `#`) and the role each gives at its school.
///
/// What is not listed gives no role; a role can always be granted by hand. A school psychologist or social worker is
/// school staff: reading the mental-health compartment takes a classification that names the office itself.
pub const ROLES: &[(&str, Role)] = &[
    ("Principal", Role::Principal),
    ("Assistant Principal", Role::SchoolStaff),
    ("School Administrator", Role::SchoolStaff),
    ("School Leader", Role::SchoolStaff),
    ("Teacher", Role::SchoolStaff),
    ("Counselor", Role::SchoolStaff),
    ("School Counselor", Role::SchoolStaff),
    ("School Nurse", Role::SchoolStaff),
    ("School Psychologist", Role::SchoolStaff),
    ("School Specialist", Role::SchoolStaff),
    ("Psychologist", Role::SchoolStaff),
    ("Social Worker", Role::SchoolStaff),
    ("Instructional Coordinator", Role::SchoolStaff),
    ("Mental Health Manager", Role::MentalHealthManager),
    ("School Mental Health Manager", Role::MentalHealthManager),
    ("Community School Director", Role::CommunitySchoolDirector),
    ("Success Mentor", Role::SuccessMentor),
];

/// Code values of `CalendarEventDescriptor` on which students are taught.
pub(super) const INSTRUCTIONAL: &[&str] = &["Instructional day", "Make-up day", "Student late arrival/early dismissal"];

/// Code values of `CalendarTypeDescriptor` that say nothing about the school as a whole.
pub(super) const PERSONAL_CALENDARS: &[&str] = &["Student Specific", "IEP", "Teacher"];
