//! The second step: it is confirmed, and done.
use application::Commands;
use chrono::Utc;
use deadpool_postgres::{Pool, Transaction};
use domain::{StaffId, StudentId};
use uuid::Uuid;

use super::{
    ERASED, Entry, Ledger, NotErased,
    ask::{is_free, is_privacy_officer},
};
use crate::{DatabaseError, hex::hex};

/// What a student's guardians leave behind who are nobody else's.
const CONTACTS: &str = "SELECT contact FROM student_contacts WHERE student = $1
                        EXCEPT SELECT contact FROM student_contacts WHERE student <> $1";

/// Erases `student`, as was asked for and `by` confirms. Cut off, it goes on where it was when it is said again; said
/// again after the end it changes nothing.
///
/// # Errors
/// [`NotErased::NotTheirs`], [`NotErased::NotAsked`], or where something could not be done: then all is to be said again.
pub async fn carry_out(
    pool: &Pool,
    commands: &Commands,
    ledger: &Ledger,
    student: StudentId,
    by: StaffId,
) -> Result<(), NotErased> {
    let client = pool.get().await.map_err(DatabaseError::from)?;
    is_privacy_officer(&**client, by).await?;
    is_free(&**client, student).await?;
    let id = student.uuid();
    let asked = client.query_opt("SELECT asked_by, asked_at FROM erasures WHERE student = $1", &[&id]).await?;
    let asked = asked.ok_or(NotErased::NotAsked(id))?;
    let marks =
        format!("SELECT erased_mark(source, kind, external_id) FROM external_ids WHERE id = $1 OR id IN ({CONTACTS})");
    let marks = client.query(&marks, &[&id]).await?;
    drop(client);
    let entry = Entry {
        student: id,
        asked_by: asked.get(0),
        asked_at: asked.get(1),
        confirmed_by: by.uuid(),
        confirmed_at: Utc::now(),
        marks: marks.iter().map(|row| hex(row.get(0))).collect(),
    };
    // First: whatever happens from here on, it is done to the end, or again.
    ledger.add(&entry)?;
    apply(pool, commands, &entry).await
}

/// Does what an entry of the ledger says.
pub(super) async fn apply(pool: &Pool, commands: &Commands, entry: &Entry) -> Result<(), NotErased> {
    // The log first: from then on nobody writes anything on the case any more.
    commands.erase(entry.student.into(), entry.confirmed_by.into()).await?;
    let mut client = pool.get().await.map_err(DatabaseError::from)?;
    let tx = client.transaction().await?;
    tx.batch_execute("SET LOCAL statement_timeout = 0").await?;
    remove(&tx, entry.student).await?;
    let marks = "INSERT INTO erased_ids SELECT decode(mark, 'hex') FROM unnest($1::text[]) mark ON CONFLICT DO NOTHING";
    tx.execute(marks, &[&entry.marks]).await?;
    let done = "INSERT INTO erasures (student, asked_by, asked_at, carried_out_by, carried_out_at)
                VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (student) DO UPDATE SET (carried_out_by, carried_out_at)
                    = (excluded.carried_out_by, excluded.carried_out_at) WHERE erasures.carried_out_at IS NULL";
    let Entry { student, asked_by, asked_at, confirmed_by, confirmed_at, .. } = entry;
    tx.execute(done, &[student, asked_by, asked_at, confirmed_by, confirmed_at]).await?;
    Ok(tx.commit().await?)
}

/// Removes every row that is about the student.
async fn remove(tx: &Transaction<'_>, student: Uuid) -> Result<(), NotErased> {
    let contacts: Vec<Uuid> = tx.query(CONTACTS, &[&student]).await?.iter().map(|row| row.get(0)).collect();
    let parts = "SELECT id FROM enrolments WHERE student = $1 UNION SELECT id FROM class_students WHERE student = $1";
    let parts: Vec<Uuid> = tx.query(parts, &[&student]).await?.iter().map(|row| row.get(0)).collect();
    for table in ERASED {
        tx.execute(&format!("DELETE FROM {table} WHERE student = $1"), &[&student]).await?;
    }
    tx.execute("DELETE FROM contacts WHERE id = ANY($1)", &[&contacts]).await?;
    let known = [vec![student], contacts, parts].concat();
    tx.execute("DELETE FROM external_ids WHERE id = ANY($1)", &[&known]).await?;
    tx.execute("DELETE FROM students WHERE id = $1", &[&student]).await?;
    Ok(())
}
