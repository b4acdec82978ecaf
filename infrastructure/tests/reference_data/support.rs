//! A database of its own for each test, and small files to import.
use std::{fs, ops::Deref, path::Path, sync::Arc};

use application::{Commands, SystemClock};
use deadpool_postgres::Pool;
use domain::case::Case;
use infrastructure::{
    Database, Limits, PgCalendars, PgCases, PgJournal, Source,
    import::{ImportError, NoProgress, Options, Report, ed_fi, one_roster, plain_csv as csv_files},
    keys::{MasterKeys, PgKeyring},
    private_postgres::ephemeral::{EphemeralPostgres, FreshDatabase},
};
use tokio::sync::OnceCell;

/// One PostgreSQL for all tests of this program; it goes when the program ends.
static POSTGRES: OnceCell<EphemeralPostgres> = OnceCell::const_new();

/// A database of the test's own.
pub struct TestDatabase {
    database: Database,
    _fresh: FreshDatabase,
}

impl Deref for TestDatabase {
    type Target = Pool;

    fn deref(&self) -> &Pool {
        self.database.pool()
    }
}

/// An empty, migrated database.
pub async fn database() -> TestDatabase {
    let postgres = POSTGRES.get_or_init(|| async { EphemeralPostgres::start().await.expect("a PostgreSQL") }).await;
    let fresh = postgres.fresh_database().await.expect("a database");
    let limits = Limits { connections: 4, ..Limits::default() };
    let database = Database::open(Source::Url(fresh.url().to_owned()), &limits).await.expect("a pool");
    TestDatabase { database, _fresh: fresh }
}

/// The commands on the cases in that database.
pub async fn commands(pool: &Pool) -> Commands {
    let journal = PgJournal::<Case>::open(pool.clone()).await.expect("a log");
    let (entries, calendars) = (PgCases::new(pool.clone()), PgCalendars::new(pool.clone()));
    let master: MasterKeys = "QSBtYXN0ZXIga2V5IGZvciB0ZXN0cyBhbmQgbm8gb3Q=".parse().expect("a key");
    let keyring = Arc::new(PgKeyring::new(pool.clone(), Arc::new(master)));
    Commands::new(Arc::new(journal), Arc::new(entries), Arc::new(calendars), keyring, Arc::new(SystemClock))
}

/// One number out of the database.
pub async fn count(pool: &Pool, sql: &str) -> i64 {
    pool.get().await.expect("a connection").query_one(sql, &[]).await.expect("a number").get(0)
}

/// One text out of the database.
pub async fn text(pool: &Pool, sql: &str) -> String {
    pool.get().await.expect("a connection").query_one(sql, &[]).await.expect("a text").get(0)
}

/// Imports a directory of Ed-Fi files, with the rejects beside them.
pub async fn ed_fi(pool: &Pool, directory: &Path) -> Result<Report, ImportError> {
    let options = Options { rejects: Some(directory.join("rejects.csv")), ..Options::default() };
    ed_fi::import(pool, directory, &options, Arc::new(NoProgress)).await
}

/// Imports a directory of what an Ed-Fi API answered, with the rejects in it.
pub async fn ed_fi_json(pool: &Pool, directory: &Path) -> Result<Report, ImportError> {
    let options = Options { rejects: Some(directory.join("rejects.csv")), ..Options::default() };
    ed_fi::import_json(pool, directory, &options, Arc::new(NoProgress)).await
}

/// Imports a directory of CSV files, with the rejects in it.
pub async fn plain_csv(pool: &Pool, directory: &Path) -> Result<Report, ImportError> {
    let options = Options { rejects: Some(directory.join("rejects.csv")), ..Options::default() };
    csv_files::import(pool, directory, &options, Arc::new(NoProgress)).await
}

/// Imports a OneRoster export, with the rejects in `home`.
pub async fn one_roster(pool: &Pool, home: &Path, export: &Path) -> Result<Report, ImportError> {
    let options = Options { rejects: Some(home.join("rejects.csv")), ..Options::default() };
    one_roster::import(pool, export, &options, Arc::new(NoProgress)).await
}

/// The rejects of the last import; empty if there were none.
pub fn rejects(home: &Path) -> String {
    fs::read_to_string(home.join("rejects.csv")).unwrap_or_default()
}

/// Writes an interchange: line 1 the declaration, line 2 the root, then one row a line.
pub fn interchange(directory: &Path, file: &str, kind: &str, rows: &[String]) {
    let root = format!("Interchange{kind}");
    let rows = rows.join("\n");
    let xml = format!("<?xml version=\"1.0\"?>\n<{root} xmlns=\"http://ed-fi.org/5.2.0\">\n{rows}\n</{root}>\n");
    fs::write(directory.join(file), xml).expect("a file");
}

/// A row: `name`, and the fields by their paths.
pub fn row(name: &str, fields: &[(&str, &str)]) -> String {
    let inner: String = fields.iter().map(|(path, text)| element(path, text)).collect();
    format!("<{name}>{inner}</{name}>")
}

/// `path` as nested elements around `text`.
fn element(path: &str, text: &str) -> String {
    path.split('/').rev().fold(text.to_owned(), |inner, name| format!("<{name}>{inner}</{name}>"))
}
