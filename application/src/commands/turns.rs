//! Commands on one case take turns, from loading to acknowledgement: in one process they never race each other.
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use domain::StudentId;
use tokio::sync::{Mutex as Queue, OwnedMutexGuard};

/// Above this many cases the queues of those that nobody waits for are forgotten.
const MANY: usize = 1_024;

/// A queue for each case that somebody is changing.
#[derive(Debug, Default)]
pub struct Turns(Mutex<HashMap<StudentId, Weak<Queue<()>>>>);

impl Turns {
    /// Waits for one's turn on the case of `student`; it lasts as long as what is returned.
    pub async fn wait(&self, student: StudentId) -> OwnedMutexGuard<()> {
        self.queue(student).lock_owned().await
    }

    fn queue(&self, student: StudentId) -> Arc<Queue<()>> {
        let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(queue) = queues.get(&student).and_then(Weak::upgrade) {
            return queue;
        }
        if queues.len() >= MANY {
            queues.retain(|_, queue| queue.strong_count() > 0);
        }
        let queue = Arc::new(Queue::new(()));
        queues.insert(student, Arc::downgrade(&queue));
        queue
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn one_at_a_time_on_one_case_and_side_by_side_on_two() {
        let turns = Turns::default();
        let (one, other) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
        let turn = turns.wait(one).await;
        assert!(timeout(Duration::from_millis(20), turns.wait(one)).await.is_err());
        assert!(timeout(Duration::from_millis(20), turns.wait(other)).await.is_ok());
        drop(turn);
        assert!(timeout(Duration::from_millis(20), turns.wait(one)).await.is_ok());
    }
}
