//! What waits for a School Mental Health Manager.
use application::{
    After, Error, Page,
    review::{ReviewQuery, ReviewRow, ToReview},
};
use chrono::{DateTime, Utc};
use tokio_postgres::Row;
use uuid::Uuid;

use super::{PgCases, ties};
use crate::cursor;

/// Each reason by itself, over the open cases of the schools; what waits longest first. The fences (OFFSET 0) have
/// entries looked up case by case.
const WAITING: &str = "
    WITH open AS (SELECT * FROM caseload WHERE school = ANY($1) AND status = 'open' OFFSET 0),
    waiting AS (
        SELECT student, 'plan_awaits_approval' AS reason, changed_at AS since, entry FROM entries
        WHERE kind = 'plan' AND school = ANY($1) AND status = 'submitted' AND standing IN ('current', 'corrected')
        UNION ALL
        SELECT student, 'new_referral', changed_at, entry FROM entries
        WHERE kind = 'referral' AND school = ANY($1) AND status IN ('draft', 'requested')
          AND visibility = 'mental_health' AND standing IN ('current', 'corrected')
        UNION ALL
        SELECT student, 'severe_band', band.since, NULL FROM open
        CROSS JOIN LATERAL (SELECT body::json -> 'bands' AS bands FROM case_files f
                            WHERE f.student = open.student OFFSET 0) file
        CROSS JOIN LATERAL (SELECT max(occurred_at) AS since FROM timeline t
                            WHERE t.student = open.student AND t.type = 'RiskBandChanged') band
        WHERE band.since IS NOT NULL
          AND EXISTS (SELECT FROM json_each_text(file.bands) in_band WHERE in_band.value = 'severe')
        UNION ALL
        SELECT open.student, 'open_need', need.recorded_at, need.entry FROM open
        CROSS JOIN LATERAL (SELECT * FROM entries e WHERE e.student = open.student AND e.kind = 'need'
                              AND e.status = 'open' AND e.standing IN ('current', 'corrected') OFFSET 0) need
        WHERE need.body::json -> 'content' -> 'need' ->> 'category' = 'mental_health'
        UNION ALL
        SELECT student, 'review_overdue', next_review_on::timestamp AT TIME ZONE 'UTC', NULL FROM open
        WHERE next_review_on < $2::date)
    SELECT w.reason, w.since, w.student, w.entry, open.school, open.mentors, open.handed_over,
           to_json(w.since) #>> '{}' AS key,
           coalesce(s.preferred_given_name, s.given_name) || ' ' || coalesce(s.preferred_family_name, s.family_name)
    FROM waiting w JOIN open ON open.student = w.student
    LEFT JOIN LATERAL (SELECT * FROM students WHERE id = w.student OFFSET 0) s ON true
    WHERE $3::timestamptz IS NULL OR (w.since, w.student, w.reason) > ($3, $4, $5)
    ORDER BY w.since, w.student, w.reason LIMIT $6";

pub async fn list(cases: &PgCases, query: &ReviewQuery, page: &Page) -> Result<Vec<ReviewRow>, Error> {
    let schools: Vec<Uuid> = query.schools.iter().map(|school| school.uuid()).collect();
    let after = page.after.as_ref().map(Bound::read).transpose()?;
    let (since, student) = (after.as_ref().map(|after| after.since), after.as_ref().map(|after| after.student));
    let reason = after.as_ref().map(|after| &after.reason);
    let limit = i64::from(page.limit);
    let rows = cases.query(WAITING, &[&schools, &query.today, &since, &student, &reason, &limit]).await?;
    rows.iter().map(line).collect()
}

/// The place after which a page goes on: since when, whose, and why.
struct Bound {
    since: DateTime<Utc>,
    student: Uuid,
    reason: String,
}

impl Bound {
    fn read(After(key, student): &After) -> Result<Self, Error> {
        let (since, reason) = key.split_once(' ').ok_or(Error::BadCursor)?;
        Ok(Self { since: cursor::time(since)?, student: *student, reason: reason.to_owned() })
    }
}

fn line(row: &Row) -> Result<ReviewRow, Error> {
    let (reason, student): (&str, Uuid) = (row.get("reason"), row.get("student"));
    let school = row.get::<_, Uuid>("school").into();
    let line = ToReview {
        reason: reason.parse().map_err(Error::unavailable)?,
        since: row.get("since"),
        student: student.into(),
        name: row.get::<_, Option<String>>(8).and_then(|name| name.try_into().ok()),
        school,
        entry: row.get::<_, Option<Uuid>>("entry").map(Into::into),
    };
    let ties = ties::of(student.into(), row)?;
    let place = After(format!("{} {reason}", row.get::<_, &str>("key")), student);
    Ok(ReviewRow { line, ties, place })
}
