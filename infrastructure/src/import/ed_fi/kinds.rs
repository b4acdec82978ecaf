//! Every kind of row that is read of Ed-Fi, those referred to before those that refer.
mod discipline;
mod interventions;
mod organizations;
mod people;
mod programs;
mod records;
mod school_work;
mod school_year;
mod targets;

use crate::import::kind::Kind;

pub(super) const KINDS: &[Kind] = &[
    organizations::STATE_EDUCATION_AGENCY,
    organizations::EDUCATION_SERVICE_CENTER,
    organizations::LOCAL_EDUCATION_AGENCY,
    organizations::SCHOOL,
    organizations::COMMUNITY_ORGANIZATION,
    organizations::COMMUNITY_PROVIDER,
    organizations::PROGRAM,
    school_year::SESSION,
    school_year::GRADING_PERIOD,
    school_year::CALENDAR,
    school_year::CALENDAR_DATE,
    people::STUDENT,
    people::CONTACT,
    people::STUDENT_CONTACT_ASSOCIATION,
    people::STUDENT_SCHOOL_ASSOCIATION,
    people::STAFF,
    people::STAFF_EMPLOYMENT,
    people::STAFF_ASSIGNMENT,
    people::STAFF_SCHOOL_ASSOCIATION,
    programs::STUDENT_PROGRAM_ASSOCIATION,
    programs::COHORT,
    programs::STUDENT_COHORT_ASSOCIATION,
    school_work::STUDENT_SCHOOL_ATTENDANCE_EVENT,
    school_work::STUDENT_SECTION_ATTENDANCE_EVENT,
    school_work::GRADE,
    records::COURSE_TRANSCRIPT,
    records::STUDENT_ASSESSMENT,
    discipline::DISCIPLINE_INCIDENT,
    discipline::STUDENT_DISCIPLINE_INCIDENT_ASSOCIATION,
    discipline::DISCIPLINE_ACTION,
    interventions::INTERVENTION_PRESCRIPTION,
    interventions::INTERVENTION,
    interventions::STUDENT_INTERVENTION_ASSOCIATION,
];
