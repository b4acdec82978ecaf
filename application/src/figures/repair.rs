//! Repair, as figures follow it: what was put right counts as it should have from the start.
use domain::case::{CaseEvent, Content, Due, Entry, Note};

use super::{Counted, Tally};
use crate::view::{Kind, Moment};

impl Tally {
    /// Takes in that something was put right, taken back or moved; nothing else concerns it.
    pub(super) fn repair(&mut self, event: &CaseEvent, now: &Moment) {
        match event {
            CaseEvent::EntryCorrected(e) => self.rewrite(&e.was, &e.correction.now, now),
            CaseEvent::EntryMovedFromStudent(e) => self.rewrite(&e.entry, &e.entry.content, now),
            CaseEvent::EntryRetracted(e) => self.remove((now.student, e.was.id.uuid())),
            CaseEvent::EntryMovedToStudent(e) => self.remove((now.student, e.was.id.uuid())),
            CaseEvent::NoteVisibilityChanged(e) => {
                if let Content::Note { note } = &e.was.content {
                    let note = Note { visibility: e.change.visibility, ..note.clone() };
                    self.rewrite(&e.was, &Content::Note { note }, now);
                }
            }
            CaseEvent::NoteCorrected(e) => self.rewrite(&e.was, &e.was.content, now),
            _ => {}
        }
    }

    /// Counts `entry` as `said`, for its first author.
    fn rewrite(&mut self, entry: &Entry, said: &Content, now: &Moment) {
        let author = Moment { by: entry.by, role: entry.role, at: entry.recorded_at, today: entry.occurred_on, ..*now };
        let counted = match said {
            Content::Contact { contact } => self.contact(&author, contact),
            Content::Session { intervention, session } => self.session(&author, intervention.uuid(), session),
            Content::FollowUp { follow_up } => Counted {
                visibility: follow_up.visibility,
                owner: Some(follow_up.owner),
                due_on: match follow_up.due {
                    Due::On(day) => Some(day),
                    // What was written down has its day.
                    Due::InSchoolDays(_) => None,
                },
                ..self.written(&author, Kind::FollowUp, "open")
            },
            Content::Note { note } => {
                Counted { visibility: note.visibility, ..self.written(&author, Kind::Note, "noted") }
            }
            Content::Need { .. } | Content::Strength { .. } | Content::Progress { .. } => return,
        };
        self.put((now.student, entry.id.uuid()), Counted { since: now.today, ..counted });
    }
}
