//! One thing that was written down, with who wrote it and when.
use chrono::{DateTime, NaiveDate, Utc};
use domain::{Role, StaffId, StudentId};
use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Told, kind::Kind};

/// A thing as it stands.
#[derive(Debug, Clone)]
pub struct Thing {
    pub kind: Kind,
    pub says: Map<String, Value>,
    pub standing: &'static str,
    pub author: StaffId,
    pub author_role: Role,
    pub recorded_at: DateTime<Utc>,
    pub occurred_on: Value,
    pub changed_at: DateTime<Utc>,
    pub version: u64,
    pub visibility: Value,
    /// Where it is: with the student while it is open.
    pub school: Value,
}

impl Thing {
    pub fn new(kind: Kind, says: Value, told: &Told) -> Self {
        let Told { version, metadata, .. } = told;
        let mut thing = Self {
            kind,
            says: Map::new(),
            standing: "current",
            author: metadata.by,
            author_role: metadata.role,
            recorded_at: metadata.recorded_at,
            occurred_on: json!(told.today()),
            changed_at: metadata.recorded_at,
            version: *version,
            visibility: Value::Null,
            school: Value::Null,
        };
        if let Value::Object(says) = says {
            says.into_iter().for_each(|(part, value)| thing.set(&part, value));
        }
        thing.touch(told);
        thing
    }

    /// Written by somebody else at another time than it is told.
    pub fn by(self, author: StaffId, author_role: Role, recorded_at: DateTime<Utc>, occurred_on: NaiveDate) -> Self {
        let on = self.kind.occurred_on(&self.says);
        let occurred_on = if on.is_null() { json!(occurred_on) } else { on };
        Self { author, author_role, recorded_at, occurred_on, ..self }
    }

    /// Sets one part of what it says; nothing is said by nothing.
    pub fn set(&mut self, part: &str, value: impl Serialize) {
        match json!(value) {
            Value::Null => self.says.remove(part),
            value => self.says.insert(part.to_owned(), value),
        };
    }

    /// Changes one part of what it says.
    pub fn alter(&mut self, part: &str, alter: impl FnOnce(&mut Value)) {
        alter(self.says.entry(part).or_insert(Value::Null));
    }

    /// It changed with this event.
    pub fn touch(&mut self, told: &Told) {
        self.changed_at = told.metadata.recorded_at;
        self.version = told.version;
        self.visibility = self.kind.visibility(&self.says);
        let on = self.kind.occurred_on(&self.says);
        if !on.is_null() {
            self.occurred_on = on;
        }
    }

    pub fn has_ended(&self) -> bool {
        self.kind.has_ended(&self.says)
    }

    /// The whole of it, as documents hold it.
    pub fn body(&self, student: StudentId, id: Uuid) -> Value {
        let mut content = self.says.clone();
        content.insert("kind".to_owned(), <&str>::from(self.kind).into());
        json!({
            "entry": id, "student": student, "school": self.school, "standing": self.standing,
            "visibility": self.visibility,
            "author": self.author, "author_role": self.author_role, "recorded_at": self.recorded_at,
            "occurred_on": self.occurred_on, "changed_at": self.changed_at, "version": self.version,
            "content": content,
        })
    }
}
