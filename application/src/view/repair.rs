//! Repair, as the views follow it: what an entry did is undone, and done again as it should have been.
use domain::{
    EntryId,
    case::{
        Absence, CaseError, Content as Said, Due, Entry, EntryCorrected, EntryMovedFromStudent, EntryMovedToStudent,
        EntryRetracted, EntryStatus, NeedStatus, Note, NoteCorrected, NoteVisibilityChanged,
    },
};

use super::{
    CaseFile, ContactRecord, Content, FollowUpRecord, GoalRecord, InterventionRecord, Moment, NeedRecord, NoteRecord,
    ProgressRecord, Record, SessionRecord, Standing, StrengthRecord, mentor::tells_of_contact, spoken, unfold,
};
use crate::{Error, error::rejected};

impl CaseFile {
    /// Undoes what an entry did to what is counted.
    fn undo(&mut self, id: EntryId, said: &Said, now: &Moment) {
        match said {
            Said::Session { intervention, session } => {
                self.change(*intervention, now, |record: &mut InterventionRecord| record.delivered.drop(session));
            }
            Said::Progress { goal, .. } => {
                self.change(*goal, now, |record: &mut GoalRecord| record.drop(id.uuid().into()));
            }
            Said::Contact { contact } => {
                if tells_of_contact(contact) {
                    self.contact_undone(contact.on);
                }
            }
            Said::Need { .. } | Said::Strength { .. } | Said::Note { .. } => {
                self.take(id);
            }
            // What it follows from stays with it until it is written anew, or put aside.
            Said::FollowUp { .. } => {}
        }
    }

    /// Does what an entry does to what is counted.
    fn redo(&mut self, id: EntryId, said: &Said, now: &Moment) {
        match said {
            Said::Session { intervention, session } => {
                self.change(*intervention, now, |record: &mut InterventionRecord| record.delivered.add(session));
            }
            Said::Progress { goal, measurement } => {
                self.change(*goal, now, |record: &mut GoalRecord| record.add(id.uuid().into(), measurement));
            }
            Said::Contact { contact } if tells_of_contact(contact) => self.contact_made(contact.on),
            _ => {}
        }
    }

    /// Writes an entry down as `said`, with its first author and time, and puts it into the file where it stands.
    fn rewrite(&mut self, entry: &Entry, said: &Said, standing: Standing, now: &Moment) {
        let content = self.content(entry.id, said);
        let occurred_on = content.occurred_on().unwrap_or(entry.occurred_on);
        let author = Moment { by: entry.by, role: entry.role, at: entry.recorded_at, today: occurred_on, ..*now };
        let record = Record { standing, changed_at: now.at, ..Record::new(entry.id, &author, self.school, content) };
        match standing {
            Standing::Current | Standing::Corrected => self.put(record),
            Standing::Retracted | Standing::Moved => self.put_aside(record),
        }
    }

    /// The absence from which a follow-up follows, as far as the file has it.
    fn absence_of(&self, id: EntryId) -> Option<Absence> {
        match &self.records.get(&id)?.content {
            Content::FollowUp(follow_up) => follow_up.absence.clone(),
            _ => None,
        }
    }

    /// What was said, as the views keep it.
    fn content(&self, id: EntryId, said: &Said) -> Content {
        match said.clone() {
            Said::Need { need } => NeedRecord { need, status: NeedStatus::Open, resolution: None }.into(),
            Said::Strength { strength } => StrengthRecord { strength }.into(),
            Said::Session { intervention, session } => {
                SessionRecord { intervention, session, visibility: self.visibility_of(intervention) }.into()
            }
            Said::Contact { contact } => ContactRecord { contact }.into(),
            Said::Progress { goal, measurement } => {
                ProgressRecord { goal, measurement, visibility: self.visibility_of(goal) }.into()
            }
            Said::FollowUp { follow_up } => {
                let due_on = match follow_up.due {
                    Due::On(day) => day,
                    // An entry that was written down has its day.
                    Due::InSchoolDays(_) => Default::default(),
                };
                let absence = self.absence_of(id);
                FollowUpRecord { absence, ..FollowUpRecord::asked_for(follow_up, due_on) }.into()
            }
            Said::Note { note } => NoteRecord { note }.into(),
        }
    }
}

impl Record {
    /// The entry as the domain repairs it; what has an end of its own is ended, not repaired.
    pub fn to_repair(self) -> Result<Entry, Error> {
        let content = match self.content {
            Content::Need(record) => Said::Need { need: record.need },
            Content::Strength(record) => Said::Strength { strength: record.strength },
            Content::Session(record) => Said::Session { intervention: record.intervention, session: record.session },
            Content::Contact(record) => Said::Contact { contact: record.contact },
            Content::Progress(record) => Said::Progress { goal: record.goal, measurement: record.measurement },
            Content::FollowUp(record) => Said::FollowUp {
                follow_up: domain::case::FollowUp {
                    what: record.what,
                    due: Due::On(record.due_on),
                    owner: record.owner,
                    about: record.about,
                    visibility: record.visibility,
                },
            },
            Content::Note(record) => Said::Note { note: record.note },
            Content::Plan(_)
            | Content::Goal(_)
            | Content::Intervention(_)
            | Content::MentorAssignment(_)
            | Content::Referral(_)
            | Content::Consent(_)
            | Content::AccessOverride(_)
            | Content::Amendment(_) => {
                return Err(rejected(&CaseError::EntryHasItsOwnEnd));
            }
        };
        let status = match self.standing {
            Standing::Current => EntryStatus::Current,
            Standing::Corrected => EntryStatus::Corrected,
            Standing::Retracted => EntryStatus::Retracted,
            Standing::Moved => EntryStatus::Moved,
        };
        let Self { entry: id, author: by, author_role: role, recorded_at, occurred_on, .. } = self;
        Ok(Entry { id, content, by, role, recorded_at, occurred_on, status })
    }
}

unfold! {
    EntryCorrected as Case: |e, file, now| {
        file.undo(e.was.id, &e.was.content, now);
        file.redo(e.was.id, &e.correction.now, now);
        file.rewrite(&e.was, &e.correction.now, Standing::Corrected, now);
    }, says format!("Entry corrected: {}", kind(&e.was.content)), Some(&e.correction.reason);

    EntryRetracted as Case: |e, file, now| {
        file.undo(e.was.id, &e.was.content, now);
        file.rewrite(&e.was, &e.was.content, Standing::Retracted, now);
    }, says format!("Entry retracted: {}", kind(&e.was.content)), Some(&e.retraction.reason);

    EntryMovedToStudent as Case: |e, file, now| {
        file.undo(e.was.id, &e.was.content, now);
        file.rewrite(&e.was, &e.was.content, Standing::Moved, now);
    }, says format!("Entry moved to another student: {}", kind(&e.was.content)), None;

    EntryMovedFromStudent as Case: |e, file, now| {
        file.redo(e.entry.id, &e.entry.content, now);
        file.rewrite(&e.entry, &e.entry.content, Standing::Current, now);
    }, says format!("Entry moved here from another student: {}", kind(&e.entry.content)), None;

    NoteCorrected as Note: |e, file, now| {
        if let Said::Note { note } = &e.was.content {
            let note = Note { text: e.correction.text.clone(), ..note.clone() };
            file.rewrite(&e.was, &Said::Note { note }, Standing::Corrected, now);
        }
    }, says "Note corrected".into(), Some(&e.correction.text);

    NoteVisibilityChanged as Note: |e, file, now| {
        if let Said::Note { note } = &e.was.content {
            let note = Note { visibility: e.change.visibility, ..note.clone() };
            let standing = if e.was.status == EntryStatus::Corrected { Standing::Corrected } else { Standing::Current };
            file.rewrite(&e.was, &Said::Note { note }, standing, now);
        }
    }, says format!("Note visible to {} from now on", spoken(&e.change.visibility)), None;
}

/// The kind of an entry, in words for the timeline.
fn kind(said: &Said) -> &'static str {
    match said {
        Said::Need { .. } => "need",
        Said::Strength { .. } => "strength",
        Said::Session { .. } => "session",
        Said::Contact { .. } => "contact",
        Said::Progress { .. } => "progress",
        Said::FollowUp { .. } => "follow-up",
        Said::Note { .. } => "note",
    }
}
