//! What changed, written in one statement for each table.
use std::iter;

use application::{
    Error,
    figures::{Amount, Cell, Changes, Counted, Key},
};
use chrono::NaiveDate;
use deadpool_postgres::Transaction;
use serde_json::{Value, json};
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use crate::{database::failed, log::columns::columns};

const COUNT: &str = "INSERT INTO counted
      (generation, student, entry, school, kind, status, held_from, tier, visibility, author, author_role, owner,
       occurred_on, since, due_on, minutes, open)
    SELECT $1::integer, * FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[],
      $8::smallint[], $9::text[], $10::uuid[], $11::text[], $12::uuid[], $13::date[], $14::date[], $15::date[],
      $16::integer[], $17::boolean[])
    ON CONFLICT (generation, student, entry) DO UPDATE SET
      (school, kind, status, held_from, tier, visibility, author, author_role, owner, occurred_on, since, due_on,
       minutes, open)
    = (excluded.school, excluded.kind, excluded.status, excluded.held_from, excluded.tier, excluded.visibility,
       excluded.author, excluded.author_role, excluded.owner, excluded.occurred_on, excluded.since, excluded.due_on,
       excluded.minutes, excluded.open)";

columns! {
    Rows of |row: (Key, Counted)| {
        student: Uuid = row.0.0.uuid(),
        entry: Uuid = row.0.1,
        school: Uuid = row.1.school.uuid(),
        kind: &'static str = row.1.kind.into(),
        status: &'a str = &row.1.status,
        held_from: Option<&'a str> = row.1.held_from.as_deref(),
        tier: i16 = row.1.tier.into(),
        visibility: &'static str = row.1.visibility.into(),
        author: Uuid = row.1.author.uuid(),
        author_role: &'static str = row.1.author_role.into(),
        owner: Option<Uuid> = row.1.owner.map(|owner| owner.uuid()),
        occurred_on: NaiveDate = row.1.occurred_on,
        since: NaiveDate = row.1.since,
        due_on: Option<NaiveDate> = row.1.due_on,
        minutes: i32 = row.1.minutes as i32,
        open: bool = row.1.is_open(),
    }
}

const UNCOUNT: &str = "DELETE FROM counted c USING unnest($2::uuid[], $3::uuid[]) AS n (student, entry)
    WHERE c.generation = $1 AND c.student = n.student AND c.entry = n.entry";

const SCHOOLS: [&str; 2] = [
    "INSERT INTO school_figures AS f SELECT * FROM jsonb_populate_recordset(NULL::school_figures, $1)
     ON CONFLICT (generation, school, measure, day, code, tier, compartment)
     DO UPDATE SET number = f.number + excluded.number, minutes = f.minutes + excluded.minutes",
    "DELETE FROM school_figures f USING jsonb_populate_recordset(NULL::school_figures, $1) AS d
     WHERE f.generation = d.generation AND f.school = d.school AND f.measure = d.measure AND f.day = d.day
     AND f.code = d.code AND f.tier = d.tier AND f.compartment = d.compartment AND f.number = 0",
];

const STAFF: [&str; 2] = [
    "INSERT INTO staff_activity AS f SELECT * FROM jsonb_populate_recordset(NULL::staff_activity, $1)
     ON CONFLICT (generation, staff, school, measure, day, code, tier, compartment)
     DO UPDATE SET number = f.number + excluded.number, minutes = f.minutes + excluded.minutes",
    "DELETE FROM staff_activity f USING jsonb_populate_recordset(NULL::staff_activity, $1) AS d
     WHERE f.generation = d.generation AND f.staff = d.staff AND f.school = d.school AND f.measure = d.measure
     AND f.day = d.day AND f.code = d.code AND f.tier = d.tier AND f.compartment = d.compartment AND f.number = 0",
];

/// Writes what changed in a generation.
pub async fn store(transaction: &Transaction<'_>, generation: i32, changes: Changes) -> Result<(), Error> {
    if !changes.counted.is_empty() {
        let rows = Rows::of(&changes.counted);
        let count = transaction.prepare_cached(COUNT).await.map_err(failed)?;
        let values = iter::once(&generation as &(dyn ToSql + Sync)).chain(rows.values()).collect::<Vec<_>>();
        transaction.execute(&count, &values).await.map_err(failed)?;
    }
    if !changes.uncounted.is_empty() {
        let (students, entries): (Vec<Uuid>, Vec<Uuid>) =
            changes.uncounted.iter().map(|(student, entry)| (student.uuid(), *entry)).unzip();
        let delete = transaction.prepare_cached(UNCOUNT).await.map_err(failed)?;
        transaction.execute(&delete, &[&generation, &students, &entries]).await.map_err(failed)?;
    }
    let (staff, schools): (Vec<_>, Vec<_>) = changes.cells.iter().partition(|(cell, _)| cell.staff.is_some());
    for (statements, cells) in [(SCHOOLS, schools), (STAFF, staff)] {
        for statement in statements {
            write(
                transaction,
                statement,
                cells.iter().map(|(cell, amount)| line(generation, cell, **amount)).collect(),
            )
            .await?;
        }
    }
    Ok(())
}

async fn write(transaction: &Transaction<'_>, statement: &str, rows: Vec<Value>) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let statement = transaction.prepare_cached(statement).await.map_err(failed)?;
    transaction.execute(&statement, &[&Value::from(rows)]).await.map_err(failed)?;
    Ok(())
}

fn line(generation: i32, cell: &Cell, amount: Amount) -> Value {
    let Cell { school, staff, compartment, measure, code, tier, day } = cell;
    let (compartment, measure): (&str, &str) = (compartment.into(), measure.into());
    json!({
        "generation": generation, "school": school, "staff": staff, "compartment": compartment, "measure": measure,
        "code": code, "tier": tier, "day": day, "number": amount.number, "minutes": amount.minutes,
    })
}
