//! Rows of who is served, read before a page is taken in and written after it.
use std::collections::BTreeSet;

use application::{
    Error,
    served::{Served, ServedChanges},
};
use chrono::NaiveDate;
use deadpool_postgres::Transaction;
use domain::StudentId;
use tokio_postgres::{Row, types::ToSql};
use uuid::Uuid;

use crate::{database::failed, log::columns::columns};

type Key = (StudentId, Uuid);

/// The fence (OFFSET 0) has each looked up by its key, also where the table is new and nothing is known of its size.
const KNOWN: &str = "SELECT s.student, s.entry, s.row
    FROM unnest($2::uuid[], $3::uuid[]) AS n (student, entry)
    JOIN LATERAL (
        SELECT student, entry, to_json(served)::text AS row FROM served
        WHERE generation = $1 AND student = n.student AND entry = n.entry OFFSET 0
    ) s ON true";

const KEEP: &str = "INSERT INTO served
      (generation, student, entry, what, code, partner, mentor, course, visibility, started_on, ended_on)
    SELECT $1::integer, * FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::uuid[],
      $8::uuid[], $9::text[], $10::date[], $11::date[])
    ON CONFLICT (generation, student, entry) DO UPDATE SET
      (what, code, partner, mentor, course, visibility, started_on, ended_on)
    = (excluded.what, excluded.code, excluded.partner, excluded.mentor, excluded.course, excluded.visibility,
       excluded.started_on, excluded.ended_on)";

const DROP: &str = "DELETE FROM served s USING unnest($2::uuid[], $3::uuid[]) AS n (student, entry)
    WHERE s.generation = $1 AND s.student = n.student AND s.entry = n.entry";

columns! {
    Rows of |row: (Key, Served)| {
        student: Uuid = row.0.0.uuid(),
        entry: Uuid = row.0.1,
        what: &'static str = row.1.what.into(),
        code: Option<&'a str> = row.1.code.as_deref(),
        partner: Option<Uuid> = row.1.partner.map(|partner| partner.uuid()),
        mentor: Option<Uuid> = row.1.mentor.map(|mentor| mentor.uuid()),
        course: Option<Uuid> = row.1.course,
        visibility: Option<&'static str> = row.1.visibility.map(Into::into),
        started_on: Option<NaiveDate> = row.1.started_on,
        ended_on: Option<NaiveDate> = row.1.ended_on,
    }
}

/// What is known of the entries.
pub async fn known(
    transaction: &Transaction<'_>,
    generation: i32,
    about: &BTreeSet<(Uuid, Uuid)>,
) -> Result<Vec<(Key, Served)>, Error> {
    let (students, entries): (Vec<Uuid>, Vec<Uuid>) = about.iter().copied().unzip();
    let known = transaction.prepare_cached(KNOWN).await.map_err(failed)?;
    let rows = transaction.query(&known, &[&generation, &students, &entries]).await.map_err(failed)?;
    let served = |row: &Row| {
        let key = (row.get::<_, Uuid>(0).into(), row.get(1));
        Ok((key, serde_json::from_str(row.get(2)).map_err(failed)?))
    };
    rows.iter().map(served).collect()
}

/// Writes what changed.
pub async fn store(transaction: &Transaction<'_>, generation: i32, changes: &ServedChanges) -> Result<(), Error> {
    if !changes.kept.is_empty() {
        let rows = Rows::of(&changes.kept);
        let mut values: Vec<&(dyn ToSql + Sync)> = vec![&generation];
        values.extend(rows.values());
        let keep = transaction.prepare_cached(KEEP).await.map_err(failed)?;
        transaction.execute(&keep, &values).await.map_err(failed)?;
    }
    if !changes.gone.is_empty() {
        let gone = changes.gone.iter().map(|(student, entry)| (student.uuid(), *entry));
        let (students, entries): (Vec<Uuid>, Vec<Uuid>) = gone.unzip();
        let drop = transaction.prepare_cached(DROP).await.map_err(failed)?;
        transaction.execute(&drop, &[&generation, &students, &entries]).await.map_err(failed)?;
    }
    Ok(())
}
