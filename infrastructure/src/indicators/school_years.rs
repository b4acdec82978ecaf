//! Numbers of each school's years, worked out again where the school or an import has gone on.
use std::{collections::BTreeMap, time::Duration};

use application::{
    Error,
    indicators::{KeepPolicies, KnownPolicy, ReadIndicators, USUAL, named, schools_of},
    school_years::{Absent, ReadSchoolYears, SchoolYearCounts},
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use deadpool_postgres::Pool;
use domain::{SchoolId, case::Band, indicator::SchoolYear};
use uuid::Uuid;

use super::PgIndicators;
use crate::Upkeep;

/// How often to look.
const LOOK: Duration = Duration::from_secs(600);

const IMPORTED: &str = "SELECT max(finished_at) FROM import_batches WHERE outcome = 'finished'";
/// A school year is named after the year in which it ends, in June.
const SUBMITTED: &str = "
    SELECT extract(year FROM day + interval '6 months')::smallint AS year, max(day) FROM submitted_days
    WHERE school = $1 GROUP BY year ORDER BY year";
const KEPT: &str = "SELECT school_year, known_through, imported_at FROM school_years WHERE policy = $1 AND school = $2
                    AND school_year = ANY($3)";
const KEEP: &str = "
    INSERT INTO school_years (school, policy, school_year, known_through, imported_at, students, judged, chronic)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (policy, school_year, school) DO UPDATE SET (known_through, imported_at, students, judged, chronic)
      = (excluded.known_through, excluded.imported_at, excluded.students, excluded.judged, excluded.chronic)";
const COUNTS: &str = "
    SELECT y.school_year, y.known_through, y.students, y.judged, y.chronic, d.*
    FROM school_years y CROSS JOIN LATERAL (
        SELECT sum(students)::integer, sum(judged)::integer, sum(chronic)::integer, count(*)::integer
        FROM school_years all_of WHERE all_of.policy = y.policy AND all_of.school_year = y.school_year) d
    WHERE y.policy = $1 AND y.school = $2 AND y.school_year = ANY($3) ORDER BY y.school_year";

/// Works the years of every school out again and again, where they have gone on, until dropped.
#[must_use]
pub fn comparing_schools(pool: Pool) -> Upkeep {
    Upkeep::every(LOOK, "compare the years of schools", move || {
        let pg = PgIndicators::new(pool.clone());
        async move {
            let policies = pg.policies().await?;
            let Some(policy) = named(&policies, USUAL, Utc::now().date_naive()) else { return Ok(()) };
            for row in pg.rows("SELECT id FROM schools ORDER BY id", &[]).await? {
                pg.keep_years(row.get::<_, Uuid>(0).into(), policy).await?;
            }
            Ok::<_, Error>(())
        }
    })
}

#[async_trait]
impl ReadSchoolYears for PgIndicators {
    async fn school_years(&self, school: SchoolId, policy: &KnownPolicy) -> Result<Vec<SchoolYearCounts>, Error> {
        let years = self.keep_years(school, policy).await?;
        let rows = self.rows(COUNTS, &[&policy.version.to_string(), &school.uuid(), &years]).await?;
        let number = |row: &tokio_postgres::Row, at: usize| row.get::<_, i32>(at).unsigned_abs();
        let absent = |row: &tokio_postgres::Row, at: usize| Absent {
            students: number(row, at),
            judged: number(row, at + 1),
            chronic: number(row, at + 2),
        };
        let counts = rows.iter().map(|row| SchoolYearCounts {
            year: row.get::<_, i16>(0).into(),
            known_through: row.get(1),
            school: absent(row, 2),
            district: absent(row, 5),
            schools: number(row, 8),
        });
        Ok(counts.collect())
    }
}

impl PgIndicators {
    /// Works out the years of a school that have gone on, and answers with all of which it has submitted anything.
    async fn keep_years(&self, school: SchoolId, policy: &KnownPolicy) -> Result<Vec<i16>, Error> {
        let (id, name) = (school.uuid(), policy.version.to_string());
        let imported_at: Option<DateTime<Utc>> = self.rows(IMPORTED, &[]).await?.first().and_then(|row| row.get(0));
        let submitted = self.rows(SUBMITTED, &[&id]).await?;
        let submitted: BTreeMap<i16, NaiveDate> = submitted.iter().map(|row| (row.get(0), row.get(1))).collect();
        let years: Vec<i16> = submitted.keys().copied().collect();
        let kept = self.rows(KEPT, &[&name, &id, &years]).await?;
        let kept = kept.iter().map(|row| (row.get(0), (row.get(1), row.get(2))));
        let kept: BTreeMap<i16, (NaiveDate, Option<DateTime<Utc>>)> = kept.collect();
        for (year, through) in submitted {
            if kept.get(&year) == Some(&(through, imported_at)) {
                continue;
            }
            let Absent { students, judged, chronic } = self.absent(school, policy, through).await?;
            let number = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
            let (students, judged, chronic) = (number(students), number(judged), number(chronic));
            self.rows(KEEP, &[&id, &name, &year, &through, &imported_at, &students, &judged, &chronic]).await?;
        }
        Ok(years)
    }

    async fn absent(&self, school: SchoolId, policy: &KnownPolicy, day: NaiveDate) -> Result<Absent, Error> {
        let (mut absent, year) = (Absent::default(), SchoolYear::of(day));
        let students = self.students_of(school, day).await?;
        let years = self.years(&students, year).await?;
        let schools = schools_of(self, years.values(), year).await?;
        for told in years.values() {
            let band = policy.policy.judge(told, &schools, day).band;
            absent.students += 1;
            absent.judged += u32::from(band.is_some());
            absent.chronic += u32::from(band.is_some_and(|band| band >= Band::Chronic));
        }
        Ok(absent)
    }
}
