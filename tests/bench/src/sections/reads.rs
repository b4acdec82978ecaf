//! Plans and caseloads over HTTP, against pgbench selecting the same documents.
use std::sync::Arc;

use load::Span;

use crate::{
    bench::Bench,
    contender::{Contender, compare},
    http::Ask,
    plain,
    questions::{ListCaseload, ShowPlan, ShowPlanAgain},
    report::Report,
    throughline::Asked,
};

/// The clients of the targets.
const CLIENTS: usize = 64;

/// Plans that somebody has already.
const KNOWN: u64 = 2_000;

const WORDS: &str = "A director reads the support plan of any of the students, whole or with the tag of what they \
have already, or the first page of their school's caseload. pgbench selects the same documents, without a thought \
about who asks.";

/// Runs everybody.
pub async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    let (cluster, options) = (&bench.cluster, &bench.options);
    let throughline = bench.throughline().await?;
    let (address, district) = (&throughline.server.address, &throughline.district);
    let asked = |name: &str, ask: Arc<dyn Ask>| -> Box<dyn Contender> {
        Box::new(Asked { name: name.to_owned(), address: address.clone(), ask, log: None, is_read: false })
    };
    let again = ShowPlanAgain::after_reading(address, district, KNOWN.min(options.students)).await?;
    let contenders = [
        asked("Throughline, plan", Arc::new(ShowPlan(district.clone()))),
        Box::new(plain::document(cluster, options.students).await?),
        asked("Throughline, plan, unchanged (304)", Arc::new(again)),
        asked("Throughline, page of a caseload", Arc::new(ListCaseload(district.clone()))),
    ];
    report.section("Reads over HTTP", WORDS);
    let all =
        compare(&contenders, CLIENTS, options.rounds, Span::seconds(options.seconds), options.disturbance).await?;
    report.comparison(CLIENTS, &all);
    if let [plan, pgbench, again, ..] = all.as_slice() {
        report.at_least("plan, 64 clients: rate, to pgbench on the same documents", 1.0, plan.rate() / pgbench.rate());
        report.at_least("plan, 64 clients: an unchanged one, to a full one", 2.0, again.rate() / plan.rate());
    }
    Ok(())
}
