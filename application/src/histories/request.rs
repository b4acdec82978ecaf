//! Case histories are asked for with a purpose, and go out for some days once a privacy officer has agreed.
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{StaffId, indicator::SchoolYear};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::HistoriesError;
use crate::{After, Error, Page, Personal};

/// What somebody wants case histories for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"purpose": "Evaluation of mentoring with the university's school of education", "school_year": 2026}))]
pub struct HistoriesWanted {
    /// What for, and who is to work with them.
    pub purpose: Personal,
    /// The school year in which support began, by the year in which it ends; the present one, if nothing is said.
    #[serde(default)]
    #[schema(value_type = u16, required = false, nullable = false, minimum = 1900, maximum = 2999)]
    pub school_year: Option<i16>,
}

/// What a privacy officer says to a request for case histories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"agreed": true, "days": 14}))]
pub struct HistoriesDecision {
    /// Whether they may go out.
    pub agreed: bool,
    /// For how many days.
    #[serde(default = "usual_days")]
    #[schema(value_type = u8, required = false, minimum = 1, maximum = 90, default = 14)]
    pub days: u8,
}

const fn usual_days() -> u8 {
    14
}

/// How it stands with a request for case histories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HistoriesState {
    /// Nobody has decided.
    Waiting,
    /// They may be exported.
    Agreed,
    /// They may not.
    Refused,
    /// They might have been, until lately.
    Lapsed,
    /// They might have been, until that was taken back.
    Withdrawn,
}

/// A request for case histories that name nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "request": "0192a000-0000-7000-8000-000000000e01", "requested_by": "0192a000-0000-7000-8000-000000000015",
    "requested_at": "2026-11-20T15:00:00Z", "purpose": "Evaluation of mentoring", "school_year": 2026,
    "state": "agreed", "decided_by": "0192a000-0000-7000-8000-000000000016", "decided_at": "2026-11-21T09:00:00Z",
    "until": "2026-12-05T09:00:00Z"
}))]
pub struct HistoriesRequest {
    /// The request.
    pub request: Uuid,
    /// Who asked.
    pub requested_by: StaffId,
    /// When.
    pub requested_at: DateTime<Utc>,
    /// What for, and who is to work with them.
    pub purpose: Personal,
    /// The school year in which support began, by the year in which it ends.
    pub school_year: i16,
    /// How it stands.
    pub state: HistoriesState,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub decided_by: Option<StaffId>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub decided_at: Option<DateTime<Utc>>,
    /// Until when they may be exported, where that was agreed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub until: Option<DateTime<Utc>>,
    /// Who took the agreement back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub withdrawn_by: Option<StaffId>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub withdrawn_at: Option<DateTime<Utc>>,
}

impl HistoriesRequest {
    /// Makes sure that they may be exported now.
    ///
    /// # Errors
    /// [`HistoriesError::HistoriesNotAgreed`], [`HistoriesError::HistoriesLapsed`], [`HistoriesError::HistoriesWithdrawn`].
    pub fn ensure_open(&self) -> Result<(), HistoriesError> {
        match self.state {
            HistoriesState::Agreed => Ok(()),
            HistoriesState::Lapsed => Err(HistoriesError::HistoriesLapsed),
            HistoriesState::Withdrawn => Err(HistoriesError::HistoriesWithdrawn),
            HistoriesState::Waiting | HistoriesState::Refused => Err(HistoriesError::HistoriesNotAgreed),
        }
    }

    /// Makes sure that the agreement to it can be taken back, or was.
    ///
    /// # Errors
    /// [`HistoriesError::HistoriesNeverAgreed`], [`HistoriesError::HistoriesAgreementEnded`].
    pub fn ensure_withdrawable(&self) -> Result<(), HistoriesError> {
        match self.state {
            HistoriesState::Agreed | HistoriesState::Withdrawn => Ok(()),
            HistoriesState::Lapsed => Err(HistoriesError::HistoriesAgreementEnded),
            HistoriesState::Waiting | HistoriesState::Refused => Err(HistoriesError::HistoriesNeverAgreed),
        }
    }
}

/// The requests for case histories, as a port.
#[async_trait]
pub trait HistoriesRequests: Send + Sync {
    /// Takes a request down under that id; said again it changes nothing. [`Error::KeyReused`] where the id is another's.
    async fn ask(&self, id: Uuid, by: StaffId, purpose: &Personal, year: SchoolYear) -> Result<(), Error>;

    /// Decides on a request; said again it changes nothing. [`HistoriesError::HistoriesDecided`],
    /// [`HistoriesError::AnotherOfficerDecides`], [`HistoriesError::HistoriesWithdrawn`].
    async fn decide(&self, id: Uuid, by: StaffId, decision: HistoriesDecision) -> Result<(), Error>;

    /// Takes an agreement back while it lasts; said again, or by somebody else, it changes nothing.
    async fn withdraw(&self, id: Uuid, by: StaffId) -> Result<(), Error>;

    /// A request; nothing where there is none.
    async fn request(&self, id: Uuid) -> Result<Option<HistoriesRequest>, Error>;

    /// All requests, the latest first.
    async fn requests(&self, page: &Page) -> Result<Vec<(HistoriesRequest, After)>, Error>;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of an export of a request that stands there, and of taking its agreement back.
    fn given(state: HistoriesState) -> [Result<(), HistoriesError>; 2] {
        let request = HistoriesRequest {
            request: Uuid::from_u128(1),
            requested_by: Uuid::from_u128(2).into(),
            requested_at: DateTime::UNIX_EPOCH,
            purpose: "Evaluation of mentoring".try_into().expect("words"),
            school_year: 2026,
            state,
            decided_by: None,
            decided_at: None,
            until: None,
            withdrawn_by: None,
            withdrawn_at: None,
        };
        [request.ensure_open(), request.ensure_withdrawable()]
    }

    #[test]
    fn they_go_out_while_the_agreement_lasts_and_was_not_taken_back() {
        let exported = |state| given(state)[0];
        assert_eq!(exported(HistoriesState::Agreed), Ok(()));
        for (state, then) in [
            (HistoriesState::Waiting, HistoriesError::HistoriesNotAgreed),
            (HistoriesState::Refused, HistoriesError::HistoriesNotAgreed),
            (HistoriesState::Lapsed, HistoriesError::HistoriesLapsed),
            (HistoriesState::Withdrawn, HistoriesError::HistoriesWithdrawn),
        ] {
            assert_eq!(exported(state), Err(then), "{state:?}");
        }
    }

    #[test]
    fn an_agreement_is_taken_back_while_it_lasts_and_once_more_is_no_matter() {
        let withdrawn = |state| given(state)[1];
        for state in [HistoriesState::Agreed, HistoriesState::Withdrawn] {
            assert_eq!(withdrawn(state), Ok(()), "{state:?}");
        }
        for (state, then) in [
            (HistoriesState::Waiting, HistoriesError::HistoriesNeverAgreed),
            (HistoriesState::Refused, HistoriesError::HistoriesNeverAgreed),
            (HistoriesState::Lapsed, HistoriesError::HistoriesAgreementEnded),
        ] {
            assert_eq!(withdrawn(state), Err(then), "{state:?}");
        }
    }
}
