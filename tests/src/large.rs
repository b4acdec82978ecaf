//! A store with millions of events, on a PostgreSQL that writes down the plan of everything it is asked.
use std::{collections::BTreeSet, fs, path::PathBuf};

use anyhow::{Context, ensure};
use infrastructure::private_postgres::{DATABASE, Options, PrivatePostgres};
use serde_json::Value;
use tempfile::TempDir;
use tokio_postgres::{Client, NoTls};

use crate::{District, Server, directory};

/// How often everything that was told of the made-up students is copied for each million of events.
const COPIES: u32 = 48;

/// The tables that grow with the students and with what is done for them. What readers count is not among them: they
/// read what is open of the students in a page of events, which is as much as it is.
const GROWING: &[&str] = &[
    "events",
    "archived_events",
    "streams",
    "requests",
    "case_files",
    "caseload",
    "entries",
    "timeline",
    "students",
    "enrolments",
    "student_school_attendance_events",
    "outbox",
];

/// A large store, and the server on it.
pub struct Large {
    /// The server.
    pub district: District,
    /// A connection past it.
    pub client: Client,
    /// Where the database is.
    pub url: String,
    log: PathBuf,
    // Stopped before its directory goes.
    _postgres: PrivatePostgres,
    _directory: TempDir,
}

/// A step of a plan that goes through more of a growing table than what it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scan {
    /// The step and its table.
    pub step: String,
    /// The statement.
    pub statement: String,
}

impl Large {
    /// Makes one up, and copies it until it has that many `millions` of events.
    pub async fn store(millions: u32) -> anyhow::Result<Self> {
        let directory = directory()?;
        let mut options = Options { durable: false, ..Options::new(directory.path().join("data")) };
        let setting = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        options.settings = [
            ("session_preload_libraries", "auto_explain"),
            ("auto_explain.log_min_duration", "0"),
            ("auto_explain.log_analyze", "on"),
            ("auto_explain.log_timing", "off"),
            ("auto_explain.log_format", "json"),
            ("plan_cache_mode", "force_generic_plan"),
            ("max_wal_size", "4GB"),
        ]
        .map(setting)
        .to_vec();
        let postgres = PrivatePostgres::start(options).await?;
        let url = postgres.url(DATABASE);
        let mut simulate = crate::command();
        simulate.args(["simulate", "--students", "2600", "--seed", "3"]).env("DATABASE_URL", &url);
        let made = tokio::task::spawn_blocking(move || simulate.output()).await??;
        ensure!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let (client, connection) = tokio_postgres::connect(&url, NoTls).await?;
        tokio::spawn(connection);
        client.batch_execute("SET auto_explain.log_min_duration = -1; SET synchronous_commit = off").await?;
        client.batch_execute(&copies(COPIES * millions)).await?;
        let server = Server::on(&url)?;
        let district = District::around(server, url.clone()).await?;
        let log = postgres.log_file().to_owned();
        Ok(Self { district, client, url, log, _postgres: postgres, _directory: directory })
    }

    /// How many statements were planned since `offset` of PostgreSQL's log, and all steps that go through too much.
    ///
    /// # Errors
    /// Where the log cannot be read.
    pub fn scans(&self, offset: usize) -> anyhow::Result<(usize, BTreeSet<Scan>)> {
        let log = fs::read_to_string(&self.log)?;
        let (mut statements, mut scans) = (BTreeSet::new(), BTreeSet::new());
        for plan in plans(&log[offset..]) {
            let plan: Value = serde_json::from_str(&plan).context("a plan")?;
            let statement = plan["Query Text"].as_str().unwrap_or_default();
            look(&plan["Plan"], statement, &mut scans);
            statements.insert(statement.to_owned());
        }
        Ok((statements.len(), scans))
    }

    /// How far PostgreSQL's log has come.
    ///
    /// # Errors
    /// Where the log cannot be read.
    pub fn offset(&self) -> anyhow::Result<usize> {
        Ok(fs::read_to_string(&self.log)?.len())
    }
}

/// The plans in a log: what stands behind `plan:` until a line that is not indented.
fn plans(log: &str) -> Vec<String> {
    let (mut plans, mut lines) = (vec![], log.lines().peekable());
    while let Some(line) = lines.next() {
        if line.ends_with("plan:") {
            let mut plan = String::new();
            while let Some(line) = lines.next_if(|line| line.starts_with('\t')) {
                plan.push_str(line);
                plan.push('\n');
            }
            plans.push(plan);
        }
    }
    plans
}

/// How many rows a step may throw away or read for nothing.
const SPARE: f64 = 2_000.0;

fn look(step: &Value, statement: &str, scans: &mut BTreeSet<Scan>) {
    let (kind, table) = (step["Node Type"].as_str().unwrap_or_default(), step["Relation Name"].as_str());
    if let Some(table) = table.filter(|table| {
        GROWING.iter().any(|name| table.trim_end_matches(char::is_numeric).trim_end_matches('_') == *name)
    }) {
        let number = |name: &str| step[name].as_f64().unwrap_or_default();
        let read = (number("Actual Rows") + number("Rows Removed by Filter")) * number("Actual Loops");
        let is_empty = read == 0.0 && number("Plan Rows") <= 1_000.0;
        if kind == "Seq Scan" && !is_empty || read > SPARE {
            let step = format!("{kind} on {table}: {read} rows");
            scans.insert(Scan { step, statement: statement.split_whitespace().collect::<Vec<_>>().join(" ") });
        }
    }
    for inner in step["Plans"].as_array().into_iter().flatten() {
        look(inner, statement, scans);
    }
}

/// Copies every student with everything that was told, each time under other ids; the chains are not theirs. A fifth
/// of the cases lies in the archive.
fn copies(copies: u32) -> String {
    let other = |column: &str| format!("md5({column}::text || n)::uuid");
    let (stream, school) = (other("stream"), other("school"));
    let student = other("student");
    format!(
        "SET session_replication_role = replica;
         CREATE TEMP TABLE n AS SELECT generate_series(1, {copies}) AS n;
         INSERT INTO schools (id, name, source) SELECT {id}, name || ' ' || n, source FROM schools, n;
         INSERT INTO students (id, given_name, family_name, source)
             SELECT {id}, given_name, family_name, source FROM students, n;
         INSERT INTO enrolments (student, school, entry_date, source)
             SELECT {student}, {school}, entry_date, source FROM enrolments, n;
         INSERT INTO streams SELECT {stream}, kind, version, chain, state FROM streams, n;
         INSERT INTO events SELECT nextval('positions'), {stream}, kind, version, {id}, type, type_version, payload,
             occurred_at, recorded_at, actor, role, on_behalf_of, basis, zone, {command}, chain FROM events, n;
         INSERT INTO requests SELECT actor, md5(id::text || 1)::uuid, chain, version, position, recorded_at FROM events
             WHERE position % 10 = 0;
         INSERT INTO case_files SELECT {student}, version, body FROM case_files, n;
         INSERT INTO caseload SELECT {student}, {school}, status, tier, opened_on,
             (SELECT array_agg(md5(m::text || n)::uuid) FROM unnest(mentors) m), partners, last_contact_on, contacts_on,
             open_follow_ups, next_due_on, plan_status, next_review_on, version FROM caseload, n;
         INSERT INTO entries SELECT {student}, {entry}, kind, status, standing, {school}, visibility, author,
             author_role, recorded_at, occurred_on, changed_at, version, parent, {owner}, partner, due_on, body
             FROM entries, n;
         INSERT INTO timeline SELECT {student}, version, {event}, type, about, entry, occurred_at, recorded_at, author,
             author_role, headline, words FROM timeline, n;
         WITH gone AS (DELETE FROM events WHERE hashtext(stream::text) % 5 = 0 RETURNING *)
             INSERT INTO archived_events SELECT * FROM gone;
         SET session_replication_role = origin;
         ANALYZE",
        id = other("id"),
        command = other("command"),
        entry = other("entry"),
        owner = other("owner"),
        event = other("event"),
    )
}
