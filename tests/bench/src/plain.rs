//! Event rows and view rows in plain tables: what PostgreSQL alone makes of the same work.
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

use crate::{
    cluster::{Cluster, USER},
    history::contact,
    pgbench::Pgbench,
    throughline,
};

/// Its database in the cluster.
pub const DATABASE: &str = "plain";

const TABLES: &str = "
    CREATE TABLE events (
        position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        stream      bigint NOT NULL,
        version     bigint NOT NULL,
        type        text NOT NULL,
        payload     json NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (stream, version)
    );
    CREATE TABLE views (stream bigint PRIMARY KEY, version bigint NOT NULL, body jsonb NOT NULL);
    CREATE TABLE single (
        position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        stream      bigint NOT NULL,
        payload     json NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now()
    )";

/// Makes the tables, with a view row for every student and the events that led there.
pub async fn prepare(cluster: &Cluster, students: u64, events: u64) -> anyhow::Result<()> {
    if !cluster.ensure(DATABASE).await? {
        return Ok(());
    }
    let client = cluster.client(DATABASE).await?;
    client.batch_execute(TABLES).await?;
    let contact = contact(1);
    let histories = format!(
        "INSERT INTO events (stream, version, type, payload)
         SELECT stream, version, 'contact_logged', '{contact}'
         FROM generate_series(1, {events}) version, generate_series(1, {students}) stream;
         INSERT INTO views SELECT stream, {events}, '{contact}' FROM generate_series(1, {students}) stream"
    );
    client.batch_execute(&histories).await?;
    client.batch_execute("VACUUM ANALYZE").await?;
    Ok(())
}

/// The next event of any stream and its view row, in one statement.
pub async fn event_with_view(cluster: &Cluster, students: u64) -> anyhow::Result<Pgbench> {
    let contact = contact(1);
    let script = format!(
        "\\set stream random(1, :students)
         WITH view AS (
             UPDATE views SET version = version + 1, body = '{contact}' WHERE stream = :stream RETURNING stream, version
         )
         INSERT INTO events (stream, version, type, payload)
         SELECT stream, version, 'contact_logged', '{contact}' FROM view;\n"
    );
    Pgbench::new(cluster, "pgbench, event row + view row", DATABASE, script, students).await
}

/// An event row and nothing else.
pub async fn event_alone(cluster: &Cluster, students: u64) -> anyhow::Result<Pgbench> {
    let contact = contact(1);
    let script = format!(
        "\\set stream random(1, :students)
         INSERT INTO single (stream, payload) VALUES (:stream, '{contact}');\n"
    );
    Pgbench::new(cluster, "pgbench, one insert", DATABASE, script, students).await
}

/// The documents that Throughline makes plans of, copied here, each under a number; selected at random.
pub async fn document(cluster: &Cluster, students: u64) -> anyhow::Result<Pgbench> {
    cluster.ensure(DATABASE).await?;
    let table = "DROP TABLE IF EXISTS documents;
                 CREATE TABLE documents (number bigint PRIMARY KEY, body jsonb NOT NULL)";
    cluster.client(DATABASE).await?.batch_execute(table).await?;
    let psql = |database, copy: &str| {
        let mut psql = Command::new(cluster.program("psql"));
        psql.args(["--quiet", "-U", USER, "-d", database, "-c", copy]).arg("-h").arg(cluster.socket());
        psql
    };
    let out = "COPY (SELECT row_number() OVER (), body FROM case_files) TO STDOUT";
    let mut from = psql(throughline::DATABASE, out).stdout(Stdio::piped()).spawn()?;
    let documents = from.stdout.take().context("the documents")?;
    let copied = psql(DATABASE, "COPY documents FROM STDIN").stdin(documents).status()?;
    ensure!(copied.success() && from.wait()?.success(), "the documents cannot be copied");
    cluster.client(DATABASE).await?.batch_execute("VACUUM ANALYZE documents").await?;
    let script = "\\set number random(1, :students)\nSELECT body FROM documents WHERE number = :number;\n";
    Pgbench::new(cluster, "pgbench, the same documents", DATABASE, script.to_owned(), students).await
}
