//! Entries: everything that was written down on a case.
use actix_web::{
    get,
    web::{Data, Path},
};
use application::{
    After, EntryFilter, Error,
    answer::Entry,
    sealing::Opened,
    view::{Kind, Record},
};
use domain::{EntryId, StudentId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{Cases, look::Look};
use crate::{Caller, List, Listed, Page, Problem, Problems, Read, Shown, cursor};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list_entries).service(show_entry);
}

/// Which entries.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filters {
    /// Of this kind only.
    #[serde(default)]
    #[param(inline, required = false)]
    pub kind: Option<Kind>,
    /// With this status only, such as `active`, `open` or `made`.
    #[serde(default)]
    #[param(value_type = String, required = false, max_length = 40, pattern = "^[a-z_]+$")]
    pub status: Option<String>,
    /// Belonging to this entry only: the sessions of an intervention, the progress of a goal.
    #[serde(default)]
    #[param(value_type = Uuid, required = false)]
    pub parent: Option<EntryId>,
}

/// List the entries of a case, latest first.
#[utoipa::path(
    tag = "entries",
    params(("student" = uuid::Uuid, Path, description = "The student"), Filters, Page, Read),
    responses((status = 200, description = "A page of entries", body = Listed<Entry>), Problems),
)]
#[get("/entries")]
pub async fn list_entries(
    cases: Data<Cases>,
    caller: Caller,
    student: Path<StudentId>,
    list: List<Filters>,
    _: Read,
) -> Result<Listed<Opened<Entry>>, Problem> {
    let Look { file, reader, opening, .. } = cases.look(&caller.principal, *student, None).await?;
    let Filters { kind, status, parent } = list.filters;
    let filter = EntryFilter { kinds: kind.into_iter().collect(), status, parent };
    let page = list.page.wanted("entries")?;
    let records = cases.read.entries(*student, &filter, &page).await?;
    let entries = Listed::seen(records, &page, place, |record| Entry::of(record, file.is_open(), &reader));
    cases.write_down(&reader, *student, "list_entries").await?;
    Ok(entries.opened(|_| &opening)?)
}

/// Show one entry.
#[utoipa::path(
    tag = "entries",
    params(
        ("student" = uuid::Uuid, Path, description = "The student"),
        ("entry" = uuid::Uuid, Path, description = "The entry"),
        Read
    ),
    responses((status = 200, description = "The entry", body = Entry), (status = 304, description = "Unchanged"), Problems),
)]
#[get("/entries/{entry}")]
pub async fn show_entry(
    cases: Data<Cases>,
    caller: Caller,
    path: Path<(StudentId, EntryId)>,
    _: Read,
) -> Result<Shown<Opened<Entry>>, Problem> {
    let (student, entry) = path.into_inner();
    let Look { file, reader, opening, .. } = cases.look(&caller.principal, student, None).await?;
    let record = cases.read.entry(student, entry).await?.ok_or(Error::NotFound)?;
    let version = record.version;
    let entry = Entry::of(record, file.is_open(), &reader).ok_or(Error::NotFound)?;
    cases.write_down(&reader, student, "show_entry").await?;
    Ok(Shown::seen(opening.open(&entry)?, version, reader.look()))
}

fn place(record: &Record) -> String {
    cursor("entries", After(record.recorded_at.to_rfc3339(), record.entry.uuid()))
}
