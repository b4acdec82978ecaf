//! Students, by name and school.
use std::collections::HashMap;

use actix_web::{
    get, put,
    web::{Data, Path},
};
use application::{
    After, Error, Principal,
    access::{
        Ground, has_mentees,
        reference::{RecordAct, SchoolAct, decide_school, decide_student, lists_students},
    },
    reference::{Student, StudentLine, StudentToKeep, StudentsWanted},
};
use domain::{SchoolId, StudentId, case::DataCategory};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    Reference,
    answers::{Put, put},
};
use crate::{Body, Caller, Cases, Key, List, Listed, NoFilters, Page, Problem, Problems, Shown, Written, cursor};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list_students);
}

pub fn routes_of_student(config: &mut ServiceConfig) {
    config.service(show_student).service(keep_student);
}

/// List the students of a school, by family name.
///
/// A mentor gets the mentees there.
#[utoipa::path(
    tag = "students",
    params(("school" = uuid::Uuid, Path, description = "The school"), Page),
    responses((status = 200, description = "A page of students", body = Listed<StudentLine>), Problems),
)]
#[get("/schools/{school}/students")]
pub async fn list_students(
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    school: Path<SchoolId>,
    list: List<NoFilters>,
) -> Result<Listed<StudentLine>, Problem> {
    decide_school(&caller.principal, SchoolAct::ListStudents, *school)?;
    let wanted = of(&cases, &caller.principal, Some(*school)).await?;
    lines(&reference, &wanted, &list.page, "students").await
}

/// Show a student.
///
/// A partner, to whom the student was referred, does not see the day of birth.
#[utoipa::path(
    tag = "students",
    params(("student" = uuid::Uuid, Path, description = "The student")),
    responses((status = 200, description = "The student", body = Student), Problems),
)]
#[get("")]
pub async fn show_student(
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    id: Path<StudentId>,
) -> Result<Shown<Student>, Problem> {
    let mut student = reference.read.student(*id).await?.ok_or(Error::NotFound)?;
    let ties = reference.ties(&cases, &caller.principal, *id, Some(&student)).await?;
    let basis = decide_student(&caller.principal, RecordAct::Read, &ties)?;
    if basis.ground == Ground::PartnerReferral {
        student.birth_date = None;
    }
    if let Some(case) = &ties.case {
        let reader = cases.reader(&caller.principal, case, &mut HashMap::new()).await?;
        reader.saw(DataCategory::Directory);
        cases.write_down(&reader, *id, "show_student").await?;
    }
    Ok(Shown::new(student))
}

/// Keep a student.
///
/// A record that the district's system owns may be changed too; that holds until the system says something new of it.
#[utoipa::path(
    tag = "students",
    params(("student" = uuid::Uuid, Path, description = "The student"), Key),
    request_body = StudentToKeep,
    responses(Put, Problems),
)]
#[put("")]
pub async fn keep_student(
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    id: Path<StudentId>,
    _: Key,
    body: Body<StudentToKeep>,
) -> Result<Written, Problem> {
    let student = reference.read.student(*id).await?;
    let ties = reference.ties(&cases, &caller.principal, *id, student.as_ref()).await?;
    decide_student(&caller.principal, RecordAct::Keep, &ties)?;
    let kept = reference.keep.put_student(*id, &body.0).await?;
    Ok(put(kept, format!("/v1/students/{id}")))
}

/// The students that somebody may list: all of their schools, and their mentees; at one school where one is named.
pub async fn of(cases: &Cases, principal: &Principal, at: Option<SchoolId>) -> Result<StudentsWanted, Error> {
    let reach = lists_students(principal);
    let mut schools = reach.schools;
    let brings_in = |school: &SchoolId| {
        let basis = decide_school(principal, SchoolAct::ListStudents, *school);
        basis.is_ok_and(|basis| basis.ground == Ground::Import)
    };
    schools.extend(at.filter(|school| reach.everywhere || brings_in(school)));
    schools.retain(|school| at.is_none_or(|at| at == *school));
    let mentors = has_mentees(principal, at);
    let students = if mentors { cases.mentees(principal).await? } else { vec![] };
    let held = || principal.roles.iter().find_map(|held| held.school);
    let day = match at.or_else(|| schools.first().copied()).or_else(held) {
        Some(school) => cases.today_at(school).await?,
        None => cases.clock.now().date_naive(),
    };
    Ok(StudentsWanted { schools, students, at, name: None, day })
}

/// One page of them.
pub async fn lines(
    reference: &Reference,
    wanted: &StudentsWanted,
    page: &Page,
    list: &'static str,
) -> Result<Listed<StudentLine>, Problem> {
    let page = page.wanted(list)?;
    let rows = reference.read.students(wanted, &page).await?;
    Ok(Listed::seen(rows, &page, |(_, place): &(StudentLine, After)| cursor(list, place), |(line, _)| Some(line)))
}
