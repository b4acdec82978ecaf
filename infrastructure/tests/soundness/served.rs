//! Who is served is counted again beside the reader, and repaired where it was wrong.
use infrastructure::rebuild::{View, rebuild};

use crate::{rebuild::steps, support::Store};

#[tokio::test]
async fn who_is_served_is_counted_again_and_what_was_wrong_is_named() {
    let store = Store::told(6).await;
    store.catch_up().await;
    assert!(store.ask::<i64>("SELECT count(*) FROM served WHERE what = 'session'").await > 0);
    store.say("UPDATE served SET ended_on = NULL, code = 'made_up' WHERE what = 'intervention'").await;
    let rebuilt = rebuild(store.pool(), &[View::Served], steps("")).await.expect("a rebuild");
    assert_eq!(rebuilt.views, [View::Served]);
    let named: Vec<String> = rebuilt.recounted.iter().map(ToString::to_string).collect();
    assert!(!named.is_empty() && named.iter().all(|line| line.starts_with("served of ")), "{named:#?}");
    store.is_sound().await;
    let once: i64 = store.ask("SELECT count(*) FROM served").await;
    let again = rebuild(store.pool(), &[View::Served], steps("")).await.expect("a rebuild");
    assert!(again.recounted.is_empty());
    assert_eq!(store.ask::<i64>("SELECT count(*) FROM served").await, once);
}
