//! Who may see a case, and why: answered by what decides, from what was recorded.
use actix_web::{
    get,
    web::{Data, Json, Path},
};
use application::{
    Error, Principal, StaffMember, StaffWanted,
    access::{self, Explained, Ties, reference::decide_explanation},
};
use chrono::{Days, NaiveDate};
use domain::{StaffId, StudentId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::Cases;
use crate::{Caller, Fault, Gate, Params, Problem, Problems, problem};

pub fn routes(config: &mut ServiceConfig) {
    config.service(explain_access).service(list_access);
}

/// About whom.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Whom {
    /// The member of staff.
    #[param(value_type = Uuid)]
    pub principal: StaffId,
    /// On that day, at the school; today, if nothing is said.
    #[serde(default)]
    #[param(value_type = String, format = Date, required = false)]
    pub on: Option<NaiveDate>,
}

/// When.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct When {
    /// On that day, at the school; today, if nothing is said.
    #[serde(default)]
    #[param(value_type = String, format = Date, required = false)]
    pub on: Option<NaiveDate>,
}

/// Everybody who could see a case on a day.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!({"on": "2026-03-02", "people": [{
    "staff": "0192a000-0000-7000-8000-000000000011", "name": "Rosa Diaz", "on": "2026-03-02", "may_read": true,
    "agreement_in_force": true, "roles": [{
        "role": "success_mentor", "school": "0192a000-0000-7000-8000-000000000001", "ground": "mentor_of",
        "policies": ["mentors support their mentees"], "acts": ["read", "log_support"], "acts_in_compartment": ["read"]
    }]
}]}))]
pub struct WhoCouldSee {
    /// The day, at the school.
    pub on: NaiveDate,
    /// Who could, by family name, and why.
    pub people: Vec<Explained>,
}

/// Explain why somebody may see a student's case, or why not.
///
/// From the same policies that decide, and from the roles, assignments, referrals, consents, agreements and overrides of
/// that day.
/// To the privacy officer, to who leads the school, and to everybody about themselves.
#[utoipa::path(
    tag = "access",
    params(("student" = uuid::Uuid, Path, description = "The student"), Whom),
    responses((status = 200, description = "What each role opens, and why", body = Explained), Problems),
)]
#[get("/access/why")]
pub async fn explain_access(
    cases: Data<Cases>,
    gate: Data<Gate>,
    caller: Caller,
    student: Path<StudentId>,
    query: Params<Whom>,
) -> Result<Json<Explained>, Problem> {
    let Whom { principal, on } = query.0;
    let (on, ties) = cases.ties_on(&caller.principal, *student, on, Some(principal)).await?;
    let wanted = StaffWanted { staff: vec![principal], ..StaffWanted::default() };
    let found = gate.staff.on(on, &wanted).await?;
    let person = found.first().ok_or(Error::NotFound)?;
    Ok(Json(Explained::of(person, &ties, on)))
}

/// List everybody who could see a student's case on a day, and why.
///
/// As the ties of that day were, by the rights of that day; whoever opened it in an emergency that day is among them. To the privacy officer, and to who leads the school.
#[utoipa::path(
    tag = "access",
    params(("student" = uuid::Uuid, Path, description = "The student"), When),
    responses((status = 200, description = "Who could see it", body = WhoCouldSee), Problems),
)]
#[get("/access/who")]
pub async fn list_access(
    cases: Data<Cases>,
    gate: Data<Gate>,
    caller: Caller,
    student: Path<StudentId>,
    query: Params<When>,
) -> Result<Json<WhoCouldSee>, Problem> {
    let (on, ties) = cases.ties_on(&caller.principal, *student, query.0.on, None).await?;
    let partners = ties.shared.iter().map(|shared| shared.partner).collect();
    let wanted = StaffWanted { staff: ties.mentors.clone(), school: ties.school, partners, overridden: Some(*student) };
    let explained = |person: &StaffMember| Explained::of(person, &ties, on);
    let people = gate.staff.on(on, &wanted).await?.iter().map(explained).filter(|one| one.may_read).collect();
    Ok(Json(WhoCouldSee { on, people }))
}

impl Cases {
    /// The ties of a case at the end of a day, for who may ask about the access of `whom`, or of everybody.
    async fn ties_on(
        &self,
        principal: &Principal,
        student: StudentId,
        on: Option<NaiveDate>,
        whom: Option<StaffId>,
    ) -> Result<(NaiveDate, Ties), Problem> {
        let (mut ties, _) = self.read.ties(student).await?.ok_or(Error::NotFound)?;
        if let Err(refused) = decide_explanation(principal, ties.school, whom) {
            self.share(principal, &mut [&mut ties]).await?;
            access::decide_read(principal, &ties)?;
            return Err(refused.into());
        }
        let calendar = self.calendars.of(ties.school.ok_or(Error::NotFound)?).await?;
        let today = calendar.today(self.clock.now());
        let on = on.unwrap_or(today);
        if on > today {
            return Err(
                Problem::from(problem::INVALID_PARAMETER).errors(vec![Fault::of("on", "must not be a day to come")])
            );
        }
        let then = (on < today).then(|| calendar.start_of(on + Days::new(1)));
        // Nothing, where there was no case yet.
        let (file, _) = self.read.case(student, then).await?.ok_or(Error::NotFound)?;
        let records: Vec<_> = file.records.values().cloned().collect();
        Ok((on, Ties { shared: access::shared(records.iter(), on), ..Ties::of_file(&file) }))
    }
}
