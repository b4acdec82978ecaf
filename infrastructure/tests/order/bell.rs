//! A ring is heard in every process on the database.
use std::time::Duration;

use infrastructure::{Bell, Wire};
use tokio::time::{sleep, timeout};

use crate::support::Store;

#[tokio::test]
async fn who_appends_wakes_readers_everywhere() -> anyhow::Result<()> {
    let store = Store::empty().await?;
    let (here, there) = (Bell::default(), Bell::default());
    let _wires = [&here, &there].map(|bell| Wire::lay(store.database.config().clone(), bell.clone()));
    let listening = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    while store.number(listening).await? < 2 {
        sleep(Duration::from_millis(20)).await;
    }
    let mut heard = there.listen();
    heard.mark_unchanged();
    here.ring(7);
    timeout(Duration::from_secs(10), heard.changed()).await??;
    assert!(here.seen(7) && !there.seen(7), "a ring tells of no position");
    Ok(())
}
