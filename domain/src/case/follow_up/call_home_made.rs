//! A call home is made by a contact with the family, and its follow-up closes by itself.
use std::collections::{BTreeMap, btree_map::Entry};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    ContactId, FollowUpId,
    case::{Case, CaseEvent, Contact, ContactOutcome, ContactWith, Fact},
};

/// So many days on which the family was reached are remembered, the last ones: no policy asks for a call later.
const MOST: usize = 30;

/// On which days the family was reached, and how often: a contact may turn out to have been none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(in crate::case) struct Reached(BTreeMap<NaiveDate, u16>);

impl Reached {
    fn add(&mut self, day: NaiveDate) {
        let times = self.0.entry(day).or_default();
        *times = times.saturating_add(1);
        if self.0.len() > MOST {
            self.0.pop_first();
        }
    }

    fn take(&mut self, day: NaiveDate) {
        if let Entry::Occupied(mut times) = self.0.entry(day) {
            *times.get_mut() -= 1;
            if *times.get() == 0 {
                times.remove();
            }
        }
    }

    /// Whether it was, on that day or later.
    pub(super) fn since(&self, day: NaiveDate) -> bool {
        self.0.last_key_value().is_some_and(|(last, _)| *last >= day)
    }
}

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
        if let Some(day) = case.follow_ups.get(&self.follow_up).and_then(|open| open.absent_on) {
            case.calls_made.add(day);
        }
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

    /// Keeps in mind when the family was reached.
    pub(in crate::case) fn remember_contact(&mut self, contact: &Contact) {
        if contact.reached_home() {
            self.family_reached.add(contact.on);
        }
    }

    /// The contact was none, or was another: for days for which nobody else reached the family it is asked again.
    pub(in crate::case) fn forget_contact(&mut self, contact: &Contact) {
        if !contact.reached_home() {
            return;
        }
        self.family_reached.take(contact.on);
        for day in self.calls_made.drain_where(|&day| day <= contact.on && !self.family_reached.since(day)) {
            self.calls_home.forget(&day);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::{
        Visibility,
        case::{
            ContactLogged, Content, CorrectEntry, Correction, Entry, EntryCorrected, EntryRetracted, FollowUpCompleted,
            FollowUpCompletion, LogContact, Retraction, given::*, mentor::given::*,
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
        let was = Entry { id: id(90), ..entry(Content::Contact { contact: tried }) };
        let now = Content::Contact { contact: with_family(march(2)) };
        let correction = Correction { now, reason: text("she called back") };
        let corrected = EntryCorrected { was: was.clone(), correction: correction.clone() };
        given(asked())
            .when(CorrectEntry { was, correction })
            .then_expect_events(vec![corrected.into(), made(Some(90))]);
    }

    /// The mentor was asked, and made the call on the 2nd.
    fn closed_by_contact() -> Vec<CaseEvent> {
        [asked(), vec![reached(march(2)), made(Some(91))]].concat()
    }

    fn contact_of(on: chrono::NaiveDate) -> Entry {
        Entry { id: id(91), ..entry(Content::Contact { contact: with_family(on) }) }
    }

    fn retracted() -> CaseEvent {
        EntryRetracted { was: contact_of(march(2)), retraction: Retraction { reason: text("another student's") } }
            .into()
    }

    fn corrected(now: Contact) -> CaseEvent {
        let correction = Correction { now: Content::Contact { contact: now }, reason: text("it was not") };
        EntryCorrected { was: contact_of(march(2)), correction }.into()
    }

    #[test]
    fn a_contact_that_was_none_leaves_the_call_to_be_made() {
        let nobody = Contact { outcome: ContactOutcome::NoAnswer, ..with_family(march(2)) };
        for none in [retracted(), corrected(nobody), corrected(with_family(march(1)))] {
            given([closed_by_contact(), vec![none]].concat())
                .when(call_home(march(2)))
                .then_expect_events(vec![called_for(march(2))]);
        }
    }

    #[test]
    fn another_contact_that_reached_the_family_is_call_enough() {
        for none in [retracted(), corrected(with_family(march(3)))] {
            given([closed_by_contact(), vec![reached(march(2)), none]].concat())
                .when(call_home(march(2)))
                .then_expect_events(vec![]);
        }
    }

    #[test]
    fn a_call_that_was_said_to_be_made_stays_made() {
        let completion = FollowUpCompletion { result: text("told her at the door") };
        let by_hand = FollowUpCompleted { follow_up: call(), completion }.into();
        given([asked(), vec![by_hand, reached(march(2)), retracted()]].concat())
            .when(call_home(march(2)))
            .then_expect_events(vec![]);
    }

    #[test]
    fn the_last_thirty_days_on_which_the_family_was_reached_are_remembered() {
        let mut reached = Reached::default();
        let days: Vec<_> = march(1).iter_days().take(MOST + 1).collect();
        days.iter().for_each(|&day| reached.add(day));
        days[1..].iter().for_each(|&day| reached.take(day));
        assert_eq!(reached, Reached::default(), "the first was forgotten already");
    }
}
