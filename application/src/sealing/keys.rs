//! The two keys of a student: one for the mental-health compartment, one for all else.
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use domain::{
    AttachmentId, SealingKey, StudentId, Visibility,
    text::{self, Found, replace_texts},
};
use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use super::Sealed;
use crate::Error;

/// The keys of a student. Nobody outside opens anything with them: see [`Opening`](super::Opening).
#[derive(Debug)]
pub struct StudentKeys {
    student: StudentId,
    case: SealingKey,
    compartment: SealingKey,
}

/// Which of the two keys sealed a text: its first byte.
const CASE: u8 = 1;
const COMPARTMENT: u8 = 2;

impl StudentKeys {
    /// The keys of a student.
    pub fn new(student: StudentId, case: SealingKey, compartment: SealingKey) -> Self {
        Self { student, case, compartment }
    }

    /// Seals all that is newly said in `event`, for those to whom what it is about opens.
    pub(crate) fn seal<E>(&self, event: E, visibility: Visibility) -> Result<Sealed<E>, Error>
    where
        E: Serialize + DeserializeOwned,
    {
        let mut any = false;
        let payload = replace_texts(&json(&event)?, |found| match found {
            Found::Sealed(form) => Ok(text::sealed_again(form)),
            Found::Said(words) => {
                any = true;
                Ok::<_, Error>(text::sealed(&self.form(&words, visibility)))
            }
        })?;
        let event = if any { read(&payload)? } else { event };
        Ok(Sealed { event, payload })
    }

    /// What was sealed, as if it were said just now: to be compared, and sealed anew.
    pub(crate) fn said_again<T: Serialize + DeserializeOwned>(&self, value: &T) -> Result<T, Error> {
        read(&self.replace(&json(value)?, |words| Ok(text::draft(words)))?)
    }

    /// `json` with all words in it, as whoever may read them gets it.
    pub(super) fn open(&self, json: &str) -> Result<String, Error> {
        self.replace(json, |words| serde_json::to_string(words).map_err(Error::unavailable))
    }

    /// A mark of what was asked for, the same for the same words; who has not the key cannot guess them from it.
    pub(crate) fn mark(&self, asked: &[u8]) -> Result<Vec<u8>, Error> {
        let asked = std::str::from_utf8(asked).map_err(Error::unavailable)?;
        Ok(self.case.fingerprint(Zeroizing::new(self.open(asked)?).as_bytes()).to_vec())
    }

    fn replace(&self, json: &str, with: impl Fn(&str) -> Result<String, Error>) -> Result<String, Error> {
        replace_texts(json, |found| match found {
            Found::Said(words) => with(&words),
            Found::Sealed(form) => with(&self.words(form).ok_or_else(closed)?),
        })
    }

    /// Seals a part of an attachment for those who `visibility` names; it opens in its place alone.
    pub(crate) fn seal_part(&self, part: (AttachmentId, u32), clear: &[u8], visibility: Visibility) -> Vec<u8> {
        let which = which(visibility);
        [vec![which], self.key(which).seal(&self.place_of_part(which, part), clear)].concat()
    }

    /// A part of an attachment, as it was sealed; nothing where it belongs elsewhere.
    pub(super) fn open_part(&self, part: (AttachmentId, u32), sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (which, sealed) = sealed.split_first()?;
        self.key(*which).open(&self.place_of_part(*which, part), sealed)
    }

    fn place_of_part(&self, which: u8, (attachment, number): (AttachmentId, u32)) -> Vec<u8> {
        [&self.place(which)[..], attachment.uuid().as_bytes(), &number.to_be_bytes()].concat()
    }

    fn form(&self, words: &str, visibility: Visibility) -> Vec<u8> {
        let which = which(visibility);
        let mut form = vec![which];
        form.extend(self.key(which).seal(&self.place(which), words.as_bytes()));
        form
    }

    fn words(&self, form: &str) -> Option<Zeroizing<String>> {
        let form = BASE64_STANDARD_NO_PAD.decode(form).ok()?;
        let (which, sealed) = form.split_first()?;
        let clear = self.key(*which).open(&self.place(*which), sealed)?;
        std::str::from_utf8(&clear).ok().map(|words| Zeroizing::new(words.to_owned()))
    }

    fn key(&self, which: u8) -> &SealingKey {
        if which == COMPARTMENT { &self.compartment } else { &self.case }
    }

    /// Whose words they are, and under which key: on another's case they do not open.
    fn place(&self, which: u8) -> Vec<u8> {
        [self.student.uuid().as_bytes(), &[which][..]].concat()
    }
}

/// Under which key is sealed what they may read whom `visibility` names.
fn which(visibility: Visibility) -> u8 {
    if visibility == Visibility::MentalHealth { COMPARTMENT } else { CASE }
}

fn closed() -> Error {
    Error::unavailable("a text does not open with its student's keys")
}

pub(super) fn json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(Error::unavailable)
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(Error::unavailable)
}

#[cfg(test)]
mod tests {
    use domain::case::{CaseEvent, Note, NoteAdded};
    use serde_json::Value;
    use uuid::Uuid;

    use super::*;

    fn keys(student: u128) -> StudentKeys {
        StudentKeys::new(Uuid::from_u128(student).into(), SealingKey::generate(), SealingKey::generate())
    }

    fn note(visibility: Visibility) -> CaseEvent {
        let details = Note { text: "was \"tired\"".try_into().expect("a text"), visibility };
        NoteAdded { note: Uuid::from_u128(9).into(), details }.into()
    }

    fn first_byte(sealed: &Sealed<CaseEvent>) -> u8 {
        let payload: Value = serde_json::from_str(sealed.payload()).expect("JSON");
        let form =
            payload["details"]["text"]["sealed"].as_str().or(payload["text"]["sealed"].as_str()).expect("a form");
        BASE64_STANDARD_NO_PAD.decode(form).expect("bytes")[0]
    }

    #[test]
    fn what_is_sealed_says_nothing_and_opens_as_it_was_said() {
        let keys = keys(1);
        let sealed = keys.seal(note(Visibility::Team), Visibility::Team).expect("sealed");
        assert!(!sealed.payload().contains("tired"));
        assert_eq!(serde_json::to_string(sealed.event()).expect("JSON"), sealed.payload());
        let opened: Value = serde_json::from_str(&keys.open(sealed.payload()).expect("opened")).expect("JSON");
        assert!(opened.to_string().contains(r#"was \"tired\""#), "{opened}");
        assert_eq!(keys.said_again(sealed.event()).expect("said"), note(Visibility::Team));
    }

    #[test]
    fn the_compartment_has_a_key_of_its_own() {
        let keys = keys(1);
        let sealed = |visibility| keys.seal(note(visibility), visibility).expect("sealed");
        assert_eq!(first_byte(&sealed(Visibility::Team)), CASE);
        assert_eq!(first_byte(&sealed(Visibility::MentalHealth)), COMPARTMENT);
    }

    #[test]
    fn on_another_case_nothing_opens() {
        let (one, mut other) = (keys(1), keys(2));
        let sealed = one.seal(note(Visibility::Team), Visibility::Team).expect("sealed");
        assert!(other.open(sealed.payload()).is_err());
        other.case = one.case.clone();
        assert!(other.open(sealed.payload()).is_err(), "the key alone does not do");
    }

    #[test]
    fn the_same_request_has_the_same_mark_however_often_it_is_drafted() {
        let (keys, event) = (keys(1), note(Visibility::Team));
        let mark = || keys.mark(serde_json::to_string(&event).expect("JSON").as_bytes()).expect("a mark");
        assert_eq!(mark(), mark());
    }
}
