//! Case histories that name nobody, for researchers: what was done and how it went, in school days from the first support.
//!
//! A student goes under an id that was drawn for one export and is kept nowhere. There are no days of the calendar, no
//! schools, no partners, no words. Grades are told in spans; a span or a kind of support that fewer than ten students have
//! is not told, nor another one from which it could be worked out.
mod few;
mod grade_span;
mod happenings;
mod request;
mod rule;

use std::{collections::BTreeMap, sync::Arc};

use domain::{StudentId, effect::FEWEST, indicator::SchoolYear};
use futures::{Stream, stream};
use uuid::Uuid;

use crate::{
    Error,
    indicators::{ReadIndicators, schools_of},
    served::{Course, ReadServed},
};

pub use grade_span::GradeSpan;
pub use happenings::{Happened, What};
pub use request::{HistoriesDecision, HistoriesRequest, HistoriesRequests, HistoriesState, HistoriesWanted};
pub use rule::HistoriesError;

/// How many students are read at a time.
const PAGE: usize = 500;

/// Somebody whose history is told.
#[derive(Debug, Clone)]
struct Subject {
    id: Uuid,
    student: StudentId,
    span: Option<GradeSpan>,
    courses: Vec<Course>,
}

/// The histories of all students whose support began in a year, some at a time; none where they are fewer than ten.
///
/// # Errors
/// Those of the ports.
pub async fn histories(
    year: SchoolYear,
    read: Arc<dyn ReadIndicators>,
    served: Arc<dyn ReadServed>,
) -> Result<impl Stream<Item = Result<Vec<Happened>, Error>> + use<>, Error> {
    let subjects = subjects(year, served.as_ref()).await?;
    let pages: Vec<Vec<Subject>> = subjects.chunks(PAGE).map(<[_]>::to_vec).collect();
    let next = move |subjects: Vec<Subject>| {
        let (read, served) = (read.clone(), served.clone());
        async move { told(&subjects, year, read.as_ref(), served.as_ref()).await }
    };
    Ok(futures::StreamExt::then(stream::iter(pages), next))
}

/// Whose histories are told, in an order that follows from nothing about them.
async fn subjects(year: SchoolYear, served: &dyn ReadServed) -> Result<Vec<Subject>, Error> {
    let mut by_student: BTreeMap<StudentId, Vec<Course>> = BTreeMap::new();
    for course in served.courses(year).await? {
        by_student.entry(course.student).or_default().push(course);
    }
    // Who had support before the year is in the middle of a story that is not told here.
    by_student.retain(|_, courses| courses.iter().all(|course| year.days().contains(&course.started_on)));
    let students: Vec<_> = by_student.keys().copied().collect();
    let mut spans = BTreeMap::new();
    for page in students.chunks(PAGE) {
        spans.extend(served.grades(page, year).await?);
    }
    let span = |student: &StudentId| spans.get(student).and_then(|grade| GradeSpan::of(grade));
    let subject = |(student, courses)| Subject { id: Uuid::new_v4(), student, span: span(&student), courses };
    let mut subjects: Vec<_> = by_student.into_iter().map(subject).collect();
    few::generalise(&mut subjects);
    subjects.sort_by_key(|subject| subject.id);
    if subjects.len() < FEWEST {
        subjects.clear();
    }
    Ok(subjects)
}

async fn told(
    subjects: &[Subject],
    year: SchoolYear,
    read: &dyn ReadIndicators,
    served: &dyn ReadServed,
) -> Result<Vec<Happened>, Error> {
    let students: Vec<_> = subjects.iter().map(|subject| subject.student).collect();
    let years = read.years(&students, year).await?;
    let schools = schools_of(read, years.values(), year).await?;
    let deliveries = served.deliveries(&students, year).await?;
    let happened = |subject: &Subject| {
        let year_of = years.get(&subject.student)?;
        let own = deliveries.iter().filter(|delivery| delivery.student == subject.student);
        happenings::of(subject, year, year_of, &schools, own)
    };
    Ok(subjects.iter().filter_map(happened).flatten().collect())
}
