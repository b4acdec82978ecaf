//! `GET /v1/caseload`
use actix_web::{get, web::Data};
use application::{
    CaseloadOf, CaseloadOrder, CaseloadQuery, CaseloadRow, Error, Principal,
    access::{self, Act, Ties},
    answer::CaseloadLine,
    view::{CaseStatus, code},
};
use domain::{SchoolId, StaffId, case::DataCategory};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{Caller, List, Listed, Page, Problem, Problems, Read, cases::Cases, cursor};

/// Whose caseload, and in which order.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filters {
    /// This school's; without it and without `mentor`, the caller's own, of all schools or partners together.
    #[serde(default)]
    #[param(value_type = Uuid, required = false)]
    pub school: Option<SchoolId>,
    /// This mentor's.
    #[serde(default)]
    #[param(value_type = Uuid, required = false)]
    pub mentor: Option<StaffId>,
    /// Cases that stand there; open ones, if nothing is said.
    #[serde(default)]
    #[param(inline, required = false)]
    pub status: CaseStatus,
    /// In which order; by what needs attention, if nothing is said.
    #[serde(default)]
    #[param(inline, required = false)]
    pub order: CaseloadOrder,
}

/// List a caseload, first who needs attention first.
///
/// A mentor's own mentees; for a school's staff, the school's or one of its mentors'; for a partner's staff, the
/// students who were referred to it, as far as an agreement and the family's consent are in force: with the name and the
/// figures only where that is shared.
#[utoipa::path(
    tag = "lists",
    params(Filters, Page, Read),
    responses((status = 200, description = "A page of the caseload", body = Listed<CaseloadLine>), Problems),
)]
#[get("/caseload")]
pub async fn list_caseload(
    cases: Data<Cases>,
    caller: Caller,
    list: List<Filters>,
    _: Read,
) -> Result<Listed<CaseloadLine>, Problem> {
    let Some((of, schools)) = whose(&caller.principal, &list.filters) else { return Err(Error::NotFound.into()) };
    // One day for the whole list: that of the first school.
    let school = match &of {
        CaseloadOf::Schools(schools) => schools.first(),
        CaseloadOf::Mentor(_) | CaseloadOf::Partners(_) => schools.as_ref().and_then(|all| all.first()),
    };
    let school = school.copied();
    let today = cases.today_of(&caller.principal, school).await?;
    let Filters { status, order, .. } = list.filters;
    // A place in one order is none in another.
    let list_name = format!("caseload by {}", code(&order));
    let page = list.page.wanted(&list_name)?;
    let with_partners = matches!(of, CaseloadOf::Partners(_));
    let through_others_eyes = caller.principal.behind.is_some();
    let rows = cases.read.caseload(&CaseloadQuery { of, schools, status, order, today }, &page).await?;
    let place = |row: &CaseloadRow| cursor(&list_name, &row.place);
    if !with_partners && !through_others_eyes {
        return Ok(Listed::seen(rows, &page, place, |row| Some(CaseloadLine::of(row.case, row.name, today))));
    }
    let ties = |row: &CaseloadRow| Ties::at(row.case.student, row.case.school, row.case.mentors.iter().copied());
    let readers = cases.readers(&caller.principal, rows.iter().map(ties).collect()).await?;
    let seen = Listed::seen(rows, &page, place, |row| {
        let reader = readers.get(&row.case.student)?;
        match with_partners {
            true => Some(CaseloadLine::shared(row.case, row.name, reader)),
            false => {
                reader.saw(DataCategory::Directory);
                Some(CaseloadLine::of(row.case, row.name, today))
            }
        }
    });
    cases.write_all_down(readers.iter().map(|(student, reader)| (*student, reader)), "list_caseload").await?;
    Ok(seen)
}

/// Whose caseload the caller gets, and at which schools; nothing where they may not know of it.
fn whose(principal: &Principal, wanted: &Filters) -> Option<(CaseloadOf, Option<Vec<SchoolId>>)> {
    let schools = access::schools_where(principal, Act::Read);
    let mentors = access::has_mentees(principal, None);
    let me = principal.staff;
    match (wanted.mentor, wanted.school) {
        (Some(mentor), school) if mentor == me && mentors => {
            Some((CaseloadOf::Mentor(me), school.map(|school| vec![school])))
        }
        (Some(_), Some(school)) if !schools.contains(&school) => None,
        (Some(_), _) if schools.is_empty() => None,
        (Some(mentor), school) => {
            Some((CaseloadOf::Mentor(mentor), Some(school.map_or(schools, |school| vec![school]))))
        }
        (None, Some(school)) if schools.contains(&school) => Some((CaseloadOf::Schools(vec![school]), None)),
        (None, Some(_)) => None,
        (None, None) if mentors => Some((CaseloadOf::Mentor(me), None)),
        (None, None) if !schools.is_empty() => Some((CaseloadOf::Schools(schools), None)),
        (None, None) => {
            let partners: Vec<_> = principal.partners().collect();
            (!partners.is_empty()).then_some((CaseloadOf::Partners(partners), None))
        }
    }
}
