//! A case as es-entity wants it: its events, what they add up to, and the repository that is made of it.
use es_entity::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::PgPool;

es_entity::entity_id! { CaseId }

#[derive(EsEvent, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[es_event(id = "CaseId")]
pub enum CaseEvent {
    Opened { id: CaseId, contact: Value },
    ContactLogged { contact: Value },
}

pub struct NewCase {
    pub id: CaseId,
    pub contacts: Vec<Value>,
}

impl IntoEvents<CaseEvent> for NewCase {
    type IdSource = FromCaller;

    fn into_events(self, builder: EntityEventsBuilder<CaseEvent, FromCaller>) -> EntityEvents<CaseEvent> {
        let id = self.id;
        let opened = |contact| CaseEvent::Opened { id, contact };
        let logged = |contact| CaseEvent::ContactLogged { contact };
        let mut contacts = self.contacts.into_iter();
        let first = contacts.next().map(opened);
        builder.initial_events(id, first.into_iter().chain(contacts.map(logged)))
    }
}

#[derive(EsEntity)]
pub struct Case {
    pub id: CaseId,
    pub contacts: u64,
    events: EntityEvents<CaseEvent>,
}

impl Case {
    pub fn log_contact(&mut self, contact: Value) {
        self.contacts += 1;
        self.events.push(CaseEvent::ContactLogged { contact });
    }
}

impl TryFromEvents<CaseEvent> for Case {
    fn try_from_events(events: EntityEvents<CaseEvent>) -> Result<Self, EntityHydrationError> {
        let mut case = Case::hydrator();
        case.id(*events.id()).contacts(events.iter_all().count() as u64);
        case.build(events)
    }
}

#[derive(EsRepo, Clone)]
#[es_repo(entity = "Case", id(source = "caller"))]
pub struct Cases {
    pool: PgPool,
}

impl Cases {
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }
}
