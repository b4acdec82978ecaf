//! eventcore: `execute` with its default retries on its PostgreSQL store.
use std::sync::Arc;

use eventcore::{
    Command, CommandError, CommandLogic, Event, NewEvents, RetryPolicy, StreamId, execute, postgres::PostgresEventStore,
};
use load::rival::Rival;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum CaseEvent {
    ContactLogged { student: StreamId, contact: Value },
}

impl Event for CaseEvent {
    fn stream_id(&self) -> &StreamId {
        let Self::ContactLogged { student, .. } = self;
        student
    }

    fn event_type_name() -> &'static str {
        "CaseEvent"
    }
}

#[derive(Command)]
struct LogContact {
    #[stream]
    student: StreamId,
    contact: Value,
}

#[derive(Debug, Default, Clone)]
struct Case {
    contacts: u64,
}

impl CommandLogic for LogContact {
    type Event = CaseEvent;
    type State = Case;

    fn apply(&self, case: Case, CaseEvent::ContactLogged { .. }: &CaseEvent) -> Case {
        Case { contacts: case.contacts + 1 }
    }

    fn handle(&self, _: Case) -> Result<NewEvents<CaseEvent>, CommandError> {
        Ok(vec![CaseEvent::ContactLogged { student: self.student.clone(), contact: self.contact.clone() }].into())
    }
}

#[derive(Clone)]
struct EventCore(Arc<PostgresEventStore>);

impl Rival for EventCore {
    async fn open(url: &str) -> anyhow::Result<Self> {
        let store = PostgresEventStore::new(url).await?;
        store.migrate().await;
        Ok(Self(Arc::new(store)))
    }

    async fn begin(&self, student: u64, contacts: &[Value]) -> anyhow::Result<()> {
        for contact in contacts {
            self.append(student, contact).await?;
        }
        Ok(())
    }

    async fn append(&self, student: u64, contact: &Value) -> anyhow::Result<()> {
        let student = StreamId::try_new(format!("case-{student}"))?;
        execute(self.0.as_ref(), LogContact { student, contact: contact.clone() }, RetryPolicy::new()).await?;
        Ok(())
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    load::rival::main::<EventCore>().await
}
