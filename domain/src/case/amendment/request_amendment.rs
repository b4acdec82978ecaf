//! The family asks for an entry to be amended.
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{AmendmentStatus, OpenAmendment};
use crate::{
    AmendmentId, Decide, EntryId, Stamp, Text, Visibility,
    case::{Case, CaseError, CaseEvent, Fact, SignatoryRelation, ensure_past},
};

/// What the family asks for, who does, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "asked": "The note says that she skipped class. She was at the nurse's.", "by": "Maria Lopez", "relation": "parent",
    "on": "2026-03-02"
}))]
pub struct AmendmentRequest {
    /// What is wrong with the entry, and what it should say.
    pub asked: Text,
    /// Who asks.
    pub by: Text,
    /// What they are to the student.
    pub relation: SignatoryRelation,
    /// The day on which they asked; today, if it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
}

/// Write down that the family asks for an entry to be amended, also after the case was closed.
#[derive(Debug, Clone)]
pub struct RequestAmendment {
    /// The entry.
    pub about: EntryId,
    /// Who may read the entry, and so what is asked about it.
    pub visibility: Visibility,
    /// What is asked.
    pub request: AmendmentRequest,
    /// Within how many days it is to be decided.
    pub days: u16,
}

/// The family asked for an entry to be amended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AmendmentRequested {
    /// The request.
    pub amendment: AmendmentId,
    /// The entry.
    pub about: EntryId,
    /// Who may read it.
    pub visibility: Visibility,
    /// What was asked.
    pub request: AmendmentRequest,
    /// The day by which it is to be decided.
    pub decide_by: NaiveDate,
}

impl Decide<Case> for RequestAmendment {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_known()?;
        let on = self.request.on.unwrap_or(stamp.today());
        ensure_past(on, stamp.today(), CaseError::AmendmentInFuture)?;
        let decide_by = on.checked_add_days(Days::new(self.days.into())).unwrap_or(on);
        let (about, visibility, request) = (self.about, self.visibility, self.request.clone());
        Ok(vec![AmendmentRequested { amendment: stamp.id.into(), about, visibility, request, decide_by }.into()])
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }
}

impl Fact for AmendmentRequested {
    fn apply(self, case: &mut Case) {
        case.amendments.insert(self.amendment, OpenAmendment { about: self.about, status: AmendmentStatus::Requested });
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.amendment.uuid())
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        self.request.on
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{given::*, note::given::*};

    fn ask(request: AmendmentRequest) -> RequestAmendment {
        RequestAmendment { about: noted().id, visibility: Visibility::Team, request, days: 45 }
    }

    fn asked() -> Vec<CaseEvent> {
        let (about, visibility) = (noted().id, Visibility::Team);
        let decide_by = NaiveDate::from_ymd_opt(2026, 4, 15).expect("a date");
        vec![AmendmentRequested { amendment: created(), about, visibility, request: request(), decide_by }.into()]
    }

    #[test]
    fn the_family_asks_and_is_to_be_answered_within_some_days_of_the_day_on_which_it_did() {
        given(with_note()).when(ask(request())).then_expect_events(asked());
    }

    #[test]
    fn the_family_asks_also_after_the_case_was_closed() {
        given(closed()).when(ask(request())).then_expect_events(asked());
        given([]).when(ask(request())).then_expect_error(CaseError::NoCase);
    }

    #[test]
    fn nobody_asked_tomorrow() {
        let tomorrow = AmendmentRequest { on: Some(march(3)), ..request() };
        given(with_note()).when(ask(tomorrow)).then_expect_error(CaseError::AmendmentInFuture);
    }
}
