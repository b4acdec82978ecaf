//! What deciding who may see what costs: the same reads by a server that decides nothing.
use std::sync::Arc;

use load::Span;

use crate::{
    bench::Bench,
    contender::{Contender, compare},
    http::Ask,
    program,
    questions::{ListCaseload, ShowPlan},
    report::Report,
    throughline::{Asked, DATABASE, serve},
};

/// The clients of the target.
const CLIENTS: usize = 64;

const WORDS: &str = "A director reads the support plan of any of the students, or the first page of their school's \
caseload, from two servers on one database: one decides by its policies about the case and about each entry, the other \
was built with the feature `undecided` and lets everybody do everything. Who calls is asked and looked up by both.";

/// Runs both.
pub async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    let (cluster, options) = (&bench.cluster, &bench.options);
    let throughline = bench.throughline().await?;
    let undecided = options.undecided.clone().map_or_else(program::undecided, Ok)?;
    let undecided = serve(&undecided, &cluster.url(DATABASE))?;
    let district = &throughline.district;
    let reads: [(&str, Arc<dyn Ask>); 2] = [
        ("plan", Arc::new(ShowPlan(district.clone()))),
        ("page of a caseload", Arc::new(ListCaseload(district.clone()))),
    ];
    report.section("Decisions", WORDS);
    for (what, ask) in reads {
        let asked = |how: &str, address: &str| -> Box<dyn Contender> {
            let (name, address) = (format!("{what}, {how}"), address.to_owned());
            Box::new(Asked { name, address, ask: ask.clone(), log: None, is_read: false })
        };
        let contenders = [asked("decided", &throughline.server.address), asked("undecided", &undecided.address)];
        let span = Span::seconds(options.seconds);
        let both = compare(&contenders, CLIENTS, options.rounds, span, options.disturbance).await?;
        report.comparison(CLIENTS, &both);
        if let [decided, undecided] = both.as_slice() {
            let what = format!("{what}, 64 clients: rate with decisions, to without");
            report.at_least(&what, 0.8, decided.rate() / undecided.rate());
        }
    }
    Ok(())
}
