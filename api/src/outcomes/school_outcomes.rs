//! `GET /v1/schools/{school}/outcomes`
use std::collections::BTreeSet;

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use application::{
    Error,
    access::indicators::decide_school_bands,
    answer::{KnownOfSchool, SchoolOutcomes},
};
use chrono::{Datelike, NaiveDate};
use domain::{SchoolId, indicator::SchoolYear};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Outcomes,
    judging::{judged_by, school_year, usual},
    picture::{school_picture, shown_or_drawn},
};
use crate::{Caller, Cases, Params, Problem, Problems};

/// Which year, and under which policy.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct YearAtSchool {
    /// The school year, by the year in which it ends; the latest of which anything is known, if nothing is said.
    #[serde(default)]
    #[param(value_type = u16, required = false, minimum = 1900, maximum = 2999, example = 2022)]
    pub school_year: Option<i16>,
    /// Whose bands are shown: a policy by name, or as `name@version`.
    #[serde(default = "usual")]
    #[param(required = false, default = "attendance-works", max_length = 70, example = "nysed-2025")]
    pub policy: String,
}

/// Show a school's outcomes and what was done, side by side.
///
/// One axis of time: days absent, incidents and failed courses; interventions and services that started, sessions, contacts;
/// bands month by month; and how fresh each source is. With `Accept: image/svg+xml` it is answered as a picture. For who
/// works at the school, and for the district's program managers, to whom nothing of fewer than ten students is told.
#[utoipa::path(
    tag = "outcomes",
    params(("school" = uuid::Uuid, Path, description = "The school"), YearAtSchool),
    responses(
        (status = 200, description = "The year", content(
            (SchoolOutcomes = "application/json"),
            (String = "image/svg+xml", example = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        )),
        Problems,
    ),
)]
#[get("/schools/{school}/outcomes")]
pub async fn show_school_outcomes(
    request: HttpRequest,
    outcomes: Data<Outcomes>,
    cases: Data<Cases>,
    caller: Caller,
    school: Path<SchoolId>,
    year: Params<YearAtSchool>,
) -> Result<HttpResponse, Problem> {
    let small_numbers = decide_school_bands(&caller.principal, *school)?;
    let sources = outcomes.read.sources(*school).await?;
    let today = cases.today_of(&caller.principal, Some(*school)).await?;
    let school_year = school_year(year.0.school_year, sources.attendance.unwrap_or(today));
    let policy = judged_by(&outcomes, year.0.policy, today.min(*school_year.days().end())).await?;
    let (known, so_far) = (outcomes.known_of(*school, school_year).await?, outcomes.served.so_far().await?);
    let shown = SchoolOutcomes::of((*school, school_year), &known, &policy, (&sources, so_far), small_numbers);
    shown_or_drawn(&request, &shown, school_picture)
}

impl Outcomes {
    /// Everything that is known of a school's year.
    ///
    /// # Errors
    /// Those of the ports.
    pub async fn known_of(&self, school: SchoolId, year: SchoolYear) -> Result<KnownOfSchool, Error> {
        let known = self.enrolled_at(school, year).await?;
        let students: Vec<_> = known.years.keys().copied().collect();
        let courses = self.served.courses_of(&students, year).await?;
        let deliveries = self.served.deliveries(&students, year).await?;
        Ok(KnownOfSchool { courses, deliveries, ..known })
    }

    /// What the district's systems tell of a school's year.
    ///
    /// # Errors
    /// Those of the ports.
    pub async fn enrolled_at(&self, school: SchoolId, year: SchoolYear) -> Result<KnownOfSchool, Error> {
        let taught = self.read.teaching_days(&[school], year).await?;
        let mut months = vec![];
        for day in taught.get(&school).map_or(vec![], |days| last_of_months(days.days(), days.through())) {
            months.push((day, self.read.students_of(school, day).await?));
        }
        let students: BTreeSet<_> = months.iter().flat_map(|(_, students)| students).copied().collect();
        let students: Vec<_> = students.into_iter().collect();
        let years = self.read.years(&students, year).await?;
        let schools = self.schools_of(years.values(), year).await?;
        Ok(KnownOfSchool { years, schools, months, ..KnownOfSchool::default() })
    }
}

/// The last day of each month that was taught and submitted.
fn last_of_months(days: &[NaiveDate], through: Option<NaiveDate>) -> Vec<NaiveDate> {
    let known = days.iter().filter(|day| through.is_some_and(|through| **day <= through));
    let mut last: Vec<NaiveDate> = vec![];
    for &day in known {
        match last.last_mut() {
            Some(before) if (before.year(), before.month()) == (day.year(), day.month()) => *before = day,
            _ => last.push(day),
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_judged_as_of_its_last_day_that_is_known() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let days = ["2026-03-30", "2026-03-31", "2026-04-01", "2026-04-30"].map(day);
        assert_eq!(last_of_months(&days, Some(day("2026-04-02"))), [day("2026-03-31"), day("2026-04-01")]);
        assert!(last_of_months(&days, None).is_empty());
    }
}
