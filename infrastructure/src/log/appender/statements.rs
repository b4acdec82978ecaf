//! What is said to PostgreSQL, each for any number of commands at once.
use deadpool_postgres::Client;
use tokio_postgres::{Error, Statement};

macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)+) => {$(
        $(#[$doc])*
        pub async fn $name(client: &Client) -> Result<Statement, Error> {
            client.prepare_cached($text).await
        }
    )+};
}

statements! {
    /// Begins streams; takes none that is there.
    begin = "WITH begun AS (
                 INSERT INTO streams (stream, kind, version, chain, state)
                 SELECT stream, kind, version, chain, state::json
                 FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bytea[], $5::text[])
                      AS w (stream, kind, version, chain, state)
                 ON CONFLICT DO NOTHING RETURNING 1)
             SELECT require(count(*) = cardinality($1)) FROM begun";
    /// Takes the next versions of streams that are as they were.
    claim = "WITH claimed AS (
                 UPDATE streams s SET version = w.version, chain = w.chain, state = w.state::json
                 FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bytea[], $5::text[], $6::bigint[])
                      AS w (stream, kind, version, chain, state, expected)
                 WHERE s.stream = w.stream AND s.kind = w.kind AND s.version = w.expected RETURNING 1)
             SELECT require(count(*) = cardinality($1)) FROM claimed";
    /// Makes sure that no key names an entry of its stream already.
    unused = "SELECT require(NOT EXISTS (
                  SELECT FROM unnest($1::uuid[], $2::uuid[]) AS w (student, entry) JOIN entries USING (student, entry)))";
    /// Stores events, which get positions in this order, and remembers requests with the position of the event that
    /// is named for each, or with the head of the log where none is. Says the positions of the events in their order,
    /// then those that were remembered, by actor and key.
    store = "WITH stored AS (
                 INSERT INTO events (stream, kind, version, id, type, type_version, payload, occurred_at, recorded_at,
                                     actor, role, on_behalf_of, basis, zone, command, chain)
                 SELECT stream, kind, version, id, type, type_version, payload::json, occurred_at, recorded_at,
                        actor, role, on_behalf_of, basis, zone, command, chain
                 FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::uuid[], $5::text[], $6::text[], $7::text[],
                             $8::timestamptz[], $9::timestamptz[], $10::uuid[], $11::text[], $12::uuid[], $13::text[],
                             $14::text[], $15::uuid[], $16::bytea[])
                      WITH ORDINALITY AS w (stream, kind, version, id, type, type_version, payload, occurred_at,
                             recorded_at, actor, role, on_behalf_of, basis, zone, command, chain, place)
                 ORDER BY place RETURNING id, position),
             remembered AS (
                 INSERT INTO requests (actor, key, fingerprint, version, position, recorded_at)
                 SELECT actor, key, fingerprint, version, coalesce(position, (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM positions)), recorded_at
                 FROM unnest($17::uuid[], $18::uuid[], $19::bytea[], $20::bigint[], $21::uuid[], $22::timestamptz[])
                      AS w (actor, key, fingerprint, version, id, recorded_at) LEFT JOIN stored USING (id)
                 ORDER BY actor, key RETURNING actor, key, position)
             SELECT position, NULL::uuid, NULL::uuid FROM stored
             UNION ALL SELECT position, actor, key FROM remembered";
    /// Locks streams in the order of their ids, and says their versions by the place in which they were asked for.
    lock = "SELECT w.place, s.version
            FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS w (stream, kind, place)
            JOIN streams s USING (stream, kind) ORDER BY s.stream, s.kind FOR UPDATE OF s";
    /// Finds the events that are there with this very hash.
    written = "SELECT w.place, e.position
               FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bytea[])
                    WITH ORDINALITY AS w (stream, kind, version, chain, place)
               JOIN events e USING (stream, kind, version) WHERE e.chain = w.chain";
    /// Finds the requests that were answered already.
    answered = "SELECT w.place FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS w (actor, key, place)
                JOIN requests USING (actor, key)";
    /// Finds the keys that name an entry already.
    used = "SELECT w.place FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS w (student, entry, place)
            JOIN entries USING (student, entry)";
}
