//! The hash that chains an event to the one before it in its stream.
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Everything about an event that its hash covers: whatever is stored of it but its position.
#[derive(Debug)]
pub struct Link<'a> {
    pub kind: &'a str,
    pub stream: Uuid,
    pub version: u64,
    pub id: Uuid,
    pub event_type: &'a str,
    pub type_version: &'a str,
    /// The stored bytes, never what they were read as.
    pub payload: &'a str,
    pub occurred_at: DateTime<Utc>,
    pub recorded_at: DateTime<Utc>,
    pub actor: Uuid,
    pub role: &'a str,
    pub on_behalf_of: Option<Uuid>,
    pub basis: &'a str,
    pub zone: &'a str,
    pub command: Uuid,
}

impl Link<'_> {
    /// The hash over the one `before` and every field, each with its length before it.
    pub fn hash(&self, before: &[u8]) -> Vec<u8> {
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
        field(&self.recorded_at.timestamp_micros().to_be_bytes());
        field(self.actor.as_bytes());
        field(self.role.as_bytes());
        field(self.on_behalf_of.as_ref().map_or(&[], |staff| staff.as_bytes()));
        field(self.basis.as_bytes());
        field(self.zone.as_bytes());
        field(self.command.as_bytes());
        hash.finalize().to_vec()
    }
}
