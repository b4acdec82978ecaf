//! The store alone, in process, against other event stores.
use load::Span;

use crate::{
    bench::Bench,
    contender::{Contender, Runs, compare},
    history,
    report::Report,
    rival::{
        Known,
        Language::{JavaScript, Python, Rust},
        Rival,
    },
};

const WORDS: &str = "Load a case with its history of ten events or more, decide, append one event of some 400 bytes; \
each store as its own documentation sets it up, in a process of its own. Throughline writes decision state, views and \
the request besides, cqrs-es one view; the others write the event alone.";

/// Everybody; Throughline first.
const ALL: [Known; 7] = [
    Known { name: "Throughline's store", place: "throughline", language: Rust, count: EVENTS },
    Known { name: "cqrs-es 0.5 + postgres-es 0.5, one view", place: "stock", language: Rust, count: EVENTS },
    Known { name: "es-entity 0.20", place: "es-entity", language: Rust, count: "SELECT count(*) FROM case_events" },
    Known { name: "esrs 0.18", place: "esrs", language: Rust, count: "SELECT count(*) FROM case_events" },
    Known { name: "eventcore 2.1", place: "eventcore", language: Rust, count: "SELECT count(*) FROM eventcore_events" },
    Known { name: "eventsourcing 9.5 (Python)", place: "eventsourcing", language: Python, count: PYTHON },
    Known { name: "Emmett 0.42 (Node.js)", place: "emmett", language: JavaScript, count: EMMETT },
];

const EVENTS: &str = "SELECT count(*) FROM events";
const PYTHON: &str = "SELECT count(*) FROM cases_events";
const EMMETT: &str = "SELECT count(*) FROM emt_messages";

/// So many students that clients seldom meet: no store is to be measured by its retries.
const FEWEST: u64 = 1_000;

/// The number of clients at which we want to be far ahead of each; at any other, ahead of the best.
const OF_TARGET: usize = 64;

/// Runs everybody who can be built here.
pub async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    let options = &bench.options;
    let students = (options.students / 10).max(FEWEST);
    let mut contenders: Vec<Box<dyn Contender>> = vec![];
    report.section("The store alone", WORDS);
    for known in &ALL {
        match Rival::ready(&bench.cluster, known, students, history::EVENTS).await {
            Ok(rival) => contenders.push(Box::new(rival)),
            Err(error) => report.line(&format!("- {} does not take part: {error:#}\n", known.name)),
        }
    }
    for &clients in &options.clients {
        let span = Span::seconds(options.seconds);
        let all = compare(&contenders, clients, options.rounds, span, options.disturbance).await?;
        report.comparison(clients, &all);
        judge(clients, &all, report);
    }
    Ok(())
}

fn judge(clients: usize, all: &[Runs], report: &mut Report) {
    let Some((ours, others)) = all.split_first() else { return };
    let what = format!("the store alone, {clients} clients: rate, to");
    if clients == OF_TARGET {
        for other in others {
            report.at_least(&format!("{what} {}", other.name), 3.0, ours.rate() / other.rate());
        }
    } else {
        let best = others.iter().map(Runs::rate).fold(0.0, f64::max);
        report.at_least(&format!("{what} the best of the others"), 1.0, ours.rate() / best);
    }
}
