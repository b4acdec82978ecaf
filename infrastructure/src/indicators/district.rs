//! The bands of everybody in the district, school by school: no more than a few schools are in memory at a time.
use application::{
    Error,
    indicators::{KnownPolicy, ReadIndicators, schools_of},
};
use chrono::NaiveDate;
use domain::{SchoolId, StudentId, case::Band, indicator::SchoolYear};
use futures::{StreamExt, TryStreamExt, stream};
use uuid::Uuid;

use super::PgIndicators;

/// How many schools are judged at a time.
const AT_ONCE: usize = 4;
/// How many students are read at a time.
const PAGE: usize = 2_000;

/// How many students are in which band, under one policy.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DistrictBands {
    /// Schools with students of whom something is known.
    pub schools: u64,
    /// Everybody who was judged.
    pub students: u64,
    /// Nobody to worry about.
    pub on_track: u64,
    /// At risk.
    pub at_risk: u64,
    /// Chronically so.
    pub chronic: u64,
    /// Severely so.
    pub severe: u64,
    /// Those of whom too little is known.
    pub unknown: u64,
}

/// Whom to judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// Everybody who is enrolled.
    Everybody,
    /// Those of whom an import told something new about attendance.
    ToldOfBy(Uuid),
}

impl PgIndicators {
    /// Judges `whom` under `policy`, at each school as of the last day that it has submitted, or as of `as_of`.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn district_bands(
        &self,
        policy: &KnownPolicy,
        whom: Judged,
        as_of: Option<NaiveDate>,
    ) -> Result<DistrictBands, Error> {
        let through = "SELECT school, max(day) FROM submitted_days GROUP BY school ORDER BY school";
        let schools = self.rows(through, &[]).await?;
        let told = match whom {
            Judged::Everybody => None,
            Judged::ToldOfBy(batch) => Some(self.told_of_by(batch).await?),
        };
        let each = schools.iter().map(|row| {
            let (school, day) = (row.get::<_, Uuid>(0).into(), as_of.unwrap_or_else(|| row.get(1)));
            self.bands_of(policy, school, day, told.as_deref())
        });
        let all = stream::iter(each).buffer_unordered(AT_ONCE);
        all.try_fold(DistrictBands::default(), |all, one| async move { Ok(all.with(one)) }).await
    }

    /// The students of whom an import told something new about attendance, in order.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn told_of_by(&self, batch: Uuid) -> Result<Vec<StudentId>, Error> {
        let sql = "SELECT student FROM student_school_attendance_events WHERE batch = $1
                   UNION SELECT student FROM student_section_attendance_events WHERE batch = $1 ORDER BY student";
        Ok(self.rows(sql, &[&batch]).await?.iter().map(|row| row.get::<_, Uuid>(0).into()).collect())
    }

    /// The bands of one school, of all of its students or of those in `only`, which are in order.
    async fn bands_of(
        &self,
        policy: &KnownPolicy,
        school: SchoolId,
        day: NaiveDate,
        only: Option<&[StudentId]>,
    ) -> Result<DistrictBands, Error> {
        let mut students = self.students_of(school, day).await?;
        students.retain(|student| only.is_none_or(|only| only.binary_search(student).is_ok()));
        let mut bands = DistrictBands { schools: u64::from(!students.is_empty()), ..DistrictBands::default() };
        let year = SchoolYear::of(day);
        for page in students.chunks(PAGE) {
            let years = self.years(page, year).await?;
            let days = schools_of(self, years.values(), year).await?;
            for told in years.values() {
                bands.add(policy.policy.judge(told, &days, day).band);
            }
            // Judging is work without a pause: let others have their turn.
            tokio::task::yield_now().await;
        }
        Ok(bands)
    }
}

impl DistrictBands {
    fn add(&mut self, band: Option<Band>) {
        self.students += 1;
        *match band {
            Some(Band::OnTrack) => &mut self.on_track,
            Some(Band::AtRisk) => &mut self.at_risk,
            Some(Band::Chronic) => &mut self.chronic,
            Some(Band::Severe) => &mut self.severe,
            None => &mut self.unknown,
        } += 1;
    }

    fn with(self, other: Self) -> Self {
        Self {
            schools: self.schools + other.schools,
            students: self.students + other.students,
            on_track: self.on_track + other.on_track,
            at_risk: self.at_risk + other.at_risk,
            chronic: self.chronic + other.chronic,
            severe: self.severe + other.severe,
            unknown: self.unknown + other.unknown,
        }
    }
}
