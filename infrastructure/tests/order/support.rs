//! A database of its own for each test.
use infrastructure::{
    Database, Limits, Source,
    private_postgres::ephemeral::{EphemeralPostgres, FreshDatabase},
};
use tokio::sync::OnceCell;

/// One PostgreSQL for all tests of this program; it goes when the program ends.
static POSTGRES: OnceCell<EphemeralPostgres> = OnceCell::const_new();

/// An empty, migrated database.
pub struct Store {
    pub database: Database,
    _fresh: FreshDatabase,
}

impl Store {
    pub async fn empty() -> anyhow::Result<Self> {
        let postgres = POSTGRES.get_or_try_init(EphemeralPostgres::start).await?;
        let fresh = postgres.fresh_database().await?;
        let limits = Limits { connections: 20, ..Limits::default() };
        let database = Database::open(Source::Url(fresh.url().to_owned()), &limits).await?;
        Ok(Self { database, _fresh: fresh })
    }

    pub async fn run(&self, statements: &str) -> anyhow::Result<()> {
        Ok(self.database.pool().get().await?.batch_execute(statements).await?)
    }

    pub async fn number(&self, sql: &str) -> anyhow::Result<i64> {
        Ok(self.database.pool().get().await?.query_one(sql, &[]).await?.get(0))
    }
}
