//! What follows on the cases from what the district's systems tell: bands, cases that a policy opens, calls home.
//!
//! Whoever tells something of a student leaves a row behind ([`queue`]); the rows are worked off by one server at a time,
//! and what a row comes to is decided on the case, so that nothing is written twice whoever looks, and however often.
mod announce;
mod call_home;
mod feed;
mod found;
mod open;
mod queue;
mod write;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use application::{
    Commands, Error, Principal,
    indicators::{KeepPolicies, KnownPolicy, ReadIndicators, in_force, schools_of},
};
use chrono::{NaiveDate, Utc};
use deadpool_postgres::Pool;
use domain::{
    StudentId,
    indicator::{SchoolYear, Schools, StudentYear},
};
use tokio::time::sleep;

use crate::{PgCalendars, PgIndicators, Upkeep, import::importer};
pub use feed::LooksFeed;
use found::Found;
use queue::Queue;

/// How often to see whether anything was told.
const LOOK: Duration = Duration::from_secs(5);
/// How long to wait while another server is at it.
const WAIT: Duration = Duration::from_millis(200);

/// What was written down on cases.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Students who were looked at.
    pub students: u64,
    /// Changes of band.
    pub bands: u64,
    /// Cases that a policy opened, or took up again.
    pub cases: u64,
    /// Calls home that were asked for.
    pub calls_home: u64,
    /// Calls home that were taken back.
    pub withdrawn: u64,
}

/// Draws the consequences again and again, until dropped.
#[must_use]
pub fn drawing_consequences(pool: Pool, commands: Commands) -> Upkeep {
    Upkeep::every(LOOK, "draw what follows from what was told of students", move || {
        let (pool, commands) = (pool.clone(), commands.clone());
        async move {
            let drawn = draw_consequences(&pool, &commands).await?;
            if drawn != (Drawn { students: drawn.students, ..Drawn::default() }) {
                let Drawn { students, bands, cases, calls_home, withdrawn } = drawn;
                tracing::info!(students, bands, cases, calls_home, withdrawn, "drew what follows for cases");
            }
            Ok::<_, Error>(())
        }
    })
}

/// Looks at every student of whom something was told since it was last done, until nobody is left, and writes down what
/// follows; waits where another server is at it. Once a day everybody with an open case is looked at.
///
/// # Errors
/// [`Error::Unavailable`]; what was written down before stands, and the rest is still to be looked at.
pub async fn draw_consequences(pool: &Pool, commands: &Commands) -> Result<Drawn, Error> {
    let queue = Queue::new(pool.clone());
    let mut drawn = Drawn::default();
    while queue.has_any().await? {
        if !queue.take_turn().await? {
            sleep(WAIT).await;
            continue;
        }
        let draw = Draw::begin(pool, commands).await?;
        queue.spread(&draw.policies).await?;
        while let Some(page) = queue.page(&draw.policies).await? {
            let students: Vec<_> = page.values().copied().collect::<BTreeSet<_>>().into_iter().collect();
            let again = draw.of(&students, &mut drawn).await?;
            drawn.students += students.len() as u64;
            queue.done(&page, &again).await?;
            queue.take_turn().await?;
        }
        queue.end_turn().await?;
    }
    Ok(drawn)
}

/// Drawing consequences under the policies of the moment.
struct Draw<'a> {
    pg: PgIndicators,
    calendars: PgCalendars,
    commands: &'a Commands,
    principal: Arc<Principal>,
    policies: Vec<KnownPolicy>,
}

/// Students who are judged as of the same day, with what is told of them.
struct Judged<'a> {
    day: NaiveDate,
    years: BTreeMap<StudentId, StudentYear>,
    schools: Schools,
    in_force: Vec<&'a KnownPolicy>,
}

impl<'a> Draw<'a> {
    async fn begin(pool: &Pool, commands: &'a Commands) -> Result<Self, Error> {
        let (pg, calendars) = (PgIndicators::new(pool.clone()), PgCalendars::new(pool.clone()));
        let principal = Arc::new(importer(pool, "bands").await.map_err(Error::unavailable)?);
        Ok(Self { policies: pg.policies().await?, pg, calendars, commands, principal })
    }

    /// Draws what follows for each of `students`; tells for whom it is to be tried again.
    async fn of(&self, students: &[StudentId], drawn: &mut Drawn) -> Result<BTreeSet<StudentId>, Error> {
        let mut again = BTreeSet::new();
        for (day, found) in self.by_day(students).await? {
            let judged = self.judged(day, &found).await?;
            for found in found {
                let student = found.student;
                if let Err(cause) = self.student(found, &judged, drawn).await {
                    // Of one student nothing is logged but that there was one; the others are not held up.
                    if !matches!(cause, Error::Stale { .. }) {
                        tracing::warn!(%cause, "what follows for one case is to be drawn again");
                    }
                    again.insert(student);
                }
            }
        }
        Ok(again)
    }

    async fn student(&self, mut found: Found, judged: &Judged<'_>, drawn: &mut Drawn) -> Result<(), Error> {
        let Some(year) = judged.years.get(&found.student) else { return Ok(()) };
        if !found.is_open() {
            drawn.cases += u64::from(self.open(&mut found, year, judged).await?);
        }
        if found.is_open() {
            drawn.bands += self.announce(&mut found, year, judged).await?;
            self.calls_home(&mut found, year, judged, drawn).await?;
        }
        Ok(())
    }

    /// The students, by the last day for which their school has submitted attendance, or else by today.
    async fn by_day(&self, students: &[StudentId]) -> Result<BTreeMap<NaiveDate, Vec<Found>>, Error> {
        let (mut by_day, mut through) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::new());
        for found in self.found(students).await? {
            let day = match through.get(&found.school) {
                Some(day) => *day,
                None => {
                    let known = self.pg.school_known_through(found.school).await?;
                    let day = known.unwrap_or_else(|| Utc::now().date_naive());
                    *through.entry(found.school).or_insert(day)
                }
            };
            by_day.entry(day).or_default().push(found);
        }
        Ok(by_day)
    }

    async fn judged(&self, day: NaiveDate, found: &[Found]) -> Result<Judged<'_>, Error> {
        let students: Vec<_> = found.iter().map(|found| found.student).collect();
        let years = self.pg.years(&students, SchoolYear::of(day)).await?;
        let schools = schools_of(&self.pg, years.values(), SchoolYear::of(day)).await?;
        Ok(Judged { day, years, schools, in_force: in_force(&self.policies, day) })
    }
}
