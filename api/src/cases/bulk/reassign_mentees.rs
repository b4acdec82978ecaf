//! `POST /v1/staff/{staff}/mentees/reassignment`
use std::collections::BTreeSet;

use actix_web::{
    post,
    web::{Json, Path},
};
use application::{Order, access::Operation};
use domain::{
    StaffId, StudentId,
    case::{MentorReassignment, ReassignMentor},
};
use futures::future::join_all;
use uuid::Uuid;

use super::{Outcome, Outcomes};
use crate::{Body, Problem, Problems, Write, cases::change::Change};

/// Hand all of a mentor's mentees over to another mentor, with the follow-ups that the mentor owned.
///
/// Each mentee's assignment stands or falls alone; mentees of whom the caller may not know are left out.
#[utoipa::path(
    tag = "mentors",
    params(("staff" = uuid::Uuid, Path, description = "The mentor who leaves"), Write),
    request_body = MentorReassignment,
    responses((status = 200, description = "What became of each mentee", body = Outcomes), Problems),
)]
#[post("/staff/{staff}/mentees/reassignment")]
pub async fn reassign_mentees(
    change: Change,
    staff: Path<StaffId>,
    body: Body<MentorReassignment>,
) -> Result<Json<Outcomes>, Problem> {
    let (from, reassignment) = (staff.into_inner(), body.0);
    // The same key gives the same assignments, so that a repetition changes nothing and is answered as the first time.
    let assignment = |student: StudentId| Uuid::new_v5(&change.write.key, student.uuid().as_bytes());
    let read = &change.cases().read;
    let given = read.assignments(reassignment.to).await?.into_iter();
    let given = given.filter(|&(student, entry)| entry.uuid() == assignment(student)).map(|(student, _)| student);
    let mentees: BTreeSet<StudentId> = read.mentees(from).await?.into_iter().chain(given).collect();
    let hand_over = |student: StudentId| {
        let (change, reassignment) = (&change, reassignment.clone());
        async move {
            let assignment = assignment(student);
            // One version cannot be meant for several cases.
            let order = change.order(Operation::ReassignMentees, student, assignment, &reassignment);
            let order = Order { if_match: None, ..order };
            let done = change.cases().commands.execute(&order, ReassignMentor { from, reassignment }).await;
            Outcome::of(student, assignment, done)
        }
    };
    let mut results = join_all(mentees.into_iter().map(hand_over)).await;
    results.retain(|outcome| outcome.status != 404);
    Ok(Json(Outcomes { results }))
}
