//! A referral with the family's consent, and what comes of it.
use chrono::{Days, NaiveDate};
use domain::{
    Visibility,
    case::{
        AcceptReferral, CompleteReferral, Consent, DataCategory, DraftReferral, FailReason, FailReferral, GiveConsent,
        Purpose, Referral, ReferralAcceptance, ReferralCompletion, ReferralFailure, ReferralOutcome, ReferralRejection,
        RejectReason, RejectReferral, RequestReferral, ServiceStart, SignatoryRelation, StartService, Urgency,
    },
};

use super::{Place, Shares, story::Teller};
use crate::{access::Operation, demo::value::text};

/// What becomes of a referral.
#[derive(Clone, Copy)]
enum Course {
    Helped,
    Rejected,
    Unanswered,
    UnderWay,
}

impl Teller<'_> {
    /// Refers the student to a partner.
    pub(super) fn refer(&mut self, year: u32, day: NaiveDate) {
        let place = Place(self.district);
        let partner = place.partner(self.number + u64::from(year));
        let (director, answering) = (self.school.director.clone(), place.partner_staff(partner));
        let topic = |what: &str| format!("{year}/referral/{what}");
        let consent = Consent {
            partner,
            purpose: Purpose::BasicNeeds,
            scope: vec![DataCategory::Directory].try_into().expect("something is shared"),
            signatory: text("The mother"),
            relation: SignatoryRelation::Parent,
            signed_on: day,
            expires_on: Some(day + Days::new(300)),
            visibility: Visibility::Team,
            evidence: vec![],
        };
        self.act((day, 9, 0), &director, Operation::GiveConsent, &topic("consent"), GiveConsent(consent));
        let referral = Referral {
            partner,
            service: Some(text("A winter coat and a bus pass")),
            purpose: Purpose::BasicNeeds,
            reason: text("Walks to school, and stays at home when it is cold."),
            shares: [DataCategory::Directory].into_iter().collect(),
            urgency: Urgency::Routine,
            visibility: Visibility::Team,
        };
        let draft = DraftReferral(referral);
        let referral = self.act((day, 9, 10), &director, Operation::DraftReferral, &topic("draft"), draft).into();
        self.act((day, 9, 20), &director, Operation::RequestReferral, &topic("sent"), RequestReferral { referral });
        let stated = Shares::STATED;
        let course = self.luck.share(&[
            (stated.referrals_helped, Course::Helped),
            (stated.referrals_rejected, Course::Rejected),
            (stated.referrals_unanswered, Course::Unanswered),
            (100, Course::UnderWay),
        ]);
        match course {
            Some(Course::Rejected) => {
                let rejection = ReferralRejection { reason: RejectReason::NoCapacity, note: None };
                let command = RejectReferral { referral, rejection };
                let at = (day + Days::new(4), 11, 0);
                self.act(at, &answering, Operation::RejectReferral, &topic("rejected"), command);
            }
            Some(Course::Unanswered) => {
                let failure = ReferralFailure { reason: FailReason::NoResponse, note: None };
                let (at, command) = ((day + Days::new(40), 11, 0), FailReferral { referral, failure });
                self.act(at, &director, Operation::FailReferral, &topic("failed"), command);
            }
            Some(course) => {
                let acceptance = ReferralAcceptance { note: None };
                let (at, command) = ((day + Days::new(3), 11, 0), AcceptReferral { referral, acceptance });
                self.act(at, &answering, Operation::AcceptReferral, &topic("accepted"), command);
                let on = day + Days::new(9);
                let command = StartService { referral, start: ServiceStart { on, note: None } };
                self.act((on, 11, 0), &answering, Operation::StartService, &topic("started"), command);
                if let Course::Helped = course {
                    let outcomes = [(75, ReferralOutcome::GotHelp), (100, ReferralOutcome::PartlyHelped)];
                    let outcome = self.luck.share(&outcomes).unwrap_or(ReferralOutcome::GotHelp);
                    let completion = ReferralCompletion { outcome, on: None, note: None };
                    let (at, command) = ((day + Days::new(50), 11, 0), CompleteReferral { referral, completion });
                    self.act(at, &answering, Operation::CompleteReferral, &topic("completed"), command);
                }
            }
            None => {}
        }
    }
}
