//! The part that a student plays: since when, with whom, why, and how it goes.
use chrono::{Days, NaiveDate, TimeDelta};
use domain::{SchoolId, case::NeedCategory};

use super::{
    cast::{HERON, Who, school},
    chance::Chance,
    roster::{AT_ALDER, NAMES, home},
    words,
    year::Year,
};

/// How many cases there are at Alder Street.
const CASES: usize = 50;
/// The week in which Daniel leaves and Grace takes his mentees over.
pub(super) const HANDOVER: i64 = -22;

/// The case that ends well.
pub(super) const CLOSED: usize = 48;
/// The case that was closed and opened again.
pub(super) const REOPENED: usize = 16;
/// The student who goes to the other school.
pub(super) const MOVED: usize = 32;
/// The newest case, still without a mentor.
const NEWEST: usize = 49;

/// How it goes with a student.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trend {
    Better,
    Flat,
    Worse,
}

/// How well the mentor keeps in touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    Steady,
    Patchy,
    /// Nothing for so many days up to now.
    Neglected(i64),
}

/// A student's part.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) number: usize,
    pub(super) opens_on: NaiveDate,
    pub(super) ends_on: NaiveDate,
    pub(super) away: Option<(NaiveDate, NaiveDate)>,
    pub(super) moves_on: Option<NaiveDate>,
    pub(super) handover_on: NaiveDate,
    first_mentor: Option<Who>,
    pub(super) concern: NeedCategory,
    pub(super) trend: Trend,
    pub(super) care: Care,
    /// In how many of a hundred sessions the student is there.
    pub(super) turnout: i64,
    kin: &'static str,
}

/// All parts, first those at Alder Street.
pub(super) fn parts(year: &Year) -> Vec<Part> {
    (0..CASES).chain(AT_ALDER..AT_ALDER + 3).map(|number| Part::of(number, year)).collect()
}

impl Part {
    fn of(number: usize, year: &Year) -> Self {
        let mut chance = Chance::in_matter(&format!("part/{number}"));
        let week = match (number, chance.between(0..=99)) {
            (CLOSED | REOPENED | MOVED, _) => -50,
            (NEWEST, _) => -1,
            (_, 0..=59) => chance.between(-51..=-38),
            (_, 60..=84) => chance.between(-37..=-14),
            _ => chance.between(-13..=-4),
        };
        let opens_on = year.school_day(year.day(week, chance.between(0..=4)));
        let trend = [Trend::Better, Trend::Better, Trend::Flat, Trend::Better, Trend::Worse][number % 5];
        let care = match number % 17 {
            3 => Care::Neglected(19),
            8 => Care::Neglected(12),
            13 => Care::Neglected(9),
            1 | 6 | 10 | 15 => Care::Patchy,
            _ => Care::Steady,
        };
        use NeedCategory::{Academic, Attendance, BasicNeeds, Behavior, Family, MentalHealth, SocialEmotional};
        let concerns =
            [Attendance, Academic, SocialEmotional, Attendance, BasicNeeds, Behavior, Attendance, MentalHealth, Family];
        Self {
            number,
            opens_on,
            ends_on: if number == CLOSED { year.day(-18, 3) } else { year.today },
            away: (number == REOPENED).then(|| (year.day(-26, 2), year.school_day(year.day(-9, 1)))),
            moves_on: (number == MOVED).then(|| year.day(-6, 0)),
            handover_on: year.day(HANDOVER, 4),
            first_mentor: match number {
                NEWEST => None,
                0..=16 => Some(Who::MentorImani),
                17..=32 | CLOSED => Some(Who::MentorLuis),
                33..=47 if opens_on + Days::new(14) < year.day(HANDOVER, 4) => Some(Who::MentorDaniel),
                33..=47 => Some(Who::MentorGrace),
                _ => Some(Who::HeronMentor),
            },
            concern: concerns[chance.between(0..=8).unsigned_abs() as usize],
            trend,
            care,
            turnout: chance.between(68..=93),
            kin: chance.pick(words::KIN),
        }
    }

    /// The name under which everything of this student's is known to the demo.
    pub(super) fn key(&self) -> String {
        format!("student/{}", self.number)
    }

    pub(super) fn school(&self) -> SchoolId {
        home(self.number)
    }

    /// Who is the mentor on `day`, if the student has one.
    pub(super) fn mentor(&self, day: NaiveDate) -> Option<Who> {
        match self.first_mentor {
            _ if self.moves_on.is_some_and(|moved| day >= moved) => Some(Who::HeronMentor),
            Some(Who::MentorDaniel) if day > self.handover_on => Some(Who::MentorGrace),
            mentor => mentor,
        }
    }

    /// Who directs the Community School of the student.
    pub(super) fn director(&self) -> Who {
        if self.school() == school(HERON) { Who::HeronDirector } else { Who::Director }
    }

    /// Somebody of the school besides: at the small one the director does everything but mental health.
    pub(super) fn colleague(&self, who: Who) -> Who {
        if self.school() == school(HERON) && who != Who::MentalHealthManager { Who::HeronDirector } else { who }
    }

    /// The day from which there is a mentor.
    pub(super) fn mentored_from(&self) -> NaiveDate {
        self.opens_on + Days::new(1 + self.number as u64 % 3)
    }

    /// The last day of the work that is planned ahead: before the case is closed, or the student goes.
    pub(super) fn works_until(&self) -> NaiveDate {
        let ends = [self.moves_on, self.away.map(|(from, _)| from), Some(self.ends_on)];
        ends.into_iter().flatten().min().unwrap_or(self.ends_on) - Days::new(1)
    }

    /// Whether the case goes on today as it always went.
    pub(super) fn goes_on(&self) -> bool {
        self.moves_on.is_none() && self.away.is_none() && self.number != CLOSED
    }

    /// Whether the case is open on `day`.
    pub(super) fn is_open(&self, day: NaiveDate) -> bool {
        let away = self.away.is_some_and(|(from, to)| (from..=to).contains(&day));
        day >= self.opens_on && day < self.ends_on && !away
    }

    /// The last day on which the mentor was in touch.
    pub(super) fn in_touch_until(&self, today: NaiveDate) -> NaiveDate {
        match self.care {
            Care::Neglected(days) if self.goes_on() => today - TimeDelta::days(days),
            _ => today,
        }
    }

    /// A sentence with the student's name and the family's in their places.
    pub(super) fn say(&self, words: &str) -> String {
        words.replace("{name}", NAMES[self.number].0).replace("{kin}", self.kin)
    }

    /// One number out of `count`, a different one for each student in turn.
    pub(super) fn turn(&self, count: usize) -> usize {
        (self.number * 7) % count
    }
}
