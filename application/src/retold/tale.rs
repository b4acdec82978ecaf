//! What is known of a case so far, all of it.
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::StudentId;
use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Told, kind::Kind, thing::Thing};

/// Of ended things the file keeps the last: so many courses (goals, interventions), and so many of all others.
const ENDED: [(bool, usize); 2] = [(true, 200), (false, 20)];
/// So many days with a contact it remembers.
const CONTACTS: usize = 20;

/// A case, with everything that was ever written down on it.
#[derive(Debug)]
pub struct Tale {
    pub student: StudentId,
    /// School, status, tier and the like: the head of the file.
    pub head: Map<String, Value>,
    pub bands: BTreeMap<String, Value>,
    pub contacts: Vec<NaiveDate>,
    pub things: BTreeMap<Uuid, Thing>,
    /// The things that the file has: what has left it is not changed any more.
    pub file: BTreeSet<Uuid>,
}

impl Tale {
    pub fn new(student: StudentId) -> Self {
        let (bands, contacts, things, file) = Default::default();
        let mut tale = Self { student, head: Map::new(), bands, contacts, things, file };
        tale.say("status", "open");
        tale
    }

    /// Says something of the case itself.
    pub fn say(&mut self, what: &str, value: impl Serialize) {
        self.head.insert(what.to_owned(), json!(value));
    }

    /// Writes something new down.
    pub fn write(&mut self, id: impl Into<Uuid>, kind: Kind, says: Value, told: &Told) {
        self.put(id.into(), Thing::new(kind, says, told));
    }

    /// Puts a thing into its place, and into the file where the file keeps such things.
    pub fn put(&mut self, id: Uuid, thing: Thing) {
        if thing.kind.is_kept() {
            self.file.insert(id);
        }
        self.put_aside(id, thing);
    }

    /// Puts a thing where the student is, whether or not it is in the file.
    pub fn put_aside(&mut self, id: Uuid, thing: Thing) {
        self.things.insert(id, Thing { school: self.school(), ..thing });
    }

    fn school(&self) -> Value {
        self.head.get("school").cloned().unwrap_or_default()
    }

    /// Changes a thing that the file has.
    pub fn change(&mut self, id: impl Into<Uuid>, told: &Told, change: impl FnOnce(&mut Thing)) {
        let id = id.into();
        if let Some(thing) = self.things.get_mut(&id).filter(|_| self.file.contains(&id)) {
            change(thing);
            thing.touch(told);
        }
    }

    /// Sets one part of what a thing says.
    pub fn set(&mut self, id: impl Into<Uuid>, told: &Told, part: &str, value: impl Serialize) {
        self.change(id, told, |thing| thing.set(part, value));
    }

    /// Everything open in the file goes along with the student; what has ended stays where it ended.
    pub fn move_along(&mut self, told: &Told) {
        let school = self.school();
        for id in &self.file {
            if let Some(thing) = self.things.get_mut(id).filter(|thing| !thing.has_ended()) {
                thing.version = told.version;
                thing.school = school.clone();
            }
        }
    }

    /// Who may read a thing that the file has.
    pub fn visibility_of(&self, id: impl Into<Uuid>) -> Value {
        let thing = Some(id.into()).filter(|id| self.file.contains(id)).and_then(|id| self.things.get(&id));
        thing.map_or(json!("team"), |thing| thing.visibility.clone())
    }

    pub fn contact(&mut self, day: NaiveDate) {
        self.contacts.push(day);
        self.contacts.sort();
        self.contacts.reverse();
        self.contacts.truncate(CONTACTS);
    }

    pub fn no_contact(&mut self, day: NaiveDate) {
        if let Some(at) = self.contacts.iter().position(|other| *other == day) {
            self.contacts.remove(at);
        }
    }

    /// After each event: of what has ended the file keeps only the last.
    pub fn settle(&mut self) {
        for (courses, kept) in ENDED {
            let ended = self.in_file().filter(|(_, thing)| thing.kind.is_course() == courses && thing.has_ended());
            let mut ended: Vec<_> = ended.map(|(id, thing)| (thing.changed_at, *id)).collect();
            ended.sort();
            for (_, id) in ended.iter().rev().skip(kept) {
                self.file.remove(id);
            }
        }
    }

    /// What the file has, in the order of ids.
    pub fn in_file(&self) -> impl Iterator<Item = (&Uuid, &Thing)> {
        self.file.iter().filter_map(|id| self.things.get_key_value(id))
    }
}
