//! Cases are opened, get their mentors, change their tier, close, and open again.
use chrono::Days;
use domain::case::{
    AssignMentor, AssignmentEnd, AssignmentEndReason, ChangeSchool, ChangeTier, CloseCase, CloseReason,
    EndMentorAssignment, MentorAssignment, MentorReassignment, OpenCase, ReassignMentor, ReopenCase,
};

use super::{
    cast::{HERON, Who, school},
    part::{CLOSED, Trend},
    story::Writer,
    value::{text, tier},
    words,
};
use crate::access::Operation;

impl Writer<'_> {
    /// The case from its opening to its end.
    pub(super) fn live(&mut self) {
        let (year, part) = (self.year, self.part);
        let mut chance = self.chance("life");
        let first = if chance.percent(22) { 3 } else { 2 };
        let reason = text(part.say(chance.pick(words::reasons(part.concern))));
        let opening = OpenCase { school: part.school(), reason, tier: tier(first) };
        let at = year.at(part.opens_on, 9, chance.between(0..=50));
        self.act(at, part.director(), Operation::OpenCase, "case", opening, |body| body);
        self.be_mentored();
        let week = chance.between(8..=15).unsigned_abs();
        let day = year.school_day(part.opens_on + Days::new(7 * week));
        if part.goes_on() && chance.percent(35) {
            let (to, why) = match part.trend {
                Trend::Better if first == 3 => (2, words::TIER_DOWN),
                Trend::Better => return,
                _ => (if first == 2 { 3 } else { 2 }, if first == 2 { words::TIER_UP } else { words::TIER_DOWN }),
            };
            let change = ChangeTier { tier: tier(to), reason: text(part.say(chance.pick(why))) };
            let at = year.at(day, 14, 20);
            self.act(at, part.director(), Operation::ChangeTier, "tier", change, |body| body);
        }
        self.close();
    }

    fn be_mentored(&mut self) {
        let (year, part) = (self.year, self.part);
        let since = part.mentored_from();
        let Some(mentor) = part.mentor(since) else { return };
        let terms = MentorAssignment { mentor: mentor.staff(), since, primary: true };
        let at = year.at(since, 7, 50);
        let assignment = self.act(at, part.director(), Operation::AssignMentor, "mentor", terms, AssignMentor).into();
        if mentor == Who::MentorDaniel {
            let reassignment = MentorReassignment {
                to: Who::MentorGrace.staff(),
                on: part.handover_on,
                reason: AssignmentEndReason::MentorLeft,
                note: Some(text("Daniel has taken a position upstate. Grace met each mentee together with him.")),
            };
            let from = mentor.staff();
            let command = |reassignment| ReassignMentor { from, reassignment };
            let at = year.at(part.handover_on, 17, 30);
            self.act(at, part.director(), Operation::ReassignMentees, "handover", reassignment, command);
        }
        if let Some(day) = part.moves_on {
            let note = Some(text("The family moved; Heron Point takes over."));
            let end = AssignmentEnd { on: day, reason: AssignmentEndReason::StudentMoved, note };
            let command = |end| EndMentorAssignment { assignment, end };
            self.on(assignment).act(
                year.at(day, 7, 30),
                part.director(),
                Operation::EndMentorAssignment,
                "goodbye",
                end,
                command,
            );
            let change = ChangeSchool { school: school(HERON), on: day };
            self.act(year.at(day, 7, 35), part.director(), Operation::ChangeSchool, "school", change, |body| body);
            let terms = MentorAssignment { mentor: Who::HeronMentor.staff(), since: day, primary: true };
            let at = year.at(day, 7, 40);
            self.act(at, Who::HeronDirector, Operation::AssignMentor, "new mentor", terms, AssignMentor);
        }
    }

    fn close(&mut self) {
        let (year, part) = (self.year, self.part);
        if part.number == CLOSED {
            let note = Some(text(part.say("{name} came to school 19 of the last 20 days and asked to stop meeting.")));
            let closing = CloseCase { reason: CloseReason::GoalsMet, note };
            let at = year.at(part.ends_on, 9, 30);
            self.act(at, part.director(), Operation::CloseCase, "close", closing, |body| body);
        }
        if let Some((from, to)) = part.away {
            let closing = CloseCase { reason: CloseReason::GoalsMet, note: None };
            self.act(year.at(from, 9, 30), part.director(), Operation::CloseCase, "close", closing, |body| body);
            let reopening = ReopenCase { reason: text(part.say("{name} has missed nine days since then.")) };
            let at = year.at(to, 9, 30);
            self.act(at, part.director(), Operation::ReopenCase, "reopen", reopening, |body| body);
            if let Some(mentor) = part.mentor(to) {
                let terms = MentorAssignment { mentor: mentor.staff(), since: to, primary: true };
                let at = year.at(to, 9, 40);
                self.act(at, part.director(), Operation::AssignMentor, "mentor again", terms, AssignMentor);
            }
        }
    }
}
