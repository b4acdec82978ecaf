//! The report: tables of figures with their ratios, and what became of the targets.
use std::fmt::Write;

use crate::contender::Runs;

/// What is reported, in Markdown.
#[derive(Debug, Default)]
pub struct Report {
    text: String,
    targets: Vec<Target>,
}

#[derive(Debug)]
struct Target {
    what: String,
    wanted: String,
    found: f64,
    met: bool,
}

impl Report {
    /// Begins a section.
    pub fn section(&mut self, title: &str, words: &str) {
        self.line(&format!("\n## {title}\n\n{words}\n"));
    }

    /// A line as it is.
    pub fn line(&mut self, line: &str) {
        // Writing to a text never fails.
        let _ = writeln!(self.text, "{line}");
    }

    /// A table of everybody who ran with so many clients; rates relative to the first.
    pub fn comparison(&mut self, clients: usize, all: &[Runs]) {
        self.line(&format!(
            "| {clients} clients | a second [range] | p50 ms | p99 ms | µs of CPU each | first to this |"
        ));
        self.line("| --- | ---: | ---: | ---: | ---: | ---: |");
        let ours = all.first().map_or(f64::NAN, Runs::rate);
        for runs in all {
            let rate = runs.rate();
            let (low, high) = runs.range();
            let mark = disturbed(runs);
            let (p50, p99) = (runs.median(|tally| tally.p50), runs.median(|tally| tally.p99));
            let (name, cost, ratio) = (&runs.name, runs.median_of(|run| run.cost), ours / rate);
            self.line(&format!(
                "| {name}{mark} | {rate:.0} [{low:.0}–{high:.0}] | {p50:.2} | {p99:.2} | {cost:.0} | {ratio:.2}× |"
            ));
        }
        self.line("");
    }

    /// A target that is met from `wanted` on.
    pub fn at_least(&mut self, what: &str, wanted: f64, found: f64) {
        self.target(what, format!("≥ {wanted}×"), found, found >= wanted);
    }

    /// A target that is met up to `wanted`.
    pub fn at_most(&mut self, what: &str, wanted: f64, found: f64) {
        self.target(what, format!("≤ {wanted}"), found, found <= wanted);
    }

    fn target(&mut self, what: &str, wanted: String, found: f64, met: bool) {
        self.targets.push(Target { what: what.to_owned(), wanted, found, met });
    }

    /// All of it: the machine, the targets, the tables.
    pub fn finish(self, machine: &str) -> String {
        let mut all = format!("{machine}\n");
        if !self.targets.is_empty() {
            all.push_str("| target | wanted | found | |\n| --- | ---: | ---: | --- |\n");
        }
        for Target { what, wanted, found, met } in &self.targets {
            let met = if *met { "met" } else { "**not met**" };
            let _ = writeln!(all, "| {what} | {wanted} | {found:.2} | {met} |");
        }
        all + &self.text
    }
}

fn disturbed(runs: &Runs) -> String {
    match (runs.disturbed(), runs.runs.len()) {
        (0, _) => String::new(),
        (some, all) if some == all => " (**disturbed**)".to_owned(),
        (some, all) => format!(" ({some} of {all} rounds disturbed, not counted)"),
    }
}
