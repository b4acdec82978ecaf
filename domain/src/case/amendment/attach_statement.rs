//! The family's statement, which stands beside the entry for as long as that is kept (34 CFR 99.21).
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::AmendmentStatus;
use crate::{
    AmendmentId, Decide, EntryId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact, ensure_past},
};

/// What the family says about an entry that stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "text": "She was at the nurse's, whatever the note says.", "by": "Maria Lopez", "on": "2026-03-23"
}))]
pub struct Statement {
    /// What it says.
    pub text: Text,
    /// Who made it.
    pub by: Text,
    /// The day on which it was made; today, if it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
}

/// Put the family's statement beside an entry.
#[derive(Debug, Clone)]
pub struct AttachStatement {
    /// The request that was refused.
    pub amendment: AmendmentId,
    /// The statement.
    pub statement: Statement,
}

/// The family's statement was put beside the entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatementAttached {
    /// The request that was refused.
    pub amendment: AmendmentId,
    /// The entry.
    pub about: EntryId,
    /// The statement.
    pub statement: Statement,
}

impl Decide<Case> for AttachStatement {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        let open = case.open_amendment(self.amendment)?;
        if !matches!(open.status, AmendmentStatus::Refused | AmendmentStatus::Upheld) {
            return Err(CaseError::AmendmentNotRefused);
        }
        let on = self.statement.on.unwrap_or(stamp.today());
        ensure_past(on, stamp.today(), CaseError::AmendmentInFuture)?;
        let statement = Statement { on: Some(on), ..self.statement.clone() };
        Ok(vec![StatementAttached { amendment: self.amendment, about: open.about, statement }.into()])
    }
}

impl Fact for StatementAttached {
    fn apply(self, case: &mut Case) {
        case.end_amendment(self.amendment);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.amendment.uuid())
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        self.statement.on
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{HearingOutcome, given::*};

    fn state(statement: Statement) -> AttachStatement {
        AttachStatement { amendment: amendment(), statement }
    }

    #[test]
    fn a_statement_stands_beside_what_was_refused_with_a_hearing_or_without() {
        for past in [refused(), heard(HearingOutcome::Stands)] {
            let event = stated().pop().expect("an event");
            given(past).when(state(Statement { on: None, ..statement() })).then_expect_events(vec![event]);
        }
    }

    #[test]
    fn nothing_is_stated_about_what_is_not_decided_or_is_to_be_put_right() {
        for past in [requested(), heard(HearingOutcome::ToBeAmended)] {
            given(past).when(state(statement())).then_expect_error(CaseError::AmendmentNotRefused);
        }
        given(stated()).when(state(statement())).then_expect_error(CaseError::AmendmentEnded);
    }

    #[test]
    fn nobody_stated_anything_tomorrow() {
        let tomorrow = Statement { on: Some(march(3)), ..statement() };
        given(refused()).when(state(tomorrow)).then_expect_error(CaseError::AmendmentInFuture);
    }
}
