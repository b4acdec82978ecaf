//! How what happens on a case changes what counts.
use domain::{
    Visibility,
    case::{CaseEvent, Contact, Session},
};
use uuid::Uuid;

use super::{Counted, Key, Tally};
use crate::{
    Happening,
    view::{Kind, Moment, code},
};

impl Tally {
    /// Takes in what happened.
    pub fn take(&mut self, happening: &Happening<'_, CaseEvent>) {
        let now = Moment::of(happening);
        let key = |entry: Uuid| (now.student, entry);
        match happening.event {
            CaseEvent::CaseOpened(e) => {
                let case = Counted { school: e.school, tier: e.tier.into(), ..self.written(&now, Kind::Case, "open") };
                self.put(key(now.student.uuid()), case);
            }
            CaseEvent::SchoolChanged(e) => {
                for key in self.open_of(now.student) {
                    self.change(key, |counted| counted.school = e.to);
                }
            }
            CaseEvent::TierChanged(e) => self.change(key(now.student.uuid()), |case| case.tier = e.to.into()),
            CaseEvent::CaseClosed(_) => self.turn(key(now.student.uuid()), &now, "closed"),
            CaseEvent::CaseReopened(_) => self.turn(key(now.student.uuid()), &now, "open"),

            CaseEvent::InterventionPlanned(e) => {
                let planned = self.written(&now, Kind::Intervention, "planned");
                let (visibility, tier) = (e.plan.visibility, e.plan.tier.into());
                self.put(key(e.intervention.uuid()), Counted { visibility, tier, ..planned });
            }
            CaseEvent::InterventionStarted(e) => self.turn(key(e.intervention.uuid()), &now, "active"),
            CaseEvent::InterventionPaused(e) => self.turn(key(e.intervention.uuid()), &now, "paused"),
            CaseEvent::InterventionResumed(e) => self.turn(key(e.intervention.uuid()), &now, "active"),
            CaseEvent::InterventionCompleted(e) => self.turn(key(e.intervention.uuid()), &now, "completed"),
            CaseEvent::InterventionDiscontinued(e) => self.turn(key(e.intervention.uuid()), &now, "discontinued"),
            CaseEvent::SessionLogged(e) => {
                let session = self.session(&now, e.intervention.uuid(), &e.details);
                self.put(key(e.session.uuid()), session);
            }
            CaseEvent::ContactLogged(e) => {
                let contact = self.contact(&now, &e.details);
                self.put(key(e.contact.uuid()), contact);
            }

            CaseEvent::ReferralDrafted(e) => {
                let draft = self.written(&now, Kind::Referral, "draft");
                self.put(key(e.referral.uuid()), Counted { visibility: e.draft.visibility, ..draft });
            }
            CaseEvent::ReferralRequested(e) => self.turn(key(e.referral.uuid()), &now, "requested"),
            CaseEvent::ReferralAccepted(e) => self.turn(key(e.referral.uuid()), &now, "accepted"),
            CaseEvent::ReferralRejected(e) => self.turn(key(e.referral.uuid()), &now, "rejected"),
            CaseEvent::ServiceStarted(e) => self.turn(key(e.referral.uuid()), &now, "in_progress"),
            CaseEvent::ReferralForwarded(e) => self.turn(key(e.referral.uuid()), &now, "requested"),
            CaseEvent::ReferralCompleted(e) => self.turn(key(e.referral.uuid()), &now, "completed"),
            CaseEvent::ReferralFailed(e) => self.turn(key(e.referral.uuid()), &now, "failed"),
            CaseEvent::ReferralCancelled(e) => self.turn(key(e.referral.uuid()), &now, "cancelled"),
            CaseEvent::ReferralPutOnHold(e) => {
                self.change(key(e.referral.uuid()), |referral| referral.held_from = Some(referral.status.clone()));
                self.turn(key(e.referral.uuid()), &now, "on_hold");
            }
            CaseEvent::ReferralResumed(e) => {
                let referral = key(e.referral.uuid());
                let from = self.get(referral).and_then(|referral| referral.held_from.clone());
                self.turn(referral, &now, from.as_deref().unwrap_or("accepted"));
                self.change(referral, |referral| referral.held_from = None);
            }

            CaseEvent::FollowUpRequested(e) => {
                let open = self.written(&now, Kind::FollowUp, "open");
                let (visibility, owner, due_on) = (e.request.visibility, Some(e.request.owner), Some(e.due_on));
                self.put(key(e.follow_up.uuid()), Counted { visibility, owner, due_on, ..open });
            }
            CaseEvent::CallHomeRequested(e) => {
                let open = self.written(&now, Kind::FollowUp, "open");
                let (visibility, owner, due_on) = (e.request.visibility, Some(e.request.owner), Some(e.due_on));
                self.put(key(e.follow_up.uuid()), Counted { visibility, owner, due_on, ..open });
            }
            CaseEvent::CallHomeMade(e) => self.turn(key(e.follow_up.uuid()), &now, "completed"),
            CaseEvent::FollowUpReassigned(e) => {
                self.change(key(e.follow_up.uuid()), |follow_up| follow_up.owner = Some(e.reassignment.owner));
            }
            CaseEvent::FollowUpRescheduled(e) => {
                self.change(key(e.follow_up.uuid()), |follow_up| follow_up.due_on = Some(e.due_on));
            }
            CaseEvent::FollowUpCompleted(e) => self.turn(key(e.follow_up.uuid()), &now, "completed"),
            CaseEvent::FollowUpCancelled(e) => self.turn(key(e.follow_up.uuid()), &now, "cancelled"),

            CaseEvent::NoteAdded(e) => {
                let note = self.written(&now, Kind::Note, "noted");
                self.put(key(e.note.uuid()), Counted { visibility: e.details.visibility, ..note });
            }
            other => self.repair(other, &now),
        }
    }

    /// Something new on the case, which counts where the case counts.
    pub(super) fn written(&self, now: &Moment, kind: Kind, status: &str) -> Counted {
        Counted {
            school: self.case(now.student).map(|case| case.school).unwrap_or_default(),
            kind,
            status: status.to_owned(),
            held_from: None,
            tier: 0,
            visibility: Visibility::default(),
            author: now.by,
            author_role: now.role,
            owner: None,
            occurred_on: now.today,
            since: now.today,
            due_on: None,
            minutes: 0,
        }
    }

    pub(super) fn contact(&self, now: &Moment, contact: &Contact) -> Counted {
        Counted {
            visibility: contact.visibility,
            occurred_on: contact.on,
            minutes: contact.minutes.map_or(0, |minutes| u16::from(minutes).into()),
            ..self.written(now, Kind::Contact, &code(&contact.outcome))
        }
    }

    /// A session opens to those to whom its intervention does.
    pub(super) fn session(&self, now: &Moment, intervention: Uuid, session: &Session) -> Counted {
        let intervention = self.get((now.student, intervention));
        Counted {
            visibility: intervention.map(|intervention| intervention.visibility).unwrap_or_default(),
            tier: intervention.map_or(0, |intervention| intervention.tier),
            occurred_on: session.held_on,
            minutes: session.minutes.map_or(0, |minutes| u16::from(minutes).into()),
            ..self.written(now, Kind::Session, &code(&session.outcome))
        }
    }

    fn turn(&mut self, key: Key, now: &Moment, status: &str) {
        self.change(key, |counted| {
            counted.status = status.to_owned();
            counted.since = now.today;
        });
    }
}
