//! What support comes to, asked of a server in a district with a school year of attendance.
use std::time::{Duration, Instant};

use anyhow::ensure;
use hyper::{Method, header::HeaderValue};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::{
    bench::Bench,
    cluster::Cluster,
    csv_district::{roster, year},
    district::{read, token, write},
    http::Connection,
    report::Report,
    terminal::Terminal,
    throughline::{binary, serve, settled},
};

/// Its database in the cluster.
const DATABASE: &str = "effects";
/// What chance falls by.
const SEED: u64 = 1;
/// One student in so many is supported.
const ONE_IN: u64 = 10;
/// The day on which support begins.
const BEGAN: &str = "2026-01-12";
/// What support is compared by.
const BY: [&str; 2] = ["intervention_type", "school"];

const WORDS: &str = "One student in ten is supported from the middle of the year on: a case, an intervention, its start, told over \
HTTP. A program manager then asks what support comes to (`GET /v1/effects`): windows of twenty school days before and after, each \
student beside others of the same grade and baseline band who have no support yet, a bootstrap interval for each group. The first \
answer is worked out; until more is known the same question is answered from memory.";

/// Loads a roster and a year, supports, and asks.
pub async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    let (cluster, students) = (&bench.cluster, bench.options.students);
    let home = TempDir::new_in("/var/tmp")?;
    cluster.anew(DATABASE).await?;
    let terminal = Terminal { binary: binary(&bench.options)?, url: cluster.url(DATABASE), home: home.path() };
    let folder = |name: &str| home.path().join(name);
    roster(&folder("roster"), students)?;
    let rows = year(&folder("year"), students, SEED)?;
    eprintln!("loading {students} students with {rows} rows");
    terminal.run(&["import", "csv", "roster"]).await?;
    terminal.run(&["import", "csv", "year", "--by-file", "2"]).await?;
    let client = cluster.client(DATABASE).await?;
    client.batch_execute("VACUUM ANALYZE").await?;
    let server = serve(&terminal.binary, &terminal.url)?;
    let mut connection = Connection::open(&server.address).await?;
    let supported = support(cluster, &terminal, &mut connection, students).await?;
    // Bands are written on the new cases: an answer stands until something is told.
    let looked_at = "SELECT count(*) FROM to_look_at";
    while client.query_one(looked_at, &[]).await?.get::<_, i64>(0) > 0 {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    settled(&client).await?;

    let manager = token(&terminal.binary, &terminal.url, &["--as", "program_manager"])?;
    report.section("What support comes to", WORDS);
    report.line(&format!("{students} students, {rows} rows of attendance, {supported} supported.\n"));
    report.line("| by | groups | first answer, s | again, s |\n| --- | ---: | ---: | ---: |");
    for by in BY {
        let (first, groups) = ask(&mut connection, &manager, by).await?;
        let (again, _) = ask(&mut connection, &manager, by).await?;
        let (first, again) = (first.as_secs_f64(), again.as_secs_f64());
        report.line(&format!("| {by} | {groups} | {first:.2} | {again:.3} |"));
    }
    Ok(())
}

/// Opens a case for one student in ten and starts an intervention; for how many.
async fn support(
    cluster: &Cluster,
    terminal: &Terminal<'_>,
    connection: &mut Connection,
    students: u64,
) -> anyhow::Result<u64> {
    let enrolled = "SELECT school, array_agg(student ORDER BY student) FROM enrolments GROUP BY school";
    let (mut supported, schools) = (0, cluster.client(DATABASE).await?.query(enrolled, &[]).await?);
    for row in schools {
        let (school, enrolled): (Uuid, Vec<Uuid>) = (row.get(0), row.get(1));
        let of_school = ["--as", "community_school_director", "--school", &school.to_string()];
        let director = token(&terminal.binary, &terminal.url, &of_school)?;
        for student in enrolled.into_iter().step_by(ONE_IN as usize) {
            let (case, plan) = (Uuid::new_v4(), Uuid::new_v4());
            for (method, what, key, body) in [
                (Method::PUT, "case".to_owned(), case, json!({"school": school, "reason": "Absent", "tier": 2})),
                (
                    Method::POST,
                    "interventions".to_owned(),
                    plan,
                    json!({"kind": "check_and_connect", "what": "Check in", "tier": 2, "delivery": "individual"}),
                ),
                (Method::POST, format!("interventions/{plan}/start"), Uuid::new_v4(), json!({"on": BEGAN})),
            ] {
                let path = format!("/v1/students/{student}/{what}");
                let answer = connection.ask(write(&director, method, path, key, &body)?).await?;
                let words = || String::from_utf8_lossy(answer.body()).into_owned();
                ensure!(answer.status().is_success(), "{what}: {} {}", answer.status(), words());
            }
            supported += 1;
        }
    }
    ensure!(supported >= students / ONE_IN, "{supported} of {students} are supported");
    Ok(supported)
}

/// Asks once; how long the answer took, and how many groups it has.
async fn ask(connection: &mut Connection, manager: &HeaderValue, by: &str) -> anyhow::Result<(Duration, usize)> {
    let path = format!("/v1/effects?by={by}&outcome=days_absent&window=20&school_year=2026");
    let began = Instant::now();
    let answer = connection.ask(read(manager, &path)?).await?;
    let took = began.elapsed();
    ensure!(answer.status().is_success(), "{by}: {}", String::from_utf8_lossy(answer.body()));
    let shown: Value = serde_json::from_slice(answer.body())?;
    Ok((took, shown["groups"].as_array().map_or(0, Vec::len)))
}
