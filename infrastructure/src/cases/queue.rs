//! Work queues: entries of one kind over many cases.
use application::{After, Error, Page, QueueQuery, QueueRow};
use chrono::{DateTime, NaiveDate, Utc};
use tokio_postgres::{Row, types::ToSql};
use uuid::Uuid;

use super::{PgCases, entries, ties};
use crate::cursor;

/// By due day, or by the last change, earliest first.
///
/// Who may see a queue by several grounds sees the union: each ground is asked by itself, so that an index answers it,
/// and for no more than a page.
pub async fn list(cases: &PgCases, query: &QueueQuery, page: &Page) -> Result<Vec<QueueRow>, Error> {
    let ids = |all: &mut dyn Iterator<Item = Uuid>| all.collect::<Vec<_>>();
    let schools = ids(&mut query.scope.schools.iter().map(|school| school.uuid()));
    let students = ids(&mut query.scope.students.iter().map(|student| student.uuid()));
    let partners = ids(&mut query.scope.partners.iter().map(|partner| partner.uuid()));
    let (owner, only_at) = (query.owner.map(|owner| owner.uuid()), query.scope.only_at.map(|school| school.uuid()));
    let after = page.after.as_ref().map(|after| Bound::read(query.by_due_day, after)).transpose()?;
    let limit = i64::from(page.limit);

    let mut values = Values(vec![]);
    let sort = if query.by_due_day { "coalesce(due_on, '9999-12-31')" } else { "changed_at" };
    // The kind stands in the statement, since the indexes are each of one kind.
    let kind: &str = query.kind.into();
    let mut wanted = format!("kind = '{kind}' AND standing IN ('current', 'corrected')");
    if let Some(owner) = &owner {
        wanted += &format!(" AND owner = {}", values.put(owner));
    }
    if let Some(school) = &only_at {
        wanted += &format!(" AND school = {}", values.put(school));
    }
    if !query.statuses.is_empty() {
        wanted += &format!(" AND status = ANY({})", values.put(&query.statuses));
    }
    if let Some(day) = &query.due_until {
        wanted += &format!(" AND due_on <= {}", values.put(day));
    }
    if let Some(time) = &query.unchanged_since {
        wanted += &format!(" AND changed_at <= {}", values.put(time));
    }
    if let Some(after) = &after {
        wanted += &format!(" AND ({sort}, entry) > ({}, {})", values.put(after.key()), values.put(&after.entry));
    }
    let limit = values.put(&limit);
    let grounds = [("school", &schools), ("student", &students), ("partner", &partners)];
    let grounds: Vec<String> = match query.scope.everywhere {
        true => vec![String::new()],
        false => {
            let named = grounds.into_iter().filter(|(_, ids)| !ids.is_empty());
            named.map(|(column, ids)| format!(" AND {column} = ANY({})", values.put(ids))).collect()
        }
    };
    let branch = |ground: &String| {
        format!(
            "(SELECT student, entry, {sort} AS sort FROM entries WHERE {wanted}{ground}
              ORDER BY sort, entry LIMIT {limit})"
        )
    };
    let branches: Vec<String> = grounds.iter().map(branch).collect();
    if branches.is_empty() {
        return Ok(vec![]);
    }
    // The fences (OFFSET 0) have each row looked up by its key, however many the planner fears there are.
    let select = format!(
        "SELECT e.body, to_json(place.sort) #>> '{{}}', c.school, c.mentors, c.status = 'open', c.handed_over
         FROM (SELECT * FROM ({}) found ORDER BY sort, entry LIMIT {limit}) place
         CROSS JOIN LATERAL (SELECT body FROM entries e
                             WHERE e.student = place.student AND e.entry = place.entry OFFSET 0) e
         CROSS JOIN LATERAL (SELECT school, mentors, status, handed_over FROM caseload c
                             WHERE c.student = place.student OFFSET 0) c
         ORDER BY place.sort, place.entry",
        branches.join(" UNION ")
    );
    cases.query(&select, &values.0).await?.iter().map(line).collect()
}

/// The values of a statement that is put together.
struct Values<'a>(Vec<&'a (dyn ToSql + Sync)>);

impl<'a> Values<'a> {
    /// Adds a value, and returns its place in the statement.
    fn put(&mut self, value: &'a (dyn ToSql + Sync)) -> String {
        self.0.push(value);
        format!("${}", self.0.len())
    }
}

/// The place after which a page goes on.
struct Bound {
    day: Option<NaiveDate>,
    time: Option<DateTime<Utc>>,
    entry: Uuid,
}

impl Bound {
    fn read(by_due_day: bool, After(key, entry): &After) -> Result<Self, Error> {
        let day = by_due_day.then(|| cursor::day(key)).transpose()?;
        let time = (!by_due_day).then(|| cursor::time(key)).transpose()?;
        Ok(Self { day, time, entry: *entry })
    }

    fn key(&self) -> &(dyn ToSql + Sync) {
        if self.day.is_some() { &self.day } else { &self.time }
    }
}

fn line(row: &Row) -> Result<QueueRow, Error> {
    let record = entries::read(row, 0)?;
    let place = After(row.get(1), record.entry.uuid());
    let ties = ties::of(record.student, row)?;
    Ok(QueueRow { record, ties, case_open: row.get(4), place })
}
