//! A call home is made by a contact with the family, and its follow-up closes by itself.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    ContactId, FollowUpId,
    case::{Case, CaseEvent, Contact, ContactOutcome, ContactWith, Fact},
};

/// The family was reached, as a follow-up had asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CallHomeMade {
    /// The follow-up.
    pub follow_up: FollowUpId,
    /// The contact, where everybody who may read the follow-up may know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactId>,
}

impl Fact for CallHomeMade {
    fn apply(self, case: &mut Case) {
        case.end_follow_up(self.follow_up);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.follow_up.uuid())
    }
}

impl Contact {
    /// Whether the family was reached.
    pub(in crate::case) fn reached_home(&self) -> bool {
        self.outcome == ContactOutcome::Made && self.with == ContactWith::Family
    }
}

impl Case {
    /// The calls home that a contact with the family makes: for absences of its day and before.
    pub(in crate::case) fn calls_made_by(&self, contact: &Contact, id: ContactId) -> Vec<CaseEvent> {
        let absences = self.follow_ups.iter().filter(|_| contact.reached_home());
        let made = absences.filter(|(_, open)| open.absent_on.is_some_and(|absent_on| absent_on <= contact.on));
        let known = contact.visibility.is_for_school().then_some(id);
        made.map(|(&follow_up, _)| CallHomeMade { follow_up, contact: known }.into()).collect()
    }

    /// Keeps in mind when the family was last reached.
    pub(in crate::case) fn remember_contact(&mut self, contact: &Contact) {
        if contact.reached_home() {
            self.family_reached_on = self.family_reached_on.max(Some(contact.on));
        }
    }

    /// The contact was none, or was another.
    pub(in crate::case) fn forget_contact(&mut self, contact: &Contact) {
        if contact.reached_home() && self.family_reached_on == Some(contact.on) {
            self.family_reached_on = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::{
        Visibility,
        case::{
            ContactLogged, CorrectEntry, Correction, Entry, EntryCorrected, LogContact, given::*, mentor::given::*,
        },
    };

    fn asked() -> Vec<CaseEvent> {
        [mentored(), vec![called_for(march(2))]].concat()
    }

    fn log(contact: Contact) -> (LogContact, CaseEvent) {
        (LogContact(contact.clone()), ContactLogged { contact: created(), details: contact }.into())
    }

    #[test]
    fn reaching_the_family_that_day_closes_the_call_home() {
        let (log, logged) = log(with_family(march(2)));
        given(asked()).when(log).then_expect_events(vec![logged, made(Some(7))]);
    }

    #[test]
    fn reaching_it_the_day_before_or_not_at_all_or_somebody_else_does_not() {
        let contacts = [
            with_family(march(1)),
            Contact { outcome: ContactOutcome::NoAnswer, ..with_family(march(2)) },
            Contact { with: ContactWith::Student, ..with_family(march(2)) },
        ];
        for (log, logged) in contacts.map(log) {
            given(asked()).when(log).then_expect_events(vec![logged]);
        }
    }

    #[test]
    fn of_a_contact_that_is_not_for_all_the_follow_up_does_not_tell_which_it_was() {
        let (log, logged) = log(Contact { visibility: Visibility::AuthorAndSupervisor, ..with_family(march(2)) });
        given(asked()).when(log).then_expect_events(vec![logged, made(None)]);
    }

    #[test]
    fn a_contact_that_turns_out_to_have_been_made_closes_it_too() {
        let tried = Contact { outcome: ContactOutcome::NoAnswer, ..with_family(march(2)) };
        let was = Entry { id: id(90), ..entry(crate::case::Content::Contact { contact: tried }) };
        let now = crate::case::Content::Contact { contact: with_family(march(2)) };
        let correction = Correction { now, reason: text("she called back") };
        let corrected = EntryCorrected { was: was.clone(), correction: correction.clone() };
        given(asked())
            .when(CorrectEntry { was, correction })
            .then_expect_events(vec![corrected.into(), made(Some(90))]);
    }
}
