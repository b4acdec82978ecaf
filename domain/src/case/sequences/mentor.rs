//! Commands about mentors and their contacts.
use std::sync::Arc;

use super::dice::{Command, Dice};
use crate::case::*;

pub fn command(dice: &mut Dice, case: &Case) -> Command {
    let (on, note, reason) = (dice.day(), dice.some_text(), AssignmentEndReason::Other);
    match dice.below(5) {
        0 => Arc::new(AssignMentor(MentorAssignment { mentor: dice.staff(), since: on, primary: dice.yes() })),
        1 => Arc::new(EndMentorAssignment {
            assignment: dice.any(case.mentors.keys()),
            end: AssignmentEnd { on, reason, note },
        }),
        2 => Arc::new(ReassignMentor {
            from: dice.staff(),
            reassignment: MentorReassignment { to: dice.staff(), on, reason, note },
        }),
        3 => Arc::new(HandOverNotes {
            assignment: dice.any(case.mentors.keys()),
            handover: Handover { notes_of: [dice.staff()].into() },
        }),
        _ => Arc::new(LogContact(Contact {
            on,
            outcome: dice.one_of(&[ContactOutcome::Made, ContactOutcome::NoAnswer]),
            medium: Medium::Phone,
            with: dice.one_of(&[ContactWith::Student, ContactWith::Family]),
            minutes: dice.yes().then(|| dice.minutes()),
            note,
            visibility: dice.visibility(),
        })),
    }
}
