//! An event in which nothing is said in clear any more.
use serde::{Serialize, de::DeserializeOwned};

use super::keys::json;
use crate::Error;

/// An event as it may be stored: what was said in it is sealed under the keys of its student.
///
/// A commit takes no other, so that nobody forgets to seal:
///
/// ```compile_fail
/// fn commit(part: application::Part<domain::case::Case>, event: domain::case::CaseEvent, metadata: &application::Metadata) {
///     part.and(vec![event], metadata);
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Sealed<E> {
    pub(super) event: E,
    pub(super) payload: String,
}

impl<E> Sealed<E> {
    /// What happened.
    pub fn event(&self) -> &E {
        &self.event
    }

    /// The same as it is stored, to the byte.
    pub fn payload(&self) -> &str {
        &self.payload
    }
}

impl<E: Serialize + DeserializeOwned> Sealed<E> {
    /// An event in which there is nothing to seal; refused where there is.
    pub fn as_it_is(event: E) -> Result<Self, Error> {
        use domain::text::{Found, replace_texts, sealed_again};
        let payload = replace_texts(&json(&event)?, |found| match found {
            Found::Sealed(form) => Ok(sealed_again(form)),
            Found::Said(_) => Err(Error::unavailable("an event was to be stored before its words were sealed")),
        })?;
        Ok(Self { event, payload })
    }
}
