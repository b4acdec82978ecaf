//! What the district's systems tell of a student whose goals are measured by it.
use application::{Error, Principal, access::indicators::decide_indicators, answer::Reader, view::CaseFile};
use chrono::{Days, NaiveDate};
use domain::{StudentId, case::DataCategory, indicator::SchoolYear, progress::ToldYears};

use super::Outcomes;
use crate::{Cases, Reference};

/// The longest time before a goal's first day over which an indicator looks.
const LOOKS_BACK: Days = Days::new(366);

/// The kinds of data of which indicators tell.
pub const INDICATORS: [DataCategory; 3] = [DataCategory::Attendance, DataCategory::Behavior, DataCategory::Coursework];

impl Cases {
    /// Writes down that the caller was shown a student's indicators, where the case opened in an emergency.
    pub async fn write_indicators_down(
        &self,
        principal: &Principal,
        student: StudentId,
        operation: &'static str,
    ) -> Result<(), Error> {
        if !principal.overrides.iter().any(|(of, _)| *of == student) {
            return Ok(());
        }
        let reader = self.look(principal, student, None).await?.reader;
        INDICATORS.into_iter().for_each(|category| reader.saw(category));
        self.write_down(&reader, student, operation).await
    }
}

impl Outcomes {
    /// What is told of the student up to `until`, where a goal of `file` is measured by it and the caller may know it.
    pub async fn told(
        &self,
        (cases, reference, principal): (&Cases, &Reference, &Principal),
        (student, file): (StudentId, &CaseFile),
        reader: &Reader,
        until: NaiveDate,
    ) -> Result<Option<ToldYears>, Error> {
        let Some(since) = file.measured_since() else { return Ok(None) };
        let ties = reference.ties_of(cases, principal, student).await?;
        match decide_indicators(principal, &ties) {
            Ok(_) => {}
            Err(Error::Forbidden { .. } | Error::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        }
        INDICATORS.into_iter().for_each(|category| reader.saw(category));
        let (first, last) = (i16::from(SchoolYear::of(since - LOOKS_BACK)), i16::from(SchoolYear::of(until)));
        let mut told = ToldYears::new();
        // A goal is pursued for a year or two: of a day long past nothing is asked.
        for year in (first.max(last.saturating_sub(3))..=last).map(SchoolYear::from) {
            let Some(known) = self.read.years(&[student], year).await?.remove(&student) else { continue };
            let schools = self.schools_of([&known], year).await?;
            told.insert(year, (known, schools));
        }
        Ok(Some(told))
    }
}
