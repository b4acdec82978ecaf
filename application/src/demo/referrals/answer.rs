//! What the partner answers, and what comes of it.
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    ReferralId,
    case::{
        AcceptReferral, CancelReason, CancelReferral, CancelledBy, CompleteReferral, FailReason, FailReferral,
        ForwardReferral, HoldReferral, ReferralAcceptance, ReferralCancellation, ReferralCompletion, ReferralFailure,
        ReferralForwarding, ReferralOutcome, ReferralRejection, RejectReason, RejectReferral, ResumeReferral,
        ServiceStart, StartService,
    },
};

use super::{Course, Service, next};
use crate::{
    access::Operation,
    demo::{
        cast::{Who, partner},
        story::Writer,
        value::text,
        words,
    },
};

impl Writer<'_> {
    /// What the partner answers, and what comes of it.
    pub(super) fn answer(&mut self, referral: ReferralId, service: Service, day: NaiveDate, course: Course) {
        let year = self.year;
        let after = |days: u64| year.at(year.office_day(day + Days::new(days)), 11, 0);
        let school = self.referrer(service);
        use Course::*;
        match course {
            Drafted | Unanswered | JustSent | Refused => {}
            Accepted => self.accept(referral, service.by, after(0)),
            Served => self.begin(referral, service.by, [after(1), after(8)]),
            Helped | Withdrawn | Expired => {
                self.begin(referral, service.by, [after(1), after(8)]);
                if course == Helped {
                    self.end(referral, service.by, after(60), ReferralOutcome::GotHelp);
                }
            }
            PartlyHelped => {
                self.begin(referral, service.by, [after(2), after(9)]);
                self.end(referral, service.by, after(45), ReferralOutcome::PartlyHelped);
            }
            Rejected => {
                let note = Some(text("Our waiting list is closed until the new term."));
                let rejection = ReferralRejection { reason: RejectReason::NoCapacity, note };
                let command = |rejection| RejectReferral { referral, rejection };
                self.on(referral).act(
                    after(1),
                    service.by,
                    Operation::RejectReferral,
                    "referral/rejected",
                    rejection,
                    command,
                );
            }
            Forwarded => {
                let reason = text("No answer, and the family cannot wait.");
                let forwarding = ReferralForwarding { partner: partner(next(service).partner), reason };
                let command = |forwarding| ForwardReferral { referral, forwarding };
                self.on(referral).act(
                    after(6),
                    school,
                    Operation::ForwardReferral,
                    "referral/forwarded",
                    forwarding,
                    command,
                );
                self.begin(referral, next(service).by, [after(8), after(16)]);
            }
            Waiting | TakenUpAgain => {
                self.accept(referral, service.by, after(1));
                let reason = text(self.part.say("{name} and {kin} asked to wait until the exams are over."));
                let hold = |reason| HoldReferral { referral, reason };
                self.on(referral).act(after(5), school, Operation::HoldReferral, "referral/held", reason, hold);
                if course == TakenUpAgain {
                    let reason = text(self.part.say("{kin} called: they are ready now."));
                    let command = |reason| ResumeReferral { referral, reason };
                    self.on(referral).act(
                        after(20),
                        school,
                        Operation::ResumeReferral,
                        "referral/resumed",
                        reason,
                        command,
                    );
                    self.start(referral, service.by, after(27));
                }
            }
            TakenBack => {
                let note = Some(text(self.part.say("{kin} found help through the union.")));
                let (by, reason) = (CancelledBy::Family, CancelReason::NoLongerNeeded);
                let cancellation = ReferralCancellation { by, reason, note };
                let command = |cancellation| CancelReferral { referral, cancellation };
                self.on(referral).act(
                    after(4),
                    school,
                    Operation::CancelReferral,
                    "referral/cancelled",
                    cancellation,
                    command,
                );
            }
            CameToNothing => {
                self.accept(referral, service.by, after(1));
                let note = Some(text("Three letters and four calls, no answer."));
                let failure = ReferralFailure { reason: FailReason::CouldNotContact, note };
                let command = |failure| FailReferral { referral, failure };
                self.on(referral).act(
                    after(30),
                    service.by,
                    Operation::FailReferral,
                    "referral/failed",
                    failure,
                    command,
                );
            }
        }
    }

    fn accept(&mut self, referral: ReferralId, by: Who, at: DateTime<Utc>) {
        let acceptance = ReferralAcceptance { note: Some(text("We will call the family this week.")) };
        let command = |acceptance| AcceptReferral { referral, acceptance };
        self.on(referral).act(at, by, Operation::AcceptReferral, "referral/accepted", acceptance, command);
    }

    fn start(&mut self, referral: ReferralId, by: Who, at: DateTime<Utc>) {
        let start = ServiceStart { on: self.year.calendar.today(at), note: None };
        let command = |start| StartService { referral, start };
        self.on(referral).act(at, by, Operation::StartService, "referral/started", start, command);
    }

    fn begin(&mut self, referral: ReferralId, by: Who, [accepted, started]: [DateTime<Utc>; 2]) {
        self.accept(referral, by, accepted);
        self.start(referral, by, started);
    }

    fn end(&mut self, referral: ReferralId, by: Who, at: DateTime<Utc>, outcome: ReferralOutcome) {
        let note = Some(text(words::outcome(outcome)));
        let completion = ReferralCompletion { outcome, on: None, note };
        let command = |completion| CompleteReferral { referral, completion };
        self.on(referral).act(at, by, Operation::CompleteReferral, "referral/completed", completion, command);
    }
}
