//! Who was shown what of a student: for the family, and for the privacy officer.
mod of_district;
mod page;
mod table;

use actix_web::{
    HttpRequest, HttpResponse, Responder, get,
    http::header::{ACCEPT, CONTENT_DISPOSITION},
    web::{Data, Path},
};
use application::{
    After, Error, Page as Wanted,
    access::reference::decide_register,
    register::{Access, Accesses},
};
use domain::StudentId;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{Caller, Cases, List, Listed, NoFilters, Page, Problem, Problems, Reference, cursor};

pub fn routes(config: &mut ServiceConfig) {
    config.service(of_district::list_district_accesses);
}

pub fn routes_of_student(config: &mut ServiceConfig) {
    config.service(list_disclosures).service(list_accesses);
}

/// The form in which somebody wants the register.
enum Form {
    Json,
    Csv,
    Html,
}

impl Form {
    fn asked_for(request: &HttpRequest) -> Self {
        let accept = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        match accept {
            accept if accept.contains("text/csv") => Self::Csv,
            accept if accept.contains("text/html") => Self::Html,
            _ => Self::Json,
        }
    }
}

/// List the disclosures of a student's data to parties outside the school, the latest first.
///
/// The record that 34 CFR 99.32 asks for, which a parent may inspect: who was shown which kinds of data, when, for which
/// interest, on which agreement and consent. With `Accept: text/csv` it comes as a table, with `text/html` as a page to
/// print; both are whole. For the privacy officer.
#[utoipa::path(
    tag = "access",
    params(("student" = uuid::Uuid, Path, description = "The student"), Page),
    responses(
        (status = 200, description = "A page of the register", content(
            (Listed<Access> = "application/json"),
            (String = "text/csv", example = "at,student,partner,partner_name,staff,seen_as,role,operation,categories"),
            (String = "text/html", example = "<!doctype html><title>Record of disclosures</title>"),
        )),
        Problems
    ),
)]
#[get("/disclosures")]
pub async fn list_disclosures(
    request: HttpRequest,
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    student: Path<StudentId>,
    list: List<NoFilters>,
) -> Result<HttpResponse, Problem> {
    decide(&cases, &caller, *student).await?;
    let form = Form::asked_for(&request);
    match form {
        Form::Json => Ok(listed(&cases, *student, Accesses::Disclosures, &list.page).await?.respond_to(&request)),
        Form::Csv => table(&cases, *student, Accesses::Disclosures, "disclosures").await,
        Form::Html => {
            let all = whole(&cases, *student, Accesses::Disclosures).await?;
            let record = reference.read.student(*student).await?;
            let html = page::printable(*student, record.as_ref(), &all, cases.clock.now());
            Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
        }
    }
}

/// List who looked at a student's data, as far as that is written down, the latest first.
///
/// Everything that parties outside the school were shown, and of the school's own staff what they read in the
/// mental-health compartment, or under an override. With `Accept: text/csv` as a table. For the
/// privacy officer.
#[utoipa::path(
    tag = "access",
    params(("student" = uuid::Uuid, Path, description = "The student"), Page),
    responses(
        (status = 200, description = "A page of the log", content(
            (Listed<Access> = "application/json"),
            (String = "text/csv", example = "at,student,partner,partner_name,staff,seen_as,role,operation,categories"),
        )),
        Problems
    ),
)]
#[get("/accesses")]
pub async fn list_accesses(
    request: HttpRequest,
    cases: Data<Cases>,
    caller: Caller,
    student: Path<StudentId>,
    list: List<NoFilters>,
) -> Result<HttpResponse, Problem> {
    decide(&cases, &caller, *student).await?;
    match Form::asked_for(&request) {
        Form::Csv => table(&cases, *student, Accesses::All, "accesses").await,
        _ => Ok(listed(&cases, *student, Accesses::All, &list.page).await?.respond_to(&request)),
    }
}

/// The privacy officer's alone; who may see the case is told so, nobody else that there is one.
async fn decide(cases: &Cases, caller: &Caller, student: StudentId) -> Result<(), Problem> {
    if let Err(refused) = decide_register(&caller.principal) {
        cases.look(&caller.principal, student, None).await?;
        return Err(refused.into());
    }
    Ok(())
}

async fn listed(cases: &Cases, student: StudentId, which: Accesses, page: &Page) -> Result<Listed<Access>, Problem> {
    let list = if which == Accesses::All { "accesses" } else { "disclosures" };
    let page = page.wanted(list)?;
    let rows = cases.register.of_student(student, which, &page).await?;
    let place = |(_, place): &(Access, After)| cursor(list, place);
    Ok(Listed::seen(rows, &page, place, |(access, _)| Some(access)))
}

/// The most rows of a table or a page: more than a student's school years can bring.
const MOST: usize = 100_000;

async fn whole(cases: &Cases, student: StudentId, which: Accesses) -> Result<Vec<Access>, Error> {
    let (mut all, mut after) = (vec![], None);
    while all.len() < MOST {
        let rows = cases.register.of_student(student, which, &Wanted { after, limit: 1_000 }).await?;
        let Some((_, last)) = rows.last() else { break };
        after = Some(last.clone());
        all.extend(rows.into_iter().map(|(access, _)| access));
    }
    Ok(all)
}

async fn table(cases: &Cases, student: StudentId, which: Accesses, name: &str) -> Result<HttpResponse, Problem> {
    let all = whole(cases, student, which).await?;
    let file = format!("attachment; filename=\"{name}.csv\"");
    let csv = table::csv(&all)?;
    Ok(HttpResponse::Ok().content_type("text/csv; charset=utf-8").insert_header((CONTENT_DISPOSITION, file)).body(csv))
}
