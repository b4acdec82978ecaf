//! Whom something new was told of, and whose turn it is to look.
use std::collections::{BTreeMap, BTreeSet};

use application::{Error, indicators::KnownPolicy};
use deadpool_postgres::Pool;
use domain::StudentId;
use tokio_postgres::{Row, types::ToSql};
use uuid::Uuid;

use crate::database::rows;

/// How many rows are looked at together.
const PAGE: i64 = 200;
/// How many rows are passed over together.
const PASSED_OVER: i64 = 20_000;

/// Whether anything is due: a row, or a look at everybody.
const ANY: &str = "
    SELECT EXISTS (SELECT FROM to_look_at WHERE due_at <= now())
           OR EXISTS (SELECT FROM looking WHERE everybody_on < current_date OR everybody_after IS NOT NULL)";
/// A turn that nobody has, or whose holder has not been heard of for a while. It spares work and guards nothing: what is
/// decided on a case is decided once.
const TAKE_TURN: &str = "UPDATE looking SET by = $1, until = now() + interval '20 seconds'
                         WHERE by = $1 OR until < now() RETURNING one";
const END_TURN: &str = "UPDATE looking SET until = '-infinity' WHERE by = $1 RETURNING one";
/// Once a day, however many servers there are, everybody is looked at from the first on.
const DAILY: &str = "
    UPDATE looking SET everybody_on = current_date, everybody_after = '00000000-0000-0000-0000-000000000000'
    WHERE everybody_on < current_date RETURNING one";
/// The same where something was told of everybody.
const TOLD_OF_EVERYBODY: &str = "
    WITH told AS (DELETE FROM to_look_at WHERE student IS NULL AND school IS NULL RETURNING id)
    UPDATE looking SET everybody_after = '00000000-0000-0000-0000-000000000000' WHERE EXISTS (SELECT FROM told)
    RETURNING one";
/// The next of everybody: who has a case, and where `$2` says so who has none.
const EVERYBODY: &str = "
    WITH page AS (
        SELECT student FROM (
            (SELECT student FROM caseload WHERE student > (SELECT everybody_after FROM looking)
             ORDER BY student LIMIT $1)
            UNION
            (SELECT id FROM students WHERE $2 AND id > (SELECT everybody_after FROM looking) ORDER BY id LIMIT $1)
        ) everybody ORDER BY student LIMIT $1
    ), told AS (
        INSERT INTO to_look_at (student) SELECT student FROM page
    )
    UPDATE looking SET everybody_after = CASE WHEN (SELECT count(*) FROM page) = $1
                                         THEN (SELECT student FROM page ORDER BY student DESC LIMIT 1) END
    WHERE everybody_after IS NOT NULL RETURNING one";
/// What was told of a school is told of everybody with an open case there.
const SPREAD_SCHOOLS: &str = "
    WITH told AS (DELETE FROM to_look_at WHERE school IS NOT NULL RETURNING school)
    INSERT INTO to_look_at (student)
    SELECT c.student FROM (SELECT DISTINCT school FROM told) s
    CROSS JOIN LATERAL (SELECT student FROM caseload WHERE school = s.school AND status = 'open' OFFSET 0) c
    RETURNING 1";
/// Where no policy opens cases, nothing follows for who has none: a year that is loaded tells of everybody again and again.
/// Says behind which row to go on, so many rows at a time. Rows are found by where they are: of a table that was just filled
/// PostgreSQL knows no figures.
const WITHOUT_CASE: &str = "
    WITH page AS MATERIALIZED (
        SELECT ctid, id, student FROM to_look_at WHERE id > $1 AND student IS NOT NULL ORDER BY id LIMIT $2
    ), gone AS (
        DELETE FROM to_look_at WHERE ctid = ANY (ARRAY(
            SELECT page.ctid FROM page
            LEFT JOIN LATERAL (SELECT student FROM caseload WHERE student = page.student OFFSET 0) c ON true
            WHERE c.student IS NULL))
    )
    SELECT max(id) FROM page HAVING count(*) = $2";
const STUDENTS: &str = "SELECT id, student FROM to_look_at WHERE student IS NOT NULL AND due_at <= now()
                        ORDER BY id LIMIT $1";
const DONE: &str = "DELETE FROM to_look_at WHERE id = ANY($1) RETURNING 1";
const AGAIN: &str = "UPDATE to_look_at SET due_at = now() + interval '30 seconds' WHERE id = ANY($1) RETURNING 1";

/// The rows, as one server works them off.
pub struct Queue {
    pool: Pool,
    by: Uuid,
}

impl Queue {
    pub fn new(pool: Pool) -> Self {
        Self { pool, by: Uuid::now_v7() }
    }

    async fn ask(&self, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Error> {
        rows(&self.pool, sql, values).await
    }

    /// Whether there is anybody to be looked at now.
    pub async fn has_any(&self) -> Result<bool, Error> {
        Ok(self.ask(ANY, &[]).await?.first().is_some_and(|row| row.get(0)))
    }

    /// Takes the turn, or keeps it; whether it is ours.
    pub async fn take_turn(&self) -> Result<bool, Error> {
        Ok(!self.ask(TAKE_TURN, &[&self.by]).await?.is_empty())
    }

    /// Lets others have the turn.
    pub async fn end_turn(&self) -> Result<(), Error> {
        self.ask(END_TURN, &[&self.by]).await.map(drop)
    }

    /// Makes rows of students of those of schools, and takes away those of students for whom nothing follows.
    pub async fn spread(&self, policies: &[KnownPolicy]) -> Result<(), Error> {
        self.ask(DAILY, &[]).await?;
        self.ask(TOLD_OF_EVERYBODY, &[]).await?;
        self.ask(SPREAD_SCHOOLS, &[]).await?;
        if !opens_cases(policies) {
            self.pass_over_who_has_no_case().await?;
        }
        Ok(())
    }

    async fn pass_over_who_has_no_case(&self) -> Result<(), Error> {
        let mut after = 0_i64;
        while let Some(row) = self.ask(WITHOUT_CASE, &[&after, &PASSED_OVER]).await?.first() {
            after = row.get(0);
            self.take_turn().await?;
        }
        Ok(())
    }

    /// The next rows, each with its student, and once there are none the next of everybody, where everybody is to be looked
    /// at; none where nobody is left.
    pub async fn page(&self, policies: &[KnownPolicy]) -> Result<Option<BTreeMap<i64, StudentId>>, Error> {
        let opens = opens_cases(policies);
        let mut rows = self.ask(STUDENTS, &[&PAGE]).await?;
        if rows.is_empty() && !self.ask(EVERYBODY, &[&PAGE, &opens]).await?.is_empty() {
            rows = self.ask(STUDENTS, &[&PAGE]).await?;
        }
        let page: BTreeMap<_, _> = rows.iter().map(|row| (row.get(0), row.get::<_, Uuid>(1).into())).collect();
        Ok((!page.is_empty()).then_some(page))
    }

    /// Takes a page away, but for those who are to be looked at `again`.
    pub async fn done(&self, page: &BTreeMap<i64, StudentId>, again: &BTreeSet<StudentId>) -> Result<(), Error> {
        let (again, done): (Vec<(i64, StudentId)>, Vec<_>) =
            page.iter().map(|(id, student)| (*id, *student)).partition(|(_, student)| again.contains(student));
        let ids = |rows: Vec<(i64, StudentId)>| rows.into_iter().map(|(id, _)| id).collect::<Vec<_>>();
        self.ask(DONE, &[&ids(done)]).await?;
        self.ask(AGAIN, &[&ids(again)]).await?;
        Ok(())
    }
}

fn opens_cases(policies: &[KnownPolicy]) -> bool {
    policies.iter().any(|known| known.policy.opens_case_from.is_some())
}
