//! What is known of the cases that a page is about.
use std::collections::BTreeSet;

use application::{
    Error,
    figures::{Counted, Key},
};
use deadpool_postgres::Transaction;
use tokio_postgres::Row;
use uuid::Uuid;

use crate::database::failed;

/// What is named, and everything open on the cases that are taken `whole`.
pub async fn known(
    transaction: &Transaction<'_>,
    generation: i32,
    named: &BTreeSet<(Uuid, Uuid)>,
    whole: &BTreeSet<Uuid>,
) -> Result<Vec<(Key, Counted)>, Error> {
    let select = "SELECT c.student, c.entry, to_json(c)::text
                  FROM unnest($2::uuid[], $3::uuid[]) AS n (student, entry)
                  JOIN counted c ON c.generation = $1 AND c.student = n.student AND c.entry = n.entry
                  UNION ALL
                  SELECT student, entry, to_json(c)::text FROM counted c
                  WHERE generation = $1 AND student = ANY($4) AND open";
    let select = transaction.prepare_cached(select).await.map_err(failed)?;
    let whole: Vec<Uuid> = whole.iter().copied().collect();
    let (of, entries): (Vec<Uuid>, Vec<Uuid>) = named.iter().copied().unzip();
    let rows = transaction.query(&select, &[&generation, &of, &entries, &whole]).await.map_err(failed)?;
    let counted = |row: &Row| {
        let key = (row.get::<_, Uuid>(0).into(), row.get(1));
        Ok((key, serde_json::from_str(row.get(2)).map_err(failed)?))
    };
    rows.iter().map(counted).collect()
}
