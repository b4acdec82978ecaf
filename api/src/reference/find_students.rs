//! `POST /v1/students:search`
use actix_web::{post, web::Data};
use application::{
    Error, Personal,
    access::{
        has_mentees,
        reference::{SchoolAct, decide_school},
    },
    reference::{StudentLine, StudentsWanted},
};
use domain::SchoolId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Reference,
    students::{lines, of},
};
use crate::{Body, Caller, Cases, List, Listed, NoFilters, Page, Problem, Problems};

/// Whom to find.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "ada ex"}))]
pub struct StudentSearch {
    /// For each word of it, one of the student's names begins so.
    pub name: Personal,
    /// At this school only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub school: Option<SchoolId>,
}

/// Find students by name, among those that I may know of.
///
/// A POST, because names do not belong into addresses; it changes nothing. The next page is asked for with the same
/// body.
#[utoipa::path(
    tag = "students",
    params(Page),
    request_body = StudentSearch,
    responses((status = 200, description = "A page of students", body = Listed<StudentLine>), Problems),
)]
#[post("/students:search")]
pub async fn find_students(
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    list: List<NoFilters>,
    body: Body<StudentSearch>,
) -> Result<Listed<StudentLine>, Problem> {
    let StudentSearch { name, school } = body.0;
    if let Some(school) = school {
        decide_school(&caller.principal, SchoolAct::ListStudents, school)?;
    }
    let wanted = of(&cases, &caller.principal, school).await?;
    if wanted.schools.is_empty() && !has_mentees(&caller.principal, None) {
        let reason = "only who works at a school finds its students; a service says at which school";
        return Err(Error::Forbidden { reason }.into());
    }
    lines(&reference, &StudentsWanted { name: Some(name), ..wanted }, &list.page, "found-students").await
}
