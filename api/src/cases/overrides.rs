//! Opening a case in an emergency, and reviewing who did.
use std::collections::HashMap;

use actix_web::{
    get, post,
    web::{Data, Path},
};
use application::{
    Error, QueueQuery, QueueRow, QueueScope,
    access::{Operation, lists_overrides},
    answer::OverrideLine,
    sealing::Opened,
    view::{Kind, OverrideStatus, code},
};
use domain::{
    OverrideId, StudentId,
    case::{AccessOverride, OverrideAccess, OverrideReview, ReviewOverride},
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{Cases, change::Change, declare};
use crate::{Body, Caller, List, Listed, Page, Problem, Problems, Read, Write, Written, cursor};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list_overrides);
}

pub fn routes_of_student(config: &mut ServiceConfig) {
    config.service(override_access).service(review_override);
}

/// Which overrides.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filters {
    /// That stand there only; those to be reviewed, if nothing is said.
    #[serde(default)]
    #[param(inline, required = false)]
    pub status: Option<OverrideStatus>,
}

/// Open a case in an emergency (34 CFR 99.36).
///
/// For who works at a school and may not see the case: for the minutes that are asked for, eight hours at most, it opens
/// as to a colleague of the student's school, for reading, without the mental-health compartment. Each read is written
/// down, the school is told, and the privacy officer reviews it.
#[utoipa::path(
    tag = "access",
    params(("student" = uuid::Uuid, Path, description = "The student"), Write),
    request_body = AccessOverride,
    responses(declare::Created, Problems),
)]
#[post("/overrides")]
pub async fn override_access(
    change: Change,
    student: Path<StudentId>,
    body: Body<AccessOverride>,
) -> Result<Written, Problem> {
    let command = OverrideAccess(body.0.clone());
    let receipt = change.carry_out(Operation::OverrideAccess, (*student, None), &body.0, command).await?;
    Ok(change.created(*student, receipt))
}

/// Review an override.
///
/// By the privacy officer, who was not the one.
#[utoipa::path(
    tag = "access",
    params(
        ("student" = uuid::Uuid, Path, description = "The student"),
        ("override" = uuid::Uuid, Path, description = "The override"),
        Write
    ),
    request_body = OverrideReview,
    responses(declare::Changed, Problems),
)]
#[post("/overrides/{override}/review")]
pub async fn review_override(
    change: Change,
    path: Path<(StudentId, OverrideId)>,
    body: Body<OverrideReview>,
) -> Result<Written, Problem> {
    let (student, access_override) = path.into_inner();
    let command = ReviewOverride { access_override, review: body.0.clone() };
    // The officer does not read the case, so the entry is not looked up for them.
    let receipt = change.carry_out(Operation::ReviewOverride, (student, None), &body.0, command).await?;
    Ok(super::change::written(Written::done(), receipt))
}

/// List overrides, the longest unreviewed first.
///
/// All of them for the privacy officer; for a school's staff, those of cases of their school.
#[utoipa::path(
    tag = "access",
    params(Filters, Page, Read),
    responses((status = 200, description = "A page of overrides", body = Listed<OverrideLine>), Problems),
)]
#[get("/overrides")]
pub async fn list_overrides(
    cases: Data<Cases>,
    caller: Caller,
    list: List<Filters>,
    _: Read,
) -> Result<Listed<Opened<OverrideLine>>, Problem> {
    let principal = &caller.principal;
    let reach = lists_overrides(principal);
    if reach.is_nowhere() {
        let reason = "only the privacy officer and a school's staff read who opened cases in an emergency";
        return Err(Error::Forbidden { reason }.into());
    }
    let page = list.page.wanted("overrides")?;
    let query = QueueQuery {
        kind: Kind::AccessOverride,
        scope: QueueScope { everywhere: reach.everywhere, schools: reach.schools, ..QueueScope::default() },
        owner: None,
        statuses: vec![code(&list.filters.status.unwrap_or(OverrideStatus::Unreviewed))],
        due_until: None,
        unchanged_since: None,
        by_due_day: false,
    };
    let rows = cases.read.queue(&query, &page).await?;
    let (mut readers, mut calendars) = (HashMap::new(), HashMap::new());
    for row in &rows {
        readers.insert(row.record.student, cases.reader(principal, &row.ties, &mut calendars).await?);
    }
    let openings = cases.openings(readers.iter().map(|(student, reader)| (*student, *student, reader))).await?;
    let place = |row: &QueueRow| cursor("overrides", &row.place);
    let lines = Listed::seen(rows, &page, place, |row| {
        OverrideLine::of(row.record).filter(|line| openings.contains_key(&line.student))
    });
    Ok(lines.opened(|line: &OverrideLine| &openings[&line.student])?)
}
