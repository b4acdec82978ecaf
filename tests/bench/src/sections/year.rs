//! A school year of attendance, loaded and banded, against PostgreSQL copying the same rows.
use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::ensure;
use tempfile::TempDir;

use crate::{
    bench::Bench,
    csv_district::{day, roster, year},
    report::Report,
    terminal::Terminal,
    throughline::binary,
};

/// Its database in the cluster.
const DATABASE: &str = "loaded";
/// What chance falls by.
const SEED: u64 = 1;

const WORDS: &str = "`throughline import csv --by-file` loads a school year of attendance (exceptions, a file a month: who \
was away or late, one student-day in eleven), two files at once, each looked up, compared and stored in a transaction of its own; \
PostgreSQL copies the rows that came of it, in the order in which they were told, into a table with the same columns and indexes. \
`throughline bands` judges everybody. Then one school submits one day more.";

/// Loads a roster, the year, and a day more.
pub async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    let (cluster, students) = (&bench.cluster, bench.options.students);
    let home = TempDir::new_in("/var/tmp")?;
    cluster.anew(DATABASE).await?;
    let terminal = Terminal { binary: binary(&bench.options)?, url: cluster.url(DATABASE), home: home.path() };
    let folder = |name: &str| home.path().join(name);
    let text = |path: &Path| path.display().to_string();
    roster(&folder("roster"), students)?;
    let rows = year(&folder("year"), students, SEED)?;
    eprintln!("loading {students} students with {rows} rows");
    let (entering, _) = terminal.run(&["import", "csv", &text(&folder("roster"))]).await?;
    let client = cluster.client(DATABASE).await?;
    client.batch_execute("CREATE TABLE equal (LIKE student_school_attendance_events INCLUDING ALL)").await?;
    client.batch_execute("VACUUM ANALYZE").await?;
    client.batch_execute("CHECKPOINT").await?;
    let (loading, _) = terminal.run(&["import", "csv", &text(&folder("year")), "--by-file", "2"]).await?;
    let there = cluster.number(DATABASE, "SELECT count(*) FROM student_school_attendance_events").await?;
    ensure!(there == rows, "{there} of {rows} rows were loaded");
    // As they were told: by day, then by school and student.
    let path = cluster.socket().join("year.copy");
    let path = path.display();
    let told = "SELECT e.* FROM student_school_attendance_events e
                JOIN external_ids x ON x.id = e.student AND x.kind = 'student' ORDER BY event_date, x.external_id::bigint";
    client.batch_execute(&format!("COPY ({told}) TO '{path}'")).await?;
    client.batch_execute("CHECKPOINT").await?;
    let began = Instant::now();
    client.batch_execute(&format!("COPY equal FROM '{path}'")).await?;
    let copying = began.elapsed();
    client.batch_execute("DROP TABLE equal").await?;
    client.batch_execute("VACUUM ANALYZE").await?;
    let (again, _) = terminal.run(&["import", "csv", &text(&folder("year")), "--by-file", "2"]).await?;
    let (banding, bands) = terminal.run(&["bands"]).await?;
    ensure!(bands.starts_with(&format!("{students} students ")), "not everybody was judged: {bands}");
    let told = day(&folder("day"))?;
    let (one_day, _) = terminal.run(&["import", "csv", &text(&folder("day"))]).await?;
    let batch = "SELECT id::text FROM import_batches ORDER BY started_at DESC LIMIT 1";
    let batch: String = client.query_one(batch, &[]).await?.get(0);
    let (judging, judged) = terminal.run(&["bands", "--of-import", &batch]).await?;
    ensure!(judged.starts_with(&format!("{told} students ")), "others were judged: {judged}");

    let rate = |number: u64, time: Duration| number as f64 / time.as_secs_f64();
    report.section("A school year of a district", WORDS);
    report.line(&format!("{students} students, {rows} rows.\n"));
    report.line("| | rows | seconds | a second | to the copy |\n| --- | ---: | ---: | ---: | ---: |");
    for (name, rows, time) in [
        ("COPY into an equal table", rows, copying),
        ("load", rows, loading),
        ("the same load again", rows, again),
        ("one school's day more", told, one_day),
    ] {
        let (rate, to_copy) = (rate(rows, time), rate(rows, time) / rate(rows, copying));
        report.line(&format!("| {name} | {rows} | {:.1} | {rate:.0} | {to_copy:.2}× |", time.as_secs_f64()));
    }
    report.line("\n| | students | seconds | a second |\n| --- | ---: | ---: | ---: |");
    for (name, students, time) in [
        ("schools, days of teaching, students, enrolments", students, entering),
        ("bands of everybody", students, banding),
        ("bands of those of whom that day told", told, judging),
    ] {
        report.line(&format!("| {name} | {students} | {:.1} | {:.0} |", time.as_secs_f64(), rate(students, time)));
    }
    report.at_least(
        "a school year of attendance, to COPY of the same rows",
        0.5,
        rate(rows, loading) / rate(rows, copying),
    );
    Ok(())
}
