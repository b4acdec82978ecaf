//! The development issuer's key, in the database, where `token` finds it beside a running server.
use application::{Error, KeepSigningKey};
use async_trait::async_trait;
use deadpool_postgres::Pool;

use crate::DatabaseError;

/// Keeps the key in its own table.
pub struct PgKeepSigningKey(Pool);

impl PgKeepSigningKey {
    /// Keeps it behind `pool`.
    #[must_use]
    pub fn new(pool: Pool) -> Self {
        Self(pool)
    }
}

#[async_trait]
impl KeepSigningKey for PgKeepSigningKey {
    async fn keep_unless_kept(&self, fresh: Vec<u8>) -> Result<Vec<u8>, Error> {
        let kept = async {
            let client = self.0.get().await?;
            let keep = "INSERT INTO dev_issuer_keys (pkcs8) VALUES ($1) ON CONFLICT DO NOTHING";
            client.execute(keep, &[&fresh]).await?;
            Ok::<_, DatabaseError>(client.query_one("SELECT pkcs8 FROM dev_issuer_keys", &[]).await?.get(0))
        };
        kept.await.map_err(Error::unavailable)
    }
}
