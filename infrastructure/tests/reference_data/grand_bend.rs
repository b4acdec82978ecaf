//! The Grand Bend sample district: everything read, stored and rejected is counted.
use std::{fs, sync::Arc};

use infrastructure::import::{NoProgress, Options, ed_fi, interventions_to_record, record};

use crate::{
    shared_data::grand_bend,
    support::{commands, count, database},
};

/// Kind, read, stored, rejected.
const FIGURES: &[(&str, u64, u64, u64)] = &[
    ("EducationServiceCenter", 1, 1, 0),
    ("LocalEducationAgency", 1, 1, 0),
    ("School", 3, 3, 0),
    ("CommunityOrganization", 1, 1, 0),
    ("CommunityProvider", 1, 1, 0),
    ("Program", 25, 25, 0),
    ("Session", 6, 6, 0),
    ("GradingPeriod", 18, 18, 0),
    ("Calendar", 1, 1, 0),
    ("CalendarDate", 2, 2, 0),
    ("Student", 960, 960, 0),
    ("Contact", 1_873, 1_873, 0),
    ("StudentContactAssociation", 1_872, 1_872, 0),
    ("StudentSchoolAssociation", 0, 0, 0),
    ("Staff", 68, 68, 0),
    ("StaffEducationOrganizationEmploymentAssociation", 68, 68, 0),
    ("StaffEducationOrganizationAssignmentAssociation", 69, 69, 0),
    ("StaffSchoolAssociation", 56, 56, 0),
    ("StudentProgramAssociation", 706, 706, 0),
    ("Cohort", 0, 0, 0),
    ("StudentSchoolAttendanceEvent", 1_917, 1_916, 1),
    ("StudentSectionAttendanceEvent", 66, 66, 0),
    ("Grade", 0, 0, 0),
    ("CourseTranscript", 0, 0, 0),
    ("StudentAssessment", 408, 408, 0),
    ("DisciplineIncident", 21, 21, 0),
    ("StudentDisciplineIncidentAssociation", 23, 23, 0),
    ("DisciplineAction", 25, 25, 0),
    ("InterventionPrescription", 1, 1, 0),
    ("Intervention", 1, 1, 0),
    ("StudentInterventionAssociation", 25, 25, 0),
];

#[tokio::test]
async fn grand_bend_arrives_whole_and_a_second_time_changes_nothing() {
    let Some(folder) = grand_bend() else { return };
    let pool = database().await;
    let home = tempfile::tempdir().expect("a directory");
    let options = Options { rejects: Some(home.path().join("rejects.csv")), ..Options::default() };

    let started = std::time::Instant::now();
    let first = ed_fi::import(&pool, &folder, &options, Arc::new(NoProgress)).await.expect("an import");
    println!("imported in {:?}", started.elapsed());
    for &(kind, read, stored, rejected) in FIGURES {
        let seen = first.kind(kind);
        assert_eq!((seen.read, seen.new, seen.rejected), (read, stored, rejected), "{kind}");
        assert_eq!((seen.changed, seen.unchanged), (0, 0), "{kind}");
    }

    let rejects = fs::read_to_string(home.path().join("rejects.csv")).expect("rejects");
    insta::assert_snapshot!(rejects);

    let category = |name: &str| {
        format!(
            "SELECT count(*) FROM student_school_attendance_events WHERE attendance_event_category LIKE 'uri://ed-fi.org/%#{name}'"
        )
    };
    for (name, number) in [("Excused Absence", 1_077), ("Unexcused Absence", 773), ("Tardy", 66), ("Partial", 0)] {
        assert_eq!(count(&pool, &category(name)).await, number, "{name}");
    }
    let offenders = "SELECT count(*) FROM student_discipline_incident_associations WHERE association LIKE '%Behavior%'";
    assert_eq!(count(&pool, offenders).await, 21);
    let roles = "SELECT count(*) FROM staff_roles WHERE role = 'principal' AND school IS NOT NULL";
    assert_eq!(count(&pool, roles).await, 3);
    // 243 by attendance and discipline, 19 more by the intervention at the high school.
    let placed = "SELECT count(DISTINCT student) FROM enrolments WHERE assumed";
    assert_eq!(count(&pool, placed).await, 262);
    // The two calendar dates are one student's own calendar: they say nothing about the school.
    assert_eq!(count(&pool, "SELECT count(*) FROM school_days").await, 0);

    let interventions = interventions_to_record(&pool, ed_fi::SOURCE).await.expect("interventions");
    assert_eq!(interventions.len(), 25);
    assert!(interventions.iter().all(|i| i.date_assumed && i.school.is_some()));
    // Twenty of ten, one of 15, one of 20, two of 25, one of 30.
    assert_eq!(interventions.iter().filter_map(|i| i.dosage).sum::<i32>(), 315);
    assert!(interventions.iter().all(|i| i.starts_on.to_string() == "2021-08-23"));

    let commands = commands(&pool).await;
    let recorded = record(&pool, &commands, ed_fi::SOURCE).await.expect("events");
    assert_eq!((recorded.cases, recorded.new, recorded.known, recorded.refused), (25, 25, 0, vec![]));
    // Of each case: opened, intervention planned, intervention started.
    assert_eq!(count(&pool, "SELECT count(*) FROM events WHERE role = 'service' AND basis = 'import'").await, 75);
    let assumed = "SELECT count(*) FROM events WHERE type = 'InterventionStarted'
                   AND payload::text LIKE '%\"date_assumed\":true%' AND occurred_at = '2021-08-23 00:00 America/New_York'";
    assert_eq!(count(&pool, assumed).await, 25);

    let second = ed_fi::import(&pool, &folder, &options, Arc::new(NoProgress)).await.expect("an import");
    assert_eq!(second.written(), 0, "{second:#?}");
    assert_eq!(second.rejected(), 1);
    let again = interventions_to_record(&pool, ed_fi::SOURCE).await.expect("interventions");
    assert!(interventions.iter().map(|i| i.command_id()).eq(again.iter().map(|i| i.command_id())));
    let recorded = record(&pool, &commands, ed_fi::SOURCE).await.expect("events");
    assert_eq!((recorded.cases, recorded.new, recorded.known, recorded.refused), (0, 0, 25, vec![]));
    assert_eq!(count(&pool, "SELECT count(*) FROM events").await, 75);
}
