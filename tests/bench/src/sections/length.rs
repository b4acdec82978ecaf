//! What a command costs on a short case and on a long one.
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

use bytes::Bytes;
use hyper::Response;
use load::Span;
use rand::rngs::StdRng;

use crate::{
    bench::Bench,
    contender::{Contender, compare},
    district::{District, Student},
    http::{Ask, Connection, Question},
    plot::{Curve, plot},
    questions::{log_contact, was_logged},
    report::Report,
    throughline::{Asked, DATABASE, Throughline, settled},
};

/// How long, and how many of them: few enough of each that the server remembers them all alike.
const LENGTHS: [(&str, u64, u64); 4] = [
    ("cases of 10 events", 10, 400),
    ("cases of 100 events", 100, 300),
    ("cases of 1,000 events", 1_000, 60),
    ("cases of 10,000 events", 10_000, 8),
];

/// Fewer than there are of the longest, so that hardly ever two ask for one.
const CLIENTS: usize = 4;

/// The longest run: each makes the cases longer.
const SECONDS: f64 = 5.0;

const WORDS: &str = "A director logs a contact with one after the other of some students, whose cases are that long or \
longer by what was logged while it was measured; runs of five seconds at most.";

/// Lengthens some cases and measures commands on each length.
pub async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    let options = &bench.options;
    let throughline = bench.throughline().await?;
    let mut students = (0..).map(Student);
    let groups = LENGTHS.map(|(name, length, number)| {
        let number = number.min(options.students / 4);
        (name, length, students.by_ref().take(number as usize).collect::<Vec<_>>())
    });
    eprintln!("lengthening cases");
    lengthen(bench, throughline, &groups).await?;
    let mut contenders: Vec<Box<dyn Contender>> = vec![];
    for (name, _, students) in groups {
        let ask = Arc::new(LogContactAmong { district: throughline.district.clone(), students, next: 0.into() });
        let log = Some(Arc::new(bench.cluster.client(DATABASE).await?));
        let (name, address) = (name.to_owned(), throughline.server.address.clone());
        contenders.push(Box::new(Asked { name, address, ask, log, is_read: true }));
    }
    report.section("Cost by length of the case", WORDS);
    let span = Span::seconds(options.seconds.min(SECONDS));
    let all = compare(&contenders, CLIENTS, options.rounds, span, options.disturbance).await?;
    report.comparison(CLIENTS, &all);
    if let [short, .., long] = all.as_slice() {
        report.at_most("a command on a case of 10,000 events, to one on 10", 1.2, short.rate() / long.rate());
    }
    let points =
        LENGTHS.iter().zip(&all).map(|((_, length, _), runs)| (*length as f64, runs.median(|tally| tally.p50)));
    let curve = Curve { title: "A command, by the length of its case", across: "events", points: points.collect() };
    plot(options.plots.as_deref(), "performance-length.svg", &curve)
}

/// Logs contacts until each of the cases has as many events as it is to have; all cases at once.
async fn lengthen(
    bench: &Bench,
    throughline: &Throughline,
    groups: &[(&str, u64, Vec<Student>)],
) -> anyhow::Result<()> {
    let client = bench.cluster.client(DATABASE).await?;
    let mut tasks = vec![];
    for (length, student) in groups.iter().flat_map(|(_, length, students)| students.iter().map(|it| (*length, *it))) {
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
    settled(&client).await?;
    client.batch_execute("VACUUM ANALYZE").await?;
    Ok(client.batch_execute("CHECKPOINT").await?)
}

/// A contact with one after the other of some students.
struct LogContactAmong {
    district: Arc<District>,
    students: Vec<Student>,
    next: AtomicUsize,
}

impl Ask for LogContactAmong {
    fn question(&self, _: &mut StdRng) -> anyhow::Result<Question> {
        let next = self.next.fetch_add(1, Relaxed);
        log_contact(&self.district, self.students[next % self.students.len()])
    }

    fn is_right(&self, answer: &Response<Bytes>) -> bool {
        was_logged(answer)
    }
}
