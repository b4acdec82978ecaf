//! Whether a master key is the one of a store, told when it is opened and not at the first read.
use application::{
    Error,
    sealing::{KeyService, Wrapped},
};
use deadpool_postgres::Pool;
use domain::SealingKey;

use crate::DatabaseError;

/// Where the check is wrapped for.
const PLACE: &[u8] = b"installation";

/// Why a store does not open with a master key.
#[derive(Debug, thiserror::Error)]
pub enum WrongMasterKey {
    /// It is another one.
    #[error(
        "this store was sealed under the master key {of_store}, and the one that is given is {given}: give that one, by \
         THROUGHLINE_MASTER_KEY_FILE, THROUGHLINE_MASTER_KEY or THROUGHLINE_MASTER_KEY_LABELS"
    )]
    Other {
        /// The name of the store's key.
        of_store: String,
        /// The name of the key that was given.
        given: String,
    },
    /// The store is older than sealing.
    #[error(
        "this store was written before texts were sealed, by a version that was never released: begin with an empty one"
    )]
    Unsealed,
    /// The database did not answer.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The master key's place did not answer.
    #[error(transparent)]
    Service(#[from] Error),
}

impl From<tokio_postgres::Error> for WrongMasterKey {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Database(error.into())
    }
}

/// Makes sure that `service` has the master key of the store behind `pool`; a new store becomes that key's.
///
/// # Errors
/// Where it has another one, or the store knows of none and is not new.
pub async fn check(pool: &Pool, service: &dyn KeyService) -> Result<(), WrongMasterKey> {
    let client = pool.get().await.map_err(DatabaseError::from)?;
    let fresh = service.wrap(PLACE, &SealingKey::generate()).await?;
    let claim = "UPDATE installation SET master_key = $1, master_check = $2
                 WHERE master_key IS NULL AND NOT EXISTS (SELECT FROM log)";
    client.execute(claim, &[&fresh.master, &fresh.bytes]).await?;
    let kept = client.query_one("SELECT master_key, master_check FROM installation", &[]).await?;
    let (Some(master), Some(bytes)) = (kept.get(0), kept.get(1)) else { return Err(WrongMasterKey::Unsealed) };
    let wrapped = Wrapped { master, bytes };
    if service.unwrap(PLACE, &wrapped).await.is_err() {
        return Err(WrongMasterKey::Other { of_store: wrapped.master, given: service.current().to_owned() });
    }
    Ok(())
}

/// The check anew, under the current master key.
pub(super) async fn renewed(service: &dyn KeyService) -> Result<Wrapped, Error> {
    service.wrap(PLACE, &SealingKey::generate()).await
}
