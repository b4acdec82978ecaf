//! Every kind of row that is read of CSV, those referred to before those that refer.
use crate::import::kind::{Column, Holds, Identity, Kind, Target};

const SCHOOL: Target = Target { kind: "school", table: Some("schools") };
const TERM: Target = Target { kind: "term", table: Some("sessions") };
const STUDENT: Target = Target { kind: "student", table: Some("students") };
const INCIDENT: Target = Target { kind: "incident", table: Some("discipline_incidents") };

const THE_SCHOOL: Column = Column::must("school", &["school_id"], Holds::Refers(SCHOOL));
const THE_STUDENT: Column = Column::must("student", &["student_id"], Holds::Refers(STUDENT));
const THE_TERM: &[&str] = &["school_id", "term_id"];
const THE_INCIDENT: &[&str] = &["school_id", "incident_id"];

const SECTION: Column = Column::must("section_identifier", &["section"], Holds::Text);
const COURSE: Column = Column::must("local_course_code", &["course"], Holds::Text);
const STATUS: Column = Column::must("attendance_event_category", &["status"], Holds::Text);
const REASON: Column = Column::may("attendance_event_reason", &["reason"], Holds::Text);
const ARRIVAL: Column = Column::may("arrival_time", &["arrival"], Holds::Time);
const DEPARTURE: Column = Column::may("departure_time", &["departure"], Holds::Time);

const fn named(kind: &'static str, from: &'static [&'static str]) -> Option<Identity> {
    Some(Identity { kind, from })
}

pub(super) const KINDS: &[Kind] = &[
    Kind {
        identity: named("school", &["school_id"]),
        columns: &[
            Column::must("name", &["name"], Holds::Text),
            Column::may("short_name", &["short_name"], Holds::Text),
        ],
        duplicate: "school",
        ..Kind::new("schools", &["schools"], "schools")
    },
    Kind {
        identity: named("term", THE_TERM),
        columns: &[
            THE_SCHOOL,
            Column::must("session_name", &["name"], Holds::Text),
            Column::may("school_year", &["school_year"], Holds::Text),
            Column::must("begin_date", &["begin_date"], Holds::Date),
            Column::must("end_date", &["end_date"], Holds::Date),
            Column::may("total_instructional_days", &["days"], Holds::Whole),
        ],
        duplicate: "term",
        ..Kind::new("terms", &["terms"], "sessions")
    },
    Kind {
        identity: named("student", &["student_id"]),
        columns: &[
            Column::must("given_name", &["given_name"], Holds::Text),
            Column::may("middle_name", &["middle_name"], Holds::Text),
            Column::must("family_name", &["family_name"], Holds::Text),
            Column::may("preferred_given_name", &["preferred_name"], Holds::Text),
            Column::may("birth_date", &["birth_date"], Holds::Date),
            Column::may("birth_sex", &["sex"], Holds::Text),
        ],
        duplicate: "student",
        ..Kind::new("students", &["students"], "students")
    },
    Kind {
        columns: &[
            THE_STUDENT,
            THE_SCHOOL,
            Column::must("entry_date", &["entry_date"], Holds::Date),
            Column::may("entry_grade_level", &["grade_level"], Holds::Text),
            Column::may("exit_date", &["exit_date"], Holds::Date),
            Column::may("exit_type", &["exit_reason"], Holds::Text),
        ],
        key: &["student", "school", "entry_date"],
        duplicate: "enrolment",
        ..Kind::new("enrolments", &["enrolments", "students"], "enrolments")
    },
    Kind {
        columns: &[
            THE_SCHOOL,
            Column::must("day", &["date"], Holds::Date),
            Column::must("instructional", &["instructional"], Holds::Truth),
        ],
        key: &["school", "day"],
        duplicate: "calendar day",
        ..Kind::new("calendar", &["calendar"], "school_days")
    },
    Kind {
        columns: &[
            THE_STUDENT,
            THE_SCHOOL,
            Column::must("event_date", &["date"], Holds::Date),
            STATUS,
            REASON,
            ARRIVAL,
            DEPARTURE,
        ],
        key: &["student", "school", "event_date"],
        duplicate: "student-day",
        ..Kind::new("attendance", &["attendance"], "student_school_attendance_events")
    },
    Kind {
        columns: &[
            THE_STUDENT,
            THE_SCHOOL,
            Column::must("session", THE_TERM, Holds::Refers(TERM)),
            COURSE,
            SECTION,
            Column::must("event_date", &["date"], Holds::Date),
            STATUS,
            REASON,
            ARRIVAL,
            DEPARTURE,
        ],
        key: &[
            "student",
            "school",
            "session",
            "local_course_code",
            "section_identifier",
            "event_date",
            "attendance_event_category",
        ],
        duplicate: "mark of a section",
        ..Kind::new("section_attendance", &["section_attendance"], "student_section_attendance_events")
    },
    Kind {
        columns: &[
            THE_STUDENT,
            THE_SCHOOL,
            Column::must("session", THE_TERM, Holds::Refers(TERM)),
            COURSE,
            SECTION,
            Column::must("grade_type", &["type"], Holds::Text),
            Column::may("grading_period", &["period_code"], Holds::Text),
            Column::may("grading_period_name", &["period"], Holds::Text),
            Column::may("letter_grade_earned", &["letter_grade"], Holds::Text),
            Column::may("numeric_grade_earned", &["numeric_grade"], Holds::Decimal),
        ],
        key: &[
            "student",
            "school",
            "session",
            "local_course_code",
            "section_identifier",
            "grade_type",
            "grading_period",
            "grading_period_name",
        ],
        duplicate: "grade",
        ..Kind::new("grades", &["grades"], "grades")
    },
    Kind {
        columns: &[
            THE_STUDENT,
            Column::must("education_organization", &["school_id"], Holds::Refers(SCHOOL)),
            Column::must("school_year", &["school_year"], Holds::Text),
            Column::must("term", &["term"], Holds::Text),
            Column::must("course_code", &["course"], Holds::Text),
            Column::may("course_attempt_result", &["result"], Holds::Text),
            Column::may("attempted_credits", &["attempted"], Holds::Decimal),
            Column::may("earned_credits", &["earned"], Holds::Decimal),
            Column::may("final_letter_grade_earned", &["letter_grade"], Holds::Text),
            Column::may("final_numeric_grade_earned", &["numeric_grade"], Holds::Decimal),
        ],
        key: &["student", "education_organization", "school_year", "term", "course_code", "course_attempt_result"],
        duplicate: "line of credits",
        ..Kind::new("credits", &["credits"], "course_transcripts")
    },
    Kind {
        columns: &[
            THE_STUDENT,
            Column::must("assessment_identifier", &["assessment"], Holds::Text),
            Column::may("namespace", &["publisher"], Holds::Text),
            Column::must("student_assessment_identifier", &["sitting"], Holds::Text),
            Column::must("administration_date", &["date"], Holds::Date),
            Column::may("subject", &["subject"], Holds::Text),
            Column::may("scores", &["score"], Holds::Texts),
            Column::may("performance_levels", &["level"], Holds::Texts),
        ],
        key: &["student", "assessment_identifier", "namespace", "student_assessment_identifier"],
        duplicate: "assessment",
        ..Kind::new("assessments", &["assessments"], "student_assessments")
    },
    Kind {
        identity: named("incident", THE_INCIDENT),
        columns: &[
            THE_SCHOOL,
            Column::must("incident_identifier", &["incident_id"], Holds::Text),
            Column::must("incident_date", &["date"], Holds::Date),
            Column::may("incident_time", &["time"], Holds::Time),
            Column::may("incident_location", &["location"], Holds::Text),
            Column::may("behaviors", &["behavior"], Holds::Texts),
        ],
        duplicate: "incident",
        ..Kind::new("incidents", &["incidents"], "discipline_incidents")
    },
    Kind {
        columns: &[
            THE_STUDENT,
            Column::must("incident", THE_INCIDENT, Holds::Refers(INCIDENT)),
            Column::must("association", &["@file"], Holds::Text),
            Column::may("behavior", &["behavior"], Holds::Text),
            Column::may("participation_codes", &["role"], Holds::Texts),
        ],
        key: &["student", "incident", "association", "behavior"],
        duplicate: "student in an incident",
        ..Kind::new("incidents.students", &["incidents"], "student_discipline_incident_associations")
    },
    Kind {
        columns: &[
            THE_STUDENT,
            Column::must("discipline_action_identifier", &["action_id"], Holds::Text),
            Column::must("discipline_date", &["date"], Holds::Date),
            Column::may("school", &["school_id"], Holds::Refers(SCHOOL)),
            Column::may("incident", THE_INCIDENT, Holds::Refers(INCIDENT)),
            Column::must("disciplines", &["action"], Holds::Texts),
            Column::may("discipline_action_length", &["days"], Holds::Decimal),
        ],
        key: &["student", "discipline_action_identifier", "discipline_date"],
        duplicate: "disciplinary action",
        ..Kind::new("discipline", &["discipline"], "discipline_actions")
    },
];
