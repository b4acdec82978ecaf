//! Taking an entry back.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Decide, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Entry, Fact},
};

/// Why an entry should not have been written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Entered twice."}))]
pub struct Retraction {
    /// Why.
    pub reason: Text,
}

/// Take an entry back that should not have been written.
#[derive(Debug, Clone)]
pub struct RetractEntry {
    /// The entry as it stood.
    pub was: Entry,
    /// Why it should not have been written.
    pub retraction: Retraction,
}

/// An entry was taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryRetracted {
    /// The entry as it stood.
    pub was: Entry,
    /// Why it should not have been written.
    pub retraction: Retraction,
}

impl Decide<Case> for RetractEntry {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_known()?;
        self.was.ensure_current()?;
        Ok(vec![EntryRetracted { was: self.was.clone(), retraction: self.retraction.clone() }.into()])
    }
}

impl Fact for EntryRetracted {
    fn apply(self, case: &mut Case) {
        case.forget(self.was.id, &self.was.content);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.was.id.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{
        CompleteFollowUp, Content, Due, EntryStatus, FollowUpCompletion, Need, NeedCategory, NeedIdentified,
        NeedResolution, ResolveNeed, follow_up::given as follow_up, given::*, note::given::*,
    };

    fn retraction() -> Retraction {
        Retraction { reason: text("entered twice") }
    }

    fn retract(was: Entry) -> RetractEntry {
        RetractEntry { was, retraction: retraction() }
    }

    fn retracted(was: Entry) -> Vec<CaseEvent> {
        vec![EntryRetracted { was, retraction: retraction() }.into()]
    }

    #[test]
    fn an_entry_is_taken_back_also_after_the_case_was_closed() {
        given(with_note()).when(retract(noted())).then_expect_events(retracted(noted()));
        given(closed()).when(retract(noted())).then_expect_events(retracted(noted()));
    }

    #[test]
    fn an_entry_is_taken_back_once() {
        let gone = Entry { status: EntryStatus::Retracted, ..noted() };
        given(with_note()).when(retract(gone)).then_expect_error(CaseError::EntryNotCurrent);
    }

    #[test]
    fn a_follow_up_that_was_taken_back_is_not_done() {
        let request = follow_up::request(Due::On(march(4)));
        let was = Entry { id: follow_up::follow_up().uuid().into(), ..entry(Content::FollowUp { follow_up: request }) };
        let completion = FollowUpCompletion { result: text("called") };
        given([follow_up::asked(), retracted(was)].concat())
            .when(CompleteFollowUp { follow_up: follow_up::follow_up(), completion })
            .then_expect_error(CaseError::FollowUpNotOpen);
    }

    #[test]
    fn a_need_that_was_taken_back_is_not_resolved() {
        let need = Need { category: NeedCategory::Family, description: text("a coat"), visibility: Default::default() };
        let was = entry(Content::Need { need: need.clone() });
        let id = was.id.uuid().into();
        let identified = NeedIdentified { need: id, details: need };
        given([vec![opened(), identified.into()], retracted(was)].concat())
            .when(ResolveNeed { need: id, resolution: NeedResolution { note: text("got one") } })
            .then_expect_error(CaseError::NoSuchNeed);
    }
}
