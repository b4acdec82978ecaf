//! Folding the whole log, against PostgreSQL copying the same rows to nowhere.
use anyhow::ensure;
use tokio::process::Command;

use crate::{
    bench::Bench,
    laps::Laps,
    report::Report,
    throughline::{DATABASE, binary},
};

const WORDS: &str = "`throughline verify` folds every event and checks the hash chain, the views and the decision \
states; `throughline rebuild` folds the views of each student anew beside the live ones, and, where none is named, \
counts the figures again too; PostgreSQL copies the same rows of `events` to a null sink.";

/// What is compared with the copy; the first two by how the targets have it.
const COMMANDS: [&[&str]; 3] =
    [&["verify"], &["rebuild", "case_files", "caseload", "entries", "timeline"], &["rebuild"]];

/// Runs each in turn.
pub async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    let (cluster, options) = (&bench.cluster, &bench.options);
    bench.throughline().await?;
    let events = cluster.number(DATABASE, "SELECT count(*) FROM events").await?;
    let client = cluster.client(DATABASE).await?;
    let binary = binary(options)?;
    let url = cluster.url(DATABASE);
    let told = async |words: &[&str]| {
        let output = Command::new(&binary).args(words).env("DATABASE_URL", &url).current_dir("/").output().await?;
        let error = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{}", error.lines().last().unwrap_or_default());
        Ok(())
    };
    report.section("Replay and rebuild", WORDS);
    let (mut copies, mut laps) = (Laps::default(), COMMANDS.map(|_| Laps::default()));
    for _ in 0..options.rounds {
        let copy = client.batch_execute("COPY (SELECT * FROM events) TO '/dev/null'");
        copies.take(async { Ok(copy.await?) }).await?;
        for (words, laps) in COMMANDS.iter().zip(&mut laps) {
            if let Err(error) = laps.take(told(words)).await {
                report.line(&format!("- `throughline {}` did not run: {error}\n", words.join(" ")));
            }
        }
    }
    let (copy, rates) = (copies.rate(events), laps.map(|laps| laps.rate(events)));
    report.line("| | events a second | to the copy |\n| --- | ---: | ---: |");
    report.line(&format!("| COPY to a null sink | {copy:.0} | 1.00× |"));
    for (words, rate) in COMMANDS.iter().zip(rates) {
        report.line(&format!("| `{}` | {rate:.0} | {:.2}× |", words.join(" "), rate / copy));
    }
    let [verify, views, _] = rates;
    report.at_least("replay and checks of all events, to COPY of the same rows", 0.5, verify / copy);
    report.at_least("rebuild of all views of students, events a second, to replay", 0.5, views / verify);
    Ok(())
}
