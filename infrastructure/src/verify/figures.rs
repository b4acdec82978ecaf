//! What the reader of figures keeps, compared with what the events come to up to where it stands.
use std::collections::BTreeMap;

use application::retold::{Cell, Retold};
use deadpool_postgres::{ClientWrapper, Pool};
use serde_json::json;
use tokio_postgres::Row;
use uuid::Uuid;

use super::{
    Finding, Place, VerifyError,
    snapshot::Snapshot,
    views::{self, Expected},
};
use crate::{DatabaseError, log::columns::columns};

/// The table of what counts on each case, and what singles out a row of a student.
pub const COUNTED: &str = "counted";
pub const KEY: Option<&str> = Some("entry");

/// The tables of the cells.
const OF_SCHOOLS: &str = "school_figures";
const OF_STAFF: &str = "staff_activity";

/// A generation of figures, and the position up to which it counts.
#[derive(Debug, Clone, Copy)]
pub struct Kept {
    pub generation: i32,
    pub position: i64,
}

/// How many things a cell has, and how many minutes.
pub type Sum = (Cell, (i64, i64));
pub type Cells = BTreeMap<Cell, (i64, i64)>;

impl Kept {
    /// Whether an event is counted.
    pub fn has(self, event: &Row) -> bool {
        event.get::<_, i64>("position") <= self.position
    }
}

/// What is kept of the things on the cases of these students.
pub async fn counted(client: &ClientWrapper, kept: Kept, first: Uuid, last: Uuid) -> Result<Vec<Row>, DatabaseError> {
    let select = "SELECT student, entry, school, kind, status, held_from, tier, visibility, author, author_role, owner,
                         occurred_on, since, due_on, minutes, open
                  FROM counted WHERE generation = $1 AND student BETWEEN $2 AND $3";
    Ok(client.query(&client.prepare_cached(select).await?, &[&kept.generation, &first, &last]).await?)
}

/// What ought to be kept of the things on a case; they are added to their `cells`.
pub fn expected(told: &Retold<'_>, cells: &mut Cells) -> Vec<Expected> {
    let counts = told.counts();
    for counts in &counts {
        for cell in counts.cells() {
            let (number, minutes) = cells.entry(cell).or_default();
            (*number, *minutes) = (*number + 1, *minutes + counts.minutes);
        }
    }
    counts.into_iter().filter_map(|counts| views::row(COUNTED, KEY, json!(counts))).collect()
}

/// The cells of all cases, summed up in the database, since there are more of them with each year.
pub struct Summed(ClientWrapper);

columns! {
    Columns of |sum: Sum| {
        school: Uuid = sum.0.school,
        staff: Uuid = sum.0.staff,
        measure: &'static str = sum.0.measure,
        day: chrono::NaiveDate = sum.0.day,
        code: &'a str = &sum.0.code,
        tier: i16 = sum.0.tier,
        compartment: &'static str = sum.0.compartment,
        number: i64 = sum.1.0,
        minutes: i64 = sum.1.1,
    }
}

/// Cells that are not what they should be. Those of a school are nobody's.
const DIFFERENT: &str = "
    SELECT f.number IS NULL AS missing, e.number IS NULL AS surplus, f.number <> e.number AS number,
           CASE WHEN staff = $2 THEN school ELSE staff END AS of, staff = $2 AS of_school, school,
           concat_ws(' ', measure, code, 'of tier ' || tier, 'on ' || day, 'for ' || compartment) AS key
    FROM (SELECT school, staff, measure, day, code, tier, compartment, sum(number) AS number, sum(minutes) AS minutes
          FROM pg_temp.summed GROUP BY school, staff, measure, day, code, tier, compartment) e
    FULL JOIN
         (SELECT school, $2::uuid AS staff, measure, day, code, tier, compartment, number, minutes
          FROM school_figures WHERE generation = $1
          UNION ALL SELECT school, staff, measure, day, code, tier, compartment, number, minutes
          FROM staff_activity WHERE generation = $1) f
    USING (school, staff, measure, day, code, tier, compartment)
    WHERE (f.number, f.minutes) IS DISTINCT FROM (e.number, e.minutes)
    ORDER BY of_school DESC, of, school, key";

impl Summed {
    /// None so far, in the moment called `name`.
    pub async fn begin(pool: &Pool, name: &str) -> Result<Self, VerifyError> {
        let table = "CREATE TEMPORARY TABLE summed (school uuid, staff uuid, measure text, day date, code text,
                     tier smallint, compartment text, number bigint, minutes bigint)";
        Ok(Self(Snapshot::join_with(pool, name, table).await?))
    }

    /// Adds the cells of some cases.
    pub async fn add(&self, cells: &[Sum]) -> Result<(), DatabaseError> {
        let insert = "INSERT INTO pg_temp.summed SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::date[],
                      $5::text[], $6::smallint[], $7::text[], $8::bigint[], $9::bigint[])";
        self.0.execute(&self.0.prepare_cached(insert).await?, &Columns::of(cells).values()).await?;
        Ok(())
    }

    /// The cells that a generation keeps otherwise.
    pub async fn differences(&self, kept: Kept) -> Result<Vec<Finding>, DatabaseError> {
        let rows = self.0.query(DIFFERENT, &[&kept.generation, &Uuid::nil()]).await?;
        Ok(rows.iter().map(difference).collect())
    }
}

fn difference(row: &Row) -> Finding {
    let (of_school, key): (bool, &str) = (row.get("of_school"), row.get("key"));
    let (table, key) = match of_school {
        true => (OF_SCHOOLS, key.to_owned()),
        false => (OF_STAFF, format!("at {}, {key}", row.get::<_, Uuid>("school"))),
    };
    let place = Place { table, of: row.get("of"), key: Some(key) };
    match (row.get("missing"), row.get("surplus"), row.get::<_, Option<bool>>("number")) {
        (true, ..) => Finding::Missing(place),
        (_, true, _) => Finding::Surplus(place),
        (.., Some(true)) => Finding::Differs(place, "number".to_owned()),
        _ => Finding::Differs(place, "minutes".to_owned()),
    }
}
