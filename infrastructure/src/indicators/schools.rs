//! On which days schools teach, and how far they have submitted.
use std::collections::{BTreeMap, BTreeSet};

use application::Error;
use chrono::NaiveDate;
use domain::{
    SchoolId,
    indicator::{SchoolYear, Schools, TeachingDays, TermDays},
};
use uuid::Uuid;

use super::PgIndicators;

/// A roster's academic sessions are those of all its schools: the shortest kind that it tells of, terms rather than
/// semesters rather than the year, for a school of which no other terms are told.
const TERMS: &str = "
    SELECT school, begin_date, end_date, total_instructional_days FROM sessions
    WHERE school = ANY($1) AND ended_on IS NULL AND begin_date <= $3 AND end_date >= $2
    UNION ALL
    SELECT s.id, x.begin_date, x.end_date, NULL
    FROM schools s JOIN sessions x ON x.school IS NULL AND x.source = s.source
    WHERE s.id = ANY($1) AND x.ended_on IS NULL AND x.begin_date <= $3 AND x.end_date >= $2
      AND x.term = (SELECT y.term FROM sessions y
                    WHERE y.school IS NULL AND y.source = s.source AND y.ended_on IS NULL
                      AND y.begin_date <= $3 AND y.end_date >= $2
                    ORDER BY array_position(ARRAY['term', 'semester', 'schoolYear'], y.term) LIMIT 1)
      AND NOT EXISTS (SELECT FROM sessions o WHERE o.school = s.id AND o.ended_on IS NULL
                      AND o.begin_date <= $3 AND o.end_date >= $2)";
const SAID: &str =
    "SELECT school, day, instructional FROM school_days WHERE school = ANY($1) AND day BETWEEN $2 AND $3";
const SUBMITTED: &str =
    "SELECT school, day, assumed FROM submitted_days WHERE school = ANY($1) AND day BETWEEN $2 AND $3";

pub(super) async fn read(pg: &PgIndicators, schools: &[SchoolId], year: SchoolYear) -> Result<Schools, Error> {
    let ids: Vec<Uuid> = schools.iter().map(|school| school.uuid()).collect();
    let (first, last) = year.days().into_inner();
    let (mut terms, mut said): (BTreeMap<Uuid, Vec<_>>, BTreeMap<Uuid, BTreeMap<_, _>>) = Default::default();
    for row in pg.rows(TERMS, &[&ids, &first, &last]).await? {
        let taught = row.get::<_, Option<i32>>(3).and_then(|days| days.try_into().ok());
        // What lies in another year is not of this one.
        let (begins, ends): (NaiveDate, NaiveDate) = (row.get(1), row.get(2));
        let term = TermDays { begins_on: begins.max(first), ends_on: ends.min(last), taught };
        terms.entry(row.get(0)).or_default().push(term);
    }
    for row in pg.rows(SAID, &[&ids, &first, &last]).await? {
        said.entry(row.get(0)).or_default().insert(row.get(1), row.get(2));
    }
    let mut submitted: BTreeMap<Uuid, (BTreeSet<NaiveDate>, Option<NaiveDate>)> = BTreeMap::new();
    for row in pg.rows(SUBMITTED, &[&ids, &first, &last]).await? {
        let (marked, assumed) = submitted.entry(row.get(0)).or_default();
        match row.get(2) {
            true => *assumed = (*assumed).max(Some(row.get(1))),
            false => _ = marked.insert(row.get(1)),
        }
    }
    let days = |&school: &SchoolId| {
        let id = school.uuid();
        let (marked, assumed) = submitted.remove(&id).unwrap_or_default();
        let (terms, said) = (terms.remove(&id).unwrap_or_default(), said.remove(&id).unwrap_or_default());
        let days = TeachingDays::new(&terms, &said, &marked);
        (
            school,
            match assumed {
                Some(day) => days.submitted_through(day),
                None => days,
            },
        )
    };
    Ok(schools.iter().map(days).collect())
}
