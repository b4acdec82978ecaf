//! Whether the shadow holds what the live views hold, and whom the reference fold proves right where it does not.
use std::sync::Arc;

use deadpool_postgres::{ClientWrapper, Pool};
use uuid::Uuid;

use super::{
    RebuildError, Watch, connect,
    plan::{Plan, View},
};
use crate::{
    DatabaseError,
    verify::{self, Finding},
};

/// So many students are looked at with the reference fold where nothing can be compared.
const SAMPLE: i64 = 200;
/// So many students are compared by one statement.
const STUDENTS: i64 = 20_000;

/// Compares every student whose rows are of the same version in both, at one moment. Returns those whose live rows
/// were wrong.
pub async fn all(pool: &Pool, plan: &Plan, watch: &Arc<dyn Watch>) -> Result<Vec<Uuid>, RebuildError> {
    let client = connect(pool).await?;
    client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
    let streams: i64 = client.query_one("SELECT count(*) FROM rebuild.streams", &[]).await?.get(0);
    watch.begins("comparing", streams.unsigned_abs());
    let mut differ = vec![];
    let mut from = Some(Uuid::nil());
    while let Some(first) = from {
        let next = "SELECT stream FROM rebuild.streams WHERE stream >= $1 ORDER BY stream OFFSET $2 LIMIT 1";
        let next: Option<Uuid> = client.query_opt(next, &[&first, &STUDENTS]).await?.map(|row| row.get(0));
        let last = next.map_or(Uuid::max(), |next| Uuid::from_u128(next.as_u128() - 1));
        for view in plan.views.iter().filter(|view| view.comparable) {
            if !same(&client, view, first, last).await? {
                differ.extend(students(&client, view, first, last).await?);
            }
        }
        watch.done(STUDENTS.unsigned_abs().min(streams.unsigned_abs()));
        from = next;
    }
    if plan.views.iter().any(|view| !view.comparable) {
        let sample = "SELECT stream FROM rebuild.streams ORDER BY sha256(uuid_send(stream)) LIMIT $1";
        let sample: Vec<Uuid> = client.query(sample, &[&SAMPLE]).await?.iter().map(|row| row.get(0)).collect();
        arbitrate(&client, plan, &sample).await?;
    }
    differ.sort_unstable();
    differ.dedup();
    arbitrate(&client, plan, &differ).await?;
    client.batch_execute("COMMIT").await?;
    Ok(differ)
}

/// Compares these students, whose rows are of the same version in both. Returns those who differ.
pub async fn some(client: &ClientWrapper, plan: &Plan, students: &[Uuid]) -> Result<Vec<Uuid>, RebuildError> {
    let mut differ = vec![];
    for student in students {
        for view in plan.views.iter().filter(|view| view.comparable) {
            if !same(client, view, *student, *student).await? {
                differ.push(*student);
            }
        }
    }
    arbitrate(client, plan, &differ).await?;
    Ok(differ)
}

/// The canonical hash of rows, whatever their order: PostgreSQL's own of each, with two seeds, added up.
pub const HASH: &str = "count(*), sum(hash_record_extended(t, 0)), sum(hash_record_extended(t, 1))";

/// The streams that the log has taken further than the shadow has come.
const BEHIND: &str = "SELECT s.stream FROM streams s LEFT JOIN rebuild.streams r USING (stream)
                      WHERE s.stream BETWEEN $1 AND $2 AND s.version IS DISTINCT FROM r.version";

async fn same(client: &ClientWrapper, view: &View, first: Uuid, last: Uuid) -> Result<bool, DatabaseError> {
    let table = <&str>::from(view.table);
    let hash = |schema: &str| {
        let behind = format!("student NOT IN ({BEHIND})");
        format!("(SELECT ROW({HASH}) FROM {schema}{table} t WHERE student BETWEEN $1 AND $2 AND {behind})")
    };
    let same = format!("SELECT {} IS NOT DISTINCT FROM {}", hash(""), hash("rebuild."));
    let same = client.query_one(&client.prepare_cached(&same).await?, &[&first, &last]).await?;
    Ok(same.get(0))
}

async fn students(client: &ClientWrapper, view: &View, first: Uuid, last: Uuid) -> Result<Vec<Uuid>, DatabaseError> {
    let table = <&str>::from(view.table);
    let hashes = |schema: &str| {
        format!(
            "(SELECT student, ROW({HASH}) AS hash FROM {schema}{table} t WHERE student BETWEEN $1 AND $2 GROUP BY student)"
        )
    };
    let differ = format!(
        "SELECT student FROM {} a FULL JOIN {} b USING (student)
         WHERE a.hash IS DISTINCT FROM b.hash AND student NOT IN ({BEHIND})",
        hashes(""),
        hashes("rebuild.")
    );
    Ok(client.query(&differ, &[&first, &last]).await?.iter().map(|row| row.get(0)).collect())
}

/// Holds the shadow's rows of `students` against the reference fold, which shares nothing with either.
async fn arbitrate(client: &ClientWrapper, plan: &Plan, students: &[Uuid]) -> Result<(), RebuildError> {
    let mut findings: Vec<Finding> = vec![];
    for student in students {
        findings.extend(verify::of_shadow(client, *student, &plan.tables()).await?);
    }
    if findings.is_empty() { Ok(()) } else { Err(RebuildError::Wrong(findings)) }
}
