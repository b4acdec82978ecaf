//! Measures Throughline beside others, on one PostgreSQL, in turn.
mod bench;
mod cluster;
mod contender;
mod csv_district;
mod district;
mod ed_fi;
mod history;
mod http;
mod laps;
mod machine;
mod options;
mod others;
mod pgbench;
mod plain;
mod plot;
mod program;
mod questions;
mod report;
mod rival;
mod sections;
mod served;
mod stock;
mod terminal;
mod throughline;

use clap::Parser;

use crate::{
    bench::Bench,
    options::{Options, Section},
    report::Report,
    sections::{caseload, commands, decisions, effects, import, length, memory, reads, replay, stores, year},
};

// One thread asks: the processors are for those who answer.
#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let bench = Bench::start(Options::parse()).await?;
    let measured = measure(&bench).await;
    let file = bench.options.report.clone();
    bench.stop();
    let text = measured?;
    println!("{text}");
    if let Some(file) = file {
        std::fs::write(file, text)?;
    }
    Ok(())
}

async fn measure(bench: &Bench) -> anyhow::Result<String> {
    let machine = machine::describe(&bench.cluster, &bench.options).await?;
    let mut report = Report::default();
    if bench.options.wants(Section::Commands) {
        commands::measure(bench, &mut report).await?;
    }
    if bench.options.wants(Section::Reads) {
        reads::measure(bench, &mut report).await?;
    }
    if bench.options.wants(Section::Decisions) {
        decisions::measure(bench, &mut report).await?;
    }
    if bench.options.wants(Section::Length) {
        length::measure(bench, &mut report).await?;
    }
    if bench.options.wants(Section::Memory) {
        memory::measure(bench, &mut report).await?;
    }
    if bench.options.wants(Section::Caseload) {
        caseload::measure(bench, &mut report).await?;
    }
    if bench.options.wants(Section::Replay) {
        replay::measure(bench, &mut report).await?;
    }
    if bench.options.wants(Section::Import) {
        import::measure(bench, &mut report).await?;
    }
    if bench.options.wants(Section::Year) {
        year::measure(bench, &mut report).await?;
    }
    if bench.options.wants(Section::Effects) {
        effects::measure(bench, &mut report).await?;
    }
    if bench.options.wants(Section::Stores) {
        stores::measure(bench, &mut report).await?;
    }
    Ok(report.finish(&machine))
}
