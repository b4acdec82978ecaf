//! A server with its database, and the key of its issuer: what schools are founded in.
use std::path::Path;

use infrastructure::private_postgres::ephemeral::{EphemeralPostgres, FreshDatabase};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::{Key, Server, reference};

/// A district: one server on one database.
pub struct District {
    /// The server.
    pub server: Server,
    /// Signs the tokens of its staff.
    pub key: Key,
    /// Its database.
    pub url: String,
    _database: Option<(&'static EphemeralPostgres, FreshDatabase)>,
}

impl District {
    /// The district that most tests share: each founds a school of its own in it.
    pub async fn shared() -> &'static Self {
        static SHARED: OnceCell<District> = OnceCell::const_new();
        SHARED.get_or_init(|| async { Self::fresh().await.expect("a district") }).await
    }

    /// A district of one's own, on the PostgreSQL of these tests.
    pub async fn fresh() -> anyhow::Result<Self> {
        static POSTGRES: OnceCell<EphemeralPostgres> = OnceCell::const_new();
        let postgres = POSTGRES.get_or_try_init(EphemeralPostgres::start).await?;
        let database = postgres.fresh_database().await?;
        let url = database.url().to_owned();
        let server = Server::on(&url)?;
        Ok(Self { _database: Some((postgres, database)), ..Self::around(server, url).await? })
    }

    /// A district with a PostgreSQL of its own in `directory`.
    pub async fn in_directory(directory: &Path) -> anyhow::Result<Self> {
        let server = Server::in_directory(directory)?;
        let socket = directory.join("run");
        Self::around(server, format!("host='{}' user=throughline dbname=throughline", socket.display())).await
    }

    /// Somebody on the staff who goes by `subject`.
    pub async fn enter(&self, subject: &str) -> anyhow::Result<Uuid> {
        reference::staff(&self.url, subject).await
    }

    /// A district around a server that runs, on the database at `url`.
    pub async fn around(server: Server, url: String) -> anyhow::Result<Self> {
        let key = Key(reference::signing_key(&url).await?);
        Ok(Self { server, key, url, _database: None })
    }
}
