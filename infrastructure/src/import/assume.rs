//! Takes students without an enrolment to be enrolled, where an import is told to: named, and labelled wherever it counts.
use std::collections::BTreeMap;

use deadpool_postgres::Transaction;
use uuid::Uuid;

use super::ImportError;

/// The schools of a source, year by year: their sessions in one text, from the first day to the last.
const YEARS: &str = "
    WITH years AS (
        SELECT school, extract(year FROM begin_date + interval '6 months') AS year, min(begin_date) AS first,
               max(end_date) AS last,
               string_agg(begin_date || ' ' || end_date || ' ' || coalesce(total_instructional_days, 0), ';'
                          ORDER BY begin_date, end_date) AS terms
        FROM sessions WHERE source = $2 AND school IS NOT NULL AND ended_on IS NULL GROUP BY 1, 2
    )";

/// Who has a school is taken to be there from the year's first day, and at a second school from the day that is assumed of
/// it on.
const PLACED: &str = "
    , placed AS (
        SELECT student, school, entry_date, row_number() OVER w AS number, lead(entry_date) OVER w AS next
        FROM enrolments WHERE assumed AND source = $2 WINDOW w AS (PARTITION BY student ORDER BY entry_date, school)
    )
    INSERT INTO assumed_stays (student, school, calendar, entry_date, exit_date, batch)
    SELECT student, school, school, entry, last_day, $1 FROM (
        SELECT p.student, p.school, CASE WHEN number = 1 THEN y.first ELSE greatest(p.entry_date, y.first) END AS entry,
               least(y.last, p.next - 1) AS last_day
        FROM placed p JOIN years y ON y.school = p.school
    ) stay WHERE entry <= last_day
    ON CONFLICT (student, calendar, entry_date) DO NOTHING";

/// Who has no school that is known is taken to attend where all schools of the source agree on their sessions.
const UNPLACED: &str = "
    , shared AS (
        SELECT (min(school::text))::uuid AS calendar, min(first) AS first, max(last) AS last
        FROM years GROUP BY year HAVING count(DISTINCT terms) = 1
    )
    INSERT INTO assumed_stays (student, school, calendar, entry_date, exit_date, batch)
    SELECT s.id, NULL, y.calendar, y.first, y.last, $1 FROM students s CROSS JOIN shared y
    WHERE s.source = $2 AND s.ended_on IS NULL AND NOT EXISTS (SELECT FROM enrolments e WHERE e.student = s.id)
    ON CONFLICT (student, calendar, entry_date) DO NOTHING";

/// Sessions that are over are taken to be submitted to their end; one that runs is submitted as far as it is.
const SUBMITTED: &str = "
    INSERT INTO submitted_days (school, day, assumed, batch)
    SELECT school, last, true, $1 FROM years WHERE last < current_date AND $2 IS NOT NULL
    ON CONFLICT (school, day) DO NOTHING";

/// Writes down what is assumed, and says how much of it was new.
pub(crate) async fn enrolled(
    tx: &Transaction<'_>,
    batch: Uuid,
    source: &str,
) -> Result<BTreeMap<&'static str, u64>, ImportError> {
    // What students were taken for before is taken anew: a source may say more of them by now.
    tx.execute("DELETE FROM assumed_stays WHERE student IN (SELECT id FROM students WHERE source = $1)", &[&source])
        .await?;
    let mut written = BTreeMap::new();
    let all = [("stays (assumed)", PLACED), ("stays (assumed)", UNPLACED), ("days submitted (assumed)", SUBMITTED)];
    for (name, sql) in all {
        *written.entry(name).or_default() += tx.execute(&format!("{YEARS}{sql}"), &[&batch, &source]).await?;
    }
    Ok(written)
}
