//! What people keep by hand, where no information system does.
use std::sync::Arc;

use application::{
    Calendars, Error, Personal,
    reference::{
        EnrolmentToKeep, KeepReference, Kept, PartnerToKeep, ReadReference, RoleToKeep, SchoolDay, SchoolToKeep,
        StaffToKeep, StudentToKeep,
    },
};
use chrono::NaiveDate;
use domain::{Role, SchoolId, StaffId};
use infrastructure::{PgCalendars, PgReference};
use uuid::Uuid;

use crate::support::database;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn words(text: &str) -> Personal {
    text.try_into().expect("a text")
}

fn code<T: std::fmt::Debug>(result: Result<T, Error>) -> &'static str {
    match result {
        Err(Error::Rejected { code, .. }) => code,
        other => panic!("{other:?}"),
    }
}

fn school(name: &str) -> SchoolToKeep {
    SchoolToKeep { name: name.to_owned(), time_zone: "America/Chicago".to_owned() }
}

fn staff(subject: &str) -> StaffToKeep {
    StaffToKeep { given_name: words("Mia"), family_name: words("Example"), e_mail: None, subject: Some(words(subject)) }
}

fn role(role: Role, school: Option<SchoolId>, since: &str, until: Option<&str>) -> RoleToKeep {
    RoleToKeep { role, school, partner: None, since: day(since), until: until.map(day) }
}

#[tokio::test]
async fn a_school_its_days_and_a_student_are_kept_and_read_again() {
    let pool = database().await;
    let reference = PgReference::new(pool.clone());
    let (id, student): (SchoolId, domain::StudentId) = (Uuid::new_v4().into(), Uuid::new_v4().into());
    assert_eq!(reference.put_school(id, &school("Elm")).await.expect("kept"), Kept::Created);
    assert_eq!(reference.put_school(id, &school("Elm Street")).await.expect("kept"), Kept::Changed);
    let seen = reference.school(id).await.expect("read").expect("a school");
    assert_eq!(
        (seen.name.as_str(), seen.time_zone, seen.source.as_str()),
        ("Elm Street", chrono_tz::America::Chicago, "hand")
    );

    let nowhere = SchoolToKeep { time_zone: "America/Nowhere".to_owned(), ..school("Elm") };
    assert_eq!(code(reference.put_school(id, &nowhere).await), "unknown-time-zone");

    let holiday = SchoolDay { day: day("2026-11-26"), instructional: false };
    let twice = [SchoolDay { instructional: true, ..holiday }, holiday];
    reference.put_school_days(id, &twice).await.expect("kept");
    reference.put_school_days(id, &twice).await.expect("kept");
    let days = reference.school_days(id, day("2026-11-01"), day("2026-11-30")).await.expect("read").expect("a school");
    assert_eq!(days.days, [holiday]);
    assert_eq!(code(reference.put_school_days(Uuid::new_v4().into(), &twice).await), "no-such-school");

    let ada = StudentToKeep {
        given_name: words("Ada"),
        middle_name: None,
        family_name: words("Example"),
        preferred_given_name: None,
        birth_date: Some(day("2010-02-03")),
    };
    assert_eq!(format!("{ada:?}"), "StudentToKeep(..)");
    reference.put_student(student, &ada).await.expect("kept");
    let enrolment = EnrolmentToKeep { school: id, entered_on: day("2026-09-08"), grade_level: Some("9".to_owned()) };
    let entry = Uuid::new_v4();
    assert_eq!(reference.enrol_student(student, entry, &enrolment).await.expect("kept"), Kept::Created);
    assert_eq!(reference.enrol_student(student, entry, &enrolment).await.expect("kept"), Kept::Changed);
    assert_eq!(code(reference.enrol_student(student, Uuid::new_v4(), &enrolment).await), "enrolment-twice");
    let nobody = Uuid::new_v4().into();
    assert_eq!(code(reference.enrol_student(nobody, Uuid::new_v4(), &enrolment).await), "no-such-student");
    reference.exit_student(student, entry, day("2026-10-01")).await.expect("kept");
    assert_eq!(code(reference.exit_student(student, entry, day("2026-09-07")).await), "ends-too-early");
    assert!(matches!(reference.exit_student(nobody, entry, day("2026-10-01")).await, Err(Error::NotFound)));
    let seen = reference.student(student).await.expect("read").expect("a student");
    assert_eq!(seen.enrolments[0].exited_on, Some(day("2026-10-01")));
    assert_eq!(reference.enrol_student(student, entry, &enrolment).await.expect("a repeat"), Kept::Changed);
    let seen = reference.student(student).await.expect("read").expect("a student");
    assert_eq!(seen.enrolments[0].exited_on, Some(day("2026-10-01")), "a repeat does not enrol again");
    let other = EnrolmentToKeep { grade_level: None, ..enrolment };
    assert!(matches!(reference.enrol_student(student, entry, &other).await, Err(Error::KeyReused)));
    assert_eq!(format!("{seen:?}"), format!("Student({student}, ..)"));
}

#[tokio::test]
async fn a_role_is_granted_where_it_is_held_and_ends() {
    let pool = database().await;
    let reference = PgReference::new(pool.clone());
    let (id, mia): (SchoolId, StaffId) = (Uuid::new_v4().into(), Uuid::new_v4().into());
    reference.put_school(id, &school("Elm")).await.expect("kept");
    reference.put_staff(mia, &staff("mia")).await.expect("kept");
    assert_eq!(code(reference.put_staff(Uuid::new_v4().into(), &staff("mia")).await), "subject-taken");

    let mentor = role(Role::SuccessMentor, Some(id), "2026-10-02", Some("2026-10-05"));
    let held = Uuid::new_v4();
    assert_eq!(reference.grant_role(mia, held, &mentor).await.expect("kept"), Kept::Created);
    assert_eq!(
        code(reference.grant_role(mia, Uuid::new_v4(), &role(Role::Principal, None, "2026-10-02", None)).await),
        "role-at-wrong-place"
    );
    let elsewhere = role(Role::Principal, Some(Uuid::new_v4().into()), "2026-10-02", None);
    assert_eq!(code(reference.grant_role(mia, Uuid::new_v4(), &elsewhere).await), "no-such-school");
    assert!(matches!(reference.grant_role(Uuid::new_v4().into(), held, &mentor).await, Err(Error::KeyReused)));

    let backwards = role(Role::Principal, Some(id), "2026-10-02", Some("2026-10-01"));
    assert_eq!(code(reference.grant_role(mia, Uuid::new_v4(), &backwards).await), "ends-too-early");
    assert_eq!(code(reference.end_role(mia, held, day("2026-10-01")).await), "ends-too-early");
    reference.end_role(mia, held, day("2026-10-03")).await.expect("kept");
    assert_eq!(reference.grant_role(mia, held, &mentor).await.expect("a repeat"), Kept::Changed);
    let seen = reference.staff_member(mia).await.expect("read").expect("somebody");
    assert_eq!(seen.roles[0].until, Some(day("2026-10-03")), "a repeat does not grant again");
    assert!(reference.staff_of(id, day("2026-10-03"), &crate::read::page(None)).await.expect("read").is_empty());
    assert_eq!(reference.staff_of(id, day("2026-10-02"), &crate::read::page(None)).await.expect("read").len(), 1);
}

#[tokio::test]
async fn a_day_that_is_changed_here_counts_at_once() {
    let pool = database().await;
    let calendars = Arc::new(PgCalendars::new(pool.clone()));
    let reference = PgReference::new(pool.clone()).telling(calendars.clone());
    let id: SchoolId = Uuid::new_v4().into();
    reference.put_school(id, &school("Elm")).await.expect("kept");
    let thanksgiving = day("2026-11-26");
    assert!(calendars.of(id).await.expect("a calendar").is_school_day(thanksgiving));
    reference.put_school_days(id, &[SchoolDay { day: thanksgiving, instructional: false }]).await.expect("kept");
    assert!(!calendars.of(id).await.expect("a calendar").is_school_day(thanksgiving));
}

#[tokio::test]
async fn a_partner_is_kept() {
    let pool = database().await;
    let reference = PgReference::new(pool.clone());
    let id = Uuid::new_v4().into();
    reference.put_partner(id, &PartnerToKeep { name: "Harbour Clinic".to_owned() }).await.expect("kept");
    assert_eq!(reference.partner(id).await.expect("read").expect("a partner").name, "Harbour Clinic");
    assert_eq!(reference.partners(&crate::read::page(None)).await.expect("read").len(), 1);
}
