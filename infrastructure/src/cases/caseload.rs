//! Caseloads, in the order of who needs attention.
use application::{
    After, CaseloadOf, CaseloadOrder, CaseloadQuery, CaseloadRow, Error, Page,
    view::{CaseRow, CaseStatus},
};
use chrono::Weekday;
use uuid::Uuid;

use super::PgCases;
use crate::{cursor, database::failed};

/// Every order is one number, so that a row costs little before it is known to be on the page, and a page can go on after
/// any row.
fn key(order: CaseloadOrder) -> &'static str {
    match order {
        CaseloadOrder::Attention => "overdue * 10000000 + least(this_week, 3) * 1000000 + silence * 10 + 9 - tier",
        CaseloadOrder::NextDue => "coalesce(next_due_on, '9999-12-31') - '0001-01-01'::date",
        CaseloadOrder::LastContact => "silence",
        CaseloadOrder::ContactsThisWeek => "this_week",
        CaseloadOrder::Tier => "9 - tier",
    }
}

fn whose(of: &CaseloadOf) -> (&'static str, Vec<Uuid>) {
    match of {
        CaseloadOf::Mentor(mentor) => ("mentors && $1::uuid[]", vec![mentor.uuid()]),
        CaseloadOf::Schools(schools) => ("school = ANY($1::uuid[])", schools.iter().map(|id| id.uuid()).collect()),
        CaseloadOf::Partners(partners) => ("partners && $1::uuid[]", partners.iter().map(|id| id.uuid()).collect()),
    }
}

pub async fn list(cases: &PgCases, query: &CaseloadQuery, page: &Page) -> Result<Vec<CaseloadRow>, Error> {
    let (whose, ids) = whose(&query.of);
    let key = key(query.order);
    let select = format!(
        "SELECT to_json(line)::text, sort,
                coalesce(s.preferred_given_name, s.given_name) || ' ' || coalesce(s.preferred_family_name, s.family_name)
         FROM (
           SELECT student, sort FROM (
             SELECT student, ({key})::bigint AS sort FROM (
               SELECT student, tier, next_due_on,
                 (next_due_on IS NULL OR next_due_on >= $2)::int AS overdue,
                 CASE WHEN last_contact_on >= $8 THEN
                   (SELECT count(*) FROM unnest(contacts_on) AS day WHERE day >= $8 AND day <= $2)
                 ELSE 0 END AS this_week,
                 greatest(99999 - ($2 - coalesce(last_contact_on, opened_on)), 0) AS silence
               FROM caseload WHERE {whose} AND status = $3 AND ($4::uuid[] IS NULL OR school = ANY($4))
               OFFSET 0
             ) counted
             OFFSET 0
           ) sorted
           WHERE $5::bigint IS NULL OR (sort, student) > ($5, $6)
           ORDER BY sort, student LIMIT $7
         ) place
         CROSS JOIN LATERAL (SELECT * FROM caseload c WHERE c.student = place.student OFFSET 0) line
         LEFT JOIN LATERAL (SELECT * FROM students WHERE id = place.student OFFSET 0) s ON true
         ORDER BY sort, place.student"
    );
    let status = match query.status {
        CaseStatus::Open => "open",
        CaseStatus::Closed => "closed",
    };
    let schools: Option<Vec<Uuid>> = query.schools.as_ref().map(|all| all.iter().map(|school| school.uuid()).collect());
    let after = page.after.as_ref().map(|after| cursor::number(&after.0)).transpose()?;
    let student = page.after.as_ref().map(|after| after.1);
    let (limit, monday) = (i64::from(page.limit), query.today.week(Weekday::Mon).first_day());
    let rows =
        cases.query(&select, &[&ids, &query.today, &status, &schools, &after, &student, &limit, &monday]).await?;
    let line = |row: &tokio_postgres::Row| {
        let case: CaseRow = serde_json::from_str(row.get(0)).map_err(failed)?;
        let name: Option<String> = row.get(2);
        let place = After(row.get::<_, i64>(1).to_string(), case.student.uuid());
        Ok(CaseloadRow { case, name: name.and_then(|name| name.try_into().ok()), place })
    };
    rows.iter().map(line).collect()
}
