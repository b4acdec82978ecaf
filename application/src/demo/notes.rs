//! Notes, for the team, for the school, for few; and what was put right afterwards.
use chrono::Days;
use domain::{
    EntryId, Visibility,
    case::{
        AddNote, ChangeNoteVisibility, Contact, ContactOutcome, ContactWith, Content, CorrectEntry, CorrectNote,
        Correction, EntryMove, LogContact, Medium, NeedCategory, Note, NoteCorrection, NoteVisibilityChange,
        RetractEntry, Retraction,
    },
};

use super::{
    cast::Who,
    roster::{NAMES, student},
    story::Writer,
    value::{minutes, text},
    words,
};
use crate::access::Operation;

/// The contact that was written down for the wrong student, and the right one: both are Imani's mentees.
const WRONG: usize = 5;
const RIGHT: usize = 4;

impl Writer<'_> {
    /// Notes of the year.
    pub(super) fn note(&mut self) {
        let (year, part) = (self.year, self.part);
        let mut chance = self.chance("notes");
        let mut day = part.opens_on + Days::new(9);
        for n in 0..12 {
            let luck = chance.between(0..=99);
            let asked = year.school_day(day);
            day = day + Days::new(chance.between(20..=45).unsigned_abs());
            let (by, visibility, words) = match luck {
                0..=44 => (self.mentored(asked), Visibility::Team, words::TEAM_NOTES),
                45..=64 => (Some(part.colleague(Who::Teacher)), Visibility::School, words::SCHOOL_NOTES),
                65..=74 => (Some(part.colleague(Who::Principal)), Visibility::School, words::PRINCIPAL_NOTES),
                75..=86 => (Some(part.director()), Visibility::Team, words::DIRECTOR_NOTES),
                _ => (self.mentored(asked), Visibility::AuthorAndSupervisor, words::MENTOR_NOTES),
            };
            let words = chance.pick(words);
            if asked >= part.works_until() {
                break;
            }
            let Some(by) = by else { continue };
            let note = Note { text: text(part.say(words)), visibility };
            let at = year.at(asked, 16, 10 + n);
            self.act(at, by, Operation::AddNote, &format!("note/{n}"), note, AddNote);
        }
        if part.concern == NeedCategory::MentalHealth {
            self.note_in_confidence();
        }
        self.put_right();
    }

    /// The School Mental Health Manager's own notes.
    fn note_in_confidence(&mut self) {
        let (year, part) = (self.year, self.part);
        for (n, words) in words::CONFIDENTIAL_NOTES.iter().enumerate() {
            let day = year.school_day(part.opens_on + Days::new(12 + 31 * n as u64));
            if day < part.works_until() && part.director() == Who::Director {
                let note = Note { text: text(part.say(words)), visibility: Visibility::MentalHealth };
                let at = year.at(day, 16, 40);
                let topic = format!("confidential note/{n}");
                self.act(at, Who::MentalHealthManager, Operation::AddNote, &topic, note, AddNote);
            }
        }
    }

    /// What was written down wrongly.
    fn put_right(&mut self) {
        let (year, part) = (self.year, self.part);
        let day = year.day(-2, 3).max(year.office_day(part.mentored_from() + Days::new(1)));
        let Some(mentor) = self.mentored(day).filter(|_| part.goes_on()) else { return };
        let at = |minute| (year.at(day, 16, minute), mentor);
        let add = |writer: &mut Self, words: &str, visibility| -> EntryId {
            let note = Note { text: text(part.say(words)), visibility };
            writer.act(at(0).0, mentor, Operation::AddNote, "note/now", note, AddNote).into()
        };
        match part.turn(16) {
            1 => {
                let note = add(self, "{name} starts at the after-school program on Tuesday.", Visibility::Team);
                let words = part.say("{name} starts at the after-school program on Thursday.");
                let correction = NoteCorrection { text: text(words), reason: Some(text("Thursday, not Tuesday.")) };
                let command = |was, correction| CorrectNote { was, correction };
                self.repair(at(20), Operation::CorrectNote, note, correction, command);
            }
            4 => {
                let note = add(self, "Meeting with {kin} on Friday at four.", Visibility::Team);
                let retraction = Retraction { reason: text("That was another family's appointment.") };
                let command = |was, retraction| RetractEntry { was, retraction };
                self.repair(at(25), Operation::RetractEntry, note, retraction, command);
            }
            9 => {
                let note =
                    add(self, "{name} told me about trouble at home that should stay between us.", Visibility::Team);
                let reason = text(part.say("{name} asked that not everybody reads this."));
                let change = NoteVisibilityChange { visibility: Visibility::AuthorAndSupervisor, reason };
                let command = |was, change| ChangeNoteVisibility { was, change };
                self.repair(at(30), Operation::ChangeNoteVisibility, note, change, command);
            }
            _ => {}
        }
        let contact = Contact {
            on: day,
            outcome: ContactOutcome::Made,
            medium: Medium::InPerson,
            with: ContactWith::Student,
            minutes: Some(minutes(20)),
            note: None,
            visibility: Visibility::Team,
        };
        if part.number == WRONG {
            let note = Some(text(format!("Lunch with {}.", NAMES[RIGHT].0)));
            let contact = Contact { note, ..contact };
            let entry: EntryId =
                self.act(at(2).0, mentor, Operation::LogContact, "contact/wrong", contact, LogContact).into();
            let to = student(RIGHT);
            let relocation = EntryMove { to, attach: None, reason: text("Clicked on the wrong line of the caseload.") };
            self.relocate(year.at(year.today, 0, -30), mentor, entry, relocation);
        } else if part.turn(16) == 6 {
            let entry: EntryId =
                self.act(at(3).0, mentor, Operation::LogContact, "contact/long", contact.clone(), LogContact).into();
            let now = Content::Contact { contact: Contact { minutes: Some(minutes(30)), ..contact } };
            let correction = Correction { now, reason: text("It was half an hour.") };
            let command = |was, correction| CorrectEntry { was, correction };
            self.repair(at(35), Operation::CorrectEntry, entry, correction, command);
        }
    }
}
