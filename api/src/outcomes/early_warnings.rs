//! `GET /v1/schools/{school}/early-warnings`
use std::collections::{BTreeMap, BTreeSet};

use actix_web::{
    get,
    web::{Data, Path},
};
use application::{
    After, CaseloadOf, CaseloadOrder, CaseloadQuery, Page as Whole,
    access::indicators::{WarningSight, decide_warnings},
    answer::{EarlyWarning, Signal, Watch, Watched},
    reference::StudentsWanted,
    view::{CaseRow, CaseStatus},
};
use chrono::{Days, NaiveDate};
use domain::{SchoolId, StudentId, indicator::SchoolYear};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Outcomes,
    judging::{policies, usual},
};
use crate::{Caller, Cases, List, Listed, Page, Problem, Problems, Reference, cursor};

/// Which warnings.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filters {
    /// Under this policy, by name or as `name@version`.
    #[serde(default = "usual")]
    #[param(required = false, default = "attendance-works", max_length = 70, example = "abc-high-school")]
    pub policy: String,
    /// As of this day; bands as of the last day that the school has submitted and contacts as of today, if nothing is said.
    #[serde(default)]
    #[param(value_type = String, format = Date, required = false, example = "2022-05-27")]
    pub as_of: Option<NaiveDate>,
    /// The day with whose bands they are compared; twenty school days before, if nothing is said.
    #[serde(default)]
    #[param(value_type = String, format = Date, required = false, example = "2022-04-29")]
    pub since: Option<NaiveDate>,
    /// Only who is on the list for one of these reasons.
    #[serde(default)]
    #[param(inline, required = false)]
    pub signal: Vec<Signal>,
}

/// So many school days lie between the bands that are compared.
const COMPARED: usize = 20;
/// More cases than a school has.
const ALL: u32 = 100_000;

/// List a school's early warnings, the worst band first.
///
/// Who became at risk, got worse or better; who is at risk without a case, or with nobody having acted; with which mentees
/// no contact was made for five school days, or fewer than three a week, less for holidays and absences. What counts as
/// acting, and for how long, is part of the policy. For who works at the school; a mentor gets the mentees.
#[utoipa::path(
    tag = "outcomes",
    params(("school" = uuid::Uuid, Path, description = "The school"), Filters, Page),
    responses((status = 200, description = "A page of warnings", body = Listed<EarlyWarning>), Problems),
)]
#[get("/schools/{school}/early-warnings")]
pub async fn list_early_warnings(
    outcomes: Data<Outcomes>,
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    school: Path<SchoolId>,
    list: List<Filters>,
) -> Result<Listed<EarlyWarning>, Problem> {
    let sight = decide_warnings(&caller.principal, *school)?;
    let Filters { policy, as_of, since, signal } = list.filters;
    let page = list.page.wanted("early-warnings")?;
    let calendar = cases.calendars.of(*school).await?;
    let today = as_of.unwrap_or_else(|| calendar.today(cases.clock.now()));
    let judged_on = match as_of {
        Some(day) => day,
        None => outcomes.read.school_known_through(*school).await?.unwrap_or(today),
    };
    let (school_year, all) = (SchoolYear::of(judged_on), outcomes.policies.policies().await?);
    let named = [policy];
    let policies = policies(&all, &named, judged_on)?;
    let (known, _) = *policies.first().ok_or(application::Error::NotFound)?;

    let open = open_cases(&cases, *school, today).await?;
    let mut students: BTreeSet<StudentId> = outcomes.read.students_of(*school, judged_on).await?.into_iter().collect();
    students.extend(open.keys());
    if sight == WarningSight::Mentees {
        let mentees: BTreeSet<_> = cases.mentees(&caller.principal).await?.into_iter().collect();
        students.retain(|student| open.contains_key(student) && mentees.contains(student));
    }
    let students: Vec<_> = students.into_iter().collect();
    let acts: Vec<_> = known.policy.acting.acts.iter().copied().collect();
    let acted = outcomes.read.last_acts(&students, &acts, today).await?;
    let years = outcomes.read.years(&students, school_year).await?;
    let schools = outcomes.schools_of(years.values(), school_year).await?;
    let usually = || schools.get(&*school).and_then(|school| school.before(judged_on, COMPARED));
    let since = since.or_else(usually).unwrap_or_else(|| judged_on - Days::new(28));
    let watch = Watch {
        policy: &known.policy,
        school: *school,
        schools: &schools,
        calendar: &calendar,
        judged_on,
        since,
        today,
    };
    let warned = years.iter().filter_map(|(&student, year)| {
        watch.warn(&Watched { student, year, case: open.get(&student), last_act_on: acted.get(&student).copied() })
    });
    let wanted = |warning: &EarlyWarning| signal.is_empty() || warning.signals.iter().any(|one| signal.contains(one));
    let mut rows: Vec<_> = warned.filter(wanted).map(|warning| (place(&warning), warning)).collect();
    let key = |After(key, student): &After| (key.clone(), *student);
    rows.sort_by_key(|(place, _)| key(place));
    if let Some(after) = &page.after {
        rows.retain(|(place, _)| key(place) > key(after));
    }
    rows.truncate(page.limit as usize);
    let names = names(&reference, rows.iter().map(|(_, warning)| warning.student).collect(), today).await?;
    Ok(Listed::seen(
        rows,
        &page,
        |(place, _)| cursor("early-warnings", place),
        |(_, warning)| {
            let name = names.get(&warning.student).and_then(|name| name.clone().try_into().ok());
            Some(EarlyWarning { name, ..warning })
        },
    ))
}

/// The worst band first.
fn place(warning: &EarlyWarning) -> After {
    let rank = warning.band.map_or(9, |band| 8 - band as u8);
    After(rank.to_string(), warning.student.uuid())
}

/// The open cases at a school.
async fn open_cases(
    cases: &Cases,
    school: SchoolId,
    today: NaiveDate,
) -> Result<BTreeMap<StudentId, CaseRow>, application::Error> {
    let (of, status, order) = (CaseloadOf::Schools(vec![school]), CaseStatus::Open, CaseloadOrder::LastContact);
    let query = CaseloadQuery { of, schools: None, status, order, today };
    let rows = cases.read.caseload(&query, &Whole { after: None, limit: ALL }).await?;
    Ok(rows.into_iter().map(|row| (row.case.student, row.case)).collect())
}

/// The names that students go by, where they have a record.
async fn names(
    reference: &Reference,
    students: Vec<StudentId>,
    day: NaiveDate,
) -> Result<BTreeMap<StudentId, String>, application::Error> {
    let limit = u32::try_from(students.len()).unwrap_or(ALL).max(1);
    let wanted = StudentsWanted { schools: vec![], students, at: None, name: None, day };
    let lines = reference.read.students(&wanted, &Whole { after: None, limit }).await?;
    let name = |line: &application::reference::StudentLine| {
        format!("{} {}", line.given_name.reveal(), line.family_name.reveal())
    };
    Ok(lines.iter().map(|(line, _)| (line.id, name(line))).collect())
}
