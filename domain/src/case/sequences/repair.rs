//! Commands that put right what was written down.
use std::sync::Arc;

use super::dice::{Command, Dice};
use crate::{
    Decide, EntryId, Stamp,
    case::{given::*, *},
};

pub fn command(dice: &mut Dice, case: &Case) -> Command {
    let reason = dice.text();
    let (entry, content) = content(dice, case);
    let was = entry_of(dice, entry, content);
    let attach = dice.one_of(&[None, case.goals.keys().next().copied().map(Attachment::Goal)]);
    match dice.below(4) {
        0 => {
            let now = self::content(dice, case).1;
            Arc::new(CorrectEntry { was, correction: Correction { now, reason } })
        }
        1 => Arc::new(RetractEntry { was, retraction: Retraction { reason } }),
        2 => Arc::new(Leaving(MoveEntry { was, from: id(1), relocation: EntryMove { to: id(2), attach, reason } })),
        _ => Arc::new(Arriving(MoveEntry { was, from: id(2), relocation: EntryMove { to: id(1), attach, reason } })),
    }
}

/// An entry that may be gone.
pub fn entry_of(dice: &mut Dice, id: EntryId, content: Content) -> Entry {
    let current = EntryStatus::Current;
    let status = dice.one_of(&[current, current, EntryStatus::Corrected, EntryStatus::Moved]);
    Entry { id, status, ..entry(content) }
}

fn content(dice: &mut Dice, case: &Case) -> (EntryId, Content) {
    let visibility = dice.visibility();
    match dice.below(4) {
        0 => {
            let need: crate::NeedId = dice.any(case.needs.keys());
            let details = Need { category: NeedCategory::Family, description: dice.text(), visibility };
            (need.uuid().into(), Content::Need { need: details })
        }
        1 => {
            let asked: crate::FollowUpId = dice.any(case.follow_ups.keys());
            let (what, due, owner) = (dice.text(), Due::On(dice.day_ahead()), dice.staff());
            (
                asked.uuid().into(),
                Content::FollowUp { follow_up: FollowUp { what, due, owner, about: None, visibility } },
            )
        }
        2 => {
            let measurement = Measurement { on: dice.day(), value: 1.0.try_into().expect("a quantity"), note: None };
            (id(91), Content::Progress { goal: dice.any(case.goals.keys()), measurement })
        }
        _ => (id(92), Content::Note { note: Note { text: dice.text(), visibility } }),
    }
}

/// The half of a move on the case that an entry leaves.
#[derive(Debug)]
struct Leaving(MoveEntry);

/// The half of a move on the case to which an entry comes.
#[derive(Debug)]
struct Arriving(MoveEntry);

impl Decide<Case> for Leaving {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        let mut other = Case::default();
        opened().apply(&mut other);
        self.0.decide(case, &other, stamp).map(|(leaving, _)| leaving)
    }
}

impl Decide<Case> for Arriving {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_known()?;
        let mut other = Case::default();
        opened().apply(&mut other);
        let was = Entry { id: stamp.id.into(), ..self.0.was.clone() };
        EntryMovedFromStudent { entry: was.clone(), from: self.0.from, reason: self.0.relocation.reason.clone() }
            .apply(&mut other);
        MoveEntry { was, ..self.0.clone() }.decide(&other, case, stamp).map(|(_, arriving)| arriving)
    }
}
