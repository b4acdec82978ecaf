//! A day of attendance, imported, against PostgreSQL copying the same rows.
use std::path::Path;

use anyhow::ensure;
use tempfile::TempDir;

use crate::{
    bench::Bench,
    ed_fi::{attendance, roster},
    laps::Laps,
    report::Report,
    terminal::Terminal,
    throughline::binary,
};

/// Its database in the cluster.
const DATABASE: &str = "imported";

const WORDS: &str = "`throughline import ed-fi` reads a day's attendance (XML, one event for every student), looks each \
student, school and session up, leaves alone what is known already and merges the rest, in one transaction; PostgreSQL \
copies the rows that came of it into a table with the same columns and indexes. A day more in each round.";

/// Imports a roster, then day after day, each in turn with the copy of its rows.
pub async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    let (cluster, options) = (&bench.cluster, &bench.options);
    let home = TempDir::new()?;
    cluster.anew(DATABASE).await?;
    let terminal = Terminal { binary: binary(options)?, url: cluster.url(DATABASE), home: home.path() };
    let import =
        async |directory: &Path| terminal.run(&["import", "ed-fi", &directory.display().to_string()]).await.map(|_| ());
    let students = options.students;
    eprintln!("importing {students} students");
    roster(&home.path().join("roster"), students)?;
    import(&home.path().join("roster")).await?;
    let client = cluster.client(DATABASE).await?;
    client.batch_execute("CREATE TABLE equal (LIKE student_school_attendance_events INCLUDING ALL)").await?;
    client.batch_execute("VACUUM ANALYZE").await?;
    let rows = cluster.socket().join("attendance.copy");
    let rows = rows.display();
    let (mut imports, mut copies) = (Laps::default(), Laps::default());
    for round in 1..=options.rounds {
        let day = format!("2026-03-{round:02}");
        let directory = home.path().join(&day);
        attendance(&directory, students, &day)?;
        client.batch_execute("CHECKPOINT").await?;
        imports.take(import(&directory)).await?;
        let of_day = format!("FROM student_school_attendance_events WHERE event_date = '{day}'");
        let there = cluster.number(DATABASE, &format!("SELECT count(*) {of_day}")).await?;
        ensure!(there == students, "{there} of {students} events were imported");
        client.batch_execute(&format!("COPY (SELECT * {of_day}) TO '{rows}'")).await?;
        client.batch_execute("CHECKPOINT").await?;
        let copy = format!("COPY equal FROM '{rows}'");
        copies.take(async { Ok(client.batch_execute(&copy).await?) }).await?;
    }
    let (import, copy) = (imports.rate(students), copies.rate(students));
    report.section("Import of a day of attendance", WORDS);
    report.line("| | rows a second | to the copy |\n| --- | ---: | ---: |");
    for (name, rate) in [("COPY into an equal table", copy), ("import", import)] {
        report.line(&format!("| {name} | {rate:.0} | {:.2}× |", rate / copy));
    }
    report.at_least("import of a day of attendance, to COPY of the same rows", 0.5, import / copy);
    Ok(())
}
