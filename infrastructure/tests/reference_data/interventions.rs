//! What the district knows of interventions becomes events on cases, and what cases refuse is told.
use std::{fs, path::Path, sync::Arc};

use application::{Commands, HeldRole, Order, Principal, access::Operation};
use deadpool_postgres::Pool;
use domain::{
    Role,
    case::{CloseCase, CloseReason, OpenCase, Tier},
};
use infrastructure::import::{Recorded, also, ed_fi::SOURCE, record};
use tempfile::tempdir;
use uuid::Uuid;

use crate::{
    district::{STUDENT, absence, school, student},
    support::{commands, count, database, ed_fi, interchange, rejects, row},
};

const ORGANIZATION: &str = "EducationOrganizationReference/EducationOrganizationIdentity/EducationOrganizationId";

/// Tutoring at the school, and who takes part in it from which day, with which dosage.
fn tutoring(directory: &Path, students: &[(&str, Option<&str>, &str)]) {
    let runs = [(ORGANIZATION, "7"), ("InterventionIdentificationCode", "Tutoring"), ("BeginDate", "2026-10-05")];
    let mut rows = vec![row("Intervention", &runs)];
    for (number, begins, dosage) in students {
        let reference = "InterventionReference/InterventionIdentity";
        let (organization, code) =
            (format!("{reference}/{ORGANIZATION}"), format!("{reference}/InterventionIdentificationCode"));
        let mut fields =
            vec![(STUDENT, *number), (organization.as_str(), "7"), (code.as_str(), "Tutoring"), ("Dosage", *dosage)];
        fields.extend(begins.map(|day| ("BeginDate", day)));
        rows.push(row("StudentInterventionAssociation", &fields));
    }
    interchange(directory, "e.xml", "StudentIntervention", &rows);
}

async fn recorded(pool: &Pool, commands: &Commands) -> Recorded {
    record(pool, commands, SOURCE).await.expect("events")
}

/// A district with three students at one school.
fn three_students(directory: &Path) {
    school(directory);
    let numbers = ["1", "2", "3"];
    interchange(directory, "c.xml", "Student", &numbers.map(|n| student(n, "A", "B", "2010-01-01")));
    interchange(directory, "d.xml", "StudentAttendance", &numbers.map(|n| absence(n, "7", "2026-09-09", "x#Excused")));
}

#[tokio::test]
async fn an_intervention_is_written_down_once_and_a_changed_one_is_told() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    three_students(home.path());
    tutoring(home.path(), &[("1", Some("2026-10-12"), "10"), ("2", None, "10"), ("3", Some("2999-01-01"), "10")]);
    ed_fi(&pool, home.path()).await.expect("an import");
    let commands = commands(&pool).await;

    let first = recorded(&pool, &commands).await;
    assert_eq!((first.cases, first.new, first.known, first.refused), (3, 3, 0, vec![]));
    let started = |more: &str| format!("SELECT count(*) FROM events WHERE type = 'InterventionStarted' {more}");
    assert_eq!(count(&pool, &started("")).await, 2, "one is to start later");
    // The undated one starts with the session in which it falls.
    let assumed = "AND payload::text LIKE '%true%' AND occurred_at = '2026-09-08 00:00 America/New_York'";
    assert_eq!(count(&pool, &started(assumed)).await, 1);

    tutoring(home.path(), &[("1", Some("2026-10-12"), "20"), ("2", None, "10"), ("3", Some("2999-01-01"), "10")]);
    ed_fi(&pool, home.path()).await.expect("an import");
    let again = recorded(&pool, &commands).await;
    assert_eq!((again.cases, again.new, again.known), (0, 0, 2));
    assert!(again.refused[0].reason.starts_with("changed-since-recorded"), "{:?}", again.refused);
    assert_eq!(count(&pool, "SELECT count(*) FROM events").await, 8);
}

#[tokio::test]
async fn a_case_that_people_closed_refuses_and_the_rest_goes_on() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    three_students(home.path());
    tutoring(home.path(), &[("1", None, "10"), ("2", None, "10")]);
    ed_fi(&pool, home.path()).await.expect("an import");
    let commands = commands(&pool).await;
    let number = "SELECT id, (SELECT id FROM schools) FROM external_ids WHERE kind = 'student' AND external_id = '1'";
    let ids = pool.get().await.expect("a connection").query_one(number, &[]).await.expect("a student");
    let (closed, at): (Uuid, Uuid) = (ids.get(0), ids.get(1));
    let director = HeldRole { role: Role::CommunitySchoolDirector, school: Some(at.into()), partner: None };
    let principal = Arc::new(Principal::new(Uuid::from_u128(1).into(), vec![director]));
    let order = |operation| Order {
        school: Some(at.into()),
        ..Order::new(principal.clone(), closed.into(), operation, Uuid::new_v4())
    };
    let reason = || "by hand".try_into().expect("a text");
    let open = OpenCase { school: at.into(), reason: reason(), tier: Tier::ONE };
    commands.execute(&order(Operation::OpenCase), open).await.expect("opened");
    let close = CloseCase { reason: CloseReason::OpenedInError, note: None };
    commands.execute(&order(Operation::CloseCase), close).await.expect("closed");

    let done = recorded(&pool, &commands).await;
    assert_eq!((done.cases, done.new), (1, 1));
    assert!(done.refused[0].reason.starts_with("case-closed: "), "{:?}", done.refused);
    assert!(done.refused[0].reason.ends_with(&format!("(student {closed})")));

    let list = home.path().join("rejects.csv");
    also(&list, false, &done.refused).expect("a list");
    also(&list, true, &done.refused).expect("a list");
    let told = rejects(home.path());
    assert!(told.starts_with("file,line,kind,reason\n,,StudentInterventionAssociation,case-closed"), "{told}");
    assert_eq!(fs::read_to_string(&list).expect("a list").lines().count(), 3);
}
