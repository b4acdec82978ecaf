//! Breaks servers, PostgreSQL and connections under load, and checks that nothing was lost, torn or done twice.
//!
//! `cargo run -p tests --example faults -- [FAULTS] [SEED]`: 300 faults with seed 1 unless told otherwise.
use std::{env, process::ExitCode};

use tests::faults::{Plan, run};

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let mut arguments = env::args().skip(1);
    let faults = arguments.next().map_or(Ok(300), |number| number.parse())?;
    let seed = arguments.next().map_or(Ok(1), |number| number.parse())?;
    println!("{faults} faults, seed {seed}");
    let report = run(Plan { faults, seed, forged: 0 }, |line| println!("{line}")).await?;
    print!("{report}");
    Ok(if report.history.wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
