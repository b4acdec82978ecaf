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

/// On each case the case itself and everything open, and besides what is named.
pub async fn known(
    transaction: &Transaction<'_>,
    generation: i32,
    students: &BTreeSet<Uuid>,
    named: &BTreeSet<(Uuid, Uuid)>,
) -> Result<Vec<(Key, Counted)>, Error> {
    let select = "SELECT student, entry, to_json(c)::text FROM counted c
                  WHERE generation = $1 AND student = ANY($2) AND open
                  UNION ALL
                  SELECT c.student, c.entry, to_json(c)::text
                  FROM unnest($3::uuid[], $4::uuid[]) AS n (student, entry)
                  JOIN counted c ON c.generation = $1 AND c.student = n.student AND c.entry = n.entry
                  WHERE NOT c.open";
    let select = transaction.prepare_cached(select).await.map_err(failed)?;
    let students: Vec<Uuid> = students.iter().copied().collect();
    let (of, entries): (Vec<Uuid>, Vec<Uuid>) = named.iter().copied().unzip();
    let rows = transaction.query(&select, &[&generation, &students, &of, &entries]).await.map_err(failed)?;
    let counted = |row: &Row| {
        let key = (row.get::<_, Uuid>(0).into(), row.get(1));
        Ok((key, serde_json::from_str(row.get(2)).map_err(failed)?))
    };
    rows.iter().map(counted).collect()
}
