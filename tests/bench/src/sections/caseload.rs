//! What a page of a caseload costs as the district grows.
use std::{path::Path, sync::Arc};

use load::Span;
use tokio_postgres::Client;

use crate::{
    bench::Bench,
    contender::{Contender, compare},
    district::District,
    history,
    plot::{Curve, plot},
    questions::ListCaseload,
    report::Report,
    served::Served,
    throughline::{Asked, binary, serve, settled},
};

/// Students of the two schools whose caseloads are read.
const STUDENTS: u64 = 1_000;

/// Students of the districts.
const SIZES: [u64; 4] = [1_000, 10_000, 100_000, 1_100_000];

const CLIENTS: usize = 8;

const WORDS: &str = "A director reads the first page of their school's caseload in a district of so many students, all \
of whom have a name and an open case, five hundred to a school. Two schools' cases have histories; the others' rows are \
put beside them by SQL, and the rows of a school lie as far apart as ids do.";

/// Makes a district of each size, and measures them in turn.
pub async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    let (options, binary) = (&bench.options, binary(&bench.options)?);
    let (mut servers, mut contenders) = (vec![], Vec::<Box<dyn Contender>>::new());
    for size in SIZES {
        let (server, district) = district(bench, &binary, size).await?;
        let (name, address) = (format!("{size} students"), server.address.clone());
        contenders.push(Box::new(Asked {
            name,
            address,
            ask: Arc::new(ListCaseload(district)),
            log: None,
            is_read: false,
        }));
        servers.push(server);
    }
    report.section("Cost of a caseload's page by the size of the district", WORDS);
    let span = Span::seconds(options.seconds);
    let all = compare(&contenders, CLIENTS, options.rounds, span, options.disturbance).await?;
    report.comparison(CLIENTS, &all);
    if let [small, .., large] = all.as_slice() {
        report.at_most("a caseload's page of 1.1 million students, to 1,000", 1.3, small.rate() / large.rate());
    }
    let points = SIZES.iter().zip(&all).map(|(&size, runs)| (size as f64, runs.median(|tally| tally.p50)));
    let title = "A page of a caseload, by the size of the district";
    plot(
        options.plots.as_deref(),
        "performance-caseload.svg",
        &Curve { title, across: "students", points: points.collect() },
    )
}

/// A server on a district of that size, in a database of its own.
async fn district(bench: &Bench, binary: &Path, size: u64) -> anyhow::Result<(Served, Arc<District>)> {
    let database = format!("district_{size}");
    let (is_new, url) = (bench.cluster.ensure(&database).await?, bench.cluster.url(&database));
    let server = serve(binary, &url)?;
    let district = Arc::new(District::found(binary, &url, &server.address, 2, STUDENTS).await?);
    if is_new {
        eprintln!("making a district of {size} students");
        history::tell(&server.address, &district).await?;
        let client = bench.cluster.client(&database).await?;
        settled(&client).await?;
        grow(&client, size).await?;
    }
    Ok((server, district))
}

/// Puts the other schools' students beside those who are there, every column as a row that is there has it.
async fn grow(client: &Client, size: u64) -> anyhow::Result<()> {
    let rows = format!(
        "INSERT INTO caseload SELECT grown.*
         FROM (SELECT whole FROM caseload whole LIMIT 1) one,
              generate_series({STUDENTS}, {size} - 1) number,
              jsonb_populate_record(one.whole, jsonb_build_object(
                  'student', gen_random_uuid(), 'school', lpad(to_hex(number / 500), 32, '0'))) grown;
         INSERT INTO students (id, given_name, family_name, source)
         SELECT student, 'Given', 'Family', 'bench' FROM caseload"
    );
    // The two that are read by came first: rows of a district come in any order.
    let scatter = ["CLUSTER caseload USING caseload_pkey", "CLUSTER students USING students_pkey"];
    for statement in [rows.as_str()].into_iter().chain(scatter).chain(["VACUUM ANALYZE", "CHECKPOINT"]) {
        client.batch_execute(statement).await?;
    }
    Ok(())
}
