//! The one path by which a case changes: load, may they, was it done, decide, commit.
use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    Decide, EntryId, SchoolId, StaffId, StudentId, Visibility,
    case::{Case, Entry},
    policy::PolicyVersion,
};
use uuid::Uuid;

use crate::{
    Calendars, Clock, Error, Journal, Principal, ReadEntries, Receipt, Request,
    access::Operation,
    sealing::{Keyring, StudentKeys},
};

mod compartment;
mod erase;
mod executor;
mod move_entry;
mod recount;
mod turns;

use executor::Executor;
pub use move_entry::Move;
pub use recount::{Past, Recounted};
use turns::Turns;

/// How often a lost race is run again before the caller is told.
const ATTEMPTS: u32 = 8;

/// Who wants what done to which case, and under which conditions.
#[derive(Debug, Clone)]
pub struct Order {
    /// Who asks.
    pub principal: Arc<Principal>,
    /// Whose case.
    pub student: StudentId,
    /// What is to be done.
    pub operation: Operation,
    /// The entry of the case that it is about, where the request names one.
    pub entry: Option<EntryId>,
    /// The client's key: it names the command and what the command creates.
    pub key: Uuid,
    /// Operation, target and body in canonical form, to tell a repetition from a reuse of the key.
    pub canonical: Vec<u8>,
    /// The version that is to be changed, where the client insists on one.
    pub if_match: Option<u64>,
    /// The school, where the case does not know it yet.
    pub school: Option<SchoolId>,
    /// The policy that has the server do it by itself: it stands with the basis of what follows.
    pub policy: Option<PolicyVersion>,
}

/// What is to be done to a case.
#[derive(Clone)]
pub enum Task {
    /// A command.
    Decide(Arc<dyn Decide<Case>>),
    /// A command about an entry, which it is handed as it stands.
    Repair(EntryId, Arc<dyn Fn(Entry) -> Arc<dyn Decide<Case>> + Send + Sync>),
    /// The move of an entry to another student.
    Move(Move),
}

impl Task {
    /// A command about `entry`, which it is handed as it stands when the decision falls.
    pub fn repair<C: Decide<Case>>(entry: EntryId, command: impl Fn(Entry) -> C + Send + Sync + 'static) -> Self {
        Self::Repair(entry, Arc::new(move |was| Arc::new(command(was))))
    }
}

impl Task {
    /// For whom what it brings about is, where it says so.
    fn visibility(&self) -> Visibility {
        match self {
            Self::Decide(command) => command.visibility(),
            Self::Repair(..) | Self::Move(_) => Visibility::default(),
        }
    }
}

impl<C: Decide<Case>> From<C> for Task {
    fn from(command: C) -> Self {
        Self::Decide(Arc::new(command))
    }
}

/// The port behind [`Commands`].
#[async_trait]
trait Execute: Send + Sync {
    /// Tries once to carry out `task`.
    async fn attempt(&self, order: &Order, at: DateTime<Utc>, task: &Task) -> Result<Receipt, Error>;

    /// Tells what happened to a student of whom nothing is told yet.
    async fn recount(&self, history: &[Past]) -> Result<Recounted, Error>;

    /// Has nothing told of a student any more.
    async fn erase(&self, student: StudentId, by: StaffId, at: DateTime<Utc>) -> Result<(), Error>;
}

/// Commands on cases.
#[derive(Clone)]
pub struct Commands {
    execute: Arc<dyn Execute>,
    turns: Arc<Turns>,
    clock: Arc<dyn Clock>,
}

impl Commands {
    /// Commands that go to `journal`, with what is said sealed under the keys of `keyring`.
    pub fn new(
        journal: Arc<impl Journal<Case> + 'static>,
        entries: Arc<dyn ReadEntries>,
        calendars: Arc<dyn Calendars>,
        keyring: Arc<dyn Keyring>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { execute: Arc::new(Executor { journal, entries, calendars, keyring }), turns: Arc::default(), clock }
    }

    /// Carries out `command`.
    pub async fn execute(&self, order: &Order, command: impl Decide<Case>) -> Result<Receipt, Error> {
        self.carry_out(order, &command.into()).await
    }

    /// Carries out `task`, trying again when someone else was faster, unless the client insists on a version.
    pub async fn carry_out(&self, order: &Order, task: &Task) -> Result<Receipt, Error> {
        let _turn = self.turns.wait(order.student).await;
        for attempt in 1..ATTEMPTS {
            match self.execute.attempt(order, self.clock.now(), task).await {
                Err(Error::Conflict) => pause(attempt, order.key).await,
                done => return done,
            }
        }
        self.execute.attempt(order, self.clock.now(), task).await
    }

    /// Tells what happened to one student, earliest first, in one commit: every step is decided as it would have been
    /// then. A student of whom something is told already is left as it is.
    pub async fn recount(&self, history: &[Past]) -> Result<Recounted, Error> {
        let Some(first) = history.first() else { return Ok(Recounted::default()) };
        let _turn = self.turns.wait(first.order.student).await;
        self.execute.recount(history).await
    }
}

impl Commands {
    /// Has nothing told of a student any more, as `by` has asked and confirmed on the server's machine. Repeated it
    /// changes nothing, nor where there is no case. What is kept beside the log is not touched by it.
    pub async fn erase(&self, student: StudentId, by: StaffId) -> Result<(), Error> {
        let _turn = self.turns.wait(student).await;
        for attempt in 1..ATTEMPTS {
            match self.execute.erase(student, by, self.clock.now()).await {
                Err(Error::Conflict) => pause(attempt, student.uuid()).await,
                done => return done,
            }
        }
        Err(Error::Conflict)
    }
}

/// Waits a little longer after each lost race, differently for each command.
async fn pause(attempt: u32, key: Uuid) {
    let jitter = u64::from(key.as_bytes()[15]) % 8;
    tokio::time::sleep(Duration::from_millis((1 << attempt) + jitter)).await;
}

impl Order {
    /// An order that insists on nothing and names nothing but the case.
    pub fn new(principal: Arc<Principal>, student: StudentId, operation: Operation, key: Uuid) -> Self {
        Self {
            principal,
            student,
            operation,
            entry: None,
            key,
            canonical: vec![],
            if_match: None,
            school: None,
            policy: None,
        }
    }

    /// The request as it is remembered; without the student's keys it is like none before.
    fn request(&self, keys: Option<&StudentKeys>) -> Result<Request, Error> {
        let mark = keys.map(|keys| keys.mark(&self.canonical)).transpose()?;
        Ok(Request { by: self.principal.staff, key: self.key, mark: mark.unwrap_or_default() })
    }

    fn ensure_version(&self, current: u64) -> Result<(), Error> {
        match self.if_match {
            Some(wanted) if wanted != current => Err(Error::Stale { current }),
            _ => Ok(()),
        }
    }
}
