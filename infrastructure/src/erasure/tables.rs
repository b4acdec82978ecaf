//! Which tables lose the rows of who is erased, and which keep them.

/// Tables with a column `student` whose rows go: reference data, the views of the case, and the keys.
pub const ERASED: &[&str] = &[
    "student_keys",
    "case_files",
    "caseload",
    "entries",
    "timeline",
    "student_demographics",
    "enrolments",
    "student_contacts",
    "student_program_associations",
    "student_cohort_associations",
    "assumed_stays",
    "student_school_attendance_events",
    "student_section_attendance_events",
    "grades",
    "course_transcripts",
    "student_assessments",
    "student_discipline_incident_associations",
    "discipline_actions",
    "student_intervention_associations",
    "class_students",
    "attachments",
    "attachment_parts",
    "legal_holds",
    "assumed_stays",
    // Last: what goes from the tables before has the student looked at once more.
    "to_look_at",
];

/// Tables with such a column whose rows stay, since they hold nobody's name nor words: numbers of what was done, who was
/// erased, and the register of who was shown what, which the law has us keep (34 CFR 99.32).
pub const KEPT: &[&str] = &["accesses", "counted", "erasures", "served"];
