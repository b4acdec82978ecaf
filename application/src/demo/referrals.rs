//! Referrals to partners with the family's consent, each at another point of the loop.
mod answer;

use chrono::{Days, NaiveDate};
use domain::{
    ConsentId, ReferralId, Visibility,
    case::{
        Consent, ConsentRefusal, ConsentWithdrawal, DataCategory, DraftReferral, GiveConsent, Purpose, Referral,
        RefuseConsent, RequestReferral, SignatoryRelation, Urgency, WithdrawConsent,
    },
};

use super::{
    cast::{CLINIC, FAMILY_SERVICES, TUTORS, Who, partner},
    story::Writer,
    value::text,
    words,
};
use crate::access::Operation;

/// How far a referral has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    Drafted,
    Unanswered,
    JustSent,
    Accepted,
    Served,
    Helped,
    PartlyHelped,
    Rejected,
    Forwarded,
    Waiting,
    TakenUpAgain,
    TakenBack,
    CameToNothing,
    Refused,
    Withdrawn,
    Expired,
}

const COURSES: &[Course] = &[
    Course::Unanswered,
    Course::Served,
    Course::Helped,
    Course::Accepted,
    Course::Forwarded,
    Course::JustSent,
    Course::Rejected,
    Course::Waiting,
    Course::PartlyHelped,
    Course::CameToNothing,
    Course::JustSent,
    Course::TakenBack,
    Course::TakenUpAgain,
    Course::Refused,
    Course::Withdrawn,
    Course::Expired,
];

/// Every third student is referred somewhere, and some more.
fn course(number: usize) -> Option<Course> {
    match number {
        1 => Some(Course::Drafted),
        4 | 13 => Some(Course::Unanswered),
        7 | 19 | 46 => Some(Course::Served),
        10 | 25 | 37 => Some(Course::Helped),
        28 => Some(Course::Accepted),
        31 => Some(Course::JustSent),
        _ if number % 3 == 2 => COURSES.get(number / 3).copied(),
        _ => None,
    }
}

/// Where somebody is referred to, and for what.
#[derive(Clone, Copy)]
struct Service {
    partner: &'static str,
    by: Who,
    what: &'static str,
    purpose: Purpose,
    shares: &'static [DataCategory],
}

const COUNSELING: Service = Service {
    partner: CLINIC,
    by: Who::Clinic,
    what: "Weekly counseling",
    purpose: Purpose::MentalHealth,
    shares: &[DataCategory::Directory, DataCategory::MentalHealth],
};
const TUTORING: Service = Service {
    partner: TUTORS,
    by: Who::Tutors,
    what: "Math and reading after school",
    purpose: Purpose::AcademicSupport,
    shares: &[DataCategory::Directory, DataCategory::Coursework],
};
const BASIC_NEEDS: Service = Service {
    partner: FAMILY_SERVICES,
    by: Who::FamilyServices,
    what: "Food, coats and help with benefits",
    purpose: Purpose::BasicNeeds,
    shares: &[DataCategory::Directory],
};

/// The referral that a newcomer is shown how to accept: sent lately to that partner's staff, not answered.
pub(super) fn is_unanswered(number: usize) -> Option<Who> {
    (course(number)? == Course::JustSent).then(|| service(number).by)
}

/// Within so many days of the consent the service begins: it is not withdrawn, nor expires, before.
const SERVED_BY: Days = Days::new(14);

pub(super) const REFERRAL: &str = "referral";

fn service(number: usize) -> Service {
    [BASIC_NEEDS, TUTORING, COUNSELING][number / 3 % 3]
}

impl Writer<'_> {
    /// The referral of every second student, as far as there is one.
    pub(super) fn refer(&mut self) {
        let (year, part) = (self.year, self.part);
        let Some(course) = course(part.number).filter(|_| part.goes_on()) else { return };
        let service = service(part.number);
        use Course::*;
        // Weeks before now on which the referral was drafted.
        let week = match course {
            Drafted | JustSent => -1,
            Unanswered | Accepted => -3,
            Forwarded | Refused => -5,
            Served | Waiting | TakenUpAgain | Rejected | TakenBack => -9,
            Withdrawn | CameToNothing => -12,
            Helped | PartlyHelped | Expired => -15,
        };
        let earliest = year.office_day(part.opens_on + Days::new(4));
        let day = year.day(week, 2).max(earliest);
        if course == Refused {
            return self.be_refused(service, day);
        }
        self.consent(service, day, course);
        let referral = self.ask(service, day, course);
        self.answer(referral, service, day + Days::new(2), course);
    }

    fn consent(&mut self, service: Service, day: NaiveDate, course: Course) {
        let (year, part) = (self.year, self.part);
        let expires_on = match course {
            Course::Expired => Some(year.day(-3, 4).max(day + SERVED_BY)),
            _ => Some(year.today + Days::new(150)),
        };
        let visibility = visibility(service);
        let consent = Consent {
            partner: partner(service.partner),
            purpose: service.purpose,
            scope: service.shares.to_vec().try_into().expect("the demo's services share something"),
            signatory: text(part.say(words::SIGNATORY)),
            relation: SignatoryRelation::Parent,
            signed_on: day,
            expires_on,
            visibility,
            evidence: vec![],
        };
        let by = self.referrer(service);
        let topic = format!("consent/{}", service.partner);
        let consent_id: ConsentId =
            self.act(year.at(day, 9, 0), by, Operation::GiveConsent, &topic, consent.clone(), GiveConsent).into();
        if course == Course::Forwarded {
            let (partner, purpose) = (partner(next(service).partner), service.purpose);
            let consent = Consent { partner, purpose, ..consent };
            let at = year.at(day + Days::new(5), 9, 0);
            self.act(at, by, Operation::GiveConsent, "consent/next", consent, GiveConsent);
        }
        if course == Course::Withdrawn {
            let at = year.at(year.day(-4, 3).max(day + SERVED_BY), 9, 0);
            let withdrawal = ConsentWithdrawal {
                by: text(part.say(words::SIGNATORY)),
                on: None,
                reason: Some(text(words::WITHDRAWN)),
                evidence: vec![],
            };
            let command = |withdrawal| WithdrawConsent { consent: consent_id, withdrawal };
            self.on(consent_id).act(at, by, Operation::WithdrawConsent, "consent/withdrawn", withdrawal, command);
        }
    }

    fn be_refused(&mut self, service: Service, day: NaiveDate) {
        let refusal = ConsentRefusal {
            partner: partner(service.partner),
            purpose: service.purpose,
            signatory: text(self.part.say(words::SIGNATORY)),
            relation: SignatoryRelation::Parent,
            on: day,
            note: Some(text(self.part.say(words::REFUSED))),
            visibility: visibility(service),
            evidence: vec![],
        };
        let (at, by) = (self.year.at(day, 9, 0), self.referrer(service));
        self.act(at, by, Operation::RefuseConsent, "consent/refused", refusal, RefuseConsent);
    }

    fn ask(&mut self, service: Service, day: NaiveDate, course: Course) -> ReferralId {
        let (year, part) = (self.year, self.part);
        let mut chance = self.chance("referral");
        let draft = Referral {
            partner: partner(service.partner),
            service: Some(text(service.what)),
            purpose: service.purpose,
            reason: text(part.say(chance.pick(words::referral(service.purpose)))),
            shares: service.shares.iter().copied().collect(),
            urgency: if course == Course::Unanswered { Urgency::Urgent } else { Urgency::Routine },
            visibility: visibility(service),
        };
        let by = self.referrer(service);
        let at = year.at(day, 9, 15);
        let referral = self.act(at, by, Operation::DraftReferral, REFERRAL, draft, DraftReferral).into();
        if course != Course::Drafted {
            let at = year.at(day, 9, 30);
            self.on(referral)
                .act(at, by, Operation::RequestReferral, "referral/sent", (), |()| RequestReferral { referral });
        }
        referral
    }

    /// Who speaks with the partner: about mental health the manager, else the director.
    fn referrer(&self, service: Service) -> Who {
        match service.purpose {
            Purpose::MentalHealth => self.part.colleague(Who::MentalHealthManager),
            _ => self.part.director(),
        }
    }
}

/// To whom a referral is passed on.
fn next(service: Service) -> Service {
    if service.partner == FAMILY_SERVICES { TUTORING } else { BASIC_NEEDS }
}

/// That a student was referred to a clinic is itself mental-health information.
fn visibility(service: Service) -> Visibility {
    if service.purpose == Purpose::MentalHealth { Visibility::MentalHealth } else { Visibility::Team }
}
