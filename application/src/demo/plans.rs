//! The support plan: drafted, approved, reviewed every other month, and where it stands by now.
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::case::{
    ApprovePlan, CompletePlan, DraftPlan, HoldPlan, PlanApproval, PlanCompletion, PlanDraft, PlanReview, ResumePlan,
    ReturnPlan, ReviewPlan, RevokePlan, SubmitPlan,
};

use super::{cast::Who, chance::Chance, story::Writer, value::text, words};
use crate::access::Operation;

/// Where a plan stands by the end of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Draft,
    Submitted,
    Returned,
    OnHold,
    Resumed,
    Completed,
    Revoked,
    Active,
}

/// A case whose plan is younger than that has had no other.
const YOUNG: u64 = 98;

impl Writer<'_> {
    /// The plans of the case.
    pub(super) fn plan(&mut self) {
        let (year, part) = (self.year, self.part);
        let mut chance = self.chance("plan");
        let stand = match part.turn(25) {
            1 => Stand::Draft,
            4 | 11 | 18 => Stand::Submitted,
            6 => Stand::Returned,
            9 => Stand::OnHold,
            13 => Stand::Resumed,
            16 => Stand::Completed,
            21 => Stand::Revoked,
            _ => Stand::Active,
        };
        // The first goal comes on the third day.
        let first = year.school_day(part.opens_on + Days::new(3)) + Days::new(3);
        if !part.goes_on() {
            self.follow(&mut chance, 1, first, part.works_until());
            self.complete(1, year.at(part.works_until(), 10, 0));
            return;
        }
        let unfinished = matches!(stand, Stand::Draft | Stand::Submitted | Stand::Returned);
        let is_young = first + Days::new(YOUNG) > year.today;
        match (unfinished, is_young) {
            (true, true) => self.prepare(&mut chance, 1, year.day(-2, 0).max(first), stand),
            (true, false) => {
                self.follow(&mut chance, 1, first, year.day(-5, 2));
                self.complete(1, year.at(year.day(-5, 2), 10, 0));
                self.prepare(&mut chance, 2, year.day(-2, 0), stand);
            }
            (false, _) => {
                self.follow(&mut chance, 1, first, if stand == Stand::Active { year.today } else { year.day(-5, 2) });
                self.turn_out(stand, first);
            }
        }
    }

    /// A plan that is not approved yet.
    fn prepare(&mut self, chance: &mut Chance, number: i64, from: NaiveDate, stand: Stand) {
        let year = self.year;
        self.draft(chance, number, "drafted", year.at(from, 11, 0));
        if stand == Stand::Draft {
            return;
        }
        let (by, topic) = (self.part.director(), format!("plan/{number}/submitted"));
        let at = year.at(from + Days::new(3), 11, 0);
        self.act(at, by, Operation::SubmitPlan, &topic, (), |()| SubmitPlan);
        if stand == Stand::Returned {
            let reason = text(self.part.say(chance.pick(words::PLAN_RETURNED)));
            let (topic, at) = (format!("plan/{number}/returned"), year.at(from + Days::new(7), 9, 0));
            let by = Who::MentalHealthManager;
            self.act(at, by, Operation::ReturnPlan, &topic, reason, |reason| ReturnPlan { reason });
        }
    }

    /// A plan that was approved, with its reviews.
    fn follow(&mut self, chance: &mut Chance, number: i64, from: NaiveDate, to: NaiveDate) {
        let (year, part) = (self.year, self.part);
        let topic = |what: &str| format!("plan/{number}/{what}");
        let (director, manager) = (part.director(), Who::MentalHealthManager);
        let mut day = year.office_day(from);
        self.draft(chance, number, "drafted", year.at(day, 11, 0));
        day = year.office_day(day + Days::new(2));
        self.act(year.at(day, 11, 0), director, Operation::SubmitPlan, &topic("submitted"), (), |()| SubmitPlan);
        if part.turn(12) == 5 {
            day = year.office_day(day + Days::new(2));
            let reason = text(part.say(chance.pick(words::PLAN_RETURNED)));
            let at = year.at(day, 9, 0);
            self.act(at, manager, Operation::ReturnPlan, &topic("returned"), reason, |reason| ReturnPlan { reason });
            day = year.office_day(day + Days::new(1));
            self.draft(chance, number, "drafted again", year.at(day, 11, 0));
            let at = year.at(day, 11, 30);
            self.act(at, director, Operation::SubmitPlan, &topic("submitted again"), (), |()| SubmitPlan);
        }
        day = year.office_day(day + Days::new(3));
        let mut next = year.office_day(day + Days::new(56));
        let approval = PlanApproval { next_review_on: next, note: None };
        self.act(year.at(day, 9, 20), manager, Operation::ApprovePlan, &topic("approved"), approval, ApprovePlan);
        for n in 1..8 {
            // Some reviews are late.
            let late = chance.pick(&[0, 0, 1, 5]);
            day = year.office_day(next + Days::new(late));
            let summary = text(part.say(chance.pick(words::review(part.trend))));
            if day >= to {
                break;
            }
            next = year.office_day(day + Days::new(56));
            let review = PlanReview { summary, next_review_on: next };
            let topic = topic(&format!("reviewed/{n}"));
            self.act(year.at(day, 9, 20), manager, Operation::ReviewPlan, &topic, review, ReviewPlan);
        }
    }

    fn draft(&mut self, chance: &mut Chance, number: i64, what: &str, at: DateTime<Utc>) {
        let draft = PlanDraft { summary: text(self.part.say(chance.pick(words::PLANS))) };
        let (by, topic) = (self.part.director(), format!("plan/{number}/{what}"));
        self.act(at, by, Operation::DraftPlan, &topic, draft, DraftPlan);
    }

    fn complete(&mut self, number: i64, at: DateTime<Utc>) {
        let summary = Some(text(self.part.say("What was agreed was done; {name} and {kin} were asked what helped.")));
        let (by, topic) = (self.part.director(), format!("plan/{number}/completed"));
        self.act(at, by, Operation::CompletePlan, &topic, PlanCompletion { summary }, CompletePlan);
    }

    /// What became of a plan that is not simply followed, unless it is too young for that.
    fn turn_out(&mut self, stand: Stand, first: NaiveDate) {
        let (year, part) = (self.year, self.part);
        let by = part.director();
        let on = |week: i64| year.at(year.day(week, 1).max(year.office_day(first + Days::new(21))), 10, 0);
        match stand {
            Stand::OnHold | Stand::Resumed => {
                let reason = text(part.say("{name} is abroad with {kin} for some weeks."));
                self.act(on(-4), by, Operation::HoldPlan, "plan/held", reason, |reason| HoldPlan { reason });
                if stand == Stand::Resumed {
                    let reason = text(part.say("{name} is back at school."));
                    let at = on(-2) + chrono::TimeDelta::hours(1);
                    self.act(at, by, Operation::ResumePlan, "plan/resumed", reason, |reason| ResumePlan { reason });
                }
            }
            Stand::Completed => self.complete(1, on(-3)),
            Stand::Revoked => {
                let reason = text(part.say("{kin} wants to begin anew, with the counselor at the table."));
                self.act(on(-3), by, Operation::RevokePlan, "plan/revoked", reason, |reason| RevokePlan { reason });
            }
            Stand::Draft | Stand::Submitted | Stand::Returned | Stand::Active => {}
        }
    }
}
