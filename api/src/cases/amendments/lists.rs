//! Requests for amendment over many cases: what the school is to decide, and by when.
use std::collections::HashMap;

use actix_web::{get, web::Data};
use application::{
    Error, QueueQuery, QueueRow, QueueScope,
    access::{Reach, lists_amendments, reference::decide_amendments},
    answer::AmendmentLine,
    sealing::Opened,
    view::{Kind, code},
};
use domain::{SchoolId, case::AmendmentStatus};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{Caller, Cases, List, Listed, Page, Problem, Problems, Read, cursor};

/// Which requests.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filters {
    /// That stand there only; those that wait for the school, if nothing is said.
    #[serde(default)]
    #[param(inline, required = false)]
    pub status: Option<AmendmentStatus>,
    /// At this school only.
    #[serde(default)]
    #[param(value_type = Uuid, required = false)]
    pub school: Option<SchoolId>,
    /// Only those whose day is past.
    #[serde(default)]
    #[param(required = false, default = false)]
    pub overdue: bool,
}

/// List the families' requests for amendment, what is due first before the others.
///
/// All of them for the privacy officer, without what was asked about restricted entries; for a school's staff, those about
/// entries of the school that they may read.
#[utoipa::path(
    tag = "amendments",
    params(Filters, Page, Read),
    responses((status = 200, description = "A page of requests", body = Listed<AmendmentLine>), Problems),
)]
#[get("/amendments")]
pub async fn list_amendments(
    cases: Data<Cases>,
    caller: Caller,
    list: List<Filters>,
    _: Read,
) -> Result<Listed<Opened<AmendmentLine>>, Problem> {
    let (principal, filters) = (&caller.principal, &list.filters);
    let Reach { everywhere: officer, mut schools } = lists_amendments(principal);
    if !officer && schools.is_empty() {
        decide_amendments(principal)?;
    }
    if let Some(school) = filters.school {
        schools.retain(|other| *other == school);
        if officer {
            schools = vec![school];
        } else if schools.is_empty() {
            return Err(Error::NotFound.into());
        }
    }
    let waiting = [AmendmentStatus::Requested, AmendmentStatus::Ordered];
    let statuses = filters.status.map_or(waiting.to_vec(), |status| vec![status]);
    let due_until = match filters.overdue {
        true => cases.today_of(principal, filters.school).await?.pred_opt(),
        false => None,
    };
    let everywhere = officer && filters.school.is_none();
    let query = QueueQuery {
        kind: Kind::Amendment,
        scope: QueueScope { everywhere, schools, ..QueueScope::default() },
        owner: None,
        statuses: statuses.iter().map(code).collect(),
        due_until,
        unchanged_since: None,
        by_due_day: true,
    };
    let page = list.page.wanted("amendments")?;
    let rows = cases.read.queue(&query, &page).await?;
    let (mut readers, mut calendars) = (HashMap::new(), HashMap::new());
    for row in &rows {
        readers.insert(row.record.student, cases.reader(principal, &row.ties, &mut calendars).await?);
    }
    let openings = cases.openings(readers.iter().map(|(student, reader)| (*student, *student, reader))).await?;
    let place = |row: &QueueRow| cursor("amendments", &row.place);
    let lines = Listed::seen(rows, &page, place, |row| {
        let reader = readers.get(&row.record.student).filter(|_| openings.contains_key(&row.record.student))?;
        AmendmentLine::of(row.record, officer, reader)
    });
    let readers = readers.iter().map(|(student, reader)| (*student, reader));
    cases.write_all_down(readers, "list_amendments").await?;
    Ok(lines.opened(|line: &AmendmentLine| &openings[&line.student])?)
}
