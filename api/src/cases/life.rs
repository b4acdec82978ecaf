//! The life of the case itself.
use actix_web::{put, web};
use domain::{
    StudentId,
    case::{self, ChangeSchool, ChangeTier, CloseCase, OpenCase, OpenCaseFor, ReopenCase},
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    change::{Change, written},
    declare::changes,
};
use crate::{Body, Problem, Problems, Reference, Write, Written};

mod changes_of_life {
    use super::*;

    changes! { in "cases";
        /// Say that the student went to another school.
        change_school: ChangeSchool, post "/case/school", body ChangeSchool => Changed; |wish| wish
        /// Change how intensive the support is.
        change_tier: ChangeTier, post "/case/tier", body ChangeTier => Changed; |wish| wish
        /// Close the case.
        ///
        /// Interventions and referrals must have ended; open assignments and follow-ups end with it.
        close_case: CloseCase, post "/case/closure", body CloseCase => Changed; |wish| wish
        /// Take up a closed case again.
        reopen_case: ReopenCase, post "/case/reopening", body ReopenCase => Changed; |wish| wish
    }
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(open_case);
    changes_of_life::routes(config);
}

/// Open a case for a student, at a school that the student attends as far as enrolments are known.
#[utoipa::path(
    tag = "cases",
    params(("student" = uuid::Uuid, Path, description = "The student"), Write),
    request_body = OpenCase,
    responses(super::declare::Created, Problems),
)]
#[put("/case")]
pub async fn open_case(
    reference: web::Data<Reference>,
    change: Change,
    student: web::Path<StudentId>,
    body: Body<case::OpenCase>,
) -> Result<Written, Problem> {
    let attends = reference.attended(change.cases(), *student).await?;
    let command = OpenCaseFor { attends, opening: body.0.clone() };
    let receipt = change.open(*student, body.0.school, &body.0, command).await?;
    Ok(written(Written::created(format!("/v1/students/{student}/case")), receipt))
}
