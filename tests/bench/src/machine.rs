//! What the figures were measured on.
use std::{fs, process::Command};

use crate::{cluster::Cluster, options::Options, program::root};

/// The machine, the versions and the command, as lines of a list.
pub async fn describe(cluster: &Cluster, options: &Options) -> anyhow::Result<String> {
    let settings = cluster
        .client("postgres")
        .await?
        .query_one(
            "SELECT string_agg(name || ' ' || current_setting(name), ', ') FROM pg_settings WHERE name IN
             ('server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'max_wal_size')",
            &[],
        )
        .await?;
    let settings: String = settings.get(0);
    let first = |file: &str, name: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.split_once(':'));
        line.map_or_else(|| "?".to_owned(), |(_, value)| value.trim().to_owned())
    };
    let processors = std::thread::available_parallelism().map_or(0, usize::from);
    let command: Vec<_> = std::env::args().skip(1).collect();
    Ok(format!(
        "- {} of {} processors, {}, Linux {}\n- PostgreSQL: {settings}\n- {}\n- commit {}{}\n- \
         `cargo run --release --manifest-path tests/bench/Cargo.toml -- {}`\n- {}, {} students of {} schools\n",
        processors,
        first("/proc/cpuinfo", "model name"),
        first("/proc/meminfo", "MemTotal"),
        fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default().trim(),
        said("rustc", &["--version"]),
        said("git", &["rev-parse", "--short=12", "HEAD"]),
        if said("git", &["status", "--porcelain", "-uno"]).is_empty() { "" } else { " with changes" },
        command.join(" "),
        chrono::Utc::now().format("%Y-%m-%d %H:%M UTC"),
        options.students,
        options.schools,
    ))
}

fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(root()).output();
    output.map(|it| String::from_utf8_lossy(&it.stdout).trim().to_owned()).unwrap_or_default()
}
