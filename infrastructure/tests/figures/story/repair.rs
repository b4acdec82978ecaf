//! What was written down is put right, taken back, moved, or shown to others.
use application::{Clock, Move, Task, access::Operation};
use domain::case::*;
use rand::RngExt;
use serde_json::json;
use uuid::Uuid;

use super::{STUDENTS, Story, text, value};

impl Story<'_> {
    pub(super) async fn repair(&mut self, student: u128) -> anyhow::Result<()> {
        let kind = self.one_of(&["contact", "contact", "session", "follow_up", "note"]);
        let entry = self.any(student, kind).await?.into();
        let reason = value(text())?;
        match self.dice.random_range(0..5) {
            0 => {
                let retraction = Retraction { reason };
                let retract = move |was| RetractEntry { was, retraction: retraction.clone() };
                self.carry_out(student, Operation::RetractEntry, Task::repair(entry, retract)).await
            }
            1 => {
                let to = self.dice.random_range(1..=STUDENTS);
                let attach = match kind {
                    "session" => Some(Attachment::Intervention(self.any(to, "intervention").await?.into())),
                    _ => None,
                };
                let relocation = EntryMove { to: Uuid::from_u128(to).into(), attach, reason };
                self.carry_out(student, Operation::MoveEntry, Task::Move(Move { entry, relocation })).await
            }
            2 => {
                let change: NoteVisibilityChange = value(json!({"visibility": self.visibility(), "reason": text()}))?;
                let change = move |was| ChangeNoteVisibility { was, change: change.clone() };
                self.carry_out(student, Operation::ChangeNoteVisibility, Task::repair(entry, change)).await
            }
            _ => {
                let now: Content = match kind {
                    "session" => {
                        let intervention = self.any(student, "intervention").await?;
                        let session = json!({"held_on": self.day(), "outcome": "no_show"});
                        value(json!({"kind": kind, "intervention": intervention, "session": session}))?
                    }
                    "follow_up" => {
                        let (due, owner) = (json!({"on": self.clock.now().date_naive()}), Uuid::from_u128(2));
                        let follow_up =
                            json!({"what": text(), "due": due, "owner": owner, "visibility": self.visibility()});
                        value(json!({"kind": kind, "follow_up": follow_up}))?
                    }
                    "note" => value(json!({"kind": kind, "note": {"text": text(), "visibility": self.visibility()}}))?,
                    _ => value(json!({"kind": kind, "contact": self.contact()}))?,
                };
                let correction = Correction { now, reason };
                let correct = move |was| CorrectEntry { was, correction: correction.clone() };
                self.carry_out(student, Operation::CorrectEntry, Task::repair(entry, correct)).await
            }
        }
    }
}
