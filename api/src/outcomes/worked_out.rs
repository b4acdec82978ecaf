//! Effects that were worked out: the same question is worked out again only once more is known.
use std::sync::Arc;

use application::{
    Error,
    answer::Effects,
    effects::{EffectsAsked, effects},
    served::ServedSoFar,
};
use quick_cache::sync::Cache;

use super::Outcomes;

/// So many answers are remembered.
const REMEMBERED: usize = 64;

/// What was worked out, by the question and how far the log and the imports were known.
pub struct WorkedOut(Cache<String, Arc<Effects>>);

impl Default for WorkedOut {
    fn default() -> Self {
        Self(Cache::new(REMEMBERED))
    }
}

impl Outcomes {
    /// What is asked, worked out of all that is known so far; who asks the same at the same time waits for one answer.
    ///
    /// # Errors
    /// Those of the ports.
    pub async fn worked_out(&self, asked: EffectsAsked) -> Result<Effects, Error> {
        let so_far = self.served.so_far().await?;
        let worked_out = async {
            let found = effects(asked.clone(), so_far, self.read.clone(), self.served.clone()).await;
            found.map(Arc::new)
        };
        let answer = self.worked_out.0.get_or_insert_async(&name(&asked, so_far), worked_out).await?;
        Ok(answer.as_ref().clone())
    }
}

fn name(asked: &EffectsAsked, so_far: ServedSoFar) -> String {
    format!("{} {} {:?}", asked.name(), so_far.counted.position, so_far.imported_at)
}
