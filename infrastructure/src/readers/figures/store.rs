//! What changed, written in one statement for each table.
use application::{
    Error,
    figures::{Amount, Cell, Changes, Counted, Key},
};
use deadpool_postgres::Transaction;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::database::failed;

const COUNT: &str = "INSERT INTO counted SELECT * FROM jsonb_populate_recordset(NULL::counted, $1)
    ON CONFLICT (generation, student, entry) DO UPDATE SET
      (school, kind, status, held_from, tier, visibility, author, author_role, owner, occurred_on, since, due_on,
       minutes, open)
    = (excluded.school, excluded.kind, excluded.status, excluded.held_from, excluded.tier, excluded.visibility,
       excluded.author, excluded.author_role, excluded.owner, excluded.occurred_on, excluded.since, excluded.due_on,
       excluded.minutes, excluded.open)";

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
    let counted: Vec<Value> = changes.counted.iter().map(|(key, counted)| row(generation, *key, counted)).collect();
    write(transaction, COUNT, counted).await?;
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

fn row(generation: i32, (student, entry): Key, counted: &Counted) -> Value {
    // Plain data: it always serialises.
    let mut row = serde_json::to_value(counted).unwrap_or_default();
    let more = json!({"generation": generation, "student": student, "entry": entry, "open": counted.is_open()});
    if let (Value::Object(row), Value::Object(more)) = (&mut row, more) {
        row.extend(more);
    }
    row
}

fn line(generation: i32, cell: &Cell, amount: Amount) -> Value {
    let Cell { school, staff, compartment, measure, code, tier, day } = cell;
    let (compartment, measure): (&str, &str) = (compartment.into(), measure.into());
    json!({
        "generation": generation, "school": school, "staff": staff, "compartment": compartment, "measure": measure,
        "code": code, "tier": tier, "day": day, "number": amount.number, "minutes": amount.minutes,
    })
}
