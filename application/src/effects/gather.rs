//! For each group: who was served, and who is like them and was not yet.
use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    SchoolId, StudentId,
    effect::{DosageBand, Likeness, Observation, Trace, Windows},
    indicator::StudentYear,
};

use super::{By, EffectsAsked, Facts};
use crate::served::{Course, Serving};

/// So many others are compared with each of the served, where there are more.
const OTHERS: usize = 10;

/// Who is compared in one group.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// What they have in common.
    pub name: String,
    /// The served, each with the dosage.
    pub served: Vec<(Likeness, Observation, DosageBand)>,
    /// Others who are like one of them.
    pub waiting: Vec<(Likeness, Observation)>,
    /// The windows before of all others.
    pub all_before: Vec<f64>,
}

/// The first time that a student was served with what a group has in common.
struct Unit<'a> {
    group: String,
    course: &'a Course,
}

/// Everything that is known of the students, made ready to be looked up.
struct Known<'a> {
    asked: &'a EffectsAsked,
    facts: &'a Facts,
    traces: BTreeMap<StudentId, (Trace, Trace)>,
    supported: BTreeMap<StudentId, Vec<(NaiveDate, Option<NaiveDate>)>>,
}

/// Puts together who is compared in each group.
pub fn gather(asked: &EffectsAsked, facts: &Facts) -> Vec<Group> {
    let known = Known::of(asked, facts);
    let mut by_start: BTreeMap<NaiveDate, Vec<Unit<'_>>> = BTreeMap::new();
    for unit in known.units() {
        by_start.entry(unit.course.started_on).or_default().push(unit);
    }
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for (start, units) in by_start {
        let mut wanted: BTreeMap<String, BTreeMap<Likeness, usize>> = BTreeMap::new();
        for Unit { group: name, course } in units {
            let group = groups.entry(name.clone()).or_insert_with(|| Group { name: name.clone(), ..Group::default() });
            let Some((mut likeness, observation, windows)) = known.observe(course.student, start) else { continue };
            let observation = known.judge(&mut likeness, observation);
            let dosage = known.dosage(course, &windows);
            *wanted.entry(name).or_default().entry(likeness.clone()).or_default() += OTHERS;
            group.served.push((likeness, observation, dosage));
        }
        known.find_others(start, wanted, &mut groups);
    }
    groups.into_values().collect()
}

impl<'a> Known<'a> {
    fn of(asked: &'a EffectsAsked, facts: &'a Facts) -> Self {
        let before = (i16::from(asked.school_year).saturating_sub(1)).into();
        let (nobody, mut supported) = (StudentYear::default(), BTreeMap::<_, Vec<_>>::new());
        let traces = facts.students.iter().map(|student| {
            let now = facts.now.years.get(student).unwrap_or(&nobody);
            let earlier = facts.earlier.years.get(student).unwrap_or(&nobody);
            let now = Trace::of(asked.outcome, now, &facts.now.schools, asked.school_year);
            (*student, (now, Trace::of(asked.outcome, earlier, &facts.earlier.schools, before)))
        });
        let traces = traces.collect();
        for course in &facts.courses {
            supported.entry(course.student).or_default().push((course.started_on, course.ended_on));
        }
        Self { asked, facts, traces, supported }
    }

    /// Each student's first course in each group that began in the year.
    fn units(&self) -> Vec<Unit<'a>> {
        let mut first: BTreeMap<(String, StudentId), &Course> = BTreeMap::new();
        for course in &self.facts.courses {
            let Some(group) = self.group_of(course) else { continue };
            let known = first.entry((group, course.student)).or_insert(course);
            if (course.started_on, course.entry) < (known.started_on, known.entry) {
                *known = course;
            }
        }
        let year = self.asked.school_year.days();
        let begun = first.into_iter().filter(|(_, course)| year.contains(&course.started_on));
        begun.map(|((group, _), course)| Unit { group, course }).collect()
    }

    fn group_of(&self, course: &Course) -> Option<String> {
        let partner = || course.partner.map(|partner| partner.uuid().to_string());
        match (self.asked.by, course.what) {
            (By::InterventionType, Serving::Intervention) => course.code.clone(),
            (By::Partner, Serving::Intervention | Serving::Service) => partner(),
            (By::MentorProgramme, Serving::Mentor) => Some(partner().unwrap_or_else(|| "without_partner".to_owned())),
            (By::School, _) => self.school(course.student, course.started_on).map(|school| school.uuid().to_string()),
            _ => None,
        }
    }

    fn school(&self, student: StudentId, day: NaiveDate) -> Option<SchoolId> {
        self.facts.now.years.get(&student)?.at(day).map(|stay| stay.school)
    }

    /// The windows of a student around a day; the band is not looked at yet.
    fn observe(&self, student: StudentId, start: NaiveDate) -> Option<(Likeness, Observation, Windows)> {
        let length = self.asked.window.days();
        let school = self.school(student, start).filter(|school| self.asked.school.is_none_or(|own| own == *school))?;
        let windows = Windows::around(start, length, self.facts.now.schools.get(&school)?)?;
        let (trace, earlier) = self.traces.get(&student)?;
        let (before, after) = (trace.rate(&windows.before, length)?, trace.rate(&windows.after, length)?);
        let back = windows.year_before();
        let year_before = earlier.rate(&back.after, length).zip(earlier.rate(&back.before, length));
        let year_before = year_before.map(|(after, before)| after - before);
        let grade = self.facts.grades.get(&student).cloned();
        let likeness = Likeness { start, grade, band: None, level: Likeness::level(before) };
        Some((likeness, Observation { student, before, after, share: None, year_before }, windows))
    }

    /// Adds the band on the day before the start.
    fn judge(&self, likeness: &mut Likeness, observation: Observation) -> Observation {
        let Some(year) = self.facts.now.years.get(&observation.student) else { return observation };
        let day = likeness.start.pred_opt().unwrap_or(likeness.start);
        let judged = self.asked.policy.policy.judge(year, &self.facts.now.schools, day);
        likeness.band = judged.band;
        let share = f64::from(judged.days_absent) / f64::from(judged.days_counted);
        Observation { share: Some(share).filter(|share| share.is_finite()), ..observation }
    }

    /// Others who are like one of those `wanted` and had no support in the windows.
    fn find_others(
        &self,
        start: NaiveDate,
        mut wanted: BTreeMap<String, BTreeMap<Likeness, usize>>,
        groups: &mut BTreeMap<String, Group>,
    ) {
        if wanted.is_empty() {
            return;
        }
        for &student in &self.facts.students {
            let Some((like, observation, windows)) = self.observe(student, start) else { continue };
            if self.is_supported(student, &windows) {
                continue;
            }
            // Bands are worked out for those only for whom it matters.
            let mut judged: Option<(Likeness, Observation)> = None;
            for (name, wanted) in &mut wanted {
                let Some(group) = groups.get_mut(name) else { continue };
                group.all_before.push(observation.before);
                let near = |other: &Likeness| other.grade == like.grade && other.level == like.level;
                if !wanted.iter().any(|(other, left)| *left > 0 && near(other)) {
                    continue;
                }
                let (likeness, observation) = judged.get_or_insert_with(|| {
                    let mut likeness = like.clone();
                    let observation = self.judge(&mut likeness, observation);
                    (likeness, observation)
                });
                if let Some(left) = wanted.get_mut(likeness).filter(|left| **left > 0) {
                    *left -= 1;
                    group.waiting.push((likeness.clone(), *observation));
                }
            }
        }
    }

    fn is_supported(&self, student: StudentId, windows: &Windows) -> bool {
        let (first, last) = (*windows.before.start(), *windows.after.end());
        let runs =
            |&(from, until): &(NaiveDate, Option<NaiveDate>)| from <= last && until.is_none_or(|until| until >= first);
        self.supported.get(&student).is_some_and(|courses| courses.iter().any(runs))
    }

    /// How often support was given in the window after: sessions of the intervention, contacts of the mentor.
    fn dosage(&self, course: &Course, windows: &Windows) -> DosageBand {
        let of_course = |given: Option<uuid::Uuid>| match (self.asked.by, course.what) {
            (By::School, _) => true,
            (_, Serving::Mentor) => given.is_none(),
            _ => given == Some(course.entry),
        };
        let from = self.facts.deliveries.partition_point(|delivery| delivery.student < course.student);
        let own = self.facts.deliveries[from..].iter().take_while(|delivery| delivery.student == course.student);
        let given = own.filter(|delivery| windows.after.contains(&delivery.on) && of_course(delivery.course)).count();
        DosageBand::of(given, self.asked.window.days())
    }
}
