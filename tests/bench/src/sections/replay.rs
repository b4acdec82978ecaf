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
states; `throughline rebuild` folds every view anew beside the live ones; PostgreSQL copies the same rows of `events` \
to a null sink.";

/// Runs each in turn.
pub async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    let (cluster, options) = (&bench.cluster, &bench.options);
    bench.throughline().await?;
    let events = cluster.number(DATABASE, "SELECT count(*) FROM events").await?;
    let client = cluster.client(DATABASE).await?;
    let binary = binary(options)?;
    let url = cluster.url(DATABASE);
    let told = async |word: &str| {
        let output = Command::new(&binary).arg(word).env("DATABASE_URL", &url).current_dir("/").output().await?;
        let error = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{}", error.lines().last().unwrap_or_default());
        Ok(())
    };
    report.section("Replay and rebuild", WORDS);
    let (mut copies, mut verifies, mut rebuilds) = (Laps::default(), Laps::default(), Laps::default());
    for _ in 0..options.rounds {
        let copy = client.batch_execute("COPY (SELECT * FROM events) TO '/dev/null'");
        copies.take(async { Ok(copy.await?) }).await?;
        for (word, laps) in [("verify", &mut verifies), ("rebuild", &mut rebuilds)] {
            if let Err(error) = laps.take(told(word)).await {
                report.line(&format!("- `throughline {word}` did not run: {error}\n"));
            }
        }
    }
    let [copy, verify, rebuild] = [copies, verifies, rebuilds].map(|laps| laps.rate(events));
    report.line("| | events a second | to the copy |\n| --- | ---: | ---: |");
    for (name, rate) in [("COPY to a null sink", copy), ("`verify`", verify), ("`rebuild`", rebuild)] {
        report.line(&format!("| {name} | {rate:.0} | {:.2}× |", rate / copy));
    }
    report.at_least("replay and checks of all events, to COPY of the same rows", 0.5, verify / copy);
    report.at_least("rebuild of all views, events a second, to replay", 0.5, rebuild / verify);
    Ok(())
}
