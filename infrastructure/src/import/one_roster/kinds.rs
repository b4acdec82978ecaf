//! Every kind of row that is read of OneRoster, those referred to before those that refer.
use crate::import::kind::{Column, Holds, Identity, Kind, Target};

const ORG: Target = Target { kind: "org", table: None };
const SCHOOL: Target = Target { kind: "org", table: Some("schools") };
const COURSE: Target = Target { kind: "course", table: Some("courses") };
const CLASS: Target = Target { kind: "class", table: Some("classes") };
const STUDENT: Target = Target { kind: "student", table: Some("students") };
const STAFF: Target = Target { kind: "staff", table: Some("staff") };

/// The roles of OneRoster's users that work at a school.
pub(super) const STAFF_ROLES: &[&str] = &["teacher", "administrator", "aide", "proctor"];
const CONTACT_ROLES: &[&str] = &["parent", "guardian", "relative"];

const GIVEN_NAME: Column = Column::must("given_name", &["givenName"], Holds::Text);
const MIDDLE_NAME: Column = Column::may("middle_name", &["middleName"], Holds::Text);
const FAMILY_NAME: Column = Column::must("family_name", &["familyName"], Holds::Text);
const E_MAIL: Column = Column::may("e_mail", &["email"], Holds::Text);
const ORGS: Column = Column::may("orgs", &["orgSourcedIds"], Holds::Staged);
const BEGIN_DATE: Column = Column::must("begin_date", &["startDate"], Holds::Date);
const END_DATE: Column = Column::must("end_date", &["endDate"], Holds::Date);
const SCHOOL_YEAR: Column = Column::may("school_year", &["schoolYear"], Holds::Text);

const fn named(kind: &'static str) -> Option<Identity> {
    Some(Identity { kind, from: &["sourcedId"] })
}

pub(super) const KINDS: &[Kind] = &[
    Kind {
        only: Some(("type", &["district", "local", "state", "national"])),
        identity: named("org"),
        columns: &[Column::must("category", &["type"], Holds::Text), Column::must("name", &["name"], Holds::Text)],
        duplicate: "org",
        ends: Some("ended_on"),
        ..Kind::new("orgs.district", &["orgs"], "education_organizations")
    },
    Kind {
        only: Some(("type", &["school"])),
        identity: named("org"),
        columns: &[
            Column::must("name", &["name"], Holds::Text),
            Column::may("district", &["parentSourcedId"], Holds::Refers(ORG)),
        ],
        duplicate: "org",
        ends: Some("ended_on"),
        ..Kind::new("orgs.school", &["orgs"], "schools")
    },
    Kind {
        only: Some(("type", &["schoolYear", "semester", "term"])),
        identity: named("academic_session"),
        columns: &[
            Column::must("session_name", &["title"], Holds::Text),
            Column::may("term", &["type"], Holds::Text),
            SCHOOL_YEAR,
            BEGIN_DATE,
            END_DATE,
        ],
        duplicate: "academic session",
        ends: Some("ended_on"),
        ..Kind::new("academicSessions.term", &["academicSessions"], "sessions")
    },
    Kind {
        only: Some(("type", &["gradingPeriod"])),
        identity: named("academic_session"),
        columns: &[Column::must("grading_period_name", &["title"], Holds::Text), SCHOOL_YEAR, BEGIN_DATE, END_DATE],
        duplicate: "academic session",
        ends: Some("ended_on"),
        ..Kind::new("academicSessions.gradingPeriod", &["academicSessions"], "grading_periods")
    },
    Kind {
        identity: named("course"),
        columns: &[
            Column::must("title", &["title"], Holds::Text),
            Column::may("course_code", &["courseCode"], Holds::Text),
        ],
        duplicate: "course",
        ends: Some("ended_on"),
        ..Kind::new("courses", &["courses"], "courses")
    },
    Kind {
        identity: named("class"),
        columns: &[
            Column::must("title", &["title"], Holds::Text),
            Column::must("school", &["schoolSourcedId"], Holds::Refers(SCHOOL)),
            Column::may("course", &["courseSourcedId"], Holds::Refers(COURSE)),
            Column::may("class_code", &["classCode"], Holds::Text),
            Column::may("class_type", &["classType"], Holds::Text),
        ],
        duplicate: "class",
        ends: Some("ended_on"),
        ..Kind::new("classes", &["classes"], "classes")
    },
    Kind {
        only: Some(("role", CONTACT_ROLES)),
        identity: named("contact"),
        columns: &[GIVEN_NAME, FAMILY_NAME, E_MAIL, Column::may("telephone", &["phone", "sms"], Holds::Text)],
        duplicate: "user",
        ends: Some("ended_on"),
        ..Kind::new("users.contact", &["users"], "contacts")
    },
    Kind {
        only: Some(("role", &["student"])),
        identity: named("student"),
        columns: &[
            GIVEN_NAME,
            MIDDLE_NAME,
            FAMILY_NAME,
            ORGS,
            Column::may("grades", &["grades"], Holds::Staged),
            Column::may("agents", &["agentSourcedIds"], Holds::Staged),
        ],
        duplicate: "user",
        ends: Some("ended_on"),
        ..Kind::new("users.student", &["users"], "students")
    },
    Kind {
        only: Some(("role", STAFF_ROLES)),
        identity: named("staff"),
        columns: &[
            GIVEN_NAME,
            MIDDLE_NAME,
            FAMILY_NAME,
            E_MAIL,
            Column::may("login_id", &["username"], Holds::Text),
            ORGS,
        ],
        duplicate: "user",
        ends: Some("ended_on"),
        ..Kind::new("users.staff", &["users"], "staff")
    },
    Kind {
        columns: &[
            Column::must("student", &["sourcedId"], Holds::Refers(STUDENT)),
            Column::may("birth_date", &["birthDate"], Holds::Date),
            Column::may("birth_sex", &["sex"], Holds::Text),
        ],
        key: &["student"],
        duplicate: "row of demographics",
        ..Kind::new("demographics", &["demographics"], "student_demographics")
    },
    Kind {
        only: Some(("role", &["student"])),
        identity: named("enrollment"),
        columns: &[
            Column::must("class", &["classSourcedId"], Holds::Refers(CLASS)),
            Column::must("student", &["userSourcedId"], Holds::Refers(STUDENT)),
            Column::may("begin_date", &["beginDate"], Holds::Date),
            Column::may("end_date", &["endDate"], Holds::Date),
        ],
        duplicate: "enrollment",
        ends: Some("end_date"),
        ..Kind::new("enrollments.student", &["enrollments"], "class_students")
    },
    Kind {
        only: Some(("role", STAFF_ROLES)),
        identity: named("enrollment"),
        columns: &[
            Column::must("class", &["classSourcedId"], Holds::Refers(CLASS)),
            Column::must("staff", &["userSourcedId"], Holds::Refers(STAFF)),
            Column::may("is_primary", &["primary"], Holds::Truth),
            Column::may("begin_date", &["beginDate"], Holds::Date),
            Column::may("end_date", &["endDate"], Holds::Date),
        ],
        duplicate: "enrollment",
        ends: Some("end_date"),
        ..Kind::new("enrollments.staff", &["enrollments"], "class_staff")
    },
];
