//! Being there and getting on: attendance by day and by section, grades.
use super::targets::{self, THE_SCHOOL, THE_STUDENT};
use crate::import::kind::{Column, Holds, Kind};

const CATEGORY: Column =
    Column::must("attendance_event_category", &["AttendanceEvent/AttendanceEventCategory"], Holds::Text);
const REASON: Column = Column::may("attendance_event_reason", &["AttendanceEvent/AttendanceEventReason"], Holds::Text);
const DURATION: Column = Column::may("event_duration", &["AttendanceEvent/EventDuration"], Holds::Decimal);
const EVENT_DATE: Column = Column::must("event_date", &["AttendanceEvent/EventDate"], Holds::Date);
const ARRIVAL: Column = Column::may("arrival_time", &["ArrivalTime"], Holds::Time);
const DEPARTURE: Column = Column::may("departure_time", &["DepartureTime"], Holds::Time);

/// Ed-Fi's own key has the category too, so that one day may stand twice; a student is there or not once a day.
pub(super) const STUDENT_SCHOOL_ATTENDANCE_EVENT: Kind = Kind {
    columns: &[
        THE_STUDENT,
        THE_SCHOOL,
        Column::must(
            "session",
            &[
                "SessionReference/SessionIdentity/SchoolYear",
                "SessionReference/SessionIdentity/SessionName",
                "SessionReference/SessionIdentity/SchoolReference/SchoolIdentity/SchoolId",
            ],
            Holds::Refers(targets::SESSION),
        ),
        EVENT_DATE,
        CATEGORY,
        REASON,
        DURATION,
        Column::may("school_attendance_duration", &["SchoolAttendanceDuration"], Holds::Whole),
        ARRIVAL,
        DEPARTURE,
    ],
    key: &["student", "school", "event_date"],
    duplicate: "student-day",
    ..Kind::new("StudentSchoolAttendanceEvent", &["StudentSchoolAttendanceEvent"], "student_school_attendance_events")
};

pub(super) const STUDENT_SECTION_ATTENDANCE_EVENT: Kind = Kind {
    columns: &[
        THE_STUDENT,
        Column::must(
            "school",
            &[
                "SectionReference/SectionIdentity/CourseOfferingReference/CourseOfferingIdentity/SchoolReference/SchoolIdentity/SchoolId",
            ],
            Holds::Refers(targets::SCHOOL),
        ),
        Column::must(
            "session",
            &[
                "SectionReference/SectionIdentity/CourseOfferingReference/CourseOfferingIdentity/SessionReference/SessionIdentity/SchoolYear",
                "SectionReference/SectionIdentity/CourseOfferingReference/CourseOfferingIdentity/SessionReference/SessionIdentity/SessionName",
                "SectionReference/SectionIdentity/CourseOfferingReference/CourseOfferingIdentity/SessionReference/SessionIdentity/SchoolReference/SchoolIdentity/SchoolId",
            ],
            Holds::Refers(targets::SESSION),
        ),
        Column::must(
            "local_course_code",
            &["SectionReference/SectionIdentity/CourseOfferingReference/CourseOfferingIdentity/LocalCourseCode"],
            Holds::Text,
        ),
        Column::must("section_identifier", &["SectionReference/SectionIdentity/SectionIdentifier"], Holds::Text),
        EVENT_DATE,
        CATEGORY,
        REASON,
        DURATION,
        Column::may("section_attendance_duration", &["SectionAttendanceDuration"], Holds::Whole),
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
    duplicate: "section attendance event",
    ..Kind::new(
        "StudentSectionAttendanceEvent",
        &["StudentSectionAttendanceEvent"],
        "student_section_attendance_events",
    )
};

pub(super) const GRADE: Kind = Kind {
    columns: &[
        Column::must(
            "student",
            &[
                "StudentSectionAssociationReference/StudentSectionAssociationIdentity/StudentReference/StudentIdentity/StudentUniqueId",
            ],
            Holds::Refers(targets::STUDENT),
        ),
        Column::must(
            "school",
            &[
                "StudentSectionAssociationReference/StudentSectionAssociationIdentity/SectionReference/SectionIdentity/CourseOfferingReference/CourseOfferingIdentity/SchoolReference/SchoolIdentity/SchoolId",
            ],
            Holds::Refers(targets::SCHOOL),
        ),
        Column::must(
            "session",
            &[
                "StudentSectionAssociationReference/StudentSectionAssociationIdentity/SectionReference/SectionIdentity/CourseOfferingReference/CourseOfferingIdentity/SessionReference/SessionIdentity/SchoolYear",
                "StudentSectionAssociationReference/StudentSectionAssociationIdentity/SectionReference/SectionIdentity/CourseOfferingReference/CourseOfferingIdentity/SessionReference/SessionIdentity/SessionName",
                "StudentSectionAssociationReference/StudentSectionAssociationIdentity/SectionReference/SectionIdentity/CourseOfferingReference/CourseOfferingIdentity/SessionReference/SessionIdentity/SchoolReference/SchoolIdentity/SchoolId",
            ],
            Holds::Refers(targets::SESSION),
        ),
        Column::must(
            "local_course_code",
            &[
                "StudentSectionAssociationReference/StudentSectionAssociationIdentity/SectionReference/SectionIdentity/CourseOfferingReference/CourseOfferingIdentity/LocalCourseCode",
            ],
            Holds::Text,
        ),
        Column::must(
            "section_identifier",
            &[
                "StudentSectionAssociationReference/StudentSectionAssociationIdentity/SectionReference/SectionIdentity/SectionIdentifier",
            ],
            Holds::Text,
        ),
        Column::must("grade_type", &["GradeType"], Holds::Text),
        Column::may("grading_period", &["GradingPeriodReference/GradingPeriodIdentity/GradingPeriod"], Holds::Text),
        Column::may(
            "grading_period_name",
            &["GradingPeriodReference/GradingPeriodIdentity/GradingPeriodName"],
            Holds::Text,
        ),
        Column::may("letter_grade_earned", &["LetterGradeEarned"], Holds::Text),
        Column::may("numeric_grade_earned", &["NumericGradeEarned"], Holds::Decimal),
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
    ..Kind::new("Grade", &["Grade"], "grades")
};
