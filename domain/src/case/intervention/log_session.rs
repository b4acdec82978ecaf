//! Logging a session of an intervention.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Session;
use crate::{
    Decide, InterventionId, SessionId, Stamp,
    case::{Case, CaseError, CaseEvent, Fact, ensure_past},
};

/// Log a session of an intervention that was started.
#[derive(Debug, Clone)]
pub struct LogSession {
    /// The intervention.
    pub intervention: InterventionId,
    /// The session.
    pub session: Session,
}

/// A session was logged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SessionLogged {
    /// The session.
    pub session: SessionId,
    /// The intervention.
    pub intervention: InterventionId,
    /// What the session was.
    pub details: Session,
}

impl Decide<Case> for LogSession {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        let course = case.intervention(self.intervention)?;
        let started_on = course.started_on.ok_or(CaseError::InterventionNotStarted)?;
        let held_on = self.session.held_on;
        self.session.check()?;
        ensure_past(held_on, stamp.today(), CaseError::SessionInFuture)?;
        if held_on < started_on {
            return Err(CaseError::SessionBeforeStart);
        }
        // What was held before the end may still be told after it.
        if course.ended_on.is_some_and(|end| held_on > end) {
            return Err(CaseError::SessionAfterEnd);
        }
        let details = self.session.clone();
        Ok(vec![SessionLogged { session: stamp.id.into(), intervention: self.intervention, details }.into()])
    }
}

impl Fact for SessionLogged {
    fn apply(self, _: &mut Case) {}

    fn entry(&self) -> Option<Uuid> {
        Some(self.session.uuid())
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        Some(self.details.held_on)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{SessionOutcome, given::*};

    fn held(held_on: NaiveDate) -> Session {
        Session { held_on, outcome: SessionOutcome::Held, minutes: Some(minutes(20)), note: None }
    }

    fn log(session: Session) -> LogSession {
        LogSession { intervention: intervention(), session }
    }

    fn logged(details: Session) -> Vec<CaseEvent> {
        vec![SessionLogged { session: created(), intervention: intervention(), details }.into()]
    }

    #[test]
    fn a_session_is_logged() {
        for past in [active(), paused()] {
            given(past).when(log(held(march(2)))).then_expect_events(logged(held(march(2))));
        }
    }

    #[test]
    fn a_session_held_before_the_end_may_be_told_after_it() {
        given(completed()).when(log(held(march(1)))).then_expect_events(logged(held(march(1))));
        given(completed()).when(log(held(march(2)))).then_expect_error(CaseError::SessionAfterEnd);
    }

    #[test]
    fn a_session_is_not_logged_in_advance() {
        given(active()).when(log(held(march(3)))).then_expect_error(CaseError::SessionInFuture);
    }

    #[test]
    fn a_session_does_not_lie_before_the_start() {
        let february = march(1).pred_opt().expect("a date");
        given(active()).when(log(held(february))).then_expect_error(CaseError::SessionBeforeStart);
    }

    #[test]
    fn an_intervention_is_started_first() {
        given([opened()]).when(log(held(march(2)))).then_expect_error(CaseError::NoSuchIntervention);
        given(planned()).when(log(held(march(2)))).then_expect_error(CaseError::InterventionNotStarted);
    }

    #[test]
    fn only_a_session_that_was_held_has_minutes() {
        let untimed = Session { minutes: None, ..held(march(2)) };
        given(active()).when(log(untimed)).then_expect_error(CaseError::SessionWithoutMinutes);
        let missed = Session { outcome: SessionOutcome::NoShow, ..held(march(2)) };
        given(active()).when(log(missed)).then_expect_error(CaseError::MinutesWithoutSession);
    }
}
