//! The policies that come with the server, each with its source.
use chrono::NaiveDate;

use super::{Acting, CallHome, Measure, Policy, PolicyVersion, Threshold};
use crate::{case::Band, indicator::Mark};

/// The presets, each in its first version. They never change; a district writes later versions of its own.
///
/// `attendance-works` announces changes of band on cases, and asks mentors to call home, until the district says otherwise
/// in a later version.
pub fn presets() -> Vec<(PolicyVersion, Policy)> {
    let all = [attendance_works(), nysed_2025(), check_and_connect(), abc_high_school(), abc_middle_school()];
    let named = |(name, policy): (&str, Policy)| Some((PolicyVersion { name: name.parse().ok()?, version: 1 }, policy));
    all.into_iter().filter_map(named).collect()
}

fn attendance_works() -> (&'static str, Policy) {
    let source = "Attendance Works, \"Chronic Absence\": absent on 10 % or more of enrolled days for any reason, excused, \
                  unexcused and suspended; 20 % or more severe, 5 % up to 10 % at risk. \
                  https://www.attendanceworks.org/chronic-absence/the-problem/";
    let thresholds = [(50, Band::AtRisk), (100, Band::Chronic), (200, Band::Severe)]
        .map(|(share, band)| at_least(Measure::AbsentShare, share, band));
    // New York City's Success Mentors call home on the day of every absence; of who is suspended or ill for long the
    // family knows.
    let call_home = CallHome { absences: [Mark::Unexcused, Mark::Excused].into(), within_school_days: 3 };
    let policy = Policy {
        announces: true,
        call_home: Some(call_home),
        ..policy("Chronic absence (Attendance Works)", source, thresholds.to_vec())
    };
    ("attendance-works", policy)
}

fn nysed_2025() -> (&'static str, Policy) {
    let source = "New York State Education Department, \"Attendance Matters!\" (January 2025): levels of days attended at \
                  85, 90 and 95 %, for who was enrolled for at least 30 days; days of suspension and of extended medical \
                  absence count neither way. https://www.nysed.gov/innovation-school-reform/chronic-absenteeism";
    let levels = [(950, Band::AtRisk), (900, Band::Chronic), (850, Band::Severe)].map(|(share, band)| Threshold {
        measure: Measure::AttendedShare,
        at_least: None,
        at_most: Some(share),
        band,
    });
    let policy = Policy {
        effective_from: since(2025, 7),
        least_days: 30,
        not_counted: [Mark::Suspended, Mark::ExtendedMedical].into(),
        ..policy("Attendance levels (NYSED, 2025)", source, levels.to_vec())
    };
    ("nysed-2025", policy)
}

fn check_and_connect() -> (&'static str, Policy) {
    let source = "Check & Connect, Implementing with Fidelity, pages 30 and 43: high risk within a month, taken as the last 20 \
                  school days. https://publications.ici.umn.edu/check-and-connect/using-check-data/determining-risk";
    let high = [
        (Measure::TardyDays, 5),
        (Measure::DaysAbsent, 3),
        (Measure::AbsentShare, 150),
        (Measure::Incidents, 3),
        (Measure::OutOfSchoolDays, 2),
        (Measure::CoursesFailed, 1),
    ];
    let thresholds = high.map(|(measure, bound)| at_least(measure, bound, Band::AtRisk)).to_vec();
    let policy = Policy { over_school_days: Some(20), ..policy("High risk (Check & Connect)", source, thresholds) };
    ("check-and-connect", policy)
}

fn abc_high_school() -> (&'static str, Policy) {
    let source = "Early warning indicators for high school, as gathered by the Everyone Graduates Center, Johns Hopkins \
                  University: 10 % or more of days missed, a day of suspension or more, a failed course or more. \
                  https://www.every1graduates.org/analytics/early-warning-indicators/";
    ("abc-high-school", policy("ABC, high school", source, abc(100)))
}

fn abc_middle_school() -> (&'static str, Policy) {
    let source = "R. Balfanz, L. Herzog, D. Mac Iver, \"Preventing Student Disengagement and Keeping Students on the Graduation \
                  Path in Urban Middle-Grades Schools\", Educational Psychologist 42 (2007): 80 % of days attended or fewer, \
                  a suspension, a failed course. https://doi.org/10.1080/00461520701621079";
    ("abc-middle-school", policy("ABC, middle school", source, abc(200)))
}

fn abc(missed: u32) -> Vec<Threshold> {
    [(Measure::AbsentShare, missed), (Measure::SuspensionDays, 1), (Measure::CoursesFailed, 1)]
        .map(|(measure, bound)| at_least(measure, bound, Band::AtRisk))
        .to_vec()
}

fn at_least(measure: Measure, bound: u32, band: Band) -> Threshold {
    Threshold { measure, at_least: Some(bound), at_most: None, band }
}

fn policy(title: &str, source: &str, thresholds: Vec<Threshold>) -> Policy {
    Policy {
        title: title.to_owned(),
        source: source.to_owned(),
        effective_from: since(2000, 7),
        least_days: 1,
        not_counted: [].into(),
        over_school_days: None,
        thresholds,
        passing_grade: 65,
        announces: false,
        opens_case_from: None,
        acting: Acting::default(),
        call_home: None,
    }
}

fn since(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_five_of_them_and_each_is_whole_and_says_where_it_comes_from() {
        let names: Vec<_> = presets().iter().map(|(version, _)| version.to_string()).collect();
        let expected =
            ["attendance-works@1", "nysed-2025@1", "check-and-connect@1", "abc-high-school@1", "abc-middle-school@1"];
        assert_eq!(names, expected);
        for (version, policy) in presets() {
            assert_eq!(policy.check(), Ok(()), "{version}");
            assert!(policy.source.contains("https://") && !policy.source.contains("  "), "{version}");
        }
    }
}
