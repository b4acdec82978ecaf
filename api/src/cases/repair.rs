//! Repair: entries corrected, taken back, or moved to the student whom they are about.
use std::sync::Arc;

use actix_web::{post, web};
use application::{Move, Task, access::Operation};
use domain::{
    Decide, EntryId, StudentId,
    case::{
        Case, ChangeNoteVisibility, CorrectEntry, CorrectNote, Correction, Entry, EntryMove, NoteCorrection,
        NoteVisibilityChange, RetractEntry, Retraction,
    },
};
use serde::Serialize;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    change::{Change, written},
    declare::Changed,
};
use crate::{Body, Problem, Problems, Write, Written};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(correct_entry)
        .service(retract_entry)
        .service(move_entry)
        .service(correct_note)
        .service(change_note_visibility);
}

/// Put an entry right: everything it says is replaced by what it should have said.
#[utoipa::path(
    tag = "entries",
    params(
        ("student" = uuid::Uuid, Path, description = "The student"),
        ("entry" = uuid::Uuid, Path, description = "The entry"),
        Write
    ),
    request_body = Correction,
    responses(Changed, Problems),
)]
#[post("/students/{student}/entries/{entry}/correction")]
pub async fn correct_entry(
    change: Change,
    path: web::Path<(StudentId, EntryId)>,
    body: Body<Correction>,
) -> Result<Written, Problem> {
    let correct = |was, correction| CorrectEntry { was, correction };
    repair(&change, Operation::CorrectEntry, path.into_inner(), body.0, correct).await
}

/// Take an entry back that should not have been written.
#[utoipa::path(
    tag = "entries",
    params(
        ("student" = uuid::Uuid, Path, description = "The student"),
        ("entry" = uuid::Uuid, Path, description = "The entry"),
        Write
    ),
    request_body = Retraction,
    responses(Changed, Problems),
)]
#[post("/students/{student}/entries/{entry}/retraction")]
pub async fn retract_entry(
    change: Change,
    path: web::Path<(StudentId, EntryId)>,
    body: Body<Retraction>,
) -> Result<Written, Problem> {
    let retract = |was, retraction| RetractEntry { was, retraction };
    repair(&change, Operation::RetractEntry, path.into_inner(), body.0, retract).await
}

/// Move an entry to the student whom it is about. Both cases say so.
#[utoipa::path(
    tag = "entries",
    params(
        ("student" = uuid::Uuid, Path, description = "The student on whose case it is"),
        ("entry" = uuid::Uuid, Path, description = "The entry"),
        Write
    ),
    request_body = EntryMove,
    responses(Changed, Problems),
)]
#[post("/students/{student}/entries/{entry}/move")]
pub async fn move_entry(
    change: Change,
    path: web::Path<(StudentId, EntryId)>,
    body: Body<EntryMove>,
) -> Result<Written, Problem> {
    let (student, entry) = path.into_inner();
    let task = Task::Move(Move { entry, relocation: body.0.clone() });
    let receipt = change.carry_out(Operation::MoveEntry, student, &body.0, task).await?;
    Ok(written(Written::done(), receipt))
}

/// Put right what a note says.
#[utoipa::path(
    tag = "notes",
    params(
        ("student" = uuid::Uuid, Path, description = "The student"),
        ("note" = uuid::Uuid, Path, description = "The note"),
        Write
    ),
    request_body = NoteCorrection,
    responses(Changed, Problems),
)]
#[post("/students/{student}/notes/{note}/correction")]
pub async fn correct_note(
    change: Change,
    path: web::Path<(StudentId, EntryId)>,
    body: Body<NoteCorrection>,
) -> Result<Written, Problem> {
    let correct = |was, correction| CorrectNote { was, correction };
    repair(&change, Operation::CorrectNote, path.into_inner(), body.0, correct).await
}

/// Show a note to more people, or to fewer.
#[utoipa::path(
    tag = "notes",
    params(
        ("student" = uuid::Uuid, Path, description = "The student"),
        ("note" = uuid::Uuid, Path, description = "The note"),
        Write
    ),
    request_body = NoteVisibilityChange,
    responses(Changed, Problems),
)]
#[post("/students/{student}/notes/{note}/visibility")]
pub async fn change_note_visibility(
    change: Change,
    path: web::Path<(StudentId, EntryId)>,
    body: Body<NoteVisibilityChange>,
) -> Result<Written, Problem> {
    let show = |was, change| ChangeNoteVisibility { was, change };
    repair(&change, Operation::ChangeNoteVisibility, path.into_inner(), body.0, show).await
}

/// Hands the entry, as it stands when the decision falls, to the command that puts it right.
async fn repair<B, C>(
    change: &Change,
    operation: Operation,
    (student, entry): (StudentId, EntryId),
    body: B,
    command: impl Fn(Entry, B) -> C + Send + Sync + 'static,
) -> Result<Written, Problem>
where
    B: Serialize + Clone + Send + Sync + 'static,
    C: Decide<Case>,
{
    let said = body.clone();
    let task = Task::Repair(entry, Arc::new(move |was| Arc::new(command(was, said.clone())) as Arc<dyn Decide<Case>>));
    let receipt = change.carry_out(operation, student, &body, task).await?;
    Ok(written(Written::done(), receipt))
}
