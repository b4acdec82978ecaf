//! es-entity: a repository that it generates, with the two tables that its documentation asks for.
mod case;

use case::{Case, CaseId, Cases, NewCase};
use es_entity::{Fault, Transient, TransientKind};
use load::rival::Rival;
use serde_json::Value;
use sqlx::{Executor, PgPool};
use uuid::Uuid;

#[derive(Clone)]
struct EsEntity(Cases);

fn id(student: u64) -> CaseId {
    Uuid::from_u64_pair(0, student).into()
}

impl Rival for EsEntity {
    async fn open(url: &str) -> anyhow::Result<Self> {
        let pool = PgPool::connect(url).await?;
        pool.execute(include_str!("../tables.sql")).await?;
        Ok(Self(Cases::new(pool)))
    }

    async fn begin(&self, student: u64, contacts: &[Value]) -> anyhow::Result<()> {
        self.0.create(NewCase { id: id(student), contacts: contacts.to_vec() }).await?;
        Ok(())
    }

    async fn append(&self, student: u64, contact: &Value) -> anyhow::Result<()> {
        loop {
            let mut case: Case = self.0.find_by_id(id(student)).await?;
            case.log_contact(contact.clone());
            match self.0.update(&mut case).await {
                Err(Fault::Transient(Transient { kind: TransientKind::OptimisticConflict, .. })) => {}
                done => return done.map(drop).map_err(Into::into),
            }
        }
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    load::rival::main::<EsEntity>().await
}
