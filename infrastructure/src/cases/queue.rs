//! Work queues: entries of one kind over many cases.
use application::{After, Error, Page, QueueQuery, QueueRow, access::Ties};
use tokio_postgres::{Row, types::ToSql};
use uuid::Uuid;

use super::{PgCases, entries};

/// By due day, or by the last change, earliest first.
pub async fn list(cases: &PgCases, query: &QueueQuery, page: &Page) -> Result<Vec<QueueRow>, Error> {
    let (sort, bound) = match query.by_due_day {
        true => ("coalesce(e.due_on, '9999-12-31')", "date"),
        false => ("e.changed_at", "timestamptz"),
    };
    let select = format!(
        "SELECT e.body::text, to_json({sort}) #>> '{{}}', c.school, c.mentors, c.partners, c.status = 'open'
         FROM entries e JOIN caseload c USING (student)
         WHERE e.kind = $1 AND e.standing IN ('current', 'corrected')
           AND (e.school = ANY($2) OR e.student = ANY($3) OR e.partner = ANY($4))
           AND ($5::uuid IS NULL OR e.owner = $5)
           AND (cardinality($6::text[]) = 0 OR e.status = ANY($6))
           AND ($7::date IS NULL OR e.due_on <= $7)
           AND ($8::timestamptz IS NULL OR e.changed_at <= $8)
           AND ($9::{bound} IS NULL OR ({sort}, e.entry) > ($9, $10))
         ORDER BY {sort}, e.entry LIMIT $11"
    );
    let kind: &str = query.kind.into();
    let ids = |all: &mut dyn Iterator<Item = Uuid>| all.collect::<Vec<_>>();
    let schools = ids(&mut query.scope.schools.iter().map(|school| school.uuid()));
    let students = ids(&mut query.scope.students.iter().map(|student| student.uuid()));
    let partners = ids(&mut query.scope.partners.iter().map(|partner| partner.uuid()));
    let owner = query.owner.map(|owner| owner.uuid());
    let (after, entry) = match &page.after {
        Some(After(key, entry)) => (Some(key), Some(entry)),
        None => (None, None),
    };
    let (day, time) = match query.by_due_day {
        true => (after.map(|key| entries::day(key)).transpose()?, None),
        false => (None, after.map(|key| entries::time(key)).transpose()?),
    };
    let after: &(dyn ToSql + Sync) = if query.by_due_day { &day } else { &time };
    let limit = i64::from(page.limit);
    let rows = cases
        .query(
            &select,
            &[
                &kind,
                &schools,
                &students,
                &partners,
                &owner,
                &query.statuses,
                &query.due_until,
                &query.unchanged_since,
                after,
                &entry,
                &limit,
            ],
        )
        .await?;
    rows.iter().map(line).collect()
}

fn line(row: &Row) -> Result<QueueRow, Error> {
    let record = entries::read(row, 0)?;
    let place = After(row.get(1), record.entry.uuid());
    let ties = Ties {
        school: Some(row.get::<_, Uuid>(2).into()),
        mentors: row.get::<_, Vec<Uuid>>(3).into_iter().map(Into::into).collect(),
        partners: row.get::<_, Vec<Uuid>>(4).into_iter().map(Into::into).collect(),
    };
    Ok(QueueRow { record, ties, case_open: row.get(5), place })
}
