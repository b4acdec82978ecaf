//! A small Community School with a year of support, made up by a seeded generator: the same every time.
//!
//! Names, ids, texts and what becomes of whom follow from the seed alone. The year ends with the day before `today`,
//! the day on which the demo began, so that what is overdue or done this week is so on that day: days are counted back
//! from it, and what would fall on a day without school is left out or comes later.
mod aim;
mod calendar;
mod cast;
mod chance;
mod contacts;
mod follow_ups;
mod goals;
mod interventions;
mod life;
mod notes;
mod part;
mod plans;
mod records;
mod referrals;
mod roster;
mod seed;
mod story;
pub(crate) mod value;
mod words;
mod year;

use chrono::NaiveDate;
use domain::{SchoolId, StudentId};
use uuid::Uuid;

pub use cast::Who;
pub use records::{Records, Sheet};
pub use roster::Pupil;
pub use seed::{Begun, KeepDemo, Progress, Refused, Seed, Seeded};
pub use story::{Step, Story};

use crate::{access::Operation, reference::SchoolDay};
use chance::id;
use part::parts;
use story::Writer;
use year::Year;

/// The demo, as it is to be told.
pub struct Demo {
    /// The day on which it begins, at the school.
    pub today: NaiveDate,
    /// The days on which the schools do not teach.
    pub days: Vec<SchoolDay>,
    /// The students.
    pub pupils: Vec<Pupil>,
    /// What the schools' own system tells.
    pub records: Records,
    /// What happened to each student; the stories do not touch each other.
    pub stories: Vec<Story>,
    /// What happened at the very end, to two students at once.
    pub finale: Vec<Story>,
}

/// Something in the demo for a newcomer to look at or to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// Whose case.
    pub student: StudentId,
    /// The entry.
    pub entry: Uuid,
    /// Who would do it.
    pub by: Who,
}

impl Demo {
    /// The demo whose year ends before `today`.
    pub fn before(today: NaiveDate) -> Self {
        let year = Year::before(today);
        let parts = parts(&year);
        let pupils = roster::pupils(&year, &parts);
        let mut stories: Vec<_> = parts.iter().map(|part| tell(Writer::new(&year, part))).collect();
        let finale = stories.iter_mut().map(Story::split_finale).collect();
        let records = records::records(&year, &parts, &pupils, &stories);
        Self { today, days: calendar::days(today), pupils, records, stories, finale }
    }

    /// How many steps it has.
    pub fn steps(&self) -> usize {
        self.stories.iter().chain(&self.finale).map(|story| story.steps.len()).sum()
    }

    /// The school at which most of it happens.
    pub fn school() -> SchoolId {
        cast::school(cast::ALDER)
    }

    /// A mentee of [`Who::MentorImani`], with whom it goes well for most of a year.
    pub fn mentee() -> StudentId {
        roster::student(11)
    }

    /// A student who is counseled.
    pub fn confidant() -> StudentId {
        roster::student(31)
    }

    /// A referral that was sent lately and awaits its partner's answer.
    pub fn unanswered() -> Option<Shown> {
        (0..roster::AT_ALDER).find_map(|number| {
            let by = referrals::is_unanswered(number)?;
            let entry = id(&format!("student/{number}/{}", referrals::REFERRAL));
            Some(Shown { student: roster::student(number), entry, by })
        })
    }

    /// The id of something that is shown to newcomers, under a name of its own.
    pub fn id(name: &str) -> Uuid {
        id(&format!("shown/{name}"))
    }
}

fn tell(mut writer: Writer<'_>) -> Story {
    writer.live();
    writer.understand();
    let goals = writer.pursue();
    writer.intervene(&goals);
    writer.plan();
    writer.keep_in_touch();
    writer.refer();
    writer.follow_up();
    writer.note();
    writer.told()
}

impl Story {
    /// What touches another student's story comes after all stories.
    fn split_finale(&mut self) -> Self {
        let moves = |step: &mut Step| step.operation == Operation::MoveEntry;
        Self { student: self.student, steps: self.steps.extract_if(.., moves).collect() }
    }
}

#[cfg(test)]
mod tests;
