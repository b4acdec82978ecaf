//! What a request says beside its address and body.
mod entity_tag;
mod freshness;
mod key;
mod view_as;
mod write;

pub use entity_tag::{entity_tag, entity_tag_of_look, matches, names};
pub use freshness::{CONSISTENCY_TOKEN, ConsistencyToken, Read, ReadBehind};
pub use key::Key;
pub use view_as::{VIEW_AS, ViewAs};
pub use write::{Expected, IDEMPOTENCY_KEY, Write};

use actix_web::{HttpRequest, http::header::HeaderName};
use utoipa::openapi::{
    ObjectBuilder, Required, Type,
    path::{Parameter, ParameterBuilder, ParameterIn},
};

use crate::problem::Fault;

/// The one value of a header, if it was sent; sent twice or in another alphabet it is a fault.
pub fn one<'a>(request: &'a HttpRequest, name: &HeaderName, proper: &str) -> Result<Option<&'a str>, Fault> {
    let mut values = request.headers().get_all(name);
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => {
            value.to_str().map(|text| Some(text.trim())).map_err(|_| Fault::of(proper, "must be ASCII"))
        }
        _ => Err(Fault::of(proper, "must be given once")),
    }
}

/// A header in the contract.
pub fn parameter(name: &str, required: Required, description: &str, schema: ObjectBuilder, example: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(required)
        .description(Some(description))
        .schema(Some(schema.build()))
        .example(Some(example.into()))
        .build()
}

pub fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

/// A UUID as text: what is declared by format, the generated Python client does not turn into a header's text.
fn uuid() -> ObjectBuilder {
    text().pattern(Some("^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"))
}
