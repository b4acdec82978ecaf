//! What columns are also called, in the exports that schools have.

/// The name of ours, and the names that mean the same. Names are compared in small letters, with `_` for what is between words.
const ALSO: &[(&str, &[&str])] = &[
    ("student_id", &["local_id", "lasid", "student_local_id", "student_number", "att_std_oid"]),
    ("school_id", &["school_local_id", "school_code", "att_skl_oid"]),
    ("term_id", &["term_local_id"]),
    ("given_name", &["first_name"]),
    ("family_name", &["last_name", "last_surname"]),
    ("birth_date", &["date_of_birth", "dob"]),
    ("sex", &["gender"]),
    ("entry_date", &["registration_date", "enrollment_date"]),
    ("exit_date", &["withdrawal_date"]),
    ("grade_level", &["grade_in_school"]),
    ("begin_date", &["start_date"]),
    ("date", &["event_date", "incident_date", "att_date", "assessment_date"]),
    ("absent", &["att_absent_ind"]),
    ("tardy", &["att_tardy_ind"]),
    ("dismissed", &["att_dismissed_ind"]),
    ("excused", &["att_excused_ind"]),
    ("reason", &["att_reason_code"]),
    ("behavior", &["incident_code"]),
    ("time", &["incident_time"]),
    ("location", &["incident_location"]),
    ("course", &["course_number", "course_code"]),
    ("section", &["section_number"]),
    ("assessment", &["assessment_test"]),
    ("subject", &["assessment_subject"]),
    ("score", &["assessment_scale_score"]),
    ("level", &["assessment_performance_level", "assessment_perf_level"]),
];

/// Our name for a column of `file`, however it is written.
pub(super) fn name(file: &str, written: &str) -> String {
    let bare =
        written.trim_start_matches('\u{feff}').trim().trim_matches(|c| c == '\'' || c == '"').trim().to_lowercase();
    let words: Vec<&str> = bare.split(|c: char| !c.is_alphanumeric() && c != '@').filter(|w| !w.is_empty()).collect();
    let name = words.join("_");
    match (file, name.as_str()) {
        // What is a mark elsewhere is the class that a student goes to here.
        ("students" | "enrolments", "grade") => "grade_level".to_owned(),
        _ => ALSO.iter().find(|(_, also)| also.contains(&name.as_str())).map_or(name, |(ours, _)| (*ours).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_column_is_known_however_it_is_written() {
        for written in ["student_id", "\u{feff}Student ID", "'local_id'", "LASID", " student-id "] {
            assert_eq!(name("attendance", written), "student_id", "{written}");
        }
        assert_eq!(
            (name("students", "grade"), name("grades", "grade")),
            ("grade_level".to_owned(), "grade".to_owned())
        );
        assert_eq!(name("students", "Homeroom"), "homeroom");
    }
}
