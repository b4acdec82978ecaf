//! `GET /v1/effects` and `GET /v1/schools/{school}/effects`
use actix_web::{
    get,
    web::{Data, Path},
};
use application::{
    access::effects::{decide_effects, decide_school_effects},
    answer::Effects,
    effects::{By, EffectsAsked, WindowLength},
};
use domain::{SchoolId, effect::Outcome};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Outcomes,
    judging::{judged_by, school_year, usual},
};
use crate::{Caller, Cases, Params, Problem, Problems, Shown};

/// Which effects.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EffectsWanted {
    /// What is put together; `intervention_type`, if nothing is said.
    #[serde(default)]
    #[param(inline, required = false, example = "partner")]
    pub by: By,
    /// What is counted in the windows; `days_absent`, if nothing is said.
    #[serde(default)]
    #[param(inline, required = false, example = "days_absent")]
    pub outcome: Outcome,
    /// How many school days the windows before and after the start have; 20, if nothing is said.
    #[serde(default)]
    #[param(inline, required = false, example = "20")]
    pub window: WindowLength,
    /// In which school year support began, by the year in which it ends; the present one, if nothing is said.
    #[serde(default)]
    #[param(value_type = u16, required = false, minimum = 1900, maximum = 2999, example = 2026)]
    pub school_year: Option<i16>,
    /// By whose bands students are alike: a policy by name, or as `name@version`.
    #[serde(default = "usual")]
    #[param(required = false, default = "attendance-works", max_length = 70, example = "nysed-2025")]
    pub policy: String,
}

/// Show what changed after support began, across schools.
///
/// Each student's first course of support of a kind: windows of equal length in school days before and after its start, beside
/// students of the same grade and band who had no support yet and had been away as often. `difference` is what changed
/// for the served less what changed for the others, with an interval from resampling the students; `change` alone contains
/// regression to the mean. Of fewer than ten students nothing is told, nor what it could be worked out from. For the
/// district's program managers.
#[utoipa::path(
    tag = "outcomes",
    params(EffectsWanted),
    responses((status = 200, description = "What changed, group by group", body = Effects), Problems),
)]
#[get("/effects")]
pub async fn show_effects(
    outcomes: Data<Outcomes>,
    cases: Data<Cases>,
    caller: Caller,
    wanted: Params<EffectsWanted>,
) -> Result<Shown<Effects>, Problem> {
    decide_effects(&caller.principal)?;
    let asked = wanted.0.asked(&outcomes, &cases, &caller, None).await?;
    Ok(Shown::new(outcomes.worked_out(asked).await?))
}

/// Show what changed after support began at a school.
///
/// The same as across schools, of the school's own students, compared with each other. For who leads the school.
#[utoipa::path(
    tag = "outcomes",
    params(("school" = uuid::Uuid, Path, description = "The school"), EffectsWanted),
    responses((status = 200, description = "What changed, group by group", body = Effects), Problems),
)]
#[get("/schools/{school}/effects")]
pub async fn show_school_effects(
    outcomes: Data<Outcomes>,
    cases: Data<Cases>,
    caller: Caller,
    school: Path<SchoolId>,
    wanted: Params<EffectsWanted>,
) -> Result<Shown<Effects>, Problem> {
    decide_school_effects(&caller.principal, *school)?;
    let asked = wanted.0.asked(&outcomes, &cases, &caller, Some(*school)).await?;
    Ok(Shown::new(outcomes.worked_out(asked).await?))
}

impl EffectsWanted {
    /// What is asked, with the policy that it names.
    pub async fn asked(
        self,
        outcomes: &Outcomes,
        cases: &Cases,
        caller: &Caller,
        school: Option<SchoolId>,
    ) -> Result<EffectsAsked, Problem> {
        let today = cases.today_of(&caller.principal, school).await?;
        let known = match school {
            Some(school) => outcomes.read.school_known_through(school).await?,
            None => None,
        };
        let school_year = school_year(self.school_year, known.unwrap_or(today));
        let Self { by, outcome, window, policy, .. } = self;
        let policy = judged_by(outcomes, policy, today.min(*school_year.days().end())).await?;
        Ok(EffectsAsked { by, outcome, window, school_year, policy, school })
    }
}
