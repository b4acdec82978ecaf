//! What a run can be told.
use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Runs Throughline beside others on one PostgreSQL with default durability, and prints what came of it.
///
/// Only ratios within one run mean anything: absolute figures follow the machine and the hour.
#[derive(Debug, Clone, Parser)]
#[command(name = "bench")]
pub struct Options {
    /// What to measure [default: everything]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "SECTION")]
    pub sections: Vec<Section>,
    /// How long each run counts, in seconds; a fifth more goes before to warm up
    #[arg(long, default_value_t = 30.0, default_value_if("quick", "true", "3"), value_name = "SECONDS")]
    pub seconds: f64,
    /// How often each contender runs; contenders alternate
    #[arg(long, default_value_t = 3, default_value_if("quick", "true", "1"), value_name = "NUMBER")]
    pub rounds: usize,
    /// With how many clients at once
    #[arg(long, value_delimiter = ',', default_values_t = [1, 8, 64, 256], value_name = "NUMBER")]
    pub clients: Vec<usize>,
    /// Students with a case and a history in it
    #[arg(long, default_value_t = 100_000, default_value_if("quick", "true", "2000"), value_name = "NUMBER")]
    pub students: u64,
    /// Schools that the students go to
    #[arg(long, default_value_t = 200, default_value_if("quick", "true", "4"), value_name = "NUMBER")]
    pub schools: u64,
    /// A glance while something is being changed: 2,000 students of 4 schools, 3 seconds, one round, unless told otherwise
    #[arg(long)]
    pub quick: bool,
    /// Only Throughline itself, none of the others
    #[arg(long)]
    pub alone: bool,
    /// Keep the database here and use it again [default: made anew, removed afterwards]
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// This server binary [default: built in release from these sources]
    #[arg(long, value_name = "FILE")]
    pub binary: Option<PathBuf>,
    /// A server binary that was built with the feature `undecided` [default: built in release from these sources]
    #[arg(long, value_name = "FILE")]
    pub undecided: Option<PathBuf>,
    /// Others may use this part of all processors in a run; beyond it the run is marked as disturbed
    #[arg(long, default_value_t = 0.05, value_name = "PART")]
    pub disturbance: f64,
    /// Draw the plots into this directory
    #[arg(long, value_name = "DIR")]
    pub plots: Option<PathBuf>,
    /// Write the report here, too
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// A part of the whole table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Section {
    /// Commands over HTTP
    Commands,
    /// Plans and caseloads over HTTP
    Reads,
    /// The same reads by a server that decides nothing
    Decisions,
    /// What a command costs as a case gets longer
    Length,
    /// What a page of a caseload costs as the district grows
    Caseload,
    /// Folding the whole log
    Replay,
    /// A day of attendance, imported
    Import,
    /// A school year of attendance, loaded and banded
    Year,
    /// What support comes to, compared over a district
    Effects,
    /// What the server holds in memory
    Memory,
    /// The store without HTTP, against other event stores
    Stores,
}

impl Options {
    /// Whether a section is asked for.
    pub fn wants(&self, section: Section) -> bool {
        self.sections.is_empty() || self.sections.contains(&section)
    }
}
