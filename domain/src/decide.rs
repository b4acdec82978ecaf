//! A command is a struct that decides: given the state, which events follow?
use std::{fmt::Debug, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use cqrs_es::Aggregate;
use uuid::Uuid;

use crate::{Evidence, SchoolCalendar, StaffId, Visibility};

/// Who issued a command, when, under which id, and by whose calendar it is judged.
///
/// The id names the command and whatever the command creates, so a repeated command repeats nothing.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// Identifies the command, and the thing that it creates.
    pub id: Uuid,
    /// Who issued it.
    pub by: StaffId,
    /// When it was issued.
    pub at: DateTime<Utc>,
    /// The calendar of the student's school.
    pub calendar: Arc<SchoolCalendar>,
}

impl Stamp {
    /// The date at the student's school when the command was issued.
    pub fn today(&self) -> NaiveDate {
        self.calendar.today(self.at)
    }
}

/// The decision a command makes; an empty list means that there is nothing to change.
pub trait Decide<A: Aggregate>: Debug + Send + Sync + 'static {
    /// Checks the rules and returns the events that follow, or the rule that was broken.
    fn decide(&self, state: &A, stamp: &Stamp) -> Result<Vec<A::Event>, A::Error>;

    /// Who may read what it writes down, where it is a new entry's own to say.
    fn visibility(&self) -> Visibility {
        Visibility::default()
    }

    /// What it leans on, which has to be there.
    fn evidence(&self) -> &[Evidence] {
        &[]
    }
}

/// A command with its stamp.
#[derive(Debug)]
pub struct Stamped<A: Aggregate> {
    /// Who, when and under which id.
    pub stamp: Stamp,
    /// What is to be decided.
    pub command: Arc<dyn Decide<A>>,
}

impl<A: Aggregate> Stamped<A> {
    /// Puts `stamp` on `command`.
    pub fn new(stamp: Stamp, command: impl Decide<A>) -> Self {
        Self { stamp, command: Arc::new(command) }
    }
}

impl<A: Aggregate> Clone for Stamped<A> {
    fn clone(&self) -> Self {
        Self { stamp: self.stamp.clone(), command: self.command.clone() }
    }
}
