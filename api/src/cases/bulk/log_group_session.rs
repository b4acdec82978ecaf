//! `POST /v1/sessions:batch`
use actix_web::{post, web::Json};
use application::{Order, access::Operation};
use domain::{
    InterventionId, StudentId,
    case::{LogSession, Session},
};
use futures::future::join_all;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Outcome, Outcomes};
use crate::{Body, Problem, Problems, Write, cases::change::Change};

/// One session, held with several students.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "session": {"held_on": "2026-03-02", "outcome": "held", "minutes": 45},
    "students": [
        {"entry": "0192a000-0000-7000-8000-000000000401", "student": "0192a000-0000-7000-8000-000000000101",
         "intervention": "0192a000-0000-7000-8000-000000000051"},
        {"entry": "0192a000-0000-7000-8000-000000000402", "student": "0192a000-0000-7000-8000-000000000102",
         "intervention": "0192a000-0000-7000-8000-000000000052",
         "instead": {"held_on": "2026-03-02", "outcome": "no_show"}}
    ]
}))]
pub struct GroupSession {
    /// What the session was, for everybody who came.
    pub session: Session,
    /// With whom it was held.
    #[schema(min_items = 1, max_items = 100)]
    pub students: Vec<Attendance>,
}

/// One student's share in a group session.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    /// The session's id on this student's case: it makes a repetition harmless.
    pub entry: Uuid,
    /// The student.
    pub student: StudentId,
    /// The student's intervention.
    pub intervention: InterventionId,
    /// What the session was for this student, where that was different.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<Session>,
}

/// Log one session for several students. Each student's share stands or falls alone.
#[utoipa::path(
    tag = "interventions",
    params(Write),
    request_body = GroupSession,
    responses((status = 200, description = "What became of each student's share", body = Outcomes), Problems),
)]
#[post("/sessions:batch")]
pub async fn log_group_session(change: Change, body: Body<GroupSession>) -> Result<Json<Outcomes>, Problem> {
    let GroupSession { session, students } = body.0;
    let log = |share: Attendance| {
        let (change, session) = (&change, share.instead.clone().unwrap_or_else(|| session.clone()));
        async move {
            let Attendance { entry, student, intervention, .. } = share;
            // One version cannot be meant for several cases.
            let order = change.order(Operation::LogGroupSession, student, entry, &(&session, intervention));
            let order = Order { if_match: None, entry: Some(intervention.uuid().into()), ..order };
            let done = change.cases().commands.execute(&order, LogSession { intervention, session }).await;
            Outcome::of(student, entry, done)
        }
    };
    Ok(Json(Outcomes { results: join_all(students.into_iter().map(log)).await }))
}
