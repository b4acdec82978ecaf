//! Commands, column by column.
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::log::{
    columns::columns,
    commit::{Asked, Change, Commit},
    envelope::Envelope,
};

columns! {
    /// Streams by name.
    Streams of |change: Change| {
        stream: Uuid = change.stream,
        kind: &'a str = change.kind,
    }
}

columns! {
    /// The event that each change ends with.
    Ends of |change: Change| {
        stream: Uuid = change.stream,
        kind: &'a str = change.kind,
        version: i64 = change.version as i64,
        // Without an event nothing was written that could be found: no hash is empty.
        chain: &'a [u8] = change.envelopes.last().map_or(&[][..], |last| &last.chain),
    }
}

columns! {
    /// Streams that begin.
    Beginnings of |change: Change| {
        stream: Uuid = change.stream,
        kind: &'a str = change.kind,
        version: i64 = change.version as i64,
        chain: &'a [u8] = &change.chain,
        state: &'a str = &change.state,
    }
}

columns! {
    /// Streams that go on.
    Claims of |change: Change| {
        stream: Uuid = change.stream,
        kind: &'a str = change.kind,
        version: i64 = change.version as i64,
        chain: &'a [u8] = &change.chain,
        state: &'a str = &change.state,
        expected: i64 = change.expected as i64,
    }
}

columns! {
    /// Events.
    Events of |event: Envelope| {
        stream: Uuid = event.stream,
        kind: &'a str = event.kind,
        version: i64 = event.version as i64,
        id: Uuid = event.id,
        event_type: &'a str = &event.event_type,
        type_version: &'a str = &event.type_version,
        payload: &'a str = &event.payload,
        occurred_at: DateTime<Utc> = event.occurred_at,
        recorded_at: DateTime<Utc> = event.metadata.recorded_at,
        actor: Uuid = event.metadata.by.uuid(),
        role: &'a str = event.metadata.role.into(),
        on_behalf_of: Option<Uuid> = event.metadata.on_behalf_of.map(|staff| staff.uuid()),
        basis: &'a str = &event.metadata.basis,
        zone: &'a str = event.metadata.zone.name(),
        command: Uuid = event.metadata.command,
        chain: &'a [u8] = &event.chain,
    }
}

columns! {
    /// Requests to be remembered, each with the last event that came of it.
    Requests of |request: (&'a Commit, &'a Asked)| {
        actor: Uuid = request.1.actor,
        key: Uuid = request.1.key,
        fingerprint: &'a [u8] = &request.1.fingerprint,
        version: i64 = request.0.version() as i64,
        last: Option<Uuid> = request.0.last().map(|event| event.id),
        at: DateTime<Utc> = request.1.at,
    }
}

columns! {
    /// Requests by their keys.
    Keys of |asked: Asked| {
        actor: Uuid = asked.actor,
        key: Uuid = asked.key,
    }
}

columns! {
    /// What the keys of requests would name in their streams.
    Names of |asked: Asked| {
        stream: Uuid = asked.stream,
        key: Uuid = asked.key,
    }
}
