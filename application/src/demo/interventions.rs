//! Interventions and their sessions: planned, started, delivered more or less, ended.
use chrono::{Days, NaiveDate};
use domain::{
    InterventionId, Visibility,
    case::{
        AdjustIntervention, CompleteIntervention, Delivery, DiscontinueIntervention, DiscontinueReason, Dosage,
        InterventionAdjustment, InterventionCompletion, InterventionDiscontinuation, InterventionKind,
        InterventionPlan, InterventionStart, LogSession, NeedCategory, PauseIntervention, PlanIntervention,
        ResumeIntervention, Session, SessionOutcome, StartIntervention,
    },
};

use super::{
    cast::Who,
    chance::Chance,
    goals::Pursuit,
    story::Writer,
    value::{minutes, text, tier, weekly},
    words,
};
use crate::access::Operation;

/// What is done about something, and by whom.
struct Kind {
    kind: InterventionKind,
    what: &'static str,
    tier: u8,
    delivery: Delivery,
    sessions: u8,
    minutes: i64,
    /// Who delivers it; the mentor if nobody.
    by: Option<Who>,
}

fn kind(line: usize, concern: NeedCategory) -> Kind {
    use InterventionKind as Is;
    let kind =
        |kind, what, tier, delivery, sessions, minutes, by| Kind { kind, what, tier, delivery, sessions, minutes, by };
    let (alone, group) = (Delivery::Individual, Delivery::SmallGroup);
    match (line, concern) {
        (0, _) => kind(Is::CheckAndConnect, words::CHECK_AND_CONNECT, 2, alone, 2, 15, None),
        (_, NeedCategory::Academic) => kind(Is::Tutoring, words::TUTORING, 2, group, 2, 40, Some(Who::Teacher)),
        (_, NeedCategory::MentalHealth) => {
            kind(Is::Counseling, words::COUNSELING, 3, alone, 1, 45, Some(Who::MentalHealthManager))
        }
        (_, NeedCategory::Behavior | NeedCategory::SocialEmotional) => {
            kind(Is::BehaviorSupport, words::BEHAVIOR, 2, group, 1, 30, Some(Who::Counselor))
        }
        (_, NeedCategory::Family | NeedCategory::BasicNeeds) => {
            kind(Is::FamilyEngagement, words::FAMILY, 2, alone, 1, 30, Some(Who::Director))
        }
        _ => kind(Is::AttendanceOutreach, words::OUTREACH, 2, alone, 1, 20, Some(Who::Counselor)),
    }
}

impl Writer<'_> {
    /// Check & Connect with the mentor, and something about the concern beside it.
    pub(super) fn intervene(&mut self, goals: &[Vec<Pursuit>; 2]) {
        for (line, goals) in goals.iter().enumerate() {
            for (n, pursuit) in goals.iter().enumerate() {
                self.serve(line, n, pursuit);
            }
        }
    }

    fn serve(&mut self, line: usize, n: usize, pursuit: &Pursuit) {
        let (year, part) = (self.year, self.part);
        let Kind { kind, what, tier: level, delivery, sessions, minutes: length, by } = kind(line, part.concern);
        let planned_on = year.school_day(pursuit.from + Days::new(2));
        let from = year.school_day(planned_on + Days::new(4)).max(year.school_day(part.mentored_from() + Days::new(1)));
        if from >= pursuit.to {
            return;
        }
        let mut chance = self.chance(&format!("intervention/{line}/{n}"));
        let topic = |what: &str| format!("intervention/{line}/{n}/{what}");
        let confidential = kind == InterventionKind::Counseling;
        let lead = part.director();
        let plan = InterventionPlan {
            kind,
            what: text(part.say(what)),
            tier: tier(level),
            delivery,
            dosage: Some(Dosage { sessions_per_week: weekly(sessions), minutes: minutes(length) }),
            partner: None,
            goals: [pursuit.goal].into(),
            starts_on: Some(from),
            ends_on: Some(pursuit.to.max(from)),
            visibility: if confidential { Visibility::School } else { Visibility::Team },
        };
        let at = year.at(planned_on, 14, 10 * line as i64);
        let intervention: InterventionId =
            self.act(at, lead, Operation::PlanIntervention, &topic("planned"), plan, PlanIntervention).into();
        // The newest stays planned with some: whoever is to deliver it has no time yet.
        let is_last = pursuit.to + Days::new(1) >= year.today && part.goes_on();
        if is_last && line == 1 && part.turn(9) == 2 {
            return;
        }
        let start = InterventionStart { on: from, date_assumed: false };
        let command = |start| StartIntervention { intervention, start };
        self.on(intervention).act(
            year.at(from, 8, 10),
            lead,
            Operation::StartIntervention,
            &topic("started"),
            start,
            command,
        );
        let ends = self.interfere(intervention, &topic(""), lead, (from, pursuit.to), is_last && line == 1);
        let deliverer = by.map(|who| part.colleague(who));
        self.deliver(&mut chance, (intervention, &topic("")), deliverer, (from, ends), (sessions.into(), length));
        if !is_last {
            let note = Some(text(part.say(chance.pick(words::INTERVENTION_END))));
            let at = year.at(pursuit.to, 11, 30 + line as i64);
            if part.turn(6) == 4 && part.goes_on() {
                let reason = [DiscontinueReason::NotEffective, DiscontinueReason::NoParticipation][line];
                let end = InterventionDiscontinuation { on: pursuit.to, reason, note: None };
                let command = |discontinuation| DiscontinueIntervention { intervention, discontinuation };
                self.on(intervention).act(
                    at,
                    lead,
                    Operation::DiscontinueIntervention,
                    &topic("discontinued"),
                    end,
                    command,
                );
            } else {
                let end = InterventionCompletion { on: pursuit.to, note };
                let command = |completion| CompleteIntervention { intervention, completion };
                self.on(intervention).act(at, lead, Operation::CompleteIntervention, &topic("completed"), end, command);
            }
        }
    }

    /// What comes between plan and delivery; says until when sessions are held.
    fn interfere(
        &mut self,
        intervention: InterventionId,
        topic: &str,
        lead: Who,
        (from, to): (NaiveDate, NaiveDate),
        is_current: bool,
    ) -> NaiveDate {
        let (year, part) = (self.year, self.part);
        let topic = |what: &str| format!("{topic}{what}");
        let on = |week: i64| year.day(week, 3).max(from + Days::new(2));
        if !is_current {
            return to;
        }
        let pause = |reason| PauseIntervention { intervention, reason };
        match part.turn(9) {
            4 => {
                let reason = text("The room is being renovated until the end of the month.");
                let at = year.at(on(-2), 16, 0);
                self.on(intervention).act(at, lead, Operation::PauseIntervention, &topic("paused"), reason, pause);
                on(-2)
            }
            5 => {
                let reason = text(part.say("{name} is away with family."));
                let at = year.at(on(-7), 16, 0);
                self.on(intervention).act(at, lead, Operation::PauseIntervention, &topic("paused"), reason, pause);
                let command = |reason| ResumeIntervention { intervention, reason };
                let at = year.at(on(-6) + Days::new(1), 16, 0);
                let reason = text(part.say("{name} is back."));
                self.on(intervention).act(at, lead, Operation::ResumeIntervention, &topic("resumed"), reason, command);
                to
            }
            6 => {
                let dosage = Dosage { sessions_per_week: weekly(2), minutes: minutes(25) };
                let reason = text("Shorter, but more often: an hour at a time was too long.");
                let adjustment = InterventionAdjustment { dosage, reason };
                let command = |adjustment| AdjustIntervention { intervention, adjustment };
                let at = year.at(on(-5), 16, 0);
                self.on(intervention).act(
                    at,
                    lead,
                    Operation::AdjustIntervention,
                    &topic("adjusted"),
                    adjustment,
                    command,
                );
                to
            }
            7 => {
                let (on, note) = (on(-2), Some(text(part.say("{name} stopped coming after the second week."))));
                let end = InterventionDiscontinuation { on, reason: DiscontinueReason::NoParticipation, note };
                let command = |discontinuation| DiscontinueIntervention { intervention, discontinuation };
                let at = year.at(on, 16, 0);
                self.on(intervention).act(
                    at,
                    lead,
                    Operation::DiscontinueIntervention,
                    &topic("discontinued"),
                    end,
                    command,
                );
                on
            }
            _ => to,
        }
    }

    /// Sessions on the same days of each week in term, as far as the student turns out.
    fn deliver(
        &mut self,
        chance: &mut Chance,
        (intervention, topic): (InterventionId, &str),
        by: Option<Who>,
        (from, to): (NaiveDate, NaiveDate),
        (sessions, length): (usize, i64),
    ) {
        let (year, part) = (self.year, self.part);
        let days = chance.weekdays();
        let (first, last) = (year.week_of(from), year.week_of(to));
        for (n, week) in (first..=last).enumerate() {
            for &weekday in days.iter().take(sessions) {
                let day = year.day(week, weekday);
                let (luck, longer, noted) = (chance.between(0..=99), chance.between(-2..=2), chance.percent(35));
                let (hour, minute) = (chance.between(9..=14), chance.between(0..=11) * 5);
                let words = chance.pick(words::SESSION);
                let by = by.or_else(|| self.mentored(day));
                let (Some(by), true) = (by, year.calendar.is_school_day(day) && day >= from && day < to) else {
                    continue;
                };
                // A mentor who does not see the student holds no sessions either.
                if self.mentored(day) == Some(by) && day > part.in_touch_until(year.today) {
                    continue;
                }
                let (outcome, minutes, note) = match luck {
                    luck if luck < part.turnout => {
                        let note = noted.then(|| text(part.say(words)));
                        (SessionOutcome::Held, Some(minutes(length + longer * length / 10)), note)
                    }
                    95.. => (SessionOutcome::Cancelled, None, Some(text("Assembly in the same period."))),
                    _ => (SessionOutcome::NoShow, None, None),
                };
                let session = Session { held_on: day, outcome, minutes, note };
                let topic = format!("{topic}session/{n}/{weekday}");
                let command = |session| LogSession { intervention, session };
                self.on(intervention).act(
                    year.at(day, hour, minute),
                    by,
                    Operation::LogSession,
                    &topic,
                    session,
                    command,
                );
            }
        }
    }
}
