//! esrs: its `AggregateManager` on its `PgStore`, with optimistic locking.
use std::sync::Arc;

use esrs::{
    Aggregate, AggregateState,
    manager::AggregateManager,
    store::postgres::{PgStore, PgStoreBuilder},
};
use load::rival::Rival;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::PgPool;
use uuid::Uuid;

struct Case;

#[derive(Clone, Default)]
struct State {
    contacts: u64,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum CaseEvent {
    ContactLogged { contact: Value },
}

#[derive(Debug, thiserror::Error)]
enum Never {}

impl Aggregate for Case {
    const NAME: &'static str = "case";
    type State = State;
    type Command = Value;
    type Event = CaseEvent;
    type Error = Never;

    fn handle_command(_: &State, contact: Value) -> Result<Vec<CaseEvent>, Never> {
        Ok(vec![CaseEvent::ContactLogged { contact }])
    }

    fn apply_event(state: State, CaseEvent::ContactLogged { .. }: CaseEvent) -> State {
        State { contacts: state.contacts + 1 }
    }
}

#[derive(Clone)]
struct Esrs(Arc<AggregateManager<PgStore<Case>>>);

impl Rival for Esrs {
    async fn open(url: &str) -> anyhow::Result<Self> {
        let store = PgStoreBuilder::new(PgPool::connect(url).await?).try_build().await?;
        Ok(Self(Arc::new(AggregateManager::new(store))))
    }

    async fn begin(&self, student: u64, contacts: &[Value]) -> anyhow::Result<()> {
        for contact in contacts {
            self.append(student, contact).await?;
        }
        Ok(())
    }

    async fn append(&self, student: u64, contact: &Value) -> anyhow::Result<()> {
        let id = Uuid::from_u64_pair(0, student);
        loop {
            let state = self.0.load(id).await?.unwrap_or_else(|| AggregateState::with_id(id));
            match self.0.handle_command(state, contact.clone()).await {
                Err(error) if error.to_string().contains("duplicate key") => {}
                done => return done?.map(drop).map_err(Into::into),
            }
        }
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    load::rival::main::<Esrs>().await
}
