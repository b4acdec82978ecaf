//! What every change to a case has in common: who, whose, under which key, and what is answered.
use std::{
    future::{Ready, ready},
    sync::Arc,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};
use application::{
    Calendars, Clock, Commands, Order, Principal, ReadCases, Receipt, Task, access::Operation,
    attachments::Attachments, register::Register, sealing::Keyring,
};
use domain::{Decide, EntryId, SchoolId, StudentId, case::Case};
use serde::Serialize;
use uuid::Uuid;

use crate::{Caller, Expected, Problem, Write, Written};

/// The use cases around cases, as the operations call them.
#[derive(Clone)]
pub struct Cases {
    /// Changes.
    pub commands: Commands,
    /// Questions.
    pub read: Arc<dyn ReadCases>,
    /// Where it is written down who was shown what.
    pub register: Arc<dyn Register>,
    /// The calendars of schools.
    pub calendars: Arc<dyn Calendars>,
    /// The keys under which what is said of students is sealed.
    pub keyring: Arc<dyn Keyring>,
    /// The present time.
    pub clock: Arc<dyn Clock>,
    /// The forms that families have signed.
    pub attachments: Arc<dyn Attachments>,
    /// Within how many days a family's request for amendment is to be decided.
    pub amendment_days: u16,
}

/// A request that changes a case.
pub struct Change {
    cases: Data<Cases>,
    /// Who asks.
    pub principal: Arc<Principal>,
    /// The headers of the write.
    pub write: Write,
    path: String,
}

impl FromRequest for Change {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let caller = Caller::from_request(request, payload).into_inner();
        let write = Write::from_request(request, payload).into_inner();
        let cases = Data::<Cases>::from_request(request, payload).into_inner();
        ready((|| {
            let cases = cases.map_err(|_| crate::problem::UNAVAILABLE)?;
            Ok(Self { cases, principal: caller?.principal, write: write?, path: request.path().to_owned() })
        })())
    }
}

impl Change {
    /// Carries out a task on the case of `student`, about one of its entries where one is named.
    pub async fn carry_out(
        &self,
        operation: Operation,
        (student, entry): (StudentId, Option<EntryId>),
        body: &impl Serialize,
        task: impl Into<Task>,
    ) -> Result<Receipt, Problem> {
        let order = Order { entry, ..self.order(operation, student, self.write.key, body) };
        let task = task.into();
        if let Task::Decide(command) = &task {
            self.cases.attachments.hold(student, command.evidence(), command.visibility()).await?;
        }
        Ok(self.cases.commands.carry_out(&order, &task).await?)
    }

    /// Opens the case of `student` at `school`.
    pub async fn open(
        &self,
        student: StudentId,
        school: SchoolId,
        body: &impl Serialize,
        command: impl Decide<Case>,
    ) -> Result<Receipt, Problem> {
        let order = self.order(Operation::OpenCase, student, self.write.key, body);
        Ok(self.cases.commands.execute(&Order { school: Some(school), ..order }, command).await?)
    }

    /// The order for one case, under one key.
    pub fn order(&self, operation: Operation, student: StudentId, key: Uuid, body: &impl Serialize) -> Order {
        // In the order of the names: one form for one body.
        let mut body = serde_json::to_value(body).unwrap_or_default();
        body.sort_all_objects();
        let canonical = format!("{operation} {} {student} {body}", self.path).into_bytes();
        let if_match = match self.write.expected {
            Some(Expected::Version(version)) => Some(version),
            Some(Expected::Any) | None => None,
        };
        Order { canonical, if_match, ..Order::new(self.principal.clone(), student, operation, key) }
    }

    /// The use cases.
    pub fn cases(&self) -> &Cases {
        &self.cases
    }

    /// Answers that the entry named by the key was created on the case of `student`.
    pub fn created(&self, student: StudentId, receipt: Receipt) -> Written {
        written(Written::created(entry_location(student, self.write.key)), receipt)
    }
}

/// Where an entry can be read.
pub fn entry_location(student: StudentId, entry: Uuid) -> String {
    format!("/v1/students/{student}/entries/{entry}")
}

/// Says which version and position a write made.
pub fn written(answer: Written, receipt: Receipt) -> Written {
    answer.version(receipt.version).position(receipt.position)
}
