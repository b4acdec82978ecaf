//! Follow-ups: most are done in time, some are late, some wait, some are forgotten.
use chrono::{Days, NaiveDate};
use domain::{
    FollowUpId, StaffId,
    case::{
        CancelFollowUp, CancelReason, CompleteFollowUp, Due, FollowUp, FollowUpCancellation, FollowUpCompletion,
        FollowUpReassignment, FollowUpRescheduling, ReassignFollowUp, RequestFollowUp, RescheduleFollowUp,
    },
};

use super::{cast::Who, chance::Chance, story::Writer, value::text, words};
use crate::access::Operation;

impl Writer<'_> {
    /// One every few weeks, done within days; and one that stands in some way now.
    pub(super) fn follow_up(&mut self) {
        let (year, part) = (self.year, self.part);
        let mut chance = self.chance("follow-ups");
        let mut day = part.mentored_from() + Days::new(6);
        for n in 0..12 {
            day = day + Days::new(chance.between(20..=40).unsigned_abs());
            let asked = year.school_day(day);
            let (what, result) = chance.pick(words::FOLLOW_UPS);
            let (within, late) = (chance.between(2..=6), chance.percent(15));
            let Some(mentor) = self.mentored(asked) else { continue };
            let due = year.calendar.school_days_after(asked, within.unsigned_abs() as u16);
            let done = if late { year.school_day(due + Days::new(3)) } else { due };
            if done >= part.works_until().min(year.day(-2, 0)) {
                break;
            }
            let topic = format!("follow-up/{n}");
            let follow_up = self.ask_for(&mut chance, (asked, due), what, mentor, mentor.staff(), &topic);
            let completion = FollowUpCompletion { result: text(part.say(result)) };
            let command = |completion| CompleteFollowUp { follow_up, completion };
            let by = self.mentored(done).unwrap_or(part.director());
            let (at, topic) = (year.at(done, 15, 45), format!("{topic}/done"));
            self.on(follow_up).act(at, by, Operation::CompleteFollowUp, &topic, completion, command);
        }
        if part.goes_on() && part.mentor(year.today).is_some() {
            self.leave_open(&mut chance);
        }
    }

    fn ask_for(
        &mut self,
        chance: &mut Chance,
        (asked, due): (NaiveDate, NaiveDate),
        what: &str,
        by: Who,
        owner: StaffId,
        topic: &str,
    ) -> FollowUpId {
        let what = text(self.part.say(what));
        let request = FollowUp { what, due: Due::On(due), owner, about: None, visibility: Default::default() };
        let at = self.year.at(asked, 15, 30 + chance.between(0..=9));
        self.act(at, by, Operation::RequestFollowUp, topic, request, RequestFollowUp).into()
    }

    fn leave_open(&mut self, chance: &mut Chance) {
        let (year, part) = (self.year, self.part);
        let (what, _) = chance.pick(words::FOLLOW_UPS);
        let days = |weekday| {
            let ago = if part.number % 2 == 0 { -2 } else { -1 };
            year.day(ago, weekday).max(part.mentored_from() + Days::new(1))
        };
        let by = part.director();
        let owner = part.mentor(year.today).unwrap_or(by).staff();
        let ahead = year.calendar.school_days_after(year.today, 1 + part.number as u16 % 6);
        let mut ask = |writer: &mut Self, due| writer.ask_for(chance, (days(0), due), what, by, owner, "follow-up/now");
        let at = |minute| year.at(days(2), 16, minute);
        match part.turn(10) {
            // Overdue.
            0 | 3 => {
                ask(self, days(1));
            }
            1 | 4 | 9 => {
                ask(self, ahead);
            }
            2 => {
                let follow_up = ask(self, ahead);
                let reassignment = FollowUpReassignment {
                    owner: part.colleague(Who::Counselor).staff(),
                    note: Some(text("The counselor sees them tomorrow anyway.")),
                };
                let command = |reassignment| ReassignFollowUp { follow_up, reassignment };
                self.on(follow_up).act(
                    at(0),
                    by,
                    Operation::ReassignFollowUp,
                    "follow-up/reassigned",
                    reassignment,
                    command,
                );
            }
            5 => {
                let follow_up = ask(self, days(4));
                let reason = text("The office is closed that day.");
                let rescheduling = FollowUpRescheduling { due: Due::On(ahead), reason };
                let command = |rescheduling| RescheduleFollowUp { follow_up, rescheduling };
                self.on(follow_up).act(
                    at(1),
                    by,
                    Operation::RescheduleFollowUp,
                    "follow-up/rescheduled",
                    rescheduling,
                    command,
                );
            }
            8 => {
                let follow_up = ask(self, ahead);
                let note = Some(text(part.say("{kin} has taken care of it.")));
                let cancellation = FollowUpCancellation { reason: CancelReason::NoLongerNeeded, note };
                let command = |cancellation| CancelFollowUp { follow_up, cancellation };
                self.on(follow_up).act(
                    at(2),
                    by,
                    Operation::CancelFollowUp,
                    "follow-up/cancelled",
                    cancellation,
                    command,
                );
            }
            _ => {}
        }
    }
}
