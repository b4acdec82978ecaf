//! `POST /v1/students/{student}/mentor-assignments`
use actix_web::{post, web::Path};
use application::access::Operation;
use domain::{
    StudentId,
    case::{NewMentor, SucceedMentor},
};

use super::{change::Change, declare::Created};
use crate::{Body, Problem, Problems, Write, Written};

/// Assign a mentor.
///
/// With `notes_of` the supervisor decides in the same stroke whose notes of the mentors before open to this one, as with
/// `hand_over_notes`.
#[utoipa::path(
    tag = "mentors",
    params(("student" = uuid::Uuid, Path, description = "The student"), Write),
    request_body = NewMentor,
    responses(Created, Problems),
)]
#[post("/mentor-assignments")]
pub async fn assign_mentor(
    change: Change,
    student: Path<StudentId>,
    body: Body<NewMentor>,
) -> Result<Written, Problem> {
    // Whoever supervises mentors assigns them, too; not the other way round.
    let operation = match body.0.notes_of.is_empty() {
        true => Operation::AssignMentor,
        false => Operation::HandOverNotes,
    };
    let receipt = change.carry_out(operation, (*student, None), &body.0, SucceedMentor(body.0.clone())).await?;
    Ok(change.created(*student, receipt))
}
