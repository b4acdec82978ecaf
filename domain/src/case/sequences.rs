//! Whatever commands come in whatever order: nothing panics, and the events alone tell the state.
use std::collections::BTreeSet;

use cqrs_es::{Aggregate, DomainEvent};
use proptest::{collection::vec, prelude::*, strategy::ValueTree, test_runner::TestRunner};
use strum::VariantNames;

use super::{given::*, *};
use crate::Stamp;

mod access_override;
mod amendment;
mod consent;
mod dice;
mod follow_up;
mod goal;
mod intervention;
mod life;
mod mentor;
mod need;
mod note;
mod plan;
mod referral;
mod repair;

use dice::{Dice, WORDS};

/// The commands of each noun, one of which is diced for.
const COMMANDS: &[fn(&mut Dice, &Case) -> dice::Command] = &[
    life::command,
    goal::command,
    need::command,
    plan::command,
    intervention::command,
    mentor::command,
    follow_up::command,
    consent::command,
    referral::command,
    note::command,
    repair::command,
    access_override::command,
    amendment::command,
];

/// How the dice fell, for a sequence of commands.
fn throws(most: usize) -> impl Strategy<Value = Vec<[u8; 24]>> {
    vec(any::<[u8; 24]>(), 0..most)
}

/// Carries out what was diced for, checking the promises after each command, and returns what happened.
fn carry_out(throws: Vec<[u8; 24]>) -> Vec<CaseEvent> {
    let (mut case, mut past) = (Case::default(), vec![opened()]);
    case.apply(opened());
    let mut now = stamp();
    for (number, throw) in (1_000..).zip(throws) {
        let mut dice = Dice::new(throw);
        // Two people by turns, since some things are done by somebody else.
        let by = uuid::Uuid::from_u128(number % 2 + 1).into();
        now = Stamp { id: uuid::Uuid::from_u128(number), by, at: now.at + dice.days(), ..now };
        dice.today = now.today();
        let command = dice.one_of(COMMANDS)(&mut dice, &case);
        assert!(!format!("{command:?}").contains(WORDS), "a command prints what it says of a person");
        let events = command.decide(&case, &now).unwrap_or_default();
        for event in &events {
            case.apply(event.clone());
        }
        keeps_its_promises(&case);
        past.extend(events);
    }
    tells_the_state(&past, &case);
    past
}

fn keeps_its_promises(case: &Case) {
    assert!(case.mentors.values().filter(|open| open.is_primary()).count() <= 1, "one primary mentor");
    if case.status == Status::Closed {
        let open = !case.mentors.is_empty() || !case.follow_ups.is_empty() || !case.referrals.is_empty();
        assert!(!open && !case.interventions.values().any(Course::runs), "a closed case leaves nothing open");
    }
}

/// The events, stored and read again, lead to the same state, which itself can be stored and read.
fn tells_the_state(past: &[CaseEvent], case: &Case) {
    let mut replayed = Case::default();
    for event in past {
        let stored = serde_json::to_string(event).expect("a stored form");
        let read: CaseEvent = serde_json::from_str(&stored).expect("an event");
        assert_eq!(&read, event);
        assert!(!format!("{event:?}").contains(WORDS), "an event prints what it says of a person");
        replayed.apply(read);
    }
    assert_eq!(&replayed, case);
    let stored = serde_json::to_string(case).expect("a stored state");
    assert!(!stored.contains(WORDS), "the state keeps what is said of a person");
    assert_eq!(&serde_json::from_str::<Case>(&stored).expect("a state"), case);
}

proptest! {
    #[test]
    fn no_sequence_of_commands_panics_and_the_events_tell_the_state(throws in throws(120)) {
        carry_out(throws);
    }

    #[test]
    fn a_case_that_was_never_opened_refuses_all_but_opening(throw in any::<[u8; 24]>()) {
        let mut dice = Dice::new(throw);
        let command = dice.one_of(COMMANDS)(&mut dice, &Case::default());
        let opens = format!("{command:?}").starts_with("OpenCase");
        let decision = command.decide(&Case::default(), &stamp());
        prop_assert!(opens || decision == Err(CaseError::NoCase), "{command:?}: {decision:?}");
    }
}

#[test]
fn the_sequences_reach_every_event() {
    let mut runner = TestRunner::deterministic();
    let mut missing: BTreeSet<&str> = CaseEvent::VARIANTS.iter().copied().collect();
    for _ in 0..2_000 {
        if missing.is_empty() {
            return;
        }
        let throws = throws(300).new_tree(&mut runner).expect("throws").current();
        for event in carry_out(throws) {
            missing.remove(event.event_type().as_str());
        }
    }
    panic!("add the commands that lead to {missing:?} to one of the lists in `sequences/`");
}
