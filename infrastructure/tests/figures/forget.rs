//! Idempotency keys are forgotten when nobody need repeat anything any more, and not before.
use infrastructure::forget_requests;

use crate::support::Store;

#[tokio::test]
async fn keys_are_remembered_for_thirty_days_at_least() -> anyhow::Result<()> {
    let store = Store::empty().await?;
    store
        .run(
            "INSERT INTO requests (actor, key, fingerprint, version, position, recorded_at)
             SELECT gen_random_uuid(), gen_random_uuid(), '', 1, 1, now() - make_interval(days => day, hours => 1)
             FROM generate_series(1, 2) AS twice, generate_series(1, 60) AS day, generate_series(1, 25) AS times",
        )
        .await?;
    let kept = "SELECT count(*) FROM requests";
    let pool = store.database.pool();
    assert_eq!(forget_requests(pool, 45).await?, 2 * 25 * 16);
    assert_eq!(store.number(kept).await?, 2 * 25 * 44);
    assert_eq!(forget_requests(pool, 1).await?, 2 * 25 * 15, "thirty days are the least");
    assert_eq!(store.number(kept).await?, 2 * 25 * 29);
    Ok(())
}
