//! What is said to PostgreSQL, each for any number of commands at once.
use std::sync::LazyLock;

use deadpool_postgres::Client;
use tokio_postgres::{Error, Statement};

use crate::log::{
    live_views,
    order::{hold_back, last_drawn},
    rows::UPSERTS,
};

macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)+) => {$(
        $(#[$doc])*
        pub async fn $name(client: &Client) -> Result<Statement, Error> {
            client.prepare_cached($text).await
        }
    )+};
}

/// What every transaction begins with: the gate to the live views, and what holds readers back.
pub async fn enter(client: &Client) -> Result<Statement, Error> {
    client.prepare_cached(&ENTER).await
}

static ENTER: LazyLock<String> =
    LazyLock::new(|| format!(concat!("SELECT {}, ", hold_back!(), " FROM positions"), live_views::enter()));

/// Writes everything at once, as one statement does it in one pass. In this order: streams begin, others go on, and
/// unless all do, and no key names an entry of its stream already, nothing is written; then the events, which get
/// positions in their order; the requests, each with the position of the event that is named for it, or with the head
/// of the log where none is; then the views. Says the positions of the events in their order, then those that were
/// remembered, by actor and key.
pub async fn store(client: &Client) -> Result<Statement, Error> {
    client.prepare_cached(&STORE).await
}

static STORE: LazyLock<String> = LazyLock::new(|| {
    let views = UPSERTS.iter().enumerate().map(|(at, upsert)| format!(", view_{at} AS ({upsert})"));
    numbered(&format!("{LOG}{} {CHECKED}", views.collect::<String>()))
});

const LOG: &str = concat!(
    "
    WITH begun AS (
        INSERT INTO streams (stream, kind, version, chain, state)
        SELECT stream, kind, version, chain, state::json
        FROM unnest(?::uuid[], ?::text[], ?::bigint[], ?::bytea[], ?::text[]) AS w (stream, kind, version, chain, state)
        ON CONFLICT DO NOTHING RETURNING 1),
    claimed AS (
        UPDATE streams s SET version = w.version, chain = w.chain, state = w.state::json
        FROM unnest(?::uuid[], ?::text[], ?::bigint[], ?::bytea[], ?::text[], ?::bigint[])
             AS w (stream, kind, version, chain, state, expected)
        WHERE s.stream = w.stream AND s.kind = w.kind AND s.version = w.expected RETURNING 1),
    stored AS (
        INSERT INTO events (stream, kind, version, id, type, type_version, payload, occurred_at, recorded_at,
                            actor, role, on_behalf_of, basis, zone, command, chain)
        SELECT stream, kind, version, id, type, type_version, payload::json, occurred_at, recorded_at,
               actor, role, on_behalf_of, basis, zone, command, chain
        FROM unnest(?::uuid[], ?::text[], ?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::text[],
                    ?::timestamptz[], ?::timestamptz[], ?::uuid[], ?::text[], ?::uuid[], ?::text[],
                    ?::text[], ?::uuid[], ?::bytea[])
             WITH ORDINALITY AS w (stream, kind, version, id, type, type_version, payload, occurred_at,
                    recorded_at, actor, role, on_behalf_of, basis, zone, command, chain, place)
        ORDER BY place RETURNING id, position),
    remembered AS (
        INSERT INTO requests (actor, key, fingerprint, version, position, recorded_at)
        SELECT actor, key, fingerprint, version,
               coalesce(position, (SELECT ",
    last_drawn!(),
    " FROM positions)), recorded_at
        FROM unnest(?::uuid[], ?::uuid[], ?::bytea[], ?::bigint[], ?::uuid[], ?::timestamptz[])
             AS w (actor, key, fingerprint, version, id, recorded_at) LEFT JOIN stored USING (id)
        ORDER BY actor, key RETURNING actor, key, position)"
);

const CHECKED: &str = "
    SELECT NULL::bigint, NULL::uuid, NULL::uuid, require(
        (SELECT count(*) FROM begun) = ?::bigint AND (SELECT count(*) FROM claimed) = ?::bigint AND NOT EXISTS (
            SELECT FROM unnest(?::uuid[], ?::uuid[]) AS w (student, entry) JOIN entries USING (student, entry)))::text
    UNION ALL SELECT position, NULL, NULL, NULL FROM stored
    UNION ALL SELECT position, actor, key, NULL FROM remembered";

/// Numbers the values that a statement leaves open.
fn numbered(open: &str) -> String {
    let mut parts = open.split('?');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.zip(1..).fold(first, |statement, (part, number)| format!("{statement}${number}{part}"))
}

statements! {
    /// Locks streams in the order of their ids, and says their versions by the place in which they were asked for.
    lock = "SELECT w.place, s.version
            FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS w (stream, kind, place)
            JOIN streams s USING (stream, kind) ORDER BY s.stream, s.kind FOR UPDATE OF s";
    /// Finds the events that are there with this very hash.
    written = "SELECT w.place, e.position
               FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bytea[])
                    WITH ORDINALITY AS w (stream, kind, version, chain, place)
               JOIN log e USING (stream, kind, version) WHERE e.chain = w.chain";
    /// Finds the requests that were answered already.
    answered = "SELECT w.place FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS w (actor, key, place)
                JOIN requests USING (actor, key)";
    /// Finds the keys that name an entry already.
    used = "SELECT w.place FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS w (student, entry, place)
            JOIN entries USING (student, entry)";
}
