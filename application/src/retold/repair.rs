//! What was put right, told once more.
use chrono::NaiveDate;
use domain::{
    EntryId,
    case::{Content, Due, Entry, EntryStatus, Note},
};
use serde_json::{Value, json};

use super::{Told, again, kind::Kind, mentor::is_told_of, said, tale::Tale, thing::Thing};

impl Tale {
    /// What an entry counted for counts no more.
    fn undo(&mut self, was: &Entry, told: &Told) {
        match &was.content {
            Content::Session { intervention, session } => self.undeliver(*intervention, session, told),
            Content::Progress { goal, .. } => self.unmeasure(*goal, was.id, told),
            Content::Contact { contact } if is_told_of(contact) => self.no_contact(contact.on),
            Content::Contact { .. } => {}
            Content::Need { .. } | Content::Strength { .. } | Content::Note { .. } => {
                self.file.remove(&was.id.uuid());
            }
            Content::FollowUp { .. } => {}
        }
    }

    /// What an entry says counts.
    fn count(&mut self, entry: &Entry, says: &Content, told: &Told) {
        match says {
            Content::Session { intervention, session } => self.deliver(*intervention, session, told),
            Content::Progress { goal, measurement } => self.measure(*goal, entry.id, measurement, told),
            Content::Contact { contact } if is_told_of(contact) => self.contact(contact.on),
            _ => {}
        }
    }

    /// The entry says something else, or stands otherwise, since its first author wrote it.
    fn rewrite(&mut self, entry: &Entry, content: &Content, standing: &'static str, told: &Told) {
        let (kind, says) = self.says(entry.id, content);
        let thing = Thing::new(kind, says, told).by(entry.by, entry.role, entry.recorded_at, entry.occurred_on);
        let thing = Thing { standing, ..thing };
        match standing {
            "retracted" | "moved" => {
                self.file.remove(&entry.id.uuid());
                self.put_aside(entry.id.uuid(), thing);
            }
            _ => self.put(entry.id.uuid(), thing),
        }
    }

    /// From which absence a follow-up in the file follows.
    fn absence_of(&self, id: EntryId) -> Option<Value> {
        let known = self.things.get(&id.uuid()).filter(|_| self.file.contains(&id.uuid()))?;
        known.says.get("absence").cloned()
    }

    fn says(&self, id: EntryId, content: &Content) -> (Kind, Value) {
        match content {
            Content::Need { need } => (Kind::Need, json!({"need": need, "status": "open"})),
            Content::Strength { strength } => (Kind::Strength, json!({"strength": strength})),
            Content::Session { intervention, session } => {
                let visibility = self.visibility_of(*intervention);
                let says = json!({"intervention": intervention, "session": session, "visibility": visibility});
                (Kind::Session, says)
            }
            Content::Contact { contact } => (Kind::Contact, json!({"contact": contact})),
            Content::Progress { goal, measurement } => {
                let visibility = self.visibility_of(*goal);
                (Kind::Progress, json!({"goal": goal, "measurement": measurement, "visibility": visibility}))
            }
            Content::FollowUp { follow_up } => {
                let due_on = match follow_up.due {
                    Due::On(day) => day,
                    Due::InSchoolDays(_) => NaiveDate::default(),
                };
                let says = json!({
                    "what": follow_up.what, "owner": follow_up.owner, "due_on": due_on, "about": follow_up.about,
                    "visibility": follow_up.visibility, "status": "open", "absence": self.absence_of(id),
                });
                (Kind::FollowUp, says)
            }
            Content::Note { note } => (Kind::Note, json!({"note": note})),
        }
    }
}

again! {
    EntryCorrected is about a case: |e, tale, told| {
        tale.undo(&e.was, told);
        tale.count(&e.was, &e.correction.now, told);
        tale.rewrite(&e.was, &e.correction.now, "corrected", told);
    }, format!("Entry corrected: {}", kind(&e.was)), e.correction.reason;

    EntryRetracted is about a case: |e, tale, told| {
        tale.undo(&e.was, told);
        tale.rewrite(&e.was, &e.was.content, "retracted", told);
    }, format!("Entry retracted: {}", kind(&e.was)), e.retraction.reason;

    EntryMovedToStudent is about a case: |e, tale, told| {
        tale.undo(&e.was, told);
        tale.rewrite(&e.was, &e.was.content, "moved", told);
    }, format!("Entry moved to another student: {}", kind(&e.was)), Value::Null;

    EntryMovedFromStudent is about a case: |e, tale, told| {
        tale.count(&e.entry, &e.entry.content, told);
        tale.rewrite(&e.entry, &e.entry.content, "current", told);
    }, format!("Entry moved here from another student: {}", kind(&e.entry)), Value::Null;

    NoteCorrected is about a note: |e, tale, told| {
        if let Content::Note { note } = &e.was.content {
            let note = Note { text: e.correction.text.clone(), ..note.clone() };
            tale.rewrite(&e.was, &Content::Note { note }, "corrected", told);
        }
    }, "Note corrected", e.correction.text;

    NoteVisibilityChanged is about a note: |e, tale, told| {
        if let Content::Note { note } = &e.was.content {
            let note = Note { visibility: e.change.visibility, ..note.clone() };
            let standing = if e.was.status == EntryStatus::Corrected { "corrected" } else { "current" };
            tale.rewrite(&e.was, &Content::Note { note }, standing, told);
        }
    }, format!("Note visible to {} from now on", said(e.change.visibility)), Value::Null;
}

/// What was written down, in words.
fn kind(entry: &Entry) -> String {
    json!(entry.content)["kind"].as_str().unwrap_or_default().replace('_', "-")
}
