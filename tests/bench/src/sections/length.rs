//! What a command costs on a short case and on a long one.
use std::sync::Arc;

use bytes::Bytes;
use hyper::Response;
use load::Span;
use rand::{RngExt, rngs::StdRng};

use crate::{
    bench::Bench,
    contender::{Contender, compare},
    district::{District, Student},
    http::{Ask, Connection, Question},
    plot::{Curve, plot},
    questions::{log_contact, was_logged},
    report::Report,
    throughline::{Asked, DATABASE, Throughline},
};

/// How long, and how many of them: the fewer the longer they are, so that a run hardly makes them longer.
const LENGTHS: [(&str, u64, u64); 4] = [
    ("cases of 10 events", 10, 1_000),
    ("cases of 100 events", 100, 200),
    ("cases of 1,000 events", 1_000, 50),
    ("cases of 10,000 events", 10_000, 8),
];

/// No more than there are of the longest, so that no two ask for one.
const CLIENTS: usize = 8;

const WORDS: &str = "A director logs a contact with any of so many students, whose cases are that long.";

/// Lengthens some cases and measures commands on each length.
pub async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    let options = &bench.options;
    let throughline = bench.throughline().await?;
    let mut contenders: Vec<Box<dyn Contender>> = vec![];
    let mut first = 0;
    for (name, length, number) in LENGTHS {
        let number = number.min(options.students / 4);
        let students: Vec<Student> = (first..first + number).map(Student).collect();
        first += number;
        lengthen(bench, throughline, &students, length).await?;
        let ask = Arc::new(LogContactAmong { district: throughline.district.clone(), students });
        let log = Some(Arc::new(bench.cluster.client(DATABASE).await?));
        let (name, address) = (name.to_owned(), throughline.server.address.clone());
        contenders.push(Box::new(Asked { name, address, ask, log }));
    }
    report.section("Cost by length of the case", WORDS);
    let all =
        compare(&contenders, CLIENTS, options.rounds, Span::seconds(options.seconds), options.disturbance).await?;
    report.comparison(CLIENTS, &all);
    if let [short, .., long] = all.as_slice() {
        report.at_most("a command on a case of 10,000 events, to one on 10", 1.2, short.rate() / long.rate());
    }
    let points =
        LENGTHS.iter().zip(&all).map(|((_, length, _), runs)| (*length as f64, runs.median(|tally| tally.p50)));
    let curve = Curve { title: "A command", across: "events of the case", points: points.collect() };
    plot(options.plots.as_deref(), "performance-length.svg", &curve)
}

/// Logs contacts until each of the cases has `length` events.
async fn lengthen(bench: &Bench, throughline: &Throughline, students: &[Student], length: u64) -> anyhow::Result<()> {
    let client = bench.cluster.client(DATABASE).await?;
    let mut tasks = vec![];
    for &student in students {
        let version = client.query_one("SELECT version FROM streams WHERE stream = $1", &[&student.id()]).await?;
        let missing = length.saturating_sub(version.get::<_, i64>(0) as u64);
        if missing == 0 {
            continue;
        }
        let (district, mut connection) =
            (throughline.district.clone(), Connection::open(&throughline.server.address).await?);
        tasks.push(tokio::spawn(async move {
            for _ in 0..missing {
                let answer = connection.ask(log_contact(&district, student)?).await?;
                anyhow::ensure!(was_logged(&answer), "a case cannot be lengthened: {}", answer.status());
            }
            anyhow::Ok(())
        }));
    }
    for task in tasks {
        task.await??;
    }
    Ok(())
}

/// A contact with any of some students.
struct LogContactAmong {
    district: Arc<District>,
    students: Vec<Student>,
}

impl Ask for LogContactAmong {
    fn question(&self, chance: &mut StdRng) -> anyhow::Result<Question> {
        log_contact(&self.district, self.students[chance.random_range(0..self.students.len())])
    }

    fn is_right(&self, answer: &Response<Bytes>) -> bool {
        was_logged(answer)
    }
}
