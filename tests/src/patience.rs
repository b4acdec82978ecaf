//! Waiting for what the server does by itself.
use std::time::Duration;

use tokio::time::{Instant, sleep};

/// How long a test waits for what has to come by itself.
const PATIENCE: Duration = Duration::from_secs(60);

/// Looks again and again until there is something.
///
/// # Panics
/// Where nothing comes.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(Instant::now() < deadline, "{what} does not come");
        sleep(Duration::from_millis(200)).await;
    }
}
