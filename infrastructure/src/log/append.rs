//! One transaction: claim the streams, store the events, write the rows, remember the request.
use application::{Error, Happening, Part, Project, Receipt, Row};
use deadpool_postgres::{Client, Transaction};
use futures::future::try_join_all;
use serde_json::{Value, json};
use tokio_postgres::error::SqlState;
use uuid::Uuid;

use super::{envelope::Envelope, fingerprint::Fingerprints, rows};
use crate::database::failed;

/// What a part becomes in the database.
struct Stored {
    stream: Uuid,
    expected: u64,
    version: u64,
    state: String,
    chain: Vec<u8>,
    envelopes: Vec<Envelope>,
    rows: Vec<Row>,
}

/// Folds the views of `part` and puts its events into envelopes.
fn store<A: Project>(part: Part<A>) -> Result<Stored, Error> {
    let Part { mut loaded, events, metadata } = part;
    let (stream, expected) = (loaded.stream, loaded.version);
    let mut envelopes = Vec::with_capacity(events.len());
    let mut rows = vec![];
    for (version, event) in (expected + 1..).zip(&events) {
        let envelope = Envelope::seal::<A>(stream, version, event, &metadata, &loaded.chain)?;
        let happening = Happening { stream, version, id: envelope.id, event, metadata: &envelope.metadata };
        rows.extend(A::project(&mut loaded.document, &happening));
        loaded.chain.clone_from(&envelope.chain);
        envelopes.push(envelope);
    }
    let version = expected + envelopes.len() as u64;
    if version > expected {
        rows.extend(A::document_rows(&loaded.document, stream, version));
    }
    let state = serde_json::to_string(&loaded.aggregate).map_err(failed)?;
    Ok(Stored { stream, expected, version, state, chain: loaded.chain, envelopes, rows })
}

/// Commits `parts`, all or nothing. The first part's stream is the one that the receipt is about.
pub async fn append<A: Project>(
    client: &mut Client,
    fingerprints: &Fingerprints,
    parts: Vec<Part<A>>,
) -> Result<Receipt, Error> {
    let request = parts.first().and_then(|part| Some((part.loaded.request.clone()?, part.metadata.recorded_at)));
    let parts: Vec<Stored> = parts.into_iter().map(store).collect::<Result<_, _>>()?;
    let transaction = client.transaction().await.map_err(failed)?;
    // In the order of their ids, so that two moves in opposite directions do not wait for each other.
    let mut claims: Vec<&Stored> = parts.iter().collect();
    claims.sort_by_key(|part| part.stream);
    for part in claims {
        claim::<A>(&transaction, part).await?;
    }
    let envelopes: Vec<&Envelope> = parts.iter().flat_map(|part| &part.envelopes).collect();
    let position = insert::<A>(&transaction, &envelopes).await?;
    let tables = rows::by_table(parts.iter().flat_map(|part| part.rows.iter().cloned()));
    try_join_all(tables.iter().map(|(table, rows)| write(&transaction, rows::upsert(*table), rows))).await?;

    let receipt = Receipt { version: parts.first().map_or(0, |part| part.version), position, replayed: false };
    if let Some((request, at)) = request {
        let remember = "INSERT INTO requests (actor, key, fingerprint, version, position, recorded_at)
                        VALUES ($1, $2, $3, $4, $5, $6)";
        let (fingerprint, version) = (fingerprints.of(&request.canonical), receipt.version as i64);
        let values = (&request.by.uuid(), &request.key, &fingerprint, &version, &(position as i64), &at);
        let remember = transaction.prepare_cached(remember).await.map_err(failure)?;
        let (actor, key, fingerprint, version, position, at) = values;
        transaction.execute(&remember, &[actor, key, fingerprint, version, position, at]).await.map_err(failure)?;
    }
    transaction.commit().await.map_err(failure)?;
    Ok(receipt)
}

/// Takes the next versions of a stream, or finds that it has moved on.
async fn claim<A: Project>(transaction: &Transaction<'_>, part: &Stored) -> Result<(), Error> {
    let claim = "INSERT INTO streams AS s (stream, kind, version, chain, state)
                 SELECT $1, $2, $4, $5, $6::text::json WHERE $3::bigint = 0
                 OR EXISTS (SELECT FROM streams WHERE stream = $1 AND kind = $2)
                 ON CONFLICT (stream, kind) DO UPDATE SET version = $4, chain = $5, state = $6::text::json
                 WHERE s.version = $3";
    let claim = transaction.prepare_cached(claim).await.map_err(failure)?;
    let (expected, version) = (part.expected as i64, part.version as i64);
    let claimed = transaction
        .execute(&claim, &[&part.stream, &A::TYPE, &expected, &version, &part.chain, &part.state])
        .await
        .map_err(failure)?;
    if claimed == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// Stores the events and returns the last position; that of the log as it is where there are none.
async fn insert<A: Project>(transaction: &Transaction<'_>, envelopes: &[&Envelope]) -> Result<u64, Error> {
    let insert = "INSERT INTO events (stream, kind, version, id, type, type_version, payload, occurred_at, recorded_at,
                                      actor, role, on_behalf_of, basis, zone, command, chain)
                  SELECT e.stream, $1, e.version, e.id, e.type, e.type_version, e.payload::text::json, e.occurred_at,
                         e.recorded_at, e.actor, e.role, e.on_behalf_of, e.basis, e.zone, e.command, decode(e.chain, 'hex')
                  FROM jsonb_to_recordset($2) AS e (stream uuid, version bigint, id uuid, type text, type_version text,
                       payload text, occurred_at timestamptz, recorded_at timestamptz, actor uuid, role text,
                       on_behalf_of uuid, basis text, zone text, command uuid, chain text)
                  RETURNING position";
    if envelopes.is_empty() {
        let head =
            transaction.query_one("SELECT coalesce(max(position), 0) FROM events", &[]).await.map_err(failure)?;
        return Ok(head.get::<_, i64>(0) as u64);
    }
    let rows: Value = envelopes.iter().map(|envelope| columns(envelope)).collect();
    let insert = transaction.prepare_cached(insert).await.map_err(failure)?;
    let positions = transaction.query(&insert, &[&A::TYPE, &rows]).await.map_err(failure)?;
    Ok(positions.iter().map(|row| row.get::<_, i64>(0) as u64).max().unwrap_or_default())
}

fn columns(envelope: &Envelope) -> Value {
    let metadata = &envelope.metadata;
    json!({
        "stream": envelope.stream, "version": envelope.version, "id": envelope.id, "type": envelope.event_type,
        "type_version": envelope.type_version, "payload": envelope.payload, "occurred_at": envelope.occurred_at,
        "recorded_at": metadata.recorded_at, "actor": metadata.by, "role": metadata.role,
        "on_behalf_of": metadata.on_behalf_of, "basis": metadata.basis, "zone": metadata.zone.name(),
        "command": metadata.command, "chain": hex(&envelope.chain),
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn write(transaction: &Transaction<'_>, statement: &str, rows: &Value) -> Result<(), Error> {
    let statement = transaction.prepare_cached(statement).await.map_err(failure)?;
    transaction.execute(&statement, &[rows]).await.map_err(failure)?;
    Ok(())
}

/// Tells a lost race and a reused key from a failure.
fn failure(error: tokio_postgres::Error) -> Error {
    let constraint = error.as_db_error().and_then(|e| e.constraint());
    match (error.code(), constraint) {
        (Some(&SqlState::UNIQUE_VIOLATION), Some("requests_key")) => Error::KeyReused,
        (Some(&SqlState::UNIQUE_VIOLATION), Some("streams_pkey" | "events_version")) => Error::Conflict,
        (Some(&SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED), _) => Error::Conflict,
        _ => failed(error),
    }
}
