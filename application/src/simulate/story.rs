//! What is done for one student over the years, as commands.
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc, Weekday};
use chrono_tz::America::New_York;
use domain::{
    Decide, SchoolCalendar, StudentId, Visibility,
    case::{
        AddNote, ApprovePlan, AssignMentor, Case, CompleteFollowUp, CompleteIntervention, Contact, ContactOutcome,
        ContactWith, Delivery, Direction, Dosage, DraftPlan, Due, FollowUp, FollowUpCompletion, GoalProposal,
        IdentifyNeed, InterventionCompletion, InterventionKind, InterventionPlan, InterventionStart, LogContact,
        LogSession, MeasureProgress, Measurement, Medium, MentorAssignment, Need, NeedCategory, Note, OpenCase,
        PlanApproval, PlanDraft, PlanIntervention, PlanReview, ProposeGoal, RequestFollowUp, ReviewPlan, Session,
        SessionOutcome, SetGoal, StartIntervention, SubmitPlan, Target,
    },
};
use uuid::Uuid;

use super::{
    District, Place, Shares, SimulatedSchool,
    luck::Luck,
    term::{days, in_term},
};
use crate::{
    Order, Past, Principal,
    access::Operation,
    demo::value::{minutes, quantity, text, tier, weekly},
};

/// What happened to the student of that number; nothing where the student has no case.
pub fn story(district: &District, number: u64) -> Vec<Past> {
    if !district.luck(&format!("student/{number}/case")).percent(Shares::STATED.cases) {
        return vec![];
    }
    let place = Place(district);
    let school = place.school(place.school_of(number));
    let student = place.student_id(number);
    let luck = district.luck(&format!("student/{number}/story"));
    let mentor = school.mentors[(number % school.mentors.len() as u64) as usize].clone();
    let (calendar, past) = (SchoolCalendar::new(New_York, []), vec![]);
    let mut teller = Teller { district, student, number, school, mentor, luck, calendar, past };
    teller.tell();
    teller.past.sort_by_key(|past| past.at);
    teller.past
}

pub(super) struct Teller<'a> {
    pub(super) district: &'a District,
    student: StudentId,
    pub(super) number: u64,
    pub(super) school: SimulatedSchool,
    mentor: Arc<Principal>,
    pub(super) luck: Luck,
    calendar: SchoolCalendar,
    past: Vec<Past>,
}

impl Teller<'_> {
    fn tell(&mut self) {
        let first = self.district.today - Days::new(365 * u64::from(self.district.years));
        let opened = in_term(first + Days::new(self.luck.between(0..60)));
        let reason = text("Absent on many days, and more and more often.");
        let open = OpenCase { school: self.school.id, reason, tier: tier(2) };
        let director = self.school.director.clone();
        self.act((opened, 9, 0), &director, Operation::OpenCase, "case", open);
        let terms = MentorAssignment { mentor: self.mentor.staff, since: opened, primary: true };
        self.act((opened, 9, 30), &director, Operation::AssignMentor, "mentor", AssignMentor(terms));
        let category = self.luck.pick(&[NeedCategory::Attendance, NeedCategory::Academic, NeedCategory::Family]);
        let need = Need { category, description: text("Comes late to school."), visibility: Visibility::Team };
        self.act((opened, 10, 0), &director, Operation::IdentifyNeed, "need", IdentifyNeed(need));
        for year in 0..self.district.years {
            let from = in_term(opened + Days::new(365 * u64::from(year) + 1));
            let to = (from + Days::new(300)).min(self.district.today);
            self.pursue(year, from, to);
            self.keep_in_touch(year, from, to);
            self.follow_up(year, from, to);
            if self.luck.percent(Shares::STATED.referrals) {
                let day = from + Days::new(self.luck.between(10..120));
                self.refer(year, day);
            }
        }
    }

    /// A goal with an intervention for it, and a plan that holds both.
    fn pursue(&mut self, year: u32, from: NaiveDate, to: NaiveDate) {
        let director = self.school.director.clone();
        let topic = |what: &str| format!("{year}/{what}");
        let goal = GoalProposal { description: text("Comes to school every day."), visibility: Visibility::Team };
        let goal = self.act((from, 13, 0), &director, Operation::ProposeGoal, &topic("goal"), ProposeGoal(goal)).into();
        let target = Target {
            measure: text("Days present in ten"),
            unit: Some(text("days")),
            indicator: None,
            baseline: quantity(6),
            target: quantity(9),
            direction: Direction::Increase,
            starts_on: from,
            due_on: from + Days::new(250),
        };
        self.act((from, 13, 10), &director, Operation::SetGoal, &topic("target"), SetGoal { goal, target });
        for month in 1..9 {
            let on = in_term(from + Days::new(30 * month));
            let value = quantity(6 + self.luck.between(0..4) as i64);
            let command = MeasureProgress { goal, measurement: Measurement { on, value, note: None } };
            let mentor = self.mentor.clone();
            self.act((on, 15, 0), &mentor, Operation::MeasureProgress, &topic(&format!("progress/{month}")), command);
        }
        self.intervene(year, goal, from + Days::new(3), (from + Days::new(115)).min(to));
        let draft = DraftPlan(PlanDraft { summary: text("Check in every morning; look again in two months.") });
        let due = from + Days::new(5);
        let next_review_on = due + Days::new(70);
        if year == 0 {
            self.act((due, 9, 0), &director, Operation::DraftPlan, "plan", draft);
            self.act((due, 10, 0), &director, Operation::SubmitPlan, "plan/submitted", SubmitPlan);
            let approval = ApprovePlan(PlanApproval { next_review_on, note: None });
            let manager = self.school.manager.clone();
            self.act((due + Days::new(2), 9, 0), &manager, Operation::ApprovePlan, "plan/approved", approval);
        }
        for n in 1..4 {
            let on = in_term(due + Days::new(70 * n));
            let summary = text("Goes on as planned.");
            let review = ReviewPlan(PlanReview { summary, next_review_on: on + Days::new(70) });
            let manager = self.school.manager.clone();
            self.act((on, 9, 0), &manager, Operation::ReviewPlan, &topic(&format!("review/{n}")), review);
        }
    }

    fn intervene(&mut self, year: u32, goal: domain::GoalId, from: NaiveDate, to: NaiveDate) {
        let director = self.school.director.clone();
        let plan = InterventionPlan {
            kind: InterventionKind::CheckAndConnect,
            what: text("Check in every morning, connect when it is needed."),
            tier: tier(2),
            delivery: Delivery::Individual,
            dosage: Some(Dosage { sessions_per_week: weekly(2), minutes: minutes(15) }),
            partner: None,
            goals: [goal].into(),
            starts_on: Some(from),
            ends_on: Some(to.max(from)),
            visibility: Visibility::Team,
        };
        let topic = |what: &str| format!("{year}/intervention/{what}");
        let plan = PlanIntervention(plan);
        let intervention = self.act((from, 8, 0), &director, Operation::PlanIntervention, &topic("plan"), plan).into();
        let start = InterventionStart { on: from, date_assumed: false };
        let start = StartIntervention { intervention, start };
        self.act((from, 8, 5), &director, Operation::StartIntervention, &topic("start"), start);
        let mentor = self.mentor.clone();
        for (n, day) in days(from, to, &[Weekday::Tue, Weekday::Thu]).into_iter().enumerate() {
            let absent = Shares::STATED.absences;
            let shares =
                [(absent, SessionOutcome::NoShow), (5, SessionOutcome::Cancelled), (100, SessionOutcome::Held)];
            let Some(outcome) = self.luck.share(&shares) else { continue };
            let held = (outcome == SessionOutcome::Held).then(|| minutes(10 + self.luck.between(0..15) as i64));
            let session = Session { held_on: day, outcome, minutes: held, note: None };
            let command = LogSession { intervention, session };
            self.act((day, 10, 20), &mentor, Operation::LogSession, &topic(&format!("session/{n}")), command);
        }
        let completion = InterventionCompletion { on: to.max(from), note: None };
        let command = CompleteIntervention { intervention, completion };
        self.act((to.max(from), 16, 0), &director, Operation::CompleteIntervention, &topic("end"), command);
    }

    /// Three contacts a week are planned; most are tried, and most of those made.
    fn keep_in_touch(&mut self, year: u32, from: NaiveDate, to: NaiveDate) {
        let mentor = self.mentor.clone();
        for (n, day) in days(from, to, &[Weekday::Mon, Weekday::Wed, Weekday::Fri]).into_iter().enumerate() {
            if !self.luck.percent(Shares::STATED.contacts) {
                continue;
            }
            let made = self.luck.percent(Shares::STATED.contacts_made);
            let (outcome, medium, with) = match (made, self.luck.percent(75)) {
                (true, true) => (ContactOutcome::Made, Medium::InPerson, ContactWith::Student),
                (true, false) => (ContactOutcome::Made, Medium::Phone, ContactWith::Family),
                (false, _) => (ContactOutcome::NoAnswer, Medium::Phone, ContactWith::Family),
            };
            let minutes = made.then(|| minutes(5 + self.luck.between(0..20) as i64));
            let note = self.luck.percent(40).then(|| text("Was on time, and told about the game on Saturday."));
            let contact = Contact { on: day, outcome, medium, with, minutes, note, visibility: Visibility::Team };
            let topic = format!("{year}/contact/{n}");
            let at = (day, 11, self.luck.between(0..60) as i64);
            self.act(at, &mentor, Operation::LogContact, &topic, LogContact(contact));
        }
    }

    /// Something to do every month; the last of them may still wait. A note beside it.
    fn follow_up(&mut self, year: u32, from: NaiveDate, to: NaiveDate) {
        let mentor = self.mentor.clone();
        for n in 0..9 {
            let asked = in_term(from + Days::new(14 + 32 * n));
            if asked >= to {
                break;
            }
            let due = Due::On(asked + Days::new(5));
            let (what, owner) = (text("Call home about the morning."), mentor.staff);
            let request = RequestFollowUp(FollowUp { what, due, owner, about: None, visibility: Visibility::Team });
            let topic = format!("{year}/follow-up/{n}");
            let follow_up = self.act((asked, 14, 0), &mentor, Operation::RequestFollowUp, &topic, request).into();
            if self.luck.percent(92) {
                let completion = FollowUpCompletion { result: text("Talked with the family.") };
                let done = in_term(asked + Days::new(self.luck.between(1..9)));
                let command = CompleteFollowUp { follow_up, completion };
                self.act((done, 15, 0), &mentor, Operation::CompleteFollowUp, &format!("{topic}/done"), command);
            }
            let note = Note { text: text("A good month, all in all."), visibility: Visibility::Team };
            self.act((asked, 16, 0), &mentor, Operation::AddNote, &format!("{topic}/note"), AddNote(note));
        }
    }

    /// Somebody issues a command, unless that day has not come yet; `topic` names it, and what it creates.
    pub(super) fn act(
        &mut self,
        (day, hour, minute): (NaiveDate, i64, i64),
        by: &Arc<Principal>,
        operation: Operation,
        topic: &str,
        command: impl Decide<Case>,
    ) -> Uuid {
        let key = self.district.id(&format!("student/{}/{topic}", self.number));
        let at: DateTime<Utc> = self.calendar.start_of(day) + TimeDelta::minutes(60 * hour + minute);
        if day < self.district.today {
            let school = Some(self.school.id);
            let order = Order { school, ..Order::new(by.clone(), self.student, operation, key) };
            self.past.push(Past { order, at, command: Arc::new(command) });
        }
        key
    }
}
