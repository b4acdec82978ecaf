//! `GET /v1/students/{student}/case`
use actix_web::{
    get,
    web::{Data, Path},
};
use application::{answer::CaseSummary, sealing::Opened};
use chrono::{DateTime, Utc};
use domain::StudentId;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{Cases, look::Look};
use crate::{Caller, Params, Problem, Problems, Read, Shown};

/// A time to look back to.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AsOf {
    /// Shows it as it had been recorded then, under the rights of today.
    #[serde(default)]
    #[param(value_type = String, format = DateTime, required = false, example = "2026-03-02T14:00:00Z")]
    pub as_of: Option<DateTime<Utc>>,
}

/// Show a case in short.
#[utoipa::path(
    tag = "cases",
    params(("student" = uuid::Uuid, Path, description = "The student"), AsOf, Read),
    responses((status = 200, description = "The case", body = CaseSummary), (status = 304, description = "Unchanged"), Problems),
)]
#[get("/case")]
pub async fn show_case(
    cases: Data<Cases>,
    caller: Caller,
    student: Path<StudentId>,
    query: Params<AsOf>,
    read: Read,
) -> Result<Shown<Opened<CaseSummary>>, Problem> {
    let as_of = query.0.as_of;
    if let Some(unchanged) = cases.unchanged(&caller.principal, *student, as_of, &read).await? {
        return Ok(unchanged);
    }
    let Look { file, version, reader, opening } = cases.look(&caller.principal, *student, as_of).await?;
    let opened = opening.open(&CaseSummary::of(&file, version, &reader))?;
    cases.write_down(&reader, *student, "show_case").await?;
    Ok(Shown::seen(opened, version, reader.look()))
}
