//! Opens the store that a command works on.
use infrastructure::{Database, Limits, Source, migrate, private_postgres::Options};

use super::Common;

/// The open store, and what there is to say about it.
pub struct Store {
    pub database: Database,
    pub place: String,
    pub tables: String,
}

impl Store {
    /// Opens the store as the server that owns it.
    pub async fn own(common: &Common) -> anyhow::Result<Self> {
        Self::open(common, Source::Private).await
    }

    /// Opens the store, beside a running server if there is one.
    pub async fn beside(common: &Common) -> anyhow::Result<Self> {
        Self::open(common, Source::Beside).await
    }

    async fn open(common: &Common, private: fn(Options) -> Source) -> anyhow::Result<Self> {
        let (source, place) = match &common.database_url {
            Some(url) => (Source::Url(url.clone()), "the PostgreSQL of DATABASE_URL".to_owned()),
            None => {
                let directory = common.data_dir.clone().unwrap_or_else(Options::default_data_directory);
                let place = format!("a private PostgreSQL in {}", directory.display());
                (private(Options::new(directory)), place)
            }
        };
        let limits = Limits { connections: common.database_connections, ..Limits::default() };
        let database = Database::open(source, &limits).await?;
        match migrate(database.pool()).await {
            Ok(0) => Ok(Self { database, place, tables: "up to date".to_owned() }),
            Ok(applied) => Ok(Self { database, place, tables: format!("brought up to date, {applied} migrations") }),
            Err(error) => {
                database.stop().await;
                Err(error.into())
            }
        }
    }
}
