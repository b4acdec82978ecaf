//! `GET /v1/students/{student}/timeline`
use actix_web::{
    get,
    web::{Data, Path},
};
use application::{After, TimelineFilter, TimelineLine, answer::TimelineItem, sealing::Opened, view::Kind};
use chrono::{DateTime, Utc};
use domain::{EntryId, StaffId, StudentId};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{Cases, look::Look};
use crate::{Caller, List, Listed, Page, Problem, Problems, Read, cursor};

/// Which lines of the timeline.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filters {
    /// About this kind of entry only.
    #[serde(default)]
    #[param(inline, required = false)]
    pub about: Option<Kind>,
    /// About this entry only.
    #[serde(default)]
    #[param(value_type = Uuid, required = false)]
    pub entry: Option<EntryId>,
    /// By this member of staff only.
    #[serde(default)]
    #[param(value_type = Uuid, required = false)]
    pub author: Option<StaffId>,
    /// What happened from then on.
    #[serde(default)]
    #[param(value_type = String, format = DateTime, required = false)]
    pub from: Option<DateTime<Utc>>,
    /// What happened before then.
    #[serde(default)]
    #[param(value_type = String, format = DateTime, required = false)]
    pub until: Option<DateTime<Utc>>,
    /// What had been recorded then, under the rights of today.
    #[serde(default)]
    #[param(value_type = String, format = DateTime, required = false)]
    pub as_of: Option<DateTime<Utc>>,
}

/// Tell the story of a case: everything that happened, latest first.
///
/// What the caller may not read shows only that there is something, its author's role and its day.
#[utoipa::path(
    tag = "cases",
    params(("student" = uuid::Uuid, Path, description = "The student"), Filters, Page, Read),
    responses((status = 200, description = "A page of the timeline", body = Listed<TimelineItem>), Problems),
)]
#[get("/timeline")]
pub async fn list_timeline(
    cases: Data<Cases>,
    caller: Caller,
    student: Path<StudentId>,
    list: List<Filters>,
    _: Read,
) -> Result<Listed<Opened<TimelineItem>>, Problem> {
    let Filters { about, entry, author, from, until, as_of } = list.filters;
    let Look { reader, opening, .. } = cases.look(&caller.principal, *student, as_of).await?;
    // A filter must not tell what is hidden: with one, what is withheld is left out.
    let filtered = about.is_some() || entry.is_some() || author.is_some();
    let filter = TimelineFilter { about: about.into_iter().collect(), entry, author, from, until, as_of };
    let page = list.page.wanted("timeline")?;
    let lines = cases.read.timeline(*student, &filter, &page).await?;
    let items = Listed::seen(lines, &page, place, |line| {
        TimelineItem::of(line, &reader).filter(|item| !(filtered && item.withheld))
    });
    cases.write_down(&reader, *student, "list_timeline").await?;
    Ok(items.opened(|_| &opening)?)
}

fn place(line: &TimelineLine) -> String {
    cursor("timeline", After(line.row.occurred_at.to_rfc3339(), Uuid::from_u128(line.row.version.into())))
}
