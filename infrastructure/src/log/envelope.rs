//! An event as it is stored, with the hash that chains it to the one before.
use application::{Decided, Metadata, Project};
use chrono::{DateTime, Utc};
use cqrs_es::DomainEvent;
use domain::StaffId;
use uuid::Uuid;

use super::chain::Link;

/// A row of the log, before it has a position.
#[derive(Debug)]
pub struct Envelope {
    pub stream: Uuid,
    pub kind: &'static str,
    pub version: u64,
    pub id: Uuid,
    pub event_type: String,
    pub type_version: String,
    pub payload: String,
    pub occurred_at: DateTime<Utc>,
    pub metadata: Metadata,
    pub chain: Vec<u8>,
}

impl Envelope {
    /// Puts what was decided behind the event whose hash is `before`.
    pub fn seal<A: Project>(stream: Uuid, decided: Decided<A::Event>, before: &[u8]) -> Self {
        let Decided { id, version, event, metadata } = decided;
        let mut envelope = Self {
            stream,
            kind: A::TYPE,
            version,
            id,
            event_type: event.event().event_type(),
            type_version: event.event().event_version(),
            payload: event.payload().to_owned(),
            occurred_at: metadata.occurred_at(A::occurred_on(event.event())),
            metadata,
            chain: vec![],
        };
        envelope.chain = envelope.hash(before);
        envelope
    }

    fn hash(&self, before: &[u8]) -> Vec<u8> {
        let Metadata { command, by, role, basis, on_behalf_of, recorded_at, zone } = &self.metadata;
        let link = Link {
            kind: self.kind,
            stream: self.stream,
            version: self.version,
            id: self.id,
            event_type: &self.event_type,
            type_version: &self.type_version,
            payload: &self.payload,
            occurred_at: self.occurred_at,
            recorded_at: *recorded_at,
            actor: by.uuid(),
            role: role.into(),
            on_behalf_of: on_behalf_of.map(StaffId::uuid),
            basis,
            zone: zone.name(),
            command: *command,
        };
        link.hash(before)
    }
}
