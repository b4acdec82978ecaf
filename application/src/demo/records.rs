//! What the schools' own system tells of the year: attendance, incidents and grades, as sheets of CSV.
//!
//! Whoever has a case is absent more often before, and from then on as it goes with the student. On a day on which
//! somebody met the student there is no absence.
use std::collections::{BTreeMap, HashSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use domain::{SchoolId, case::NeedCategory};
use uuid::Uuid;

use super::{
    Story,
    calendar::{first_day, is_taught, last_day, school_year},
    cast::{ALDER, HERON, school},
    chance::Chance,
    part::{Part, Trend},
    roster::Pupil,
    year::Year,
};
use crate::access::Operation;

/// How far back attendance is told, in days: further back the calendar does not go.
const BACK: u64 = 450;

const COURSES: &[&str] = &["English", "Mathematics", "Science", "Social Studies"];

/// A sheet as the system exports it.
#[derive(Debug, PartialEq)]
pub struct Sheet {
    /// What it holds, as the import knows it.
    pub name: &'static str,
    /// The names of its columns.
    pub columns: &'static [&'static str],
    /// A text a column.
    pub rows: Vec<Vec<String>>,
}

/// What the system exports, and whom it means.
#[derive(Debug, PartialEq)]
pub struct Records {
    /// The ids of schools and students in the system, each after what it is, with the id here.
    pub ids: Vec<(&'static str, String, Uuid)>,
    /// The sheets.
    pub sheets: Vec<Sheet>,
}

/// What is told of the year until yesterday.
pub(super) fn records(year: &Year, parts: &[Part], pupils: &[Pupil], stories: &[Story]) -> Records {
    let mut told = Told::default();
    for (number, pupil) in pupils.iter().enumerate() {
        let part = parts.iter().find(|part| part.number == number);
        let met = stories.iter().find(|story| story.student == pupil.id).map(met).unwrap_or_default();
        Child { year, number, part, pupil, met, chance: Chance::in_matter(&format!("records/{number}")) }
            .tell(&mut told);
    }
    let schools = [ALDER, HERON].map(|name| ("school", code(school(name)).to_owned(), school(name).uuid()));
    let students = pupils.iter().enumerate().map(|(number, pupil)| ("student", student_id(number), pupil.id.uuid()));
    Records { ids: schools.into_iter().chain(students).collect(), sheets: told.sheets(year) }
}

/// The days on which somebody met the student.
fn met(story: &Story) -> HashSet<NaiveDate> {
    let meetings = [Operation::LogContact, Operation::LogSession];
    let met = story.steps.iter().filter(|step| meetings.contains(&step.operation));
    met.map(|step| step.at.with_timezone(&chrono_tz::America::New_York).date_naive()).collect()
}

fn student_id(number: usize) -> String {
    format!("{:06}", 204_100 + 7 * number)
}

fn code(school: SchoolId) -> &'static str {
    if school == self::school(ALDER) { "ALDER" } else { "HERON" }
}

/// What was told so far.
#[derive(Default)]
struct Told {
    /// By school and day, then student: the mark.
    marks: BTreeMap<(&'static str, NaiveDate), BTreeMap<String, &'static str>>,
    incidents: Vec<Vec<String>>,
    discipline: Vec<Vec<String>>,
    grades: Vec<Vec<String>>,
}

impl Told {
    fn sheets(self, year: &Year) -> Vec<Sheet> {
        let mut attendance = vec![];
        for ((school, day), marks) in self.marks {
            let marks = marks.into_iter();
            attendance.extend(marks.map(|(student, mark)| row([&student, school, &day.to_string(), mark])));
        }
        let mut terms = vec![];
        for school in [ALDER, HERON].map(|name| code(school(name))) {
            for (term, name, first, last) in Term::until(year.today).map(Term::told) {
                terms.push(row([&term, school, name, &first.to_string(), &last.to_string()]));
            }
        }
        let sheet = |name, columns, rows| Sheet { name, columns, rows };
        vec![
            sheet("terms", &["term_id", "school_id", "name", "begin_date", "end_date"], terms),
            sheet("attendance", &["student_id", "school_id", "date", "status"], attendance),
            sheet("incidents", &["school_id", "date", "incident_id", "behavior", "student_id", "role"], self.incidents),
            sheet(
                "discipline",
                &["student_id", "date", "action", "days", "school_id", "incident_id", "action_id"],
                self.discipline,
            ),
            sheet("grades", &["student_id", "school_id", "term_id", "course", "numeric_grade"], self.grades),
        ]
    }

    /// Tells of trouble; of how many days of suspension follow.
    fn incident(&mut self, school: SchoolId, day: NaiveDate, number: usize, trouble: Trouble) -> i64 {
        let (student, on) = (student_id(number), day.to_string());
        let incident = format!("{number}-{on}");
        let mut tell = |behavior| {
            self.incidents.push(row([code(school), &on, &incident, behavior, &student, "offender"]));
        };
        let Trouble::Fight(days) = trouble else {
            tell("Disruptive Behavior");
            return 0;
        };
        tell("Fighting");
        let (action, length) = ("Out of School Suspension", days.to_string());
        self.discipline.push(row([&student, &on, action, &length, code(school), &incident, &incident]));
        days
    }

    fn mark(&mut self, school: SchoolId, day: NaiveDate, number: usize, mark: &'static str) {
        self.marks.entry((code(school), day)).or_default().insert(student_id(number), mark);
    }
}

fn row<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).into()
}

/// What a student did.
#[derive(Debug, Clone, Copy)]
enum Trouble {
    Disruption,
    /// With a suspension of so many days.
    Fight(i64),
}

/// Half a school year, for which there are grades.
#[derive(Debug, Clone, Copy)]
struct Term {
    year: i32,
    spring: bool,
}

impl Term {
    /// Those of the school year before and of this one that have begun.
    fn until(today: NaiveDate) -> impl Iterator<Item = Self> {
        let now = school_year(today);
        let all = [now - 1, now].into_iter().flat_map(|year| [false, true].map(|spring| Self { year, spring }));
        all.filter(move |term| term.first() < today)
    }

    fn first(self) -> NaiveDate {
        let february = NaiveDate::from_ymd_opt(self.year + 1, 2, 1);
        february.filter(|_| self.spring).unwrap_or_else(|| first_day(self.year))
    }

    fn last(self) -> NaiveDate {
        if self.spring { last_day(self.year) } else { Self { spring: true, ..self }.first() - Days::new(1) }
    }

    fn id(self) -> String {
        format!("{}-{}", self.year, if self.spring { "spring" } else { "fall" })
    }

    fn told(self) -> (String, &'static str, NaiveDate, NaiveDate) {
        (self.id(), if self.spring { "Spring" } else { "Fall" }, self.first(), self.last())
    }
}

/// A student of whom the system tells.
struct Child<'a> {
    year: &'a Year,
    number: usize,
    part: Option<&'a Part>,
    pupil: &'a Pupil,
    met: HashSet<NaiveDate>,
    chance: Chance,
}

impl Child<'_> {
    fn tell(mut self, told: &mut Told) {
        let absent = self.absent();
        let unexcused = if self.is_concerned(NeedCategory::Attendance) { 70 } else { 45 };
        let (mut ill, mut suspended) = (0, 0);
        for (school, day) in self.days() {
            // With a case on most days somebody meets the student.
            let supported = self.part.is_some_and(|part| part.is_open(day));
            let often = absent * (1 + i64::from(supported)) * self.course(day) / 100;
            let monday = i64::from(matches!(day.weekday(), Weekday::Mon | Weekday::Fri));
            let falls_ill = self.chance.between(0..=999) < often * (4 + monday) / 9;
            let late = self.chance.between(0..=999) < often;
            let (excused, lasts) = (!self.chance.percent(unexcused), self.chance.between(1..=3));
            if ill == 0 && falls_ill {
                ill = lasts;
            }
            let mark = match () {
                () if suspended > 0 => Some("suspended"),
                () if self.met.contains(&day) => None,
                () if ill > 0 => Some(if excused { "excused" } else { "unexcused" }),
                () if late => Some("tardy"),
                () => None,
            };
            (ill, suspended) = ((ill - 1).max(0), (suspended - 1).max(0));
            let trouble = self.trouble(day);
            match mark {
                Some(mark) => told.mark(school, day, self.number, mark),
                // Somebody was there: the school has submitted the day.
                None if !told.marks.contains_key(&(code(school), day)) => {
                    told.mark(school, day, self.number, "present");
                }
                None => {}
            }
            if let Some(trouble) = trouble.filter(|_| mark.is_none()) {
                suspended = told.incident(school, day, self.number, trouble);
            }
        }
        self.earn(told);
    }

    /// The days on which the student had school, and where.
    fn days(&self) -> Vec<(SchoolId, NaiveDate)> {
        let (from, today) = (self.year.today - Days::new(BACK), self.year.today);
        let mut days = vec![];
        for (_, enrolment, left) in &self.pupil.enrolments {
            let last = left.unwrap_or(today).min(today - Days::new(1));
            let enrolled = enrolment.entered_on.max(from).iter_days().take_while(|&day| day <= last);
            days.extend(enrolled.filter(|&day| is_taught(day)).map(|day| (enrolment.school, day)));
        }
        days
    }

    /// How often the student is absent without support, in a thousand days.
    fn absent(&mut self) -> i64 {
        let by_temper = match self.chance.between(0..=99) {
            0..=54 => 30,
            55..=79 => 65,
            80..=92 => 115,
            _ => 190,
        };
        let concern = self.chance.between(130..=240);
        match self.part {
            Some(_) if self.is_concerned(NeedCategory::Attendance) => concern,
            Some(_) => by_temper.max(60),
            None => by_temper,
        }
    }

    fn is_concerned(&self, about: NeedCategory) -> bool {
        self.part.is_some_and(|part| part.concern == about)
    }

    /// How it goes on a day, in percent of how it went before there was a case.
    fn course(&self, day: NaiveDate) -> i64 {
        let Some(part) = self.part.filter(|part| part.is_open(day)) else { return 100 };
        let weeks = (day - part.opens_on).num_weeks().clamp(0, 20);
        match part.trend {
            Trend::Better => 100 - 3 * weeks,
            Trend::Flat => 100,
            Trend::Worse => 100 + 2 * weeks,
        }
    }

    /// Whether there is trouble on a day, and which.
    fn trouble(&mut self, day: NaiveDate) -> Option<Trouble> {
        let often = if self.is_concerned(NeedCategory::Behavior) { 24 * self.course(day) / 100 } else { 1 };
        let (drawn, days) = (self.chance.between(0..=999), self.chance.between(1..=3));
        (drawn < often).then_some(if drawn % 4 == 0 { Trouble::Fight(days) } else { Trouble::Disruption })
    }

    /// Grades for the terms that are over.
    fn earn(&mut self, told: &mut Told) {
        let struggles = self.is_concerned(NeedCategory::Academic);
        let able = if struggles { self.chance.between(56..=68) } else { self.chance.between(68..=92) };
        for term in Term::until(self.year.today).filter(|term| term.last() < self.year.today) {
            let enrolled = self.pupil.enrolments.iter().rfind(|(_, enrolment, _)| enrolment.entered_on <= term.last());
            let Some((_, enrolment, _)) = enrolled else { continue };
            let gained = (100 - self.course(term.last())) / 6;
            for course in COURSES {
                let grade = (able + gained + self.chance.between(-5..=5)).clamp(40, 100).to_string();
                told.grades.push(row([&student_id(self.number), code(enrolment.school), &term.id(), course, &grade]));
            }
        }
    }
}
