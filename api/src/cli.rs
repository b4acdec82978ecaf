//! The command line.
mod archive;
mod bands;
mod callers;
mod cases;
mod counter;
mod demo;
mod erase;
mod export;
mod import;
mod key;
mod listen;
mod rebuild;
mod retention;
mod role;
mod serve;
pub mod settings;
mod simulate;
mod staff;
mod store;
mod token;
mod verify;

use std::{io::Write, path::PathBuf};

use api::LogFormat;
use clap::{Args, Parser, Subcommand};

/// Case management for Community Schools.
///
/// Every option can also be set by the environment variable that is named beside it, or in the file throughline.toml
/// under its own name (listen = "127.0.0.1:8080"). A flag counts more than the environment, the environment more
/// than the file.
#[derive(Parser)]
#[command(name = "throughline", version, subcommand_required = true)]
pub struct Throughline {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

/// What all commands share. It may hold a password, so it cannot be written out.
#[derive(Args)]
pub struct Common {
    /// Settings file; without it throughline.toml in the current directory, if there is one
    #[arg(long, global = true, env = "THROUGHLINE_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Where the private PostgreSQL keeps everything [default: a directory of the system's]
    #[arg(long, global = true, env = "THROUGHLINE_DATA_DIR", value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Use this PostgreSQL instead of a private one
    #[arg(
        long,
        global = true,
        env = "DATABASE_URL",
        hide_env_values = true,
        hide_default_value = true,
        value_name = "URL"
    )]
    pub database_url: Option<String>,
    /// The file with the master key, under which what is said of students is sealed [default: one in the data directory]
    #[arg(long, global = true, env = "THROUGHLINE_MASTER_KEY_FILE", value_name = "FILE")]
    pub master_key_file: Option<PathBuf>,
    /// The master key itself, where no file holds it
    #[arg(long, global = true, env = "THROUGHLINE_MASTER_KEY", hide_env_values = true, value_name = "KEY")]
    pub master_key: Option<String>,
    /// Have master keys in a security module instead: the library that speaks PKCS #11 to it
    #[arg(
        long,
        global = true,
        env = "THROUGHLINE_MASTER_KEY_MODULE",
        value_name = "FILE",
        requires = "master_key_token"
    )]
    pub master_key_module: Option<PathBuf>,
    /// The label of the token in which they are
    #[arg(long, global = true, env = "THROUGHLINE_MASTER_KEY_TOKEN", value_name = "LABEL")]
    pub master_key_token: Option<String>,
    /// The labels of the keys in it: the first wraps, the others open what they have wrapped
    #[arg(
        long,
        global = true,
        env = "THROUGHLINE_MASTER_KEY_LABELS",
        value_name = "LABELS",
        value_delimiter = ',',
        default_value = "throughline"
    )]
    pub master_key_labels: Vec<String>,
    /// The file with the PIN that opens the token
    #[arg(long, global = true, env = "THROUGHLINE_MASTER_KEY_PIN_FILE", value_name = "FILE")]
    pub master_key_pin_file: Option<PathBuf>,
    /// The erasure ledger, by which who was erased is erased again after a restore [default: one in the data directory]
    #[arg(long, global = true, env = "THROUGHLINE_ERASURE_LEDGER", value_name = "FILE")]
    pub erasure_ledger: Option<PathBuf>,
    /// The most connections to the database
    #[arg(long, global = true, env = "THROUGHLINE_DATABASE_CONNECTIONS", default_value_t = 32, value_name = "NUMBER")]
    pub database_connections: usize,
    /// How log lines look; RUST_LOG says which there are
    #[arg(long, global = true, env = "THROUGHLINE_LOG_FORMAT", value_enum, default_value_t)]
    pub log_format: LogFormat,
}

/// What can be asked for.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API (the default)
    Serve(serve::Serve),
    /// Record a member of staff and print a development token for them
    Token(token::Token),
    /// Enter people on the staff, and with what they sign in
    Staff(staff::Staff),
    /// Read a district's own files into the reference data
    Import(import::Import),
    /// Count the bands of everybody in the district
    Bands(bands::Bands),
    /// Write figures for researchers to a file, as CSV or Parquet
    Export(export::Export),
    /// Make up a district of any size, to measure and to try things out
    Simulate(simulate::Simulate),
    /// Check the log, and everything that is kept beside it, against the events
    Verify(verify::Verify),
    /// Build views anew from the log, beside a running server
    Rebuild(rebuild::Rebuild),
    /// Put the events of closed cases away, or bring them back
    Archive(archive::Archive),
    /// Erase a student, in two steps: asked for, then confirmed
    Erase(erase::Erase),
    /// List what is kept longer than a policy says, and have it erased
    Retention(retention::Retention),
    /// Keep what there is of a student for a court or a claim
    Hold(retention::Hold),
    /// Make, keep and change the master key
    Key(key::Key),
    /// Print the contract (OpenAPI 3.1)
    Openapi,
}

/// Prints the contract.
pub fn openapi() -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{}", api::openapi().to_pretty_json()?)?)
}
