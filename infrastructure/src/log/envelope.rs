//! An event as it is stored, with the hash that chains it to the one before.
use application::{Decided, Error, Metadata, Project};
use chrono::{DateTime, Utc};
use cqrs_es::DomainEvent;
use domain::StaffId;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::database::failed;

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
    pub fn seal<A: Project>(stream: Uuid, decided: Decided<A::Event>, before: &[u8]) -> Result<Self, Error> {
        let Decided { id, version, event, metadata } = decided;
        let mut envelope = Self {
            stream,
            kind: A::TYPE,
            version,
            id,
            event_type: event.event_type(),
            type_version: event.event_version(),
            payload: serde_json::to_string(&event).map_err(failed)?,
            occurred_at: metadata.occurred_at(A::occurred_on(&event)),
            metadata,
            chain: vec![],
        };
        envelope.chain = envelope.hash(before);
        Ok(envelope)
    }

    /// The hash over the one before and everything that is stored, each field with its length before it.
    fn hash(&self, before: &[u8]) -> Vec<u8> {
        let Metadata { command, by, role, basis, on_behalf_of, recorded_at, zone } = &self.metadata;
        let mut hash = Sha256::new();
        let mut field = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        };
        field(before);
        field(self.kind.as_bytes());
        field(self.stream.as_bytes());
        field(&self.version.to_be_bytes());
        field(self.id.as_bytes());
        field(self.event_type.as_bytes());
        field(self.type_version.as_bytes());
        field(self.payload.as_bytes());
        field(&self.occurred_at.timestamp_micros().to_be_bytes());
        field(&recorded_at.timestamp_micros().to_be_bytes());
        field(by.uuid().as_bytes());
        field(role.to_string().as_bytes());
        field(on_behalf_of.map(StaffId::uuid).as_ref().map_or(&[], |staff| staff.as_bytes()));
        field(basis.as_bytes());
        field(zone.name().as_bytes());
        field(command.as_bytes());
        hash.finalize().to_vec()
    }
}
