//! The schema that the contract gives for a type, compiled once, and what it says about a value.
use std::{
    any::TypeId,
    collections::HashMap,
    sync::{Arc, LazyLock, PoisonError, RwLock},
};

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::sentence::faults;
use crate::{
    contract::{Schemas, name_forms},
    problem::Fault,
};

const MOST: usize = 100;

static COMPILED: LazyLock<RwLock<HashMap<TypeId, Arc<Validator>>>> = LazyLock::new(RwLock::default);

/// Checks `value` against the schema of `T`; returns everything that is wrong (the first hundred things).
pub fn conform<T: ToSchema + 'static>(value: &Value) -> Result<(), Vec<Fault>> {
    let validator = validator::<T>();
    if validator.is_valid(value) {
        return Ok(());
    }
    let mut all: Vec<_> = validator.iter_errors(value).flat_map(|error| faults(&error)).take(MOST).collect();
    all.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    all.dedup();
    Err(all)
}

fn validator<T: ToSchema + 'static>() -> Arc<Validator> {
    let id = TypeId::of::<T>();
    if let Some(validator) = COMPILED.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
        return validator.clone();
    }
    let validator = Arc::new(compile(&document::<T>()));
    COMPILED.write().unwrap_or_else(PoisonError::into_inner).insert(id, validator.clone());
    validator
}

/// The schema of `T` with everything that it refers to, as one document.
fn document<T: ToSchema>() -> Value {
    let mut referenced = vec![];
    T::schemas(&mut referenced);
    let named = referenced.into_iter().map(|(name, schema)| (name, serde_json::to_value(schema).unwrap_or_default()));
    let mut schemas: Schemas = named.collect();
    name_forms(&mut schemas);
    json!({"allOf": [T::schema()], "components": {"schemas": schemas}})
}

/// A schema compiled so that formats count.
pub fn compile(schema: &Value) -> Validator {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .should_ignore_unknown_formats(true)
        .build(schema)
        .expect("the contract's schemas are tested to compile")
}
