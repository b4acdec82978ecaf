//! What effects are worked out of, read for a year and the year before it.
use std::collections::{BTreeMap, BTreeSet};

use domain::{
    StudentId,
    indicator::{SchoolYear, Schools, StudentYear},
};
use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::EffectsAsked;
use crate::{
    Error,
    indicators::{ReadIndicators, schools_of},
    served::{Course, Delivery, ReadServed},
};

/// Others than the served are drawn, where there are more of them at the schools of the served.
const OTHERS: usize = 20_000;
/// How many students are read at a time.
const PAGE: usize = 2_000;

/// What is told of students in a year.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// By student.
    pub years: BTreeMap<StudentId, StudentYear>,
    /// The teaching days of their schools.
    pub schools: Schools,
}

/// What effects are worked out of.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Courses that ran in the year.
    pub courses: Vec<Course>,
    /// How often support was given in it.
    pub deliveries: Vec<Delivery>,
    /// The year.
    pub now: Told,
    /// The year before.
    pub earlier: Told,
    /// The grades of the students.
    pub grades: BTreeMap<StudentId, String>,
    /// All of them in an order that follows from nothing about them; the same each time.
    pub students: Vec<StudentId>,
}

impl Facts {
    /// Reads them: the served, and students of the schools at which anybody was served.
    pub async fn read(asked: &EffectsAsked, read: &dyn ReadIndicators, served: &dyn ReadServed) -> Result<Self, Error> {
        let year = asked.school_year;
        let (courses, all) = match asked.school {
            Some(school) => {
                let all = students_of(read, read.teaching_days(&[school], year).await?).await?;
                (served.courses_of(&all, year).await?, all)
            }
            None => {
                let courses = served.courses(year).await?;
                let begun: BTreeSet<_> = courses.iter().map(|course| course.student).collect();
                let begun: Vec<_> = begun.into_iter().collect();
                let schools = schools_of(read, years(read, &begun, year).await?.values(), year).await?;
                (courses, students_of(read, schools).await?)
            }
        };
        let students: BTreeSet<StudentId> = courses.iter().map(|course| course.student).collect();
        let mut others: Vec<_> = all.into_iter().filter(|student| !students.contains(student)).collect();
        let mut order = ChaCha8Rng::seed_from_u64(0);
        others.shuffle(&mut order);
        others.truncate(OTHERS);
        let mut students: Vec<_> = students.into_iter().chain(others).collect();
        students.shuffle(&mut order);
        let before = SchoolYear::from(i16::from(year).saturating_sub(1));
        Ok(Self {
            courses,
            deliveries: served.deliveries(&students, year).await?,
            now: told(read, &students, year).await?,
            earlier: told(read, &students, before).await?,
            grades: served.grades(&students, year).await?,
            students,
        })
    }
}

/// Who is enrolled at the schools on the last school day of the year that each has submitted.
async fn students_of(read: &dyn ReadIndicators, schools: Schools) -> Result<Vec<StudentId>, Error> {
    let mut students = BTreeSet::new();
    for (school, days) in schools {
        let through = days.through();
        let known = days.days().iter().rev().find(|day| through.is_some_and(|through| **day <= through));
        if let Some(&day) = known {
            students.extend(read.students_of(school, day).await?);
        }
    }
    Ok(students.into_iter().collect())
}

async fn told(read: &dyn ReadIndicators, students: &[StudentId], year: SchoolYear) -> Result<Told, Error> {
    let years = years(read, students, year).await?;
    let schools = schools_of(read, years.values(), year).await?;
    Ok(Told { years, schools })
}

async fn years(
    read: &dyn ReadIndicators,
    students: &[StudentId],
    year: SchoolYear,
) -> Result<BTreeMap<StudentId, StudentYear>, Error> {
    let mut years = BTreeMap::new();
    for page in students.chunks(PAGE) {
        years.extend(read.years(page, year).await?);
    }
    Ok(years)
}
