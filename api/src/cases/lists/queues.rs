//! Work queues: what waits for somebody, over all cases that the caller sees.
use std::collections::HashMap;

use actix_web::{get, web::Data};
use application::{
    Error, Page as Wanted, Principal, QueueQuery, QueueRow, QueueScope,
    access::{self, Act},
    answer::Entry,
    sealing::Opened,
    view::Kind,
};
use chrono::{Duration, NaiveDate};
use domain::{
    SchoolId, StaffId,
    case::{InterventionStatus, PlanStatus, ReferralStatus},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{Caller, List, Listed, Page, Problem, Problems, Read, cases::Cases, cursor};

/// Where a follow-up stands.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FollowUpState {
    /// To be done.
    #[default]
    Open,
    /// Done.
    Completed,
    /// Not needed any more.
    Cancelled,
}

/// Which follow-ups.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FollowUpFilters {
    /// To be done by this member of staff only.
    #[serde(default)]
    #[param(value_type = Uuid, required = false)]
    pub owner: Option<StaffId>,
    /// At this school only.
    #[serde(default)]
    #[param(value_type = Uuid, required = false)]
    pub school: Option<SchoolId>,
    /// That stand there; open ones, if nothing is said.
    #[serde(default)]
    #[param(inline, required = false)]
    pub status: FollowUpState,
    /// Due on this day or before.
    #[serde(default)]
    #[param(value_type = String, format = Date, required = false)]
    pub due_until: Option<NaiveDate>,
}

/// Which referrals.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReferralFilters {
    /// At this school only.
    #[serde(default)]
    #[param(value_type = Uuid, required = false)]
    pub school: Option<SchoolId>,
    /// That stand there only.
    #[serde(default)]
    #[param(inline, required = false)]
    pub status: Option<ReferralStatus>,
    /// Only those that the partner left unanswered until after the days of grace.
    #[serde(default)]
    #[param(required = false, default = false)]
    pub unanswered: bool,
    /// Unchanged for this many days only.
    #[serde(default)]
    #[param(minimum = 0, maximum = 3650, required = false)]
    pub unchanged_days: Option<u16>,
}

/// Which plans.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlanFilters {
    /// At this school only.
    #[serde(default)]
    #[param(value_type = Uuid, required = false)]
    pub school: Option<SchoolId>,
    /// That stand there; those awaiting approval, if nothing is said.
    #[serde(default)]
    #[param(inline, required = false)]
    pub status: Option<PlanStatus>,
}

/// Which interventions.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InterventionFilters {
    /// At this school only.
    #[serde(default)]
    #[param(value_type = Uuid, required = false)]
    pub school: Option<SchoolId>,
    /// That stand there only.
    #[serde(default)]
    #[param(inline, required = false)]
    pub status: Option<InterventionStatus>,
}

/// List follow-ups by due day, the earliest first.
#[utoipa::path(
    tag = "lists",
    params(FollowUpFilters, Page, Read),
    responses((status = 200, description = "A page of follow-ups", body = Listed<Entry>), Problems),
)]
#[get("/follow-ups")]
pub async fn list_follow_ups(
    cases: Data<Cases>,
    caller: Caller,
    list: List<FollowUpFilters>,
    _: Read,
) -> Result<Listed<Opened<Entry>>, Problem> {
    let FollowUpFilters { owner, school, status, due_until } = list.filters;
    let queue = QueueQuery { owner, due_until, by_due_day: true, ..queue(Kind::FollowUp, Some(status)) };
    work(&cases, &caller.principal, school, queue, list.page.wanted("follow-ups")?, ("follow-ups", "list_follow_ups"))
        .await
}

/// List referrals by age: the one that waits longest first.
#[utoipa::path(
    tag = "lists",
    params(ReferralFilters, Page, Read),
    responses((status = 200, description = "A page of referrals", body = Listed<Entry>), Problems),
)]
#[get("/referrals")]
pub async fn list_referrals(
    cases: Data<Cases>,
    caller: Caller,
    list: List<ReferralFilters>,
    _: Read,
) -> Result<Listed<Opened<Entry>>, Problem> {
    let ReferralFilters { school, status, unanswered, unchanged_days } = list.filters;
    let unchanged_since = unchanged_days.map(|days| cases.clock.now() - Duration::days(days.into()));
    // A referral that was sent is due on the day on which it surfaces, and no longer once it is answered.
    let due_until = match unanswered {
        true => cases.today_of(&caller.principal, school).await?.pred_opt(),
        false => None,
    };
    let queue = QueueQuery { unchanged_since, due_until, ..queue(Kind::Referral, status) };
    work(&cases, &caller.principal, school, queue, list.page.wanted("referrals")?, ("referrals", "list_referrals"))
        .await
}

/// List plans: those that await approval longest first.
#[utoipa::path(
    tag = "lists",
    params(PlanFilters, Page, Read),
    responses((status = 200, description = "A page of plans", body = Listed<Entry>), Problems),
)]
#[get("/plans")]
pub async fn list_plans(
    cases: Data<Cases>,
    caller: Caller,
    list: List<PlanFilters>,
    _: Read,
) -> Result<Listed<Opened<Entry>>, Problem> {
    let PlanFilters { school, status } = list.filters;
    let queue = queue(Kind::Plan, Some(status.unwrap_or(PlanStatus::Submitted)));
    work(&cases, &caller.principal, school, queue, list.page.wanted("plans")?, ("plans", "list_plans")).await
}

/// List interventions with what was delivered, the longest unchanged first.
#[utoipa::path(
    tag = "lists",
    params(InterventionFilters, Page, Read),
    responses((status = 200, description = "A page of interventions", body = Listed<Entry>), Problems),
)]
#[get("/interventions")]
pub async fn list_interventions(
    cases: Data<Cases>,
    caller: Caller,
    list: List<InterventionFilters>,
    _: Read,
) -> Result<Listed<Opened<Entry>>, Problem> {
    let InterventionFilters { school, status } = list.filters;
    let queue = queue(Kind::Intervention, status);
    work(
        &cases,
        &caller.principal,
        school,
        queue,
        list.page.wanted("interventions")?,
        ("interventions", "list_interventions"),
    )
    .await
}

fn queue(kind: Kind, status: Option<impl Serialize>) -> QueueQuery {
    QueueQuery {
        kind,
        scope: QueueScope::default(),
        owner: None,
        statuses: status.iter().map(application::view::code).collect(),
        due_until: None,
        unchanged_since: None,
        by_due_day: false,
    }
}

/// The page of a queue that the caller may see: each entry passes the same decision as when it is read alone.
async fn work(
    cases: &Cases,
    principal: &Principal,
    school: Option<SchoolId>,
    queue: QueueQuery,
    page: Wanted,
    (list, operation): (&'static str, &'static str),
) -> Result<Listed<Opened<Entry>>, Problem> {
    let Some(scope) = scope(cases, principal, (school, queue.kind)).await? else {
        return Err(Error::NotFound.into());
    };
    let mut rows = cases.read.queue(&QueueQuery { scope, ..queue }, &page).await?;
    cases.share(principal, &mut rows.iter_mut().map(|row| &mut row.ties).collect::<Vec<_>>()).await?;
    let found: Vec<_> = rows.iter().map(|row| row.record.student).collect();
    let statements = cases.read.statements(&found).await?;
    let mut calendars = HashMap::new();
    let mut readers = HashMap::new();
    for row in &rows {
        if access::decide_read(principal, &row.ties).is_ok() {
            let stated = statements.iter().filter(|stated| stated.student == row.record.student);
            let reader = cases.reader(principal, &row.ties, &mut calendars).await?.beside(stated);
            readers.insert(row.record.entry, reader);
        }
    }
    let students: HashMap<_, _> = rows.iter().map(|row| (row.record.entry, row.record.student)).collect();
    let openings = cases.openings(readers.iter().map(|(entry, reader)| (*entry, students[entry], reader))).await?;
    let seen = Listed::seen(
        rows,
        &page,
        |row: &QueueRow| cursor(list, &row.place),
        |row| {
            let reader = readers.get(&row.record.entry).filter(|_| openings.contains_key(&row.record.entry))?;
            Entry::of(row.record, row.case_open, reader)
        },
    );
    cases.write_all_down(readers.iter().map(|(entry, reader)| (students[entry], reader)), operation).await?;
    Ok(seen.opened(|entry: &Entry| &openings[&entry.entry])?)
}

/// Whose entries the caller may find in a queue; nothing where the school is none of theirs.
async fn scope(
    cases: &Cases,
    principal: &Principal,
    (school, kind): (Option<SchoolId>, Kind),
) -> Result<Option<QueueScope>, Error> {
    let mut schools = access::schools_where(principal, Act::Read);
    if let Some(school) = school {
        schools.retain(|other| *other == school);
    }
    let partners: Vec<_> = principal.partners().collect();
    let mentors_there = access::has_mentees(principal, school);
    let mut students = if mentors_there { cases.mentees(principal).await? } else { vec![] };
    if !partners.is_empty() && access::shared_as(kind).is_some() {
        // What the school does for a student is not about the partner, and is shared with it all the same.
        students.extend(cases.read.referred(&partners).await?);
    }
    let nobody = schools.is_empty() && partners.is_empty() && !mentors_there;
    Ok((!nobody).then_some(QueueScope { everywhere: false, schools, students, partners, only_at: school }))
}
