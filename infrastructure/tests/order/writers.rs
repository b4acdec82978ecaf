//! Writers that do what writers do, and that fail as writers fail.
use std::time::Duration;

use deadpool_postgres::{Client, GenericClient, Manager, Pool};
use infrastructure::order::HOLD_BACK;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use tokio::time::sleep;
use tokio_postgres::NoTls;
use uuid::Uuid;

use crate::support::Store;

const APPEND: &str = "INSERT INTO events (stream, kind, version, id, type, type_version, payload, occurred_at,
        recorded_at, actor, role, basis, zone, command, chain)
    SELECT $1, 'test', $2, gen_random_uuid(), 'Tested', '1', '{}', now(), now(), gen_random_uuid(), 'service', 'import',
        'UTC', gen_random_uuid(), ''
    RETURNING position";

/// A connection beside the pool.
pub async fn connect(store: &Store) -> anyhow::Result<Client> {
    let own = Manager::new(store.database.config().clone(), NoTls);
    Ok(Pool::builder(own).max_size(1).build()?.get().await?)
}

/// Appends one event to a test's stream.
pub async fn append(client: &impl GenericClient, stream: Uuid, version: i64) -> anyhow::Result<u64> {
    Ok(client.query_one(APPEND, &[&stream, &version]).await?.get::<_, i64>(0) as u64)
}

/// Writes transactions of one to three events to a stream of its own, some slowly, some in vain.
pub async fn write(mut client: Client, mut dice: ChaCha8Rng, transactions: usize) -> anyhow::Result<()> {
    let (stream, mut version) = (Uuid::from_u128(dice.random()), 0);
    for _ in 0..transactions {
        let transaction = client.transaction().await?;
        transaction.execute(HOLD_BACK, &[]).await?;
        let appended = dice.random_range(1..=3);
        for number in 1..=appended {
            append(&transaction, stream, version + number).await?;
            if dice.random_ratio(1, 4) {
                sleep(Duration::from_millis(dice.random_range(0..20))).await;
            }
        }
        if dice.random_ratio(1, 5) {
            transaction.rollback().await?;
        } else {
            transaction.commit().await?;
            version += appended;
        }
    }
    Ok(())
}
