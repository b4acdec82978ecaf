//! Lists that page, and a search that sees the given schools only.
use application::{
    After, Page,
    reference::{ReadReference, StudentLine, StudentsWanted},
};
use chrono::NaiveDate;
use domain::SchoolId;
use infrastructure::PgReference;
use tempfile::tempdir;
use uuid::Uuid;

use crate::{
    district::{absence, school, student},
    support::{database, ed_fi, interchange},
};

/// Two rows from the given place on.
pub fn page(after: Option<After>) -> Page {
    Page { after, limit: 2 }
}

fn names(lines: &[(StudentLine, After)]) -> Vec<&str> {
    lines.iter().map(|(line, _)| line.given_name.reveal()).collect()
}

#[tokio::test]
async fn students_of_a_school_come_page_by_page_and_are_found_by_the_beginnings_of_their_names() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    school(home.path());
    let people = [("1", "Ada", "Lovelace"), ("2", "Bea", "Love-Hart"), ("3", "Cy", "love"), ("4", "D_n", "100%")];
    let students: Vec<String> =
        people.iter().map(|(n, given, family)| student(n, given, family, "2010-01-01")).collect();
    interchange(home.path(), "c.xml", "Student", &students);
    let absences: Vec<String> = people.iter().map(|(n, ..)| absence(n, "7", "2026-09-09", "x#Excused")).collect();
    interchange(home.path(), "d.xml", "StudentAttendance", &absences);
    ed_fi(&pool, home.path()).await.expect("an import");

    let reference = PgReference::new(pool.clone());
    let schools = reference.schools(None, &page(None)).await.expect("read");
    let id = schools[0].0.id;
    let day: NaiveDate = "2026-10-01".parse().expect("a date");
    let wanted = |schools: &[SchoolId]| StudentsWanted {
        schools: schools.to_vec(),
        students: vec![],
        at: None,
        name: None,
        day,
    };
    let everybody = async |after| reference.students(&wanted(&[id]), &page(after)).await.expect("read");
    let first = everybody(None).await;
    assert_eq!(first[1].1, After(String::new(), first[1].0.id.uuid()), "a place holds no name");
    let second = everybody(Some(first[1].1.clone())).await;
    let third = everybody(Some(second[1].1.clone())).await;
    assert_eq!([names(&first), names(&second), names(&third)], [vec!["D_n", "Cy"], vec!["Bea", "Ada"], vec![]]);
    let before = StudentsWanted { day: "2026-09-07".parse().expect("a date"), ..wanted(&[id]) };
    assert!(reference.students(&before, &page(None)).await.expect("read").is_empty());

    let mentees = StudentsWanted { students: vec![first[0].0.id], ..wanted(&[]) };
    assert_eq!(names(&reference.students(&mentees, &page(None)).await.expect("read")), ["D_n"]);
    let elsewhere = StudentsWanted { at: Some(Uuid::new_v4().into()), ..mentees };
    assert!(reference.students(&elsewhere, &page(None)).await.expect("read").is_empty());

    let find = async |name: &str, schools: &[SchoolId]| {
        let all = Page { after: None, limit: 10 };
        let named = StudentsWanted { name: Some(name.try_into().expect("a text")), ..wanted(schools) };
        names(&reference.students(&named, &all).await.expect("read")).join(" ")
    };
    assert_eq!(find("LOVE", &[id]).await, "Cy Bea Ada");
    assert_eq!(find("love a", &[id]).await, "Ada");
    assert_eq!(find("hart", &[id]).await, "Bea");
    assert_eq!(find("d_", &[id]).await, "D_n");
    assert_eq!(find("%", &[id]).await, "");
    assert_eq!(find("love", &[Uuid::new_v4().into()]).await, "");
    assert_eq!(find("love", &[]).await, "");
}

#[tokio::test]
async fn a_schools_days_come_with_its_terms() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    school(home.path());
    ed_fi(&pool, home.path()).await.expect("an import");
    let reference = PgReference::new(pool.clone());
    let id = reference.schools(None, &page(None)).await.expect("read")[0].0.id;
    let date = |text: &str| text.parse::<NaiveDate>().expect("a date");
    let seen =
        reference.school_days(id, date("2026-11-01"), date("2026-11-27")).await.expect("read").expect("a school");
    assert_eq!((seen.terms.len(), seen.terms[0].name.as_str(), seen.days.len()), (1, "Fall", 1));
    assert!(!seen.days[0].instructional);
}
