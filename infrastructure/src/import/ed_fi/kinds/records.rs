//! What a student has to show for it: credits of courses, results of assessments.
use super::targets::{ORGANIZATION, STUDENT, THE_STUDENT};
use crate::import::kind::{Column, Holds, Kind};

pub(super) const COURSE_TRANSCRIPT: Kind = Kind {
    columns: &[
        Column::must(
            "student",
            &[
                "StudentAcademicRecordReference/StudentAcademicRecordIdentity/StudentReference/StudentIdentity/StudentUniqueId",
            ],
            Holds::Refers(STUDENT),
        ),
        Column::must(
            "education_organization",
            &[
                "StudentAcademicRecordReference/StudentAcademicRecordIdentity/EducationOrganizationReference/EducationOrganizationIdentity/EducationOrganizationId",
            ],
            Holds::Refers(ORGANIZATION),
        ),
        Column::must(
            "school_year",
            &["StudentAcademicRecordReference/StudentAcademicRecordIdentity/SchoolYear"],
            Holds::Text,
        ),
        Column::must("term", &["StudentAcademicRecordReference/StudentAcademicRecordIdentity/Term"], Holds::Text),
        Column::must("course_code", &["CourseReference/CourseIdentity/CourseCode"], Holds::Text),
        Column::may("course_attempt_result", &["CourseAttemptResult"], Holds::Text),
        Column::may("attempted_credits", &["AttemptedCredits/Credits"], Holds::Decimal),
        Column::may("earned_credits", &["EarnedCredits/Credits"], Holds::Decimal),
        Column::may("final_letter_grade_earned", &["FinalLetterGradeEarned"], Holds::Text),
        Column::may("final_numeric_grade_earned", &["FinalNumericGradeEarned"], Holds::Decimal),
    ],
    key: &["student", "education_organization", "school_year", "term", "course_code", "course_attempt_result"],
    duplicate: "course transcript",
    ..Kind::new("CourseTranscript", &["CourseTranscript"], "course_transcripts")
};

pub(super) const STUDENT_ASSESSMENT: Kind = Kind {
    columns: &[
        THE_STUDENT,
        Column::must(
            "assessment_identifier",
            &["AssessmentReference/AssessmentIdentity/AssessmentIdentifier"],
            Holds::Text,
        ),
        Column::may("namespace", &["AssessmentReference/AssessmentIdentity/Namespace"], Holds::Text),
        Column::must("student_assessment_identifier", &["StudentAssessmentIdentifier"], Holds::Text),
        Column::must("administration_date", &["AdministrationDate"], Holds::Date),
        Column::may("scores", &["ScoreResult/Result"], Holds::Texts),
        Column::may("reporting_methods", &["ScoreResult/AssessmentReportingMethod"], Holds::Texts),
        Column::may("performance_levels", &["PerformanceLevel/PerformanceLevel"], Holds::Texts),
    ],
    key: &["student", "assessment_identifier", "namespace", "student_assessment_identifier"],
    duplicate: "assessment",
    ..Kind::new("StudentAssessment", &["StudentAssessment"], "student_assessments")
};
