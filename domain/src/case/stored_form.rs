//! How each event is stored: what was written once must be readable for ever.
//!
//! A snapshot here is history. A new event adds one; an existing one never changes, because events like it lie in
//! the store of every school.
use cqrs_es::DomainEvent;
use serde::{Serialize, de::DeserializeOwned};
use strum::VariantNames;

use super::CaseEvent;
use crate::text::{Found, replace_texts};

mod access_override;
mod amendment;
mod consent;
mod follow_up;
mod goal;
mod intervention;
mod life;
mod mentor;
mod need;
mod note;
mod plan;
mod referral;
mod repair;

/// One of each event, with every field that it can have.
fn examples() -> Vec<CaseEvent> {
    [
        life::examples(),
        goal::examples(),
        need::examples(),
        plan::examples(),
        intervention::examples(),
        mentor::examples(),
        follow_up::examples(),
        consent::examples(),
        referral::examples(),
        note::examples(),
        repair::examples(),
        access_override::examples(),
        amendment::examples(),
    ]
    .concat()
    .iter()
    .map(sealed)
    .collect()
}

/// An example as it is stored; what is sealed shows the words here, where the form of their sealing would be.
fn sealed<T: Serialize + DeserializeOwned>(example: &T) -> T {
    let json = serde_json::to_string(example).expect("JSON");
    let sealed = replace_texts(&json, |found| match found {
        Found::Said(words) => Ok::<_, ()>(serde_json::json!({"sealed": *words}).to_string()),
        Found::Sealed(words) => Ok(serde_json::json!({"sealed": words}).to_string()),
    });
    serde_json::from_str(&sealed.expect("texts")).expect("an example")
}

#[test]
fn every_event_has_an_example() {
    let mut missing = CaseEvent::VARIANTS.to_vec();
    for example in examples() {
        missing.retain(|name| *name != example.event_type());
    }
    assert!(missing.is_empty(), "add an example of {missing:?} to one of the lists in `stored_form/`");
}

#[test]
fn every_event_is_stored_in_a_form_that_stays() {
    for example in examples() {
        let name = example.event_type();
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_json_snapshot!(name, example);
        });
    }
}

#[test]
fn every_event_is_read_as_it_was_written() {
    for example in examples() {
        let stored = serde_json::to_string(&example).expect("a stored form");
        assert_eq!(serde_json::from_str::<CaseEvent>(&stored).expect("an event"), example);
    }
}
