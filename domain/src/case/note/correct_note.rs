//! Putting right what a note says.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Decide, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Entry, Fact},
};

/// What the note should have said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": "Prefers to meet after last period.", "reason": "Misheard."}))]
pub struct NoteCorrection {
    /// What it should have said.
    pub text: Text,
    /// Why it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// Put right what a note says.
#[derive(Debug, Clone)]
pub struct CorrectNote {
    /// The note as it stood.
    pub was: Entry,
    /// What it should have said.
    pub correction: NoteCorrection,
}

/// What a note says was put right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoteCorrected {
    /// The note as it stood.
    pub was: Entry,
    /// What it should have said.
    pub correction: NoteCorrection,
}

impl Decide<Case> for CorrectNote {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_known()?;
        if self.was.note()?.text == self.correction.text {
            return Err(CaseError::NothingCorrected);
        }
        Ok(vec![NoteCorrected { was: self.was.clone(), correction: self.correction.clone() }.into()])
    }
}

impl Fact for NoteCorrected {
    fn apply(self, _: &mut Case) {}

    fn entry(&self) -> Option<Uuid> {
        Some(self.was.id.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{Content, EntryStatus, Strength, given::*};

    fn correct(was: Entry, words: &str) -> CorrectNote {
        CorrectNote { was, correction: correction(words) }
    }

    fn correction(words: &str) -> NoteCorrection {
        NoteCorrection { text: text(words), reason: None }
    }

    #[test]
    fn a_note_is_put_right() {
        let corrected = NoteCorrected { was: noted(), correction: correction("was ill") };
        given(with_note()).when(correct(noted(), "was ill")).then_expect_events(vec![corrected.into()]);
    }

    #[test]
    fn the_same_words_put_nothing_right() {
        given(with_note()).when(correct(noted(), "was tired")).then_expect_error(CaseError::NothingCorrected);
    }

    #[test]
    fn only_a_note_is_put_right_as_a_note() {
        let strength = Strength { description: text("draws"), visibility: Default::default() };
        let strength = entry(Content::Strength { strength });
        given(with_note()).when(correct(strength, "was ill")).then_expect_error(CaseError::NotANote);
    }

    #[test]
    fn a_note_that_was_taken_back_is_not_put_right() {
        let gone = Entry { status: EntryStatus::Retracted, ..noted() };
        given(with_note()).when(correct(gone, "was ill")).then_expect_error(CaseError::EntryNotCurrent);
    }
}
