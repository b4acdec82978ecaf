//! One request for many students: a group session, and what a mentor leaves behind.
mod log_group_session;
mod reassign_mentees;

use actix_web::http::StatusCode;
use application::{Error, Receipt};
use domain::StudentId;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::change::entry_location;
use crate::{Problem, problem::Details};

pub fn routes(config: &mut ServiceConfig) {
    config.service(log_group_session::log_group_session).service(reassign_mentees::reassign_mentees);
}

/// What became of each student.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"results": [
    {"student": "0192a000-0000-7000-8000-000000000101", "entry": "0192a000-0000-7000-8000-000000000401", "status": 201,
     "location": "/v1/students/0192a000-0000-7000-8000-000000000101/entries/0192a000-0000-7000-8000-000000000401", "version": 13}
]}))]
pub struct Outcomes {
    /// One outcome for each student, in the order of the request.
    pub results: Vec<Outcome>,
}

/// What became of one student's share.
#[derive(Debug, Serialize, ToSchema)]
pub struct Outcome {
    /// The student.
    pub student: StudentId,
    /// The entry that was to be created.
    pub entry: Uuid,
    /// As if it had been asked for alone: 201, or the status of the problem.
    pub status: u16,
    /// Where the entry can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub location: Option<String>,
    /// The version of the case after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub version: Option<u64>,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<Details>)]
    pub problem: Option<Problem>,
}

impl Outcome {
    fn of(student: StudentId, entry: Uuid, done: Result<Receipt, Error>) -> Self {
        match done {
            Ok(receipt) => Self {
                student,
                entry,
                status: StatusCode::CREATED.as_u16(),
                location: Some(entry_location(student, entry)),
                version: Some(receipt.version),
                problem: None,
            },
            Err(error) => {
                let problem = Problem::from(error);
                let status = actix_web::ResponseError::status_code(&problem).as_u16();
                Self { student, entry, status, location: None, version: None, problem: Some(problem) }
            }
        }
    }
}
