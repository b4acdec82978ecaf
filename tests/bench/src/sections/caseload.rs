//! What a page of a caseload costs as the district grows.
use std::sync::Arc;

use load::Span;

use crate::{
    bench::Bench,
    contender::{Contender, Runs, compare},
    district::District,
    history,
    plot::{Curve, plot},
    questions::ListCaseload,
    report::Report,
    throughline::{Asked, binary, serve},
};

/// Its database in the cluster.
const DATABASE: &str = "growing";

/// Students of the two schools whose caseloads are read.
const STUDENTS: u64 = 1_000;

/// Students of the district.
const SIZES: [u64; 4] = [1_000, 10_000, 100_000, 1_100_000];

const CLIENTS: usize = 8;

const WORDS: &str = "A director reads the first page of their school's caseload, which is always as long, in a district \
of so many students. The other schools' rows are put beside it by SQL.";

/// Makes the district larger, and measures at each size.
pub async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    let (cluster, options) = (&bench.cluster, &bench.options);
    let (binary, url, is_new) = (binary(options)?, cluster.url(DATABASE), cluster.ensure(DATABASE).await?);
    let server = serve(&binary, &url)?;
    let district = Arc::new(District::found(&binary, &url, &server.address, 2, STUDENTS).await?);
    if is_new {
        history::tell(&server.address, &district).await?;
    }
    report.section("Cost of a caseload's page by the size of the district", WORDS);
    let client = cluster.client(DATABASE).await?;
    let mut all: Vec<Runs> = vec![];
    for size in SIZES {
        // Schools of 500; every column as a row that is there has it.
        let grow = format!(
            "INSERT INTO caseload SELECT (jsonb_populate_record(one, jsonb_build_object(
                 'student', gen_random_uuid(), 'school', lpad(to_hex(number / 500), 32, '0')::uuid))).*
             FROM (SELECT * FROM caseload LIMIT 1) one,
                  generate_series((SELECT count(*) FROM caseload), {size} - 1) number"
        );
        client.batch_execute(&grow).await?;
        client.batch_execute("VACUUM ANALYZE caseload").await?;
        let name = format!("{size} students");
        let ask = Arc::new(ListCaseload(district.clone()));
        let page: Box<dyn Contender> = Box::new(Asked { name, address: server.address.clone(), ask, log: None });
        let (rounds, span) = (options.rounds, Span::seconds(options.seconds));
        all.extend(compare(&[page], CLIENTS, rounds, span, options.disturbance).await?);
    }
    report.comparison(CLIENTS, &all);
    if let [small, .., large] = all.as_slice() {
        report.at_most("a caseload's page of 1.1 million students, to 1,000", 1.3, small.rate() / large.rate());
    }
    let points = SIZES.iter().zip(&all).map(|(&size, runs)| (size as f64, runs.median(|tally| tally.p50)));
    let curve = Curve { title: "A page of a caseload", across: "students of the district", points: points.collect() };
    plot(options.plots.as_deref(), "performance-caseload.svg", &curve)
}
