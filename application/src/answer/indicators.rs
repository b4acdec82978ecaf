//! A student's indicators, and what policies say of them side by side.
use chrono::NaiveDate;
use domain::{
    StudentId,
    indicator::{
        AssessmentResult, Attendance, Behavior, Courses, Credits, Finding, SchoolYear, Schools, StudentYear, Unknown,
    },
    policy::{Judgement, PolicyVersion},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::indicators::KnownPolicy;

/// How many points pass a course, where no policy says it.
const PASSING: u16 = 65;

/// What one policy says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnderPolicy {
    /// The policy.
    pub policy: PolicyVersion,
    /// Whether it was in force on the day on which it judges.
    pub in_force: bool,
    /// What it says.
    pub judgement: Judgement,
}

/// A student's indicators over one school year, as they were known on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "student": "0192a000-0000-7000-8000-0000000000a1", "school_year": 2022, "as_of": "2022-05-27",
    "known_through": "2022-05-27", "days_not_submitted": 0, "enrolment_assumed": false, "days_placed": false,
    "attendance": {
        "enrolled": 169, "present": 151, "unexcused": 10, "excused": 8, "extended_medical": 0, "suspended": 0,
        "tardy": 2, "left_early": 0, "partial": 0, "longest_absence": 3, "current_absence": 0
    },
    "behavior": {"incidents": 1, "suspension_days": 1, "out_of_school_days": 0},
    "courses": {"graded": 6, "failed": 1, "average": 7825},
    "credits": {"attempted": 700, "earned": 550, "earned_in_all": 1650}, "assessments": [],
    "findings": [{"what": "no_school_that_day", "on": "2022-03-05"}],
    "policies": [{
        "policy": {"name": "attendance-works", "version": 1}, "in_force": true,
        "judgement": {
            "band": "chronic",
            "triggers": [{
                "threshold": {"measure": "absent_share", "at_least": 100, "band": "chronic"}, "found": 18, "of": 169
            }],
            "days_counted": 169, "days_absent": 18
        }
    }]
}))]
pub struct StudentIndicators {
    /// The student.
    pub student: StudentId,
    /// The school year, by the year in which it ends.
    pub school_year: SchoolYear,
    /// The day as of which it is told.
    pub as_of: NaiveDate,
    /// The last day of which anything is known; later days are neither present nor absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub known_through: Option<NaiveDate>,
    /// Days of teaching up to that day for which the school has submitted nothing.
    pub days_not_submitted: u32,
    /// Why nothing is known of attendance, where that is so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub unknown: Option<Unknown>,
    /// Whether the enrolment is an assumption that an import was told to make.
    pub enrolment_assumed: bool,
    /// Whether only the number of teaching days is known, and which days these are is assumed.
    pub days_placed: bool,
    /// Attendance.
    pub attendance: Attendance,
    /// Incidents and suspensions.
    pub behavior: Behavior,
    /// Courses; 65 points pass where no policy says otherwise.
    pub courses: Courses,
    /// Credits, where a transcript tells of any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub credits: Option<Credits>,
    /// Assessments of the school year.
    #[serde(default)]
    pub assessments: Vec<AssessmentResult>,
    /// What contradicts what, and was settled by precedence.
    pub findings: Vec<Finding>,
    /// What policies say, in the order in which they were asked for.
    pub policies: Vec<UnderPolicy>,
}

impl StudentIndicators {
    /// The indicators of `year` by the teaching days of `schools`, under each of `policies`.
    pub fn of(
        (student, as_of): (StudentId, NaiveDate),
        year: &StudentYear,
        schools: &Schools,
        policies: &[(&KnownPolicy, bool)],
    ) -> Self {
        let school_year = SchoolYear::of(as_of);
        let span = *school_year.days().start()..=as_of;
        let known = year.known_days(schools, &span);
        let judged = |(known, in_force): &(&KnownPolicy, bool)| UnderPolicy {
            policy: known.version.clone(),
            in_force: *in_force,
            judgement: known.policy.judge(year, schools, as_of),
        };
        Self {
            student,
            school_year,
            as_of,
            known_through: known.through(),
            days_not_submitted: year.days_not_submitted(schools, &span),
            unknown: known.unknown,
            enrolment_assumed: year.stays.iter().any(|stay| stay.assumed),
            days_placed: year.stays.iter().any(|stay| schools.get(&stay.school).is_some_and(|s| s.are_placed())),
            attendance: known.attendance(),
            behavior: year.behavior(schools, &span),
            courses: year.courses(as_of, PASSING),
            credits: year.credits(as_of),
            assessments: year.assessments.iter().filter(|result| span.contains(&result.on)).cloned().collect(),
            findings: known.findings,
            policies: policies.iter().map(judged).collect(),
        }
    }
}
