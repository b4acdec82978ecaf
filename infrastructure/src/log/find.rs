//! What is stored about streams and about requests, asked for many of them at one instant.
use std::{collections::HashMap, sync::Arc};

use application::Project;
use deadpool_postgres::Pool;
use uuid::Uuid;

use crate::{
    DatabaseError,
    gather::{Gather, Rows, grouped},
};

/// A stream, and the person and the key of a request where there is one.
pub type Question = (Uuid, Option<Uuid>, Option<Uuid>);

/// Finds streams of one kind. Every question is answered by one row.
pub fn by<A: Project>(pool: &Pool) -> Gather<Question, Rows> {
    let (pool, select) = (pool.clone(), Arc::from(select(A::DOCUMENTS.into())));
    Gather::by(move |questions| find(pool.clone(), Arc::clone(&select), A::TYPE, questions))
}

async fn find(
    pool: Pool,
    select: Arc<str>,
    kind: &'static str,
    questions: Vec<Question>,
) -> Result<HashMap<Question, Rows>, DatabaseError> {
    let client = pool.get().await?;
    let select = client.prepare_cached(&select).await?;
    let streams: Vec<_> = questions.iter().map(|(stream, ..)| *stream).collect();
    let (actors, keys): (Vec<_>, Vec<_>) = questions.iter().map(|(_, actor, key)| (*actor, *key)).unzip();
    let rows = client.query(&select, &[&kind, &streams, &actors, &keys]).await?;
    Ok(grouped(rows, |row| (row.get("stream"), row.get("actor"), row.get("key"))))
}

fn select(documents: &str) -> String {
    format!(
        "SELECT w.stream, w.actor, w.key, s.version, s.chain, s.state::text AS state, d.body AS document,
                r.fingerprint, r.version AS answered, r.position,
                EXISTS (SELECT FROM entries WHERE student = w.stream AND entry = w.key) AS names_an_entry
         FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS w (stream, actor, key)
         LEFT JOIN streams s ON s.stream = w.stream AND s.kind = $1
         LEFT JOIN {documents} d ON d.student = s.stream
         LEFT JOIN requests r ON r.actor = w.actor AND r.key = w.key"
    )
}
