//! A case: the support given to one student, from opening to closing.
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};

use crate::{
    AmendmentId, ConsentId, FollowUpId, GoalId, InterventionId, MentorAssignmentId, NeedId, OverrideId, ReferralId,
    SchoolId, StaffId, Stamped,
};

mod access_override;
mod amendment;
mod cancel_reason;
mod consent;
mod entry;
mod error;
mod event;
mod follow_up;
mod goal;
mod intervention;
mod life;
mod mentor;
mod need;
mod note;
mod plan;
mod recent;
mod referral;
mod repair;
mod strength;

pub use access_override::*;
pub use amendment::*;
pub use cancel_reason::CancelReason;
pub use consent::*;
pub use entry::*;
pub use error::CaseError;
pub use event::{CaseEvent, Fact};
pub use follow_up::*;
pub use goal::*;
pub use intervention::*;
pub use life::*;
pub use mentor::*;
pub use need::*;
pub use note::*;
pub use plan::*;
pub use referral::*;
pub use repair::*;
pub use strength::*;

use amendment::OpenAmendment;
use consent::{StandingConsent, StandingRefusal};
use follow_up::{OpenFollowUp, Reached};
use recent::Recent;
use referral::OpenReferral;

/// What past events leave behind for the next decision, and nothing more.
///
/// It holds what is open and how many there were, so that it does not grow with the stream.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Case {
    status: Status,
    school: Option<SchoolId>,
    tier: Tier,
    bands: BTreeMap<String, Band>,
    goals: BTreeMap<GoalId, GoalStatus>,
    follow_ups: BTreeMap<FollowUpId, OpenFollowUp>,
    ended_follow_ups: Recent<FollowUpId>,
    needs: BTreeMap<NeedId, NeedStatus>,
    plan: Option<LatestPlan>,
    interventions: BTreeMap<InterventionId, Course>,
    mentors: BTreeMap<MentorAssignmentId, OpenAssignment>,
    former_mentors: Recent<MentorAssignmentId>,
    consents: BTreeMap<ConsentId, StandingConsent>,
    ended_consents: Recent<ConsentId>,
    refusals: Vec<StandingRefusal>,
    referrals: BTreeMap<ReferralId, OpenReferral>,
    ended_referrals: Recent<ReferralId>,
    /// The goals that an indicator measures.
    #[serde(default)]
    goals_by_indicator: BTreeSet<GoalId>,
    /// The days of absence for which somebody was asked to call home.
    #[serde(default)]
    calls_home: Recent<NaiveDate>,
    /// Those of them for whom reaching the family was the call.
    #[serde(default)]
    calls_made: Recent<NaiveDate>,
    /// The days on which the family was reached.
    #[serde(default)]
    family_reached: Reached,
    #[serde(default)]
    overrides: BTreeMap<OverrideId, StaffId>,
    #[serde(default)]
    reviewed_overrides: Recent<OverrideId>,
    #[serde(default)]
    amendments: BTreeMap<AmendmentId, OpenAmendment>,
    #[serde(default)]
    ended_amendments: Recent<AmendmentId>,
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
enum Status {
    #[default]
    Unopened,
    Open,
    Closed,
    Erased,
}

impl Case {
    /// The school that supports the student, once the case was opened.
    pub fn school(&self) -> Option<SchoolId> {
        self.school
    }

    /// For what may also be said of a closed case.
    fn ensure_known(&self) -> Result<(), CaseError> {
        match self.status {
            Status::Unopened | Status::Erased => Err(CaseError::NoCase),
            Status::Open | Status::Closed => Ok(()),
        }
    }

    fn ensure_open(&self) -> Result<(), CaseError> {
        match self.status {
            Status::Unopened | Status::Erased => Err(CaseError::NoCase),
            Status::Open => Ok(()),
            Status::Closed => Err(CaseError::CaseClosed),
        }
    }
}

impl Aggregate for Case {
    const TYPE: &'static str = "case";
    type Command = Stamped<Self>;
    type Event = CaseEvent;
    type Error = CaseError;
    type Services = ();

    async fn handle(&mut self, issued: Stamped<Self>, _: &(), sink: &EventSink<Self>) -> Result<(), CaseError> {
        for event in issued.command.decide(self, &issued.stamp)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: CaseEvent) {
        event.apply(self);
    }
}

/// Refuses a day that has not come yet at the school.
fn ensure_past(day: NaiveDate, today: NaiveDate, breach: CaseError) -> Result<(), CaseError> {
    if day > today { Err(breach) } else { Ok(()) }
}

#[cfg(test)]
mod given;
#[cfg(test)]
mod sequences;
#[cfg(test)]
mod stored_form;
