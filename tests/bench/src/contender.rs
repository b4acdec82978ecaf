//! Whoever takes part in a comparison, and how they take turns.
use anyhow::ensure;
use async_trait::async_trait;
use load::{Span, Tally};

use crate::others::Others;

/// One that takes part.
#[async_trait]
pub trait Contender {
    /// What the table calls it.
    fn name(&self) -> &str;
    /// Works for `clients` at once.
    async fn run(&self, clients: usize, span: Span) -> anyhow::Result<Tally>;
    /// How many events its store has; nothing where what it does leaves none.
    async fn events(&self) -> anyhow::Result<Option<u64>>;
}

/// One run, and how much others used the processors meanwhile.
#[derive(Debug, Clone)]
pub struct Run {
    /// What came of it.
    pub tally: Tally,
    /// The part of all processors that others used.
    pub others: f64,
    /// Microseconds of a processor for each answer: the contender's, the database's and the load's.
    pub cost: f64,
}

/// All runs of one contender at one number of clients.
#[derive(Debug, Clone)]
pub struct Runs {
    /// Who.
    pub name: String,
    /// Each round's.
    pub runs: Vec<Run>,
    /// Which share of others makes a run a disturbed one.
    pub limit: f64,
}

impl Runs {
    /// The middle of the rounds' figures; disturbed rounds count only where there is no other.
    pub fn median(&self, figure: fn(&Tally) -> f64) -> f64 {
        self.median_of(|run| figure(&run.tally))
    }

    /// The same of any figure of a run.
    pub fn median_of(&self, figure: impl Fn(&Run) -> f64) -> f64 {
        let mut figures: Vec<f64> = self.counted().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// The middle of the rates.
    pub fn rate(&self) -> f64 {
        self.median(|tally| tally.rate)
    }

    /// The lowest and the highest rate.
    pub fn range(&self) -> (f64, f64) {
        let rates = || self.counted().map(|run| run.tally.rate);
        (rates().fold(f64::INFINITY, f64::min), rates().fold(0.0, f64::max))
    }

    /// How many rounds were disturbed.
    pub fn disturbed(&self) -> usize {
        self.runs.iter().filter(|run| run.others > self.limit).count()
    }

    fn counted(&self) -> impl Iterator<Item = &Run> {
        let all = self.disturbed() == self.runs.len();
        self.runs.iter().filter(move |run| all || run.others <= self.limit)
    }
}

/// Lets everybody run in turn, A B A B, and checks after each that the store has exactly what was acknowledged.
pub async fn compare(
    contenders: &[Box<dyn Contender>],
    clients: usize,
    rounds: usize,
    span: Span,
    limit: f64,
) -> anyhow::Result<Vec<Runs>> {
    let named = |name: &str| Runs { name: name.to_owned(), runs: vec![], limit };
    let mut all: Vec<Runs> = contenders.iter().map(|contender| named(contender.name())).collect();
    for round in 1..=rounds {
        for (contender, runs) in contenders.iter().zip(&mut all) {
            let before = contender.events().await?;
            let others = Others::look()?;
            let tally = contender.run(clients, span).await?;
            let used = others.since()?;
            if let (Some(before), Some(after)) = (before, contender.events().await?) {
                let (told, there) = (tally.acknowledged, after - before);
                ensure!(told == there, "{}: {told} were acknowledged, {there} are there", contender.name());
            }
            let (name, rate, percent) = (contender.name(), tally.rate, used.others * 100.0);
            let cost = used.ours * 1e6 / tally.acknowledged.max(1) as f64;
            eprintln!("{clients:>4} clients, round {round}: {name:<40} {rate:>9.0}/s, others used {percent:.0} %");
            runs.runs.push(Run { tally, others: used.others, cost });
        }
    }
    Ok(all)
}
