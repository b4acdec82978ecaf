//! Whether the database answers.
use application::{Error, Ready};
use async_trait::async_trait;
use deadpool_postgres::Pool;

use crate::DatabaseError;

/// Asks the database.
pub struct PgReady(Pool);

impl PgReady {
    /// Asks through `pool`.
    #[must_use]
    pub fn new(pool: Pool) -> Self {
        Self(pool)
    }
}

#[async_trait]
impl Ready for PgReady {
    async fn ready(&self) -> Result<(), Error> {
        let asked = async {
            self.0.get().await?.simple_query("SELECT 1").await?;
            Ok::<_, DatabaseError>(())
        };
        asked.await.map_err(Error::unavailable)
    }
}
