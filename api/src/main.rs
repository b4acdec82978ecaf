//! Starts what was asked for: the one place, with the commands beside it, that names the infrastructure.
mod cli;

use std::process::ExitCode;

use clap::FromArgMatches;
use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("throughline: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> anyhow::Result<()> {
    let given: Vec<_> = std::env::args_os().collect();
    let matches = cli::settings::read(cli::settings::with_default_command(given))?;
    let cli::Throughline { common, command } = cli::Throughline::from_arg_matches(&matches)?;
    match command {
        cli::Command::Serve(serve) => serve.run(&common).await,
        cli::Command::Token(token) => token.run(&common).await,
        cli::Command::Staff(staff) => staff.run(&common).await,
        cli::Command::Import(import) => import.run(&common).await,
        cli::Command::Bands(bands) => bands.run(&common).await,
        cli::Command::Export(export) => export.run(&common).await,
        cli::Command::Simulate(simulate) => simulate.run(&common).await,
        cli::Command::Verify(verify) => verify.run(&common).await,
        cli::Command::Rebuild(rebuild) => rebuild.run(&common).await,
        cli::Command::Archive(archive) => archive.run(&common).await,
        cli::Command::Erase(erase) => erase.run(&common).await,
        cli::Command::Retention(retention) => retention.run(&common).await,
        cli::Command::Hold(hold) => hold.run(&common).await,
        cli::Command::Key(key) => key.run(&common).await,
        cli::Command::Openapi => cli::openapi(),
    }
}
