//! A student's story: what everybody did for the student, step by step, as commands.
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Decide, EntryId, SchoolId, StudentId,
    case::{Case, Entry},
};
use serde::Serialize;
use std::sync::Arc;
use uuid::Uuid;

use super::{
    cast::Who,
    chance::{Chance, id},
    part::Part,
    roster::student,
    year::Year,
};
use crate::{Move, Order, Principal, Task, access::Operation};

/// What somebody did at some moment.
#[derive(Clone)]
pub struct Step {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: Who,
    /// What, by the name of the operation.
    pub operation: Operation,
    /// The key of the command, the same every time.
    pub key: Uuid,
    /// Operation and body, to compare one telling with another.
    pub canonical: Vec<u8>,
    pub(super) task: Task,
    entry: Option<EntryId>,
    school: Option<SchoolId>,
}

/// What happened to one student, earliest first.
pub struct Story {
    /// Whose story.
    pub student: StudentId,
    /// What happened.
    pub steps: Vec<Step>,
}

impl Step {
    /// The step as an order, and what is to be done.
    pub fn order(&self, student: StudentId, principal: Arc<Principal>) -> (Order, &Task) {
        let (entry, canonical, school) = (self.entry, self.canonical.clone(), self.school);
        (Order { entry, canonical, school, ..Order::new(principal, student, self.operation, self.key) }, &self.task)
    }
}

/// Writes a student's story.
pub(super) struct Writer<'a> {
    pub(super) year: &'a Year,
    pub(super) part: &'a Part,
    steps: Vec<Step>,
    about: Option<EntryId>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(year: &'a Year, part: &'a Part) -> Self {
        Self { year, part, steps: vec![], about: None }
    }

    /// Chance in one matter of this student's.
    pub(super) fn chance(&self, matter: &str) -> Chance {
        Chance::in_matter(&format!("{}/{matter}", self.part.key()))
    }

    /// What comes next is about that entry of the case.
    pub(super) fn on(&mut self, entry: impl Into<Uuid>) -> &mut Self {
        self.about = Some(entry.into().into());
        self
    }

    /// Somebody issues a command; `topic` names it, and what it creates.
    pub(super) fn act<B: Serialize, C: Decide<Case>>(
        &mut self,
        at: DateTime<Utc>,
        by: Who,
        operation: Operation,
        topic: &str,
        body: B,
        command: impl FnOnce(B) -> C,
    ) -> Uuid {
        let said = serde_json::to_value(&body).unwrap_or_default();
        self.push(at, by, operation, topic, &said, Task::Decide(Arc::new(command(body))))
    }

    /// Somebody puts an entry right.
    pub(super) fn repair<B: Serialize + Clone + Send + Sync + 'static, C: Decide<Case>>(
        &mut self,
        (at, by): (DateTime<Utc>, Who),
        operation: Operation,
        entry: EntryId,
        body: B,
        command: impl Fn(Entry, B) -> C + Send + Sync + 'static,
    ) {
        let said = serde_json::to_value(&body).unwrap_or_default();
        let command = move |was| Arc::new(command(was, body.clone())) as Arc<dyn Decide<Case>>;
        self.on(entry).push(
            at,
            by,
            operation,
            &format!("repair/{entry}"),
            &said,
            Task::Repair(entry, Arc::new(command)),
        );
    }

    /// Somebody moves an entry to another student.
    pub(super) fn relocate(&mut self, at: DateTime<Utc>, by: Who, entry: EntryId, relocation: domain::case::EntryMove) {
        let said = serde_json::to_value(&relocation).unwrap_or_default();
        let task = Task::Move(Move { entry, relocation });
        self.on(entry).push(at, by, Operation::MoveEntry, &format!("move/{entry}"), &said, task);
    }

    fn push(
        &mut self,
        at: DateTime<Utc>,
        by: Who,
        operation: Operation,
        topic: &str,
        said: &serde_json::Value,
        task: Task,
    ) -> Uuid {
        let key = id(&format!("{}/{topic}", self.part.key()));
        let canonical = format!("{operation} {} {said}", self.part.key()).into_bytes();
        let entry = self.about.take();
        let school = (operation == Operation::OpenCase).then(|| self.part.school());
        // Steps after the end of the year have not happened yet.
        if at < self.year.end() {
            self.steps.push(Step { at, by, operation, key, canonical, task, entry, school });
        }
        key
    }

    /// Whether mentors see the student on `day`.
    pub(super) fn mentored(&self, day: NaiveDate) -> Option<Who> {
        let touched = day >= self.part.mentored_from() && self.part.is_open(day);
        self.part.mentor(day).filter(|_| touched)
    }

    /// The story in the order in which it happened.
    pub(super) fn told(mut self) -> Story {
        self.steps.sort_by_key(|step| step.at);
        Story { student: student(self.part.number), steps: self.steps }
    }
}
