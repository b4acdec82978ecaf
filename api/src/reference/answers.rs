//! What a change to a record is answered with.
use std::collections::BTreeMap;

use application::reference::Kept;
use utoipa::{
    IntoResponses,
    openapi::{HeaderBuilder, ObjectBuilder, RefOr, Response, Type},
};

use crate::Written;

/// Says in the contract that an operation puts a record.
pub struct Put;

/// Says in the contract that an operation grants something.
pub struct Granted;

/// Says in the contract that an operation changes something.
pub struct Done;

impl IntoResponses for Put {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let created = ("201".to_owned(), located("There was none, and now there is"));
        let kept = Response::builder().description("It says this now").build();
        BTreeMap::from([created, ("204".to_owned(), kept.into())])
    }
}

impl IntoResponses for Granted {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        BTreeMap::from([("201".to_owned(), located("It was granted, or had been under the same key"))])
    }
}

impl IntoResponses for Done {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let done = Response::builder().description("It is so now").build();
        BTreeMap::from([("204".to_owned(), done.into())])
    }
}

fn located(says: &str) -> RefOr<Response> {
    let location = HeaderBuilder::new()
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .description(Some("Where it can be read"));
    Response::builder().description(says).header("Location", location.build()).build().into()
}

/// The answer to a record that was put.
pub fn put(kept: Kept, location: String) -> Written {
    match kept {
        Kept::Created => Written::created(location),
        Kept::Changed => Written::done(),
    }
}
