//! How what happens on a case changes who is served with what.
use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    StudentId,
    case::{CaseEvent, Contact, ContactOutcome, Content, Session, SessionOutcome},
};
use uuid::Uuid;

use super::{Served, Serving};
use crate::{
    Happening,
    view::{Moment, code},
};

/// A row: whose, and which entry it is of.
type Key = (StudentId, Uuid);

/// A stretch of the log, told as who is served: what is known of the entries it is about goes in, what changed comes out.
#[derive(Debug, Default)]
pub struct ServedTally {
    now: BTreeMap<Key, Served>,
    touched: BTreeMap<Key, ()>,
}

/// What changed.
#[derive(Debug, Default, PartialEq)]
pub struct ServedChanges {
    /// Rows that are new, or other than they were.
    pub kept: Vec<(Key, Served)>,
    /// Rows that are no more.
    pub gone: Vec<Key>,
}

impl ServedTally {
    /// Goes on from what is `known` of the entries that the events are about.
    pub fn from(known: impl IntoIterator<Item = (Key, Served)>) -> Self {
        Self { now: known.into_iter().collect(), touched: BTreeMap::new() }
    }

    /// Takes in what happened.
    pub fn take(&mut self, happening: &Happening<'_, CaseEvent>) {
        let now = Moment::of(happening);
        let key = |entry: Uuid| (now.student, entry);
        match happening.event {
            CaseEvent::InterventionPlanned(e) => {
                let (kind, partner) = (Some(code(&e.plan.kind)), e.plan.partner);
                let visibility = Some(e.plan.visibility);
                let planned = Served { code: kind, partner, visibility, ..nothing(Serving::Intervention) };
                self.put(key(e.intervention.uuid()), planned);
            }
            CaseEvent::InterventionStarted(e) => self.starts(key(e.intervention.uuid()), e.start.on),
            CaseEvent::InterventionCompleted(e) => self.ends(key(e.intervention.uuid()), e.completion.on),
            CaseEvent::InterventionDiscontinued(e) => self.ends(key(e.intervention.uuid()), e.discontinuation.on),
            CaseEvent::SessionLogged(e) => self.session(key(e.session.uuid()), e.intervention.uuid(), &e.details),

            CaseEvent::MentorAssigned(e) => {
                let (mentor, started_on) = (Some(e.terms.mentor), Some(e.terms.since));
                let visibility = Some(domain::Visibility::Team);
                let assigned = Served { mentor, started_on, visibility, ..nothing(Serving::Mentor) };
                self.put(key(e.assignment.uuid()), assigned);
            }
            CaseEvent::MentorAssignmentEnded(e) => self.ends(key(e.assignment.uuid()), e.end.on),
            CaseEvent::ContactLogged(e) => self.contact(key(e.contact.uuid()), &e.details),

            CaseEvent::ReferralDrafted(e) => {
                let (purpose, partner) = (Some(code(&e.draft.purpose)), Some(e.draft.partner));
                let visibility = Some(e.draft.visibility);
                let asked = Served { code: purpose, partner, visibility, ..nothing(Serving::Service) };
                self.put(key(e.referral.uuid()), asked);
            }
            CaseEvent::ReferralForwarded(e) => {
                self.change(key(e.referral.uuid()), |service| service.partner = Some(e.forwarding.partner));
            }
            CaseEvent::ServiceStarted(e) => self.starts(key(e.referral.uuid()), e.start.on),
            CaseEvent::ReferralCompleted(e) => self.ends(key(e.referral.uuid()), now.today),
            CaseEvent::ReferralFailed(e) => self.ends(key(e.referral.uuid()), now.today),
            CaseEvent::ReferralCancelled(e) => self.ends(key(e.referral.uuid()), now.today),
            CaseEvent::ReferralRejected(e) => self.ends(key(e.referral.uuid()), now.today),

            CaseEvent::EntryCorrected(e) => self.rewrite(key(e.was.id.uuid()), &e.correction.now),
            CaseEvent::EntryMovedFromStudent(e) => self.rewrite(key(e.entry.id.uuid()), &e.entry.content),
            CaseEvent::EntryRetracted(e) => self.remove(key(e.was.id.uuid())),
            CaseEvent::EntryMovedToStudent(e) => self.remove(key(e.was.id.uuid())),
            _ => {}
        }
    }

    /// What changed since then.
    pub fn changes(mut self) -> ServedChanges {
        let mut changes = ServedChanges::default();
        for key in self.touched.into_keys() {
            match self.now.remove(&key) {
                Some(served) => changes.kept.push((key, served)),
                None => changes.gone.push(key),
            }
        }
        changes
    }

    fn rewrite(&mut self, key: Key, content: &Content) {
        match content {
            Content::Session { intervention, session } => self.session(key, intervention.uuid(), session),
            Content::Contact { contact } => self.contact(key, contact),
            _ => {}
        }
    }

    fn session(&mut self, key: Key, intervention: Uuid, session: &Session) {
        match session.outcome {
            SessionOutcome::Held => {
                let on = Some(session.held_on);
                let held =
                    Served { course: Some(intervention), started_on: on, ended_on: on, ..nothing(Serving::Session) };
                self.put(key, held);
            }
            SessionOutcome::NoShow | SessionOutcome::Cancelled => self.remove(key),
        }
    }

    fn contact(&mut self, key: Key, contact: &Contact) {
        match contact.outcome {
            ContactOutcome::Made => {
                let (on, visibility) = (Some(contact.on), Some(contact.visibility));
                let made = Served { visibility, started_on: on, ended_on: on, ..nothing(Serving::Contact) };
                self.put(key, made);
            }
            _ => self.remove(key),
        }
    }

    fn starts(&mut self, key: Key, on: NaiveDate) {
        self.change(key, |course| course.started_on = Some(on));
    }

    fn ends(&mut self, key: Key, on: NaiveDate) {
        self.change(key, |course| course.ended_on = Some(on));
    }

    fn change(&mut self, key: Key, change: impl FnOnce(&mut Served)) {
        if let Some(served) = self.now.get_mut(&key) {
            change(served);
            self.touched.insert(key, ());
        }
    }

    fn put(&mut self, key: Key, served: Served) {
        self.now.insert(key, served);
        self.touched.insert(key, ());
    }

    fn remove(&mut self, key: Key) {
        self.now.remove(&key);
        self.touched.insert(key, ());
    }
}

fn nothing(what: Serving) -> Served {
    let (code, partner, mentor, course) = (None, None, None, None);
    Served { what, code, partner, mentor, course, visibility: None, started_on: None, ended_on: None }
}
