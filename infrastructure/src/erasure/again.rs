//! What was erased is erased again after a backup came back.
use application::Commands;
use deadpool_postgres::Pool;

use super::{Ledger, NotErased, carry_out::apply};
use crate::DatabaseError;

/// Carries out every entry of the ledger that this database knows nothing of, and says how many there were.
///
/// # Errors
/// Where the ledger or the database cannot be read, or something could not be done.
pub async fn again(pool: &Pool, commands: &Commands, ledger: &Ledger) -> Result<usize, NotErased> {
    let mut carried_out = 0;
    for entry in ledger.entries()? {
        let client = pool.get().await.map_err(DatabaseError::from)?;
        let done = "SELECT EXISTS (SELECT FROM erasures WHERE student = $1 AND carried_out_at IS NOT NULL)";
        let done: bool = client.query_one(done, &[&entry.student]).await?.get(0);
        drop(client);
        if !done {
            apply(pool, commands, &entry).await?;
            carried_out += 1;
        }
    }
    Ok(carried_out)
}
