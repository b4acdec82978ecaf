//! Repair: what was written down is corrected, retracted, or moved to the student whom it is about.
use super::{Case, Content, Due, NeedStatus, OpenFollowUp, Status};
use crate::EntryId;

mod correct_entry;
mod move_entry;
mod retract_entry;

pub use correct_entry::{CorrectEntry, Correction, EntryCorrected};
pub use move_entry::{Attachment, EntryMove, EntryMovedFromStudent, EntryMovedToStudent, MoveEntry};
pub use retract_entry::{EntryRetracted, RetractEntry, Retraction};

impl Case {
    /// The case as it would be judged if it were open: a mistake is put right also after the end.
    fn as_if_open(&self) -> Case {
        Case { status: Status::Open, ..self.clone() }
    }

    /// Undoes what an entry left behind.
    fn forget(&mut self, id: EntryId, content: &Content) {
        match content {
            Content::Need { .. } => {
                self.needs.remove(&id.uuid().into());
            }
            Content::FollowUp { .. } => self.end_follow_up(id.uuid().into()),
            Content::Contact { contact } => self.forget_contact(contact),
            Content::Strength { .. } | Content::Session { .. } | Content::Progress { .. } | Content::Note { .. } => {}
        }
    }

    /// Does again what an entry leaves behind.
    fn take_over(&mut self, id: EntryId, content: &Content) {
        match content {
            Content::Need { .. } => {
                self.needs.insert(id.uuid().into(), NeedStatus::Open);
            }
            Content::FollowUp { follow_up } => {
                if let Due::On(due_on) = follow_up.due {
                    let open = OpenFollowUp { owner: follow_up.owner, due_on, absent_on: None };
                    self.follow_ups.insert(id.uuid().into(), open);
                }
            }
            Content::Contact { contact } => self.remember_contact(contact),
            Content::Strength { .. } | Content::Session { .. } | Content::Progress { .. } | Content::Note { .. } => {}
        }
    }
}
