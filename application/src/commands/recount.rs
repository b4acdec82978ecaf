//! Telling at once what happened to a student over a long time.
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{Decide, case::Case};

use super::{
    Order,
    executor::{Executor, decide_on},
};
use crate::{Error, Journal, Part, access::Ties, reference::district_day};

/// Something that somebody did at some moment, by a command.
#[derive(Clone)]
pub struct Past {
    /// Who, to whose case, on which terms.
    pub order: Order,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub command: Arc<dyn Decide<Case>>,
}

/// What came of a history.
#[derive(Debug, Default)]
pub struct Recounted {
    /// How many events it has become; none where the student was known.
    pub events: usize,
    /// The steps that were refused, by their place, and why.
    pub refused: Vec<(usize, Error)>,
}

/// Decides each step on what the ones before it made of the case, and commits all of them together.
pub(super) async fn recount<J: Journal<Case>>(executor: &Executor<J>, history: &[Past]) -> Result<Recounted, Error> {
    let mut recounted = Recounted::default();
    let Some(first) = history.first() else { return Ok(recounted) };
    let mut part = Part::of(executor.journal.load_aggregate(&first.order.student.to_string()).await?);
    if part.expected > 0 {
        return Ok(recounted);
    }
    let keys = executor.keyring.make(first.order.student).await?;
    for (place, past) in history.iter().enumerate() {
        let decided = async {
            let ties = Ties::of(&part.after.aggregate, past.order.student, district_day(past.at));
            let granted = executor.grant(&past.order, ties, past.order.school, past.command.visibility()).await?;
            let (metadata, stamp) = granted.circumstances(&past.order, past.at);
            let events = decide_on(&mut part.after, past.command.clone(), stamp).await?;
            let seal = |event| keys.seal(event, past.command.visibility());
            Ok((events.into_iter().map(seal).collect::<Result<_, _>>()?, metadata))
        };
        match decided.await {
            Ok((events, metadata)) => part = part.and(events, &metadata),
            Err(error @ (Error::Rejected { .. } | Error::Forbidden { .. } | Error::NotFound)) => {
                recounted.refused.push((place, error));
            }
            Err(error) => return Err(error),
        }
    }
    recounted.events = part.decided.len();
    if recounted.events > 0 {
        executor.journal.commit_parts(vec![part]).await?;
    }
    Ok(recounted)
}
