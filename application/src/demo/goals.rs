//! Needs, strengths and goals, and how far each goal has come.
use chrono::{Days, NaiveDate};
use domain::{
    GoalId, NeedId,
    case::{
        Achievement, CancelGoal, CloseGoal, Direction, GoalClosure, GoalProposal, GoalRevision, HoldGoal, IdentifyNeed,
        MeasureProgress, Measurement, Need, NeedCategory, NeedResolution, NoteStrength, ProposeGoal, ResolveNeed,
        ResumeGoal, ReviseGoal, SetGoal, Strength, Target,
    },
};

use super::{
    aim::aim,
    cast::Who,
    chance::Chance,
    part::Trend,
    story::Writer,
    value::{quantity, text},
    words,
};
use crate::access::Operation;

/// A goal while it is pursued.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pursuit {
    pub(super) goal: GoalId,
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
}

impl Writer<'_> {
    /// What the student needs and can build on.
    pub(super) fn understand(&mut self) {
        let (year, part) = (self.year, self.part);
        let mut chance = self.chance("needs");
        let day = year.school_day(part.opens_on + Days::new(2));
        let mut identify = |writer: &mut Self, number: i64, category, by| -> NeedId {
            let description = text(part.say(chance.pick(words::needs(category))));
            let visibility =
                if category == NeedCategory::MentalHealth { domain::Visibility::School } else { Default::default() };
            let need = Need { category, description, visibility };
            let at = year.at(day, 10, 5 * number);
            writer.act(at, by, Operation::IdentifyNeed, &format!("need/{number}"), need, IdentifyNeed).into()
        };
        identify(self, 1, part.concern, part.director());
        if part.concern != NeedCategory::Attendance {
            identify(self, 2, NeedCategory::Attendance, part.colleague(Who::Counselor));
        }
        if part.turn(4) == 1 && part.concern != NeedCategory::BasicNeeds {
            let need = identify(self, 3, NeedCategory::BasicNeeds, part.colleague(Who::Teacher));
            let done = year.school_day(day + Days::new(37));
            if done < part.works_until() {
                let resolution = NeedResolution { note: text(part.say("{name} has what was missing.")) };
                let command = |resolution| ResolveNeed { need, resolution };
                let at = year.at(done, 11, 10);
                self.on(need).act(at, part.director(), Operation::ResolveNeed, "need met", resolution, command);
            }
        }
        let mut chance = self.chance("strengths");
        for number in 1..=1 + chance.between(0..=1) {
            let strength =
                Strength { description: text(part.say(chance.pick(words::STRENGTHS))), visibility: Default::default() };
            let at = year.at(day, 10, 20 + 5 * number);
            let topic = format!("strength/{number}");
            self.act(at, part.colleague(Who::Teacher), Operation::NoteStrength, &topic, strength, NoteStrength);
        }
    }

    /// One goal after another about attendance, beside them others about what else is the matter.
    pub(super) fn pursue(&mut self) -> [Vec<Pursuit>; 2] {
        let first = self.part.opens_on + Days::new(3);
        [self.pursue_from(0, first), self.pursue_from(1, first + Days::new(9))]
    }

    fn pursue_from(&mut self, line: usize, from: NaiveDate) -> Vec<Pursuit> {
        let mut chance = self.chance(&format!("goals/{line}"));
        let (mut day, mut pursuits) = (self.year.school_day(from), vec![]);
        while day < self.part.works_until() && day < self.year.today {
            let weeks = chance.between(14..=18).unsigned_abs();
            let due = self.year.school_day(day + Days::new(7 * weeks));
            pursuits.push(self.pursue_one(&mut chance, line, pursuits.len(), day, due));
            day = due;
        }
        pursuits
    }

    fn pursue_one(&mut self, chance: &mut Chance, line: usize, n: usize, from: NaiveDate, due: NaiveDate) -> Pursuit {
        let (year, part) = (self.year, self.part);
        let aim = aim(if line == 0 { NeedCategory::Attendance } else { part.concern });
        let proposal = GoalProposal { description: text(part.say(aim.goal)), visibility: Default::default() };
        let at = year.at(from, 13, 30 + line as i64);
        let topic = |what: &str| format!("goal/{line}/{n}/{what}");
        let director = part.director();
        let goal: GoalId =
            self.act(at, director, Operation::ProposeGoal, &topic("proposed"), proposal, ProposeGoal).into();
        let last = part.works_until().min(due);
        let pursuit = Pursuit { goal, from, to: last };
        let is_last = due >= year.today;
        if is_last && line == 1 && part.turn(13) == 4 {
            return pursuit;
        }
        let shift = chance.between(-aim.spread..=aim.spread);
        let (baseline, wanted) = (aim.baseline + shift, aim.target);
        let direction = if wanted > baseline { Direction::Increase } else { Direction::Decrease };
        let target = Target {
            measure: text(aim.measure),
            unit: Some(text(aim.unit)),
            indicator: None,
            baseline: quantity(baseline),
            target: quantity(wanted),
            direction,
            starts_on: from,
            due_on: due,
        };
        let set = target.clone();
        let at = year.at(from, 15, 10 + line as i64);
        self.on(goal).act(at, director, Operation::SetGoal, &topic("set"), set, |target| SetGoal { goal, target });
        let interrupted = (is_last && line == 1 && part.goes_on()).then(|| self.interrupted_on(from)).flatten();
        let span = (from, interrupted.unwrap_or(last).min(last));
        let reached = self.measure(chance, (goal, &topic("")), span, (baseline, wanted));
        if is_last && line == 1 && part.goes_on() {
            return self.interrupt(goal, &topic(""), target, pursuit);
        }
        // Also the work on a case that ends before the goal is due ends with it.
        let day = if part.goes_on() { due } else { last };
        let achievement = match part.trend {
            Trend::Better if reached => Achievement::Achieved,
            Trend::Better => Achievement::Improving,
            Trend::Flat => Achievement::NoChange,
            Trend::Worse => Achievement::NotAchieved,
        };
        let closure = GoalClosure { achievement, note: Some(text(part.say(chance.pick(words::GOAL_END)))) };
        let at = year.at(day, 13, 5 + line as i64);
        let command = |closure| CloseGoal { goal, closure };
        self.on(goal).act(at, director, Operation::CloseGoal, &topic("closed"), closure, command);
        pursuit
    }

    /// Measures every two or three weeks; says whether the last value reached what was wanted.
    fn measure(
        &mut self,
        chance: &mut Chance,
        (goal, topic): (GoalId, &str),
        (from, to): (NaiveDate, NaiveDate),
        (baseline, wanted): (i64, i64),
    ) -> bool {
        let (year, part) = (self.year, self.part);
        let span = (to - from).num_days().max(1);
        let pace = match part.trend {
            Trend::Better => chance.between(80..=115),
            Trend::Flat => chance.between(5..=25),
            Trend::Worse => -chance.between(15..=40),
        };
        let (mut day, mut reached) = (from, false);
        for n in 0.. {
            let noise = chance.between(-12..=12);
            let remark = chance.percent(25).then(|| chance.pick(words::MEASURED));
            day = year.school_day(day + Days::new(chance.between(13..=20).unsigned_abs()));
            if day >= to || n > 20 {
                break;
            }
            let way = pace * (day - from).num_days() / span + noise;
            let value = (baseline + (wanted - baseline) * way / 100).max(0);
            reached = if wanted > baseline { value >= wanted } else { value <= wanted };
            let note = remark.map(|words| text(part.say(words)));
            let measurement = Measurement { on: day, value: quantity(value), note };
            let command = |measurement| MeasureProgress { goal, measurement };
            let by = self.mentored(day).unwrap_or(part.director());
            let at = year.at(day, 15, 20);
            self.on(goal).act(
                at,
                by,
                Operation::MeasureProgress,
                &format!("{topic}measured/{n}"),
                measurement,
                command,
            );
        }
        reached
    }

    /// The day on which a goal that began on `from` is interrupted, if it is.
    fn interrupted_on(&self, from: NaiveDate) -> Option<NaiveDate> {
        let week = match self.part.turn(11) {
            3 => -2,
            5 => -7,
            9 => -1,
            _ => return None,
        };
        Some(self.year.day(week, 2).max(from + Days::new(3)))
    }

    /// Goals do not always go on to the end.
    fn interrupt(&mut self, goal: GoalId, topic: &str, target: Target, pursuit: Pursuit) -> Pursuit {
        let (year, part) = (self.year, self.part);
        let topic = |what: &str| format!("{topic}{what}");
        // In these weeks, unless it began but now: then nothing has become of it yet.
        let at = |week, minute: i64| year.at(year.day(week, 2).max(pursuit.from + Days::new(3)), 15, 40 + minute);
        let by = part.director();
        let hold = |reason| HoldGoal { goal, reason };
        match part.turn(11) {
            3 => {
                let reason = text(part.say("{name} and {kin} would rather work on one thing at a time."));
                let command = |reason| CancelGoal { goal, reason };
                self.on(goal).act(at(-2, 0), by, Operation::CancelGoal, &topic("cancelled"), reason, command);
                return Pursuit { to: year.day(-3, 0).max(pursuit.from), ..pursuit };
            }
            5 => {
                let reason = text("Waits until the exams are over.");
                self.on(goal).act(at(-7, 0), by, Operation::HoldGoal, &topic("held"), reason, hold);
                let command = |reason| ResumeGoal { goal, reason };
                let reason = text("The exams are over.");
                self.on(goal).act(at(-4, 1), by, Operation::ResumeGoal, &topic("resumed"), reason, command);
            }
            7 => {
                let reason = text(part.say("{name} was ill for two weeks; the same target, four weeks later."));
                let due_on = target.due_on + Days::new(28);
                let revision = GoalRevision { target: Target { due_on, ..target }, reason };
                let command = |revision| ReviseGoal { goal, revision };
                self.on(goal).act(at(-5, 0), by, Operation::ReviseGoal, &topic("revised"), revision, command);
            }
            9 => {
                let reason = text("Waits for the schedule of the second term.");
                self.on(goal).act(at(-1, 0), by, Operation::HoldGoal, &topic("held"), reason, hold);
            }
            _ => {}
        }
        pursuit
    }
}
