//! Commands over HTTP, against stock cqrs-es behind the same web server and against pgbench.
use std::sync::Arc;

use load::Span;

use crate::{
    bench::Bench,
    contender::{Contender, Runs, compare},
    history, plain,
    questions::LogContact,
    report::Report,
    stock,
    throughline::{Asked, DATABASE},
};

const WORDS: &str = "A director logs a contact (some 400 bytes) with any of the students, whose cases have a history \
of ten events. Throughline authenticates, decides, chains and stores the event, the decision state, the plan, the \
caseload row, the entry, the timeline line and the request. The others do no more than their names say.";

/// Runs everybody at each number of clients.
pub async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    let (cluster, options) = (&bench.cluster, &bench.options);
    let asked = |name: &str, address: &str, ask, log, is_read| -> Box<dyn Contender> {
        Box::new(Asked { name: name.to_owned(), address: address.to_owned(), ask, log: Some(Arc::new(log)), is_read })
    };
    let throughline = bench.throughline().await?;
    let log = cluster.client(DATABASE).await?;
    let (district, address) = (&throughline.district, &throughline.server.address);
    let ask = |hot| Arc::new(LogContact { district: district.clone(), hot });
    let mut contenders = vec![asked("Throughline", address, ask(0.0), log, true)];
    let mut stock_server = None;
    if !options.alone {
        let server = stock::start(cluster, options.students).await?;
        let log = cluster.client(stock::DATABASE).await?;
        let same = Arc::new(stock::LogContact(options.students));
        contenders.push(asked("cqrs-es + postgres-es, one view", &server.address, same, log, false));
        stock_server = Some(server);
        plain::prepare(cluster, options.students, history::EVENTS).await?;
        contenders.push(Box::new(plain::event_with_view(cluster, options.students).await?));
        contenders.push(Box::new(plain::event_alone(cluster, options.students).await?));
        let log = cluster.client(DATABASE).await?;
        contenders.push(asked("Throughline, every 64th about one case", address, ask(1.0 / 64.0), log, true));
    }
    report.section("Commands over HTTP", WORDS);
    for &clients in &options.clients {
        let span = Span::seconds(options.seconds);
        let all = compare(&contenders, clients, options.rounds, span, options.disturbance).await?;
        report.comparison(clients, &all);
        judge(clients, &all, report);
    }
    drop(stock_server);
    Ok(())
}

fn judge(clients: usize, all: &[Runs], report: &mut Report) {
    let [ours, stock, pgbench, ..] = all else { return };
    match clients {
        64 => {
            report.at_least("commands, 64 clients: rate, to stock cqrs-es", 8.0, ours.rate() / stock.rate());
            let p99 = |runs: &Runs| runs.median(|tally| tally.p99);
            report.at_most("commands, 64 clients: p99, to stock cqrs-es", 0.2, p99(ours) / p99(stock));
            report.at_least("commands, 64 clients: rate, to pgbench event + view", 1.2, ours.rate() / pgbench.rate());
        }
        1 => report.at_most("commands, 1 client: time, to pgbench event + view", 1.6, pgbench.rate() / ours.rate()),
        _ => {}
    }
}
