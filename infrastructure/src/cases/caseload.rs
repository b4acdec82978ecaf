//! Caseloads, in the order of who needs attention.
use application::{
    After, CaseloadOf, CaseloadOrder, CaseloadQuery, CaseloadRow, Error, Page,
    view::{CaseRow, CaseStatus},
};
use uuid::Uuid;

use super::PgCases;
use crate::database::failed;

/// Every order is one text that sorts as it should, so that a page can go on after any row.
fn key(order: CaseloadOrder) -> &'static str {
    match order {
        CaseloadOrder::Attention => "concat(overdue, least(this_week, 3), silence, 9 - tier)",
        CaseloadOrder::NextDue => "coalesce(next_due_on::text, '9999-12-31')",
        CaseloadOrder::LastContact => "silence",
        CaseloadOrder::ContactsThisWeek => "lpad(this_week::text, 3, '0')",
        CaseloadOrder::Tier => "(9 - tier)::text",
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
           SELECT counted.*, ({key}) COLLATE \"C\" AS sort FROM (
             SELECT c.*,
               (c.next_due_on IS NULL OR c.next_due_on >= $2)::int AS overdue,
               (SELECT count(*) FROM unnest(c.contacts_on) AS day
                WHERE day >= date_trunc('week', $2::timestamp)::date AND day <= $2) AS this_week,
               lpad(greatest(99999 - ($2 - coalesce(c.last_contact_on, c.opened_on)), 0)::text, 5, '0') AS silence
             FROM caseload c WHERE {whose} AND status = $3 AND ($4::uuid[] IS NULL OR school = ANY($4))
             OFFSET 0
           ) counted
           WHERE $5::text IS NULL OR (({key}) COLLATE \"C\", student) > ($5, $6)
           ORDER BY sort, student LIMIT $7
         ) line
         LEFT JOIN LATERAL (SELECT * FROM students WHERE id = line.student OFFSET 0) s ON true
         ORDER BY sort, student"
    );
    let status = match query.status {
        CaseStatus::Open => "open",
        CaseStatus::Closed => "closed",
    };
    let schools: Option<Vec<Uuid>> = query.schools.as_ref().map(|all| all.iter().map(|school| school.uuid()).collect());
    let (after, student) = page.after.clone().map_or((None, None), |After(key, student)| (Some(key), Some(student)));
    let limit = i64::from(page.limit);
    let rows = cases.query(&select, &[&ids, &query.today, &status, &schools, &after, &student, &limit]).await?;
    let line = |row: &tokio_postgres::Row| {
        let case: CaseRow = serde_json::from_str(row.get(0)).map_err(failed)?;
        let name: Option<String> = row.get(2);
        let place = After(row.get(1), case.student.uuid());
        Ok(CaseloadRow { case, name: name.and_then(|name| name.try_into().ok()), place })
    };
    rows.iter().map(line).collect()
}
