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
    // The fence (OFFSET 0) has each looked up by its key, also where the table is new and nothing is known of its size.
    let select = "SELECT c.student, c.entry, c.row
                  FROM unnest($2::uuid[], $3::uuid[]) AS n (student, entry)
                  JOIN LATERAL (
                      SELECT student, entry, to_json(counted)::text AS row FROM counted
                      WHERE generation = $1 AND student = n.student AND entry = n.entry OFFSET 0
                  ) c ON true
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
